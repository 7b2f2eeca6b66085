/** Numbers out of bytes, columns out of lines of text, and features out of examples. */
import { type DTypeLike, asDtype } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp } from '../graph/apply';
import type { TensorLike, Text } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { withRank, withRankAtMost } from '../graph/shape-fn';
import type { NameOption } from './options';

const bytesApart: OpRow = {
  shape: (c) => {
    const { dims } = c.shape(0);
    return [dims ? [...dims, null] : null];
  },
};
type Dims = readonly Dim[] | TensorShape | null;
/** Shapes of sparse outputs: all indices, all values, all shapes. */
function sparse(count: number, rank: Dim): Dims[] {
  return [[null, rank] as const, [null] as const, [rank] as const].flatMap((shape) => Array<Dims>(count).fill(shape));
}
const within = (outer: readonly Dim[], { dims }: TensorShape): Dims => (dims ? [...outer, ...dims] : null);
function scalars(c: ShapeContext, ...indices: number[]): void {
  for (const i of indices) withRank(c, i, 0);
}

/** Fails where a list is not as long as its keys are: in TensorFlow's words, what the lists are of. */
function sameLengths(keys: string, count: number, lists: Readonly<Record<string, readonly unknown[]>>): void {
  for (const [of, list] of Object.entries(lists))
    if (list.length !== count) throw new ShapeError(`len(${keys}) != len(${of})`);
}
/** The lists of ParseSingleSequenceExample, in the order in which TensorFlow looks at them. */
function checkSequenceLists(c: ShapeContext): void {
  const context_sparse_types = c.attr('context_sparse_types');
  sameLengths('context_sparse_keys', c.attr('Ncontext_sparse'), { context_sparse_types });
  const [context_dense_types, context_dense_shapes] = [c.attr('Tcontext_dense'), c.attr('context_dense_shapes')];
  sameLengths('context_dense_keys', c.attr('Ncontext_dense'), { context_dense_types, context_dense_shapes });
  const feature_list_sparse_types = c.attr('feature_list_sparse_types');
  sameLengths('feature_list_sparse_keys', c.attr('Nfeature_list_sparse'), { feature_list_sparse_types });
  const feature_list_dense_types = c.attr('feature_list_dense_types');
  const feature_list_dense_shapes = c.attr('feature_list_dense_shapes');
  const dense = { feature_list_dense_types, feature_list_dense_shapes };
  sameLengths('feature_list_dense_keys', c.attr('Nfeature_list_dense'), dense);
}

export const PARSING = {
  DecodeRaw: bytesApart,
  DecodePaddedRaw: bytesApart,
  DecodeCSV: {
    shape(c) {
      for (let i = 1; i < c.inputs; i++) {
        const size = withRankAtMost(c, i, 1).dims?.[0] ?? null;
        if (size !== null && size > 1)
          throw new ShapeError('Shape of a default must be a length-0 or length-1 vector, or a scalar.');
      }
      return Array<TensorShape>(c.outputs).fill(c.shape(0));
    },
  },
  ParseExample: {
    shape(c) {
      const batch = withRank(c, 0, 1);
      withRank(c, 1, 1);
      sameLengths('sparse_keys', c.attr('Nsparse'), { sparse_types: c.attr('sparse_types') });
      const [dense_types, dense_shapes] = [c.attr('Tdense'), c.attr('dense_shapes')];
      sameLengths('dense_keys', c.attr('Ndense'), { dense_types, dense_shapes });
      const rows = [batch.at(0)];
      return [...sparse(c.attr('Nsparse'), 2), ...dense_shapes.map((shape) => within(rows, shape))];
    },
  },
  ParseExampleV2: {
    shape(c) {
      const { dims } = withRankAtMost(c, 0, 1);
      for (const keys of [2, 3, 4]) withRank(c, keys, 1);
      const [count, shapes] = [c.attr('num_sparse'), c.attr('dense_shapes')];
      const ragged = c.attr('ragged_value_types', 'list(type)').length;
      const dense = shapes.map((shape) => dims && within(dims, shape));
      return [...sparse(count, dims && dims.length + 1), ...dense, ...Array<Dims>(2 * ragged).fill(null)];
    },
  },
  ParseSingleExample: {
    shape(c) {
      scalars(c, 0);
      const [count, keys, types] = [c.attr('num_sparse'), c.attr('sparse_keys').length, c.attr('sparse_types').length];
      if (count !== keys || count !== types)
        throw new ShapeError(
          `num_sparse (${count}) must match the size of sparse_keys (${keys}) and sparse_types (${types})`,
        );
      const [dense_types, dense_shapes] = [c.attr('Tdense'), c.attr('dense_shapes')];
      sameLengths('dense_keys', c.attr('dense_keys').length, { dense_types, dense_shapes });
      return [...sparse(count, 1), ...dense_shapes];
    },
  },
  ParseSingleSequenceExample: {
    shape(c) {
      scalars(c, 0, c.inputs - 1);
      withRank(c, 1, 1);
      checkSequenceLists(c);
      return [
        ...sparse(c.attr('Ncontext_sparse'), 1),
        ...c.attr('context_dense_shapes'),
        ...sparse(c.attr('Nfeature_list_sparse'), 2),
        ...c.attr('feature_list_dense_shapes').map((shape) => within([null], shape)),
      ];
    },
  },
} satisfies Rows;

