/** Sparse tensors: as shapes, joined, and on top of dense ones. */
import { int32, int64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { numbersIn } from '../base/nested';
import { isRevoked } from '../base/preview';
import { sizeOf } from '../base/shape';
import { toNDArray } from '../base/to-ndarray';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, constantValue, constantValueAsShape, convertToTensor, isWeak } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows } from '../graph/opdef';
import { mergeDim, mergeShapes, shapeInput, withRank } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';
import { cast } from './cast';
import { whereV2 } from './select';
import type { NameOption } from './options';
import { reduceSum } from './reduce';
import { gather, reshape, zeros, zerosLike } from './words';

export const SPARSE = {
  SparseReshape: {
    shape(c) {
      const indices = withRank(c, 0, 2);
      withRank(c, 1, 1);
      const shape = withRank(c, 2, 1);
      return [[indices.at(0), shape.at(0)], [shape.at(0)]];
    },
  },
  SparseConcat: {
    shape(c) {
      const n = c.attr('N');
      let total: number | null = 0;
      let rank: number | null = null;
      let shape = withRank(c, 2 * n, 1);
      for (let i = 0; i < n; i++) {
        const indices = withRank(c, i, 2);
        const rows = mergeDim(indices.at(0), withRank(c, n + i, 1).at(0));
        total = total === null || rows === null ? null : total + rows;
        rank = mergeDim(rank, indices.at(1));
        shape = mergeShapes(shape, withRank(c, 2 * n + i, 1));
      }
      return [[total, rank], [total], shape];
    },
  },
  SparseTensorDenseAdd: {
    shape: (c) => [c.shape(3)],
    grad: (op: GradContext, [dz]: Tensor[]): Grad[] => [null, apply('GatherNd', [dz, op.inputs[0]]), null, dz],
  },
  SparseToDense: {
    shape: (c) => [shapeInput(c, 1)],
    grows: 'numbers',
    grad(op: GradContext, [dy]: Tensor[]): Grad[] {
      const [indices, shape] = op.inputs;
      const values = apply('GatherNd', [dy, indices]);
      const rest = reduceSum(dy).sub(reduceSum(values));
      return [zerosLike(indices), zerosLike(shape), values, rest];
    },
  },
} satisfies Rows;

/** What `sparseToDense` takes by name. */
export interface ToDenseOptions extends NameOption {
  /** What stands where no value is; 0 where not given. */
  readonly defaultValue?: TensorLike;
  /** Whether the order and the range of the places is looked at; true where not given. */
  readonly validateIndices?: boolean;
}
/**
 * A tensor of one value everywhere but at some places.
 *
 *     tf.sparseToDense([[0, 1], [1, 0]], [2, 2], [5, 6])   // [[0, 5], [6, 0]]
 *
 * @param sparseIndices    int32 or int64: places in order, shape [n, rank]; [n] for a vector, [] for one place in it
 * @param outputShape      the sizes, of the dtype of the places
 * @param sparseValues     a value for each place, shape [n], or one for all
 * @param defaultValue     what stands everywhere else; 0 where not given
 * @param validateIndices  whether the order and the range of the places is looked at; true where not given
 * @returns  dtype of `sparseValues`, shape `outputShape`
 * @throws InvalidArgumentError  when run, for a place outside the shape; with `validateIndices` also for one out of
 *   order and for one that comes twice
 */
