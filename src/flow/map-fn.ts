/** `tf.mapFn`: a function of the rows of tensors, after TensorFlow 1.15's map_fn. */
import { type DTypeLike, type ElementOf, type Scalar, toDtype } from '../base/dtype';
import { inGraphOf } from '../graph/apply';
import { type TensorLike, toTensor } from '../graph/constant';
import type { Deeper, ElementFor, Made, RankFor } from '../graph/fetched';
import { knowingAll } from '../ops/known-calls';
import type { Symbolic } from '../ops/known-ranks';
import { ints } from '../ops/words';
import { arrayLeaves } from './leaves';
import { loopVariables } from './loop';
import {
  type AllRows,
  type Call,
  type Elements,
  type FoldOptions,
  type RowOf,
  Rows,
  arraysOf,
  checkFn,
  leavesOf,
  stacked,
} from './rows';
import { type Structure, assertSame, flatten, packAs } from './structure';
import { TensorArray } from './tensor-array';

/** What `mapFn` takes by name. */
export interface MapOptions extends FoldOptions {
  /** The dtypes of what `fn` gives, in its structure; those of `elems` where not given. */
  readonly dtype?: Structure<DTypeLike> | null;
  /** Whether all results have one shape; true where not given. */
  readonly inferShape?: boolean | null;
}
interface MapCall {
  <const E extends Elements, R extends Symbolic | Scalar, D extends DTypeLike>(
    fn: (elems: RowOf<E>) => R,
    elems: E,
    options: MapOptions & { readonly dtype: D },
  ): Made<ElementOf<D>, Deeper<RankFor<R>>>;
  <const E extends Elements, R extends Symbolic | Scalar>(
    fn: (elems: RowOf<E>) => R,
    elems: E,
    options?: MapOptions & { readonly dtype?: null },
  ): Made<ElementFor<R>, Deeper<RankFor<R>>>;
  <const E extends Elements>(fn: (elems: RowOf<E>) => unknown, elems: E, options?: MapOptions): AllRows<E>;
}
/**
 * A function of each row of a tensor, the results put together as rows again.
 *
 *     tf.mapFn((x) => x.mul(x), tf.constant([1, 2, 3]))   // [1, 4, 9]
 *
 * @param fn                  takes a row; of lists and objects of tensors, a row of each
 * @param elems               a tensor, or lists and objects of tensors with as many rows
 * @param dtype               the dtypes of what `fn` gives, in its structure, where these are not those of `elems`
 * @param parallelIterations  how many rows may be worked on at once; 10 where not given
 * @param backProp            whether there are gradients through it; true where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @param inferShape          whether all results have one shape; true where not given
 * @returns  as many rows as `elems` has
 * @throws TypeError   if `fn` is no function
 * @throws ValueError  for scalars, or if `fn` gives another structure
 */
export const mapFn = knowingAll<MapCall>()(
  'map_fn',
  (
    fn: Call,
    elems: Elements,
    dtype?: Structure<DTypeLike>,
    parallelIterations?: number,
    backProp?: boolean,
    swapMemory?: boolean,
    inferShape?: boolean,
    name?: string,
  ): unknown => {
    checkFn(fn);
    const options = { parallelIterations: parallelIterations || 10, backProp, swapMemory };
    return inGraphOf(leavesOf(elems), (graph) =>
      graph.nameScope(name || 'map', () => mapped(fn, elems, dtype ?? null, inferShape ?? true, options)),
    );
  },
);
function mapped(fn: Call, elems: unknown, dtype: unknown, inferShape: boolean, options: FoldOptions): unknown {
  const rows = new Rows(elems, true);
  const types = dtype === null ? rows.tensors.map((t) => t.dtype) : flatten(dtype, false).map((d) => toDtype(d));
  const arrays = arraysOf(rows, false);
  const i = ints(0);
  const results = types.map((type) => new TensorArray(type, { size: rows.count, dynamicSize: false, inferShape }));
  const structure = dtype === null ? rows.packed(types) : dtype;
  const body: Call = (number, all) => {
    const at = toTensor(number);
    const made = fn(rows.packed(arrays.map((array) => array.read(at))));
    assertSame(structure, made, 'say what the function gives: { dtype: [tf.float32, tf.float32] } for two tensors.');
    const flat = flatten(made);
    const written = arrayLeaves(all).map((array, k) => array.write(at, flat[k] as TensorLike));
    return [at.add(1), written];
  };
  const [, done] = loopVariables((at) => toTensor(at).less(rows.count), body, [i, results], {
    ...options,
    maximumIterations: rows.count,
  });
  return packAs(structure, stacked(arrayLeaves(done), rows), false);
}