/** What `decodeRaw` takes by name. */
export interface DecodeRawOptions extends NameOption {
  /** Whether the lowest byte of a number comes first; true where not given. */
  readonly littleEndian?: boolean;
}
/**
 * Reads the bytes of strings as numbers.
 *
 *     tf.decodeRaw(['ab', 'cd'], tf.uint8)   // [[97, 98], [99, 100]]
 *
 * @param inputBytes    strings, all of one length
 * @param outType       what their bytes are: float16, float32, float64, an integer of up to 64 bits, complex or bool
 * @param littleEndian  whether the lowest byte of a number comes first; true where not given
 * @param name          the name of the node
 * @returns  `outType`; the shape of the strings with one dimension more, for the numbers of each
 * @throws InvalidArgumentError  when run, if lengths differ or do not fit the type
 */
export const decodeRaw = boundOptions(
  'decode_raw',
  2,
  (inputBytes: Text, outType: DTypeLike, { littleEndian, name }: DecodeRawOptions = {}): Tensor =>
    apply('DecodeRaw', [inputBytes], { out_type: asDtype(outType), little_endian: littleEndian }, name),
);

/** What `decodeCsv` takes by name. */
export interface DecodeCsvOptions extends NameOption {
  /** What stands between fields; a comma where not given. */
  readonly fieldDelim?: string;
  /** Whether a field may stand in double quotes; true where not given. */
  readonly useQuoteDelim?: boolean;
  /** What stands for a missing value, beside nothing. */
  readonly naValue?: string;
  /** The columns that are wanted, in order; all where not given. */
  readonly selectCols?: readonly number[] | null;
}
/** @throws ValueError  for columns that are not in order, or not as many as there are defaults */
function checkColumns(columns: readonly number[], count: number): void {
  if (columns.some((column, i) => i && columns[i - 1] >= column))
    throw new ValueError('select_cols is not strictly increasing.');
  if (columns[0] < 0) throw new ValueError('select_cols contains negative values.');
  if (columns.length !== count) throw new ValueError('Length of select_cols and record_defaults do not match.');
}
/**
 * Takes lines of comma-separated values apart: a tensor for each column.
 *
 *     const [age, name] = tf.decodeCsv(['29,"Doe, J."', ',Roe'], [[0], ['']]);
 *     sess.run([age, name])   // [[29, 0], ['Doe, J.', 'Roe']]
 *
 * @param records         strings, each a line
 * @param recordDefaults  a value for each column that stands where it is empty, as a scalar or a list of one; an empty
 *   list of a dtype where it must not be. Their dtypes are those of the columns: float32, float64, int32, int64, string
 * @param fieldDelim      what stands between fields; a comma where not given
 * @param useQuoteDelim   whether a field may stand in double quotes; true where not given
 * @param name            the name of the node
 * @param naValue         what stands for a missing value, beside nothing
 * @param selectCols      the columns that are wanted, in order; all where not given
 * @returns  a tensor for each column, each of the shape of the lines
 * @throws ValueError  for columns that are not in order, or not as many as there are defaults
 * @throws InvalidArgumentError  when run, for a line that does not fit
 */
export const decodeCsv = boundOptions(
  'decode_csv',
  2,
  function decodeCsv(
    records: Text,
    recordDefaults: readonly TensorLike[],
    { fieldDelim, useQuoteDelim, naValue, selectCols, name }: DecodeCsvOptions = {},
  ): Tensor[] {
    if (selectCols !== null && selectCols !== undefined) checkColumns(selectCols, recordDefaults.length);
    const attrs = {
      field_delim: fieldDelim,
      use_quote_delim: useQuoteDelim,
      na_value: naValue,
      select_cols: selectCols,
    };
    return [...applyOp('DecodeCSV', [records, recordDefaults], attrs, name).outputs];
  },
);
