/** Sets: the last dimension of a tensor, in sparse or dense form, has the elements of one. */
import type { ByName } from '../base/by-name';
import { type DType, int16, int32, int64, int8, string, uint16, uint8 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { apply, applyOp } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, isWeak, sampleOf, toTensor } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Dim, TensorShape } from '../base/shape';
import type { Rows, ShapeContext } from '../graph/opdef';
import { mergeShapes, withRank, withRankAtLeast } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';

/** What is known of the rank of a sparse tensor whose parts are inputs from `first` on. */
function sparseRank(c: ShapeContext, first: number): Dim {
  const indices = withRank(c, first, 2);
  const values = withRank(c, first + 1, 1);
  const shape = withRank(c, first + 2, 1);
  if (indices.at(0) !== null && values.at(0) !== null && indices.at(0) !== values.at(0))
    throw new ShapeError(`Number of elements in index (${indices.at(0)}) and values (${values.at(0)}) do not match.`);
  if (indices.at(1) !== null && shape.at(0) !== null && indices.at(1) !== shape.at(0))
    throw new ShapeError(`Index rank (${indices.at(1)}) and shape rank (${shape.at(0)}) do not match.`);
  return shape.at(0) ?? indices.at(1);
}
const sparse = (rank: Dim): (readonly Dim[])[] => [[null, rank], [null], [rank]];
function ranksOfSets(a: Dim, b: Dim): Dim {
  if (a !== null && a < 2) throw new ShapeError(`Input 0, expected rank >= 2, got ${a}.`);
  if (b !== null && b < 2) throw new ShapeError(`Input rank should be >= 2, got ${b}.`);
  if (a !== null && b !== null && a !== b) throw new ShapeError(`Ranks do not match: got ${a}, ${b}.`);
  return a ?? b;
}
function groups(shape: TensorShape): readonly Dim[] {
  return shape.dims!.slice(0, -1);
}

export const SETS = {
  SetSize: { shape: () => [null] },
  DenseToDenseSetOperation: {
    grows: 'shapes',
    shape(c) {
      const first = withRankAtLeast(c, 0, 2);
      const second = first.rank === null ? withRankAtLeast(c, 1, 2) : withRank(c, 1, first.rank);
      if (first.dims && second.dims) mergeShapes(first.slice(0, groups(first).length), second.slice(0, -1));
      return sparse(first.rank ?? second.rank);
    },
  },
  DenseToSparseSetOperation: { shape: (c) => sparse(ranksOfSets(c.shape(0).rank, sparseRank(c, 1))) },
  SparseToSparseSetOperation: { shape: (c) => sparse(ranksOfSets(sparseRank(c, 0), sparseRank(c, 3))) },
} satisfies Rows;

/** A set for each place of all dimensions but the last. */
export type SetLike = TensorLike | SparseTensor;
/** What operations on sets take by name. */
export interface SetOptions extends ByName {
  /** Whether the order and the range of sparse indices is looked at: so where not given. */
  readonly validateIndices?: boolean;
}
const DTYPES: ReadonlySet<DType> = new Set<DType>([int8, int16, int32, int64, uint8, uint16, string]);
/** Numbers of the program take the dtype of the other set, or int32: floats are no elements. */
function setOf(x: SetLike, name: string, other: SetLike): Tensor | SparseTensor {
  if (x instanceof SparseTensor) return x;
  const beside = other instanceof SparseTensor ? other.dtype : isSymbolic(other) ? sampleOf(other).dtype : int32;
  return convertToTensor(x, isWeak(x) ? beside.baseDtype : null, name);
}
function operation(a: SetLike, b: SetLike, name: string, validate: boolean): SparseTensor {
  let [first, second] = [setOf(a, 'a', b), setOf(b, 'b', a)];
  if (!DTYPES.has(first.dtype.baseDtype)) throw new TypeError_(`'a' invalid dtype ${first.dtype}.`);
  if (first.dtype.baseDtype !== second.dtype.baseDtype)
    throw new TypeError_(`Types don't match, ${first.dtype} vs ${second.dtype}.`);
  let op = name;
  // Of a sparse and a dense one, the dense one comes first.
  if (first instanceof SparseTensor && !(second instanceof SparseTensor)) {
    [first, second] = [second, first];
    op = name === 'a-b' ? 'b-a' : name === 'b-a' ? 'a-b' : name;
  }
  const partsOf = (x: Tensor | SparseTensor): Tensor[] =>
    x instanceof SparseTensor ? [x.indices, x.values, x.denseShape] : [x];
  const kind = [first, second].map((x) => (x instanceof SparseTensor ? 'Sparse' : 'Dense')).join('To');
  const [indices, values, shape] = applyOp(`${kind}SetOperation`, [...partsOf(first), ...partsOf(second)], {
    set_operation: op,
    validate_indices: validate,
  }).outputs;
  return new SparseTensor(indices, values, shape);
}

