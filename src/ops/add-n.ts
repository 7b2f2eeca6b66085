/** Sums of a list of tensors. */
import type { DType } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { type ShapeLike, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import { convertToTensor, isSymbolic, isWeak, type TensorLike } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { Grad, GradFn, Rows } from '../graph/opdef';
import { fromAttr, mergeInputs } from '../graph/shape-fn';
import { knowingOnly } from './known-calls';
import type { SumCall } from './known-lists';
import type { NameOption } from './options';

const toEach: GradFn = (op, [dz]) => op.inputs.map((): Grad => dz);

export const ADD_N = {
  AddN: {
    shape: (c) => [mergeInputs(c)],
    grad: toEach,
  },
  AccumulateNV2: {
    shape: fromAttr,
    grad: toEach,
  },
} satisfies Rows;

/**
 * Adds a list of tensors of one shape and dtype.
 *
 *     tf.addN([[1, 2], [3, 4], [5, 6]])   // [9, 12]
 *
 * @param inputs  tensors, at least one
 * @returns  their dtype and shape; the tensor itself for a list of one
 * @throws ValueError  for an empty list, or shapes that differ
 * @throws TypeError  for dtypes that differ
 */
export const addN = knowingOnly<SumCall<NameOption>>()(
  'add_n',
  1,
  function addN(inputs: readonly TensorLike[], { name }: NameOption = {}): Tensor {
    const list = checkedList(
      inputs,
      'inputs must be a list of at least one Tensor/IndexedSlices with the same dtype and shape' +
        '\n  fix: tf.addN([a, b]).',
    );
    if (list.length > 1) return apply('AddN', [list], {}, name);
    return name ? apply('Identity', [list[0]], {}, name) : list[0];
  },
);
/**
 * Adds a list of tensors of one shape and dtype, as `addN`.
 *
 *     tf.accumulateN([[1, 2], [3, 4]])   // [4, 6]
 *
 * @param inputs       tensors, at least one
 * @param shape        their shape, which they may not know themselves
 * @param tensorDtype  their dtype; to be told, not to convert
 * @returns  their dtype and shape
 * @throws ValueError  for an empty list, or shapes that differ
 * @throws TypeError  for dtypes that differ
 */
export const accumulateN = boundOptions(
  'accumulate_n',
  1,
  function accumulateN(
    inputs: readonly TensorLike[],
    { shape = null, tensorDtype = null, name }: NameOption & { shape?: ShapeLike; tensorDtype?: DType | null } = {},
  ): Tensor {
    const wrong = 'inputs must be a list of at least one Tensor with the same dtype and shape';
    const list = checkedList(inputs, wrong);
    if (list.some((t) => t.dtype.baseDtype !== list[0].dtype.baseDtype)) throw new ValueError(wrong);
    const merged = list.reduce((s, t) => s.mergeWith(t.shape), TensorShape.of(shape));
    if (tensorDtype && tensorDtype !== list[0].dtype.baseDtype)
      throw new TypeError_(`tensor_dtype is ${tensorDtype}, but input is of type ${list[0].dtype.baseDtype}`);
    if (list.length > 1) return apply('AccumulateNV2', [list], { shape: merged }, name);
    return name ? apply('Identity', [list[0]], {}, name) : list[0];
  },
);
function checkedList(inputs: readonly TensorLike[], wrong: string): Tensor[] {
  if (!Array.isArray(inputs) || !inputs.length) throw new ValueError(wrong);
  const first = inputs.find((x) => isSymbolic(x));
  const dtype = first instanceof Tensor ? first.dtype.baseDtype : null;
  // Fractions among integers stay what they are: the error names the types of all.
  const typeFor = (x: TensorLike): DType | null =>
    isWeak(x) && !(dtype?.isInteger && toNDArray(x).dtype.isFloating) ? dtype : null;
  return inputs.map((x, i) => convertToTensor(x, typeFor(x), `inputs_${i}`));
}
