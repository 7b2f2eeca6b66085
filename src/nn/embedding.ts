/** Rows of a table, or of one cut into parts, by their ids. Made of other ops. */
import { type DType, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, isWeak, type NotText, handleOf } from '../graph/constant';
import { Tensor, getDefaultGraph } from '../graph/graph';
import { clipByNorm } from '../ops/clip';
import { dynamicPartition } from '../ops/data-flow';
import { maximum } from '../ops/elementwise';
import { gather } from '../ops/gather';
import { type NameOption, isOptions } from '../ops/options';
import { range } from '../ops/range';
import { reduceSum } from '../ops/reduce';
import { reshape } from '../ops/reshape';
import { castTo, rankOf, select, shapeOf, sizeOf, sliced } from '../ops/words';
import { knowing } from '../ops/known-calls';
import type { GatherCall } from '../ops/known-dimensions';
import { memberOf } from '../base/thrown';
import { VariableParts } from '../variables/partitioned';

/** What `embeddingLookup` takes by name. */
export interface EmbeddingLookupOptions extends NameOption {
  /** How ids are spread over several tables: 'mod' deals them out in turn, 'div' gives each a run of them. */
  readonly partitionStrategy?: 'mod' | 'div';
  /** The longest a vector may be; longer ones are scaled down. */
  readonly maxNorm?: NotText | null;
  /** Without effect, as in TensorFlow: ids are always checked. */
  readonly validateIndices?: boolean;
}
type LookupMore = [
  partitionStrategy?: 'mod' | 'div' | null | EmbeddingLookupOptions,
  name?: string | null | EmbeddingLookupOptions,
  validateIndices?: boolean | null | EmbeddingLookupOptions,
  maxNorm?: number | null | EmbeddingLookupOptions,
];
/**
 * The rows of `params` at `ids`: word vectors of word numbers. Its gradient touches only those rows.
 *
 *     const table = tf.getVariable('embedding', { shape: [1000, 64] });
 *     tf.nn.embeddingLookup(table, [[1, 2, 3]])   // shape (1, 3, 64)
 *     tf.nn.embeddingLookup([[1, 2], [3, 4]], [1, 0, 1])   // [[3, 4], [1, 2], [3, 4]]
 *
 * @param params             a tensor or variable of shape [rows, ...], or a list of them, or a variable in parts, that
 *   together hold the rows
 * @param ids                int32 or int64, any shape
 * @param partitionStrategy  how ids are spread over several tables: 'mod' deals them out in turn, 'div' gives each a
 *   run of them; 'mod' where not given
 * @param validateIndices    has no effect: ids are always checked
 * @param maxNorm            the longest a vector may be; longer ones are scaled down
 * @returns  params' dtype, shape ids.shape + params.shape[1:]
 * @throws InvalidArgumentError  when run, if an id is outside [0, rows)
 * @throws ValueError  for an empty list, or another strategy
 */
export const embeddingLookup = knowing<GatherCall<'ids', LookupMore, EmbeddingLookupOptions>>()(
  'nn.embedding_lookup',
  3,
  function embeddingLookup(
    params: TensorLike | readonly TensorLike[],
    ids: TensorLike,
    strategy?: 'mod' | 'div' | EmbeddingLookupOptions,
    options: EmbeddingLookupOptions = {},
  ): Tensor {
    const {
      partitionStrategy = 'mod',
      maxNorm = null,
      name,
    }: EmbeddingLookupOptions = isOptions<EmbeddingLookupOptions>(strategy)
      ? { ...options, ...strategy }
      : { ...options, partitionStrategy: strategy ?? options.partitionStrategy };
    const given = params instanceof VariableParts ? [...params] : isList(params) ? params : [params];
    if (!given.length) throw new ValueError('Need at least one param');
    return inScope(name, 'embedding_lookup', [...given, ids], (scope) => {
      const tables = given.some(isResource) ? given : given.map((p, i) => convertToTensor(p, null, `params_${i}`));
      const rows = convertToTensor(ids, isWeak(ids) ? int32 : null, 'ids');
      if (tables.length > 1) return clipped(inParts(tables, rows, partitionStrategy, scope), rows, maxNorm);
      return apply('Identity', [
        beside(tables[0], () => clipped(gather(tables[0], rows, { name: scope }), rows, maxNorm)),
      ]);
    });
  },
);
/** A list of tables; an array of plain numbers is one table. */
function isList(params: TensorLike | readonly TensorLike[]): params is readonly TensorLike[] {
  return Array.isArray(params) && (params.length === 0 || isSymbolic(params[0]));
}
/** A variable that rows are read from through its handle. */
function isResource(x: TensorLike): boolean {
  return memberOf(x, 'isResource') === true;
}
/** What a look-up stands beside. */
function tableNode(table: TensorLike): Tensor {
  return table instanceof Tensor ? table : (handleOf(table) ?? convertToTensor(table));
}
function beside<R>(table: TensorLike, body: () => R): R {
  return getDefaultGraph().colocateWith(tableNode(table), body);
}
function shapeOfTable(table: TensorLike): TensorShape {
  return table instanceof Tensor ? table.shape : TensorShape.of((table as { shape: TensorShape }).shape);
}