/**
 * How many distinct elements each set has.
 *
 *     tf.sets.size(tf.sets.union([[1, 2, 2]], [[2, 3, 3]]))   // [3]
 *
 * @param a                sets of integers or strings
 * @param validateIndices  whether the order and the range of the indices is looked at; true where not given
 * @returns  int32, the shape of `a` without the last dimension
 * @throws TypeError  for what is no SparseTensor, or has another dtype
 */
export const setSize = boundOptions(
  'sets.size',
  1,
  function setSize(a: SparseTensor, { validateIndices = true }: SetOptions = {}): Tensor {
    const set: unknown = a;
    if (!(set instanceof SparseTensor)) throw new TypeError_(`Expected \`SparseTensor\`, got ${String(toTensor(a))}.`);
    if (!DTYPES.has(set.values.dtype.baseDtype)) throw new TypeError_(`Invalid dtype ${set.values.dtype}.`);
    return apply('SetSize', [set.indices, set.values, set.denseShape], { validate_indices: validateIndices });
  },
);
/**
 * The elements that two sets share.
 *
 *     sess.run(tf.sets.intersection([[1, 2, 3]], [[3, 5, 1]])).values   // [1, 3]
 *
 * @param a                sets of integers or strings: all dimensions but the last number them
 * @param b                as many, of a's dtype
 * @param validateIndices  whether the order and the range of sparse indices is looked at; true where not given
 * @returns  a SparseTensor: the elements of each set in ascending order
 * @throws TypeError   for another dtype, or if the dtypes differ
 * @throws ValueError  if the shapes are known and there are not as many sets
 */
export const intersection = boundOptions(
  'sets.intersection',
  2,
  (a: SetLike, b: SetLike, { validateIndices = true }: SetOptions = {}): SparseTensor =>
    operation(a, b, 'intersection', validateIndices),
);
/** What `difference` takes by name. */
export interface DifferenceOptions extends SetOptions {
  /** False for what `b` has and `a` has not. */
  readonly aminusb?: boolean;
}
/**
 * The elements of a set that are not in another.
 *
 *     sess.run(tf.sets.difference([[1, 2, 3]], [[3, 5, 1]])).values          // [2]
 *     sess.run(tf.sets.difference([[1, 2, 3]], [[3, 5, 1]], false)).values   // [5]
 *
 * @param a                sets of integers or strings: all dimensions but the last number them
 * @param b                as many, of a's dtype
 * @param aminusb          false for what `b` has and `a` has not; true where not given
 * @param validateIndices  whether the order and the range of sparse indices is looked at; true where not given
 * @returns  a SparseTensor: the elements of each set in ascending order
 * @throws TypeError   for another dtype, or if the dtypes differ
 * @throws ValueError  if the shapes are known and there are not as many sets
 */
export const difference = boundOptions(
  'sets.difference',
  2,
  (a: SetLike, b: SetLike, { aminusb = true, validateIndices = true }: DifferenceOptions = {}): SparseTensor =>
    operation(a, b, aminusb ? 'a-b' : 'b-a', validateIndices),
);
/**
 * The elements of two sets together, each once.
 *
 *     sess.run(tf.sets.union([[1, 2, 3]], [[3, 5, 1]])).values   // [1, 2, 3, 5]
 *
 * @param a                sets of integers or strings: all dimensions but the last number them
 * @param b                as many, of a's dtype
 * @param validateIndices  whether the order and the range of sparse indices is looked at; true where not given
 * @returns  a SparseTensor: the elements of each set in ascending order
 * @throws TypeError   for another dtype, or if the dtypes differ
 * @throws ValueError  if the shapes are known and there are not as many sets
 */
export const union = boundOptions(
  'sets.union',
  2,
  (a: SetLike, b: SetLike, { validateIndices = true }: SetOptions = {}): SparseTensor =>
    operation(a, b, 'union', validateIndices),
);