export const sparseToDense = boundOptions(
  'sparse_to_dense',
  3,
  (
    sparseIndices: TensorLike,
    outputShape: TensorLike,
    sparseValues: TensorLike,
    { defaultValue = 0, validateIndices = true, name }: ToDenseOptions = {},
  ): Tensor =>
    apply(
      'SparseToDense',
      [whole(sparseIndices), whole(outputShape), sparseValues, defaultValue],
      { validate_indices: validateIndices },
      name,
    ),
);
/** Plain numbers of places are int32. */
function whole(places: TensorLike): TensorLike {
  return isWeak(places) ? toNDArray(places, int32) : places;
}
/** What `sparseTensorToDense` takes by name. */
export interface SparseToDenseOptions extends NameOption {
  /** What stands where no value is; 0 or '' where not given. */
  readonly defaultValue?: TensorLike | null;
  /** Whether the order and the range of the places is looked at; true where not given. */
  readonly validateIndices?: boolean;
}
/**
 * A sparse tensor as a dense one.
 *
 *     tf.sparseTensorToDense(new tf.SparseTensor([[0, 1], [1, 0]], [5, 6], [2, 2]))   // [[0, 5], [6, 0]]
 *
 * @param spInput          a sparse tensor
 * @param defaultValue     what stands where it has no value; 0 or '' where not given
 * @param validateIndices  whether the order and the range of its places is looked at; true where not given
 * @returns  dtype and shape of `spInput`
 * @throws TypeError  where `spInput` is no sparse tensor
 * @throws InvalidArgumentError  when run, for a place outside the shape; with `validateIndices` also for one out of
 *   order and for one that comes twice
 */
export const sparseTensorToDense = boundOptions(
  'sparse_tensor_to_dense',
  1,
  (spInput: SparseTensor, { defaultValue, validateIndices, name }: SparseToDenseOptions = {}): Tensor => {
    if (isRevoked(spInput) || !(spInput instanceof SparseTensor)) throw new TypeError_('Input must be a SparseTensor.');
    return sparseToDense(spInput.indices, spInput.denseShape, spInput.values, {
      defaultValue: defaultValue ?? zeros([], spInput.dtype),
      validateIndices,
      name,
    });
  },
);

/** The same elements under another shape. @throws ValueError  for a shape of another size */
export function sparseReshape(x: SparseTensor, shape: TensorLike, name?: string): SparseTensor {
  const wanted: Tensor = cast(shape, int64);
  return inScope(name, 'SparseReshape', [x.indices], (scope) => {
    const [indices, dynamic] = applyOp('SparseReshape', [x.indices, x.denseShape, wanted], {}, scope).outputs;
    const known = constantValueAsShape(wanted)?.dims ?? null;
    let result = dynamic;
    const { fullDims } = x.shape;
    if (known && fullDims) {
      const size = sizeOf(fullDims);
      const rest = known.filter((d): d is number => d !== null);
      const open = known.length - rest.length;
      if (open <= 1) {
        const dims = known.map((d) => d ?? Math.floor(size / sizeOf(rest)));
        if (sizeOf(dims) !== size)
          throw new ValueError(
            `Cannot reshape a tensor with ${size} elements to shape [${known.map((d) => d ?? 'None').join(', ')}] ` +
              `(${sizeOf(dims)} elements).`,
          );
        result = convertToTensor(dims, int64);
      }
    }
    return new SparseTensor(indices, apply('Identity', [x.values]), result);
  });
}
/** Several one behind the other along a dimension. */
export function sparseConcat(axis: number, xs: readonly SparseTensor[], name?: string): SparseTensor {
  if (xs.length === 1) return xs[0];
  const shapes = xs.map((x) => x.denseShape);
  const [indices, values, dynamic] = applyOp(
    'SparseConcat',
    [xs.map((x) => x.indices), xs.map((x) => x.values), shapes],
    { concat_dim: axis },
    name,
  ).outputs;
  const known = shapes.map((shape) => constantValue(shape));
  let shape = dynamic;
  if (known.every((each) => each !== null)) {
    const all = known.map((each) => numbersIn(each));
    const at = axis < 0 ? axis + all[0].length : axis;
    shape = convertToTensor(
      all[0].map((d, i) => (i === at ? all.reduce((sum, each) => sum + each[at], 0) : d)),
      int64,
    );
  }
  return new SparseTensor(indices, values, shape);
}
/** The elements for which a vector of bool is true. */
export function sparseRetain(x: SparseTensor, kept: Tensor): SparseTensor {
  const rows = reshape(whereV2(kept), [-1]);
  return new SparseTensor(gather(x.indices, rows), gather(x.values, rows), apply('Identity', [x.denseShape]));
}
/** A dense tensor and a sparse one. */
export function sparseAdd(dense: Tensor, x: SparseTensor): Tensor {
  return apply('SparseTensorDenseAdd', [x.indices, x.values, x.denseShape, dense]);
}