function clipped(vectors: Tensor, ids: Tensor, maxNorm: NotText | null): Tensor {
  if (maxNorm === null) return vectors;
  // TensorFlow takes a rank of 0 for an unknown one.
  const known = ids.shape.rank && vectors.shape.rank ? ([ids.shape.rank, vectors.shape.rank] as const) : null;
  const axes = known
    ? Array.from({ length: known[1] - known[0] }, (_, i) => known[0] + i)
    : range(ids.shape.rank || rankOf(ids), vectors.shape.rank || rankOf(vectors));
  return clipByNorm(vectors, maxNorm, axes as number[]);
}

/** Deals the ids out to the tables, looks up in each, and puts the rows together again. */
function inParts(tables: readonly TensorLike[], ids: Tensor, strategy: string, scope: string): Tensor {
  const count = tables.length;
  const flat = reshape(ids, [-1]);
  const order = range(0, sizeOf(flat));
  const [table, row] =
    strategy === 'mod'
      ? [flat.mod(count), flat.floordiv(count)]
      : strategy === 'div'
        ? runs(tables, flat)
        : unknownStrategy(strategy);
  const which = castTo(table, int32);
  const rows = dynamicPartition(row, which, count);
  const places = dynamicPartition(order, which, count);
  const found = tables.map((t, p) => beside(t, () => gather(t, rows[p])));
  const joined = apply('ParallelDynamicStitch', [places, found], {}, scope);
  const element = tables
    .map((t) => new TensorShape(shapeOfTable(t).dims?.slice(1) ?? null))
    .reduce((a, b) => a.mergeWith(b));
  const rest = element.fullDims
    ? element.fullDims
    : sliced(
        beside(tables[0], () => shapeOf(convertToTensor(tables[0]))),
        1,
        null,
      );
  const out = reshape(joined, apply('ConcatV2', [[shapeOf(ids), rest], 0], {}, 'concat'));
  out.setShape(ids.shape.concatenate(element));
  return out;
}
function unknownStrategy(strategy: string): never {
  throw new ValueError(`Unrecognized partition strategy: ${strategy}`);
}
/** 'div': each table holds a run of ids, the first ones one more where they do not divide evenly. */
function runs(tables: readonly TensorLike[], flat: Tensor): [table: Tensor, row: Tensor] {
  const total = totalRows(tables, flat.dtype);
  const [each, extras] = [total.floordiv(tables.length), total.mod(tables.length)];
  const table = maximum(flat.floordiv(each.add(1)), flat.sub(extras).floordiv(each));
  const first = table.less(extras);
  return [table, select(first, flat.mod(each.add(1)), flat.sub(extras).mod(each))];
}
function totalRows(tables: readonly TensorLike[], dtype: DType): Tensor {
  const sizes = tables.map((t) => shapeOfTable(t).at(0));
  const known = sizes.reduce((a, b) => (a === null || b === null ? null : a + b), 0);
  if (known) return convertToTensor(known, dtype.baseDtype, 'Const');
  const each = tables.map((t, p) => sizes[p] ?? beside(t, () => shapeOf(convertToTensor(t)).get(0)));
  return reduceSum(castTo(convertToTensor(each, int32, 'stack'), dtype));
}
