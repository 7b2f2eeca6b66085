/**
 * The nodes of arrays that are lists of tensors: what a `tf.TensorArray` is where loops and branches are functions. Its
 * flow is the list itself.
 */
import { int64 } from '../base/dtype';
import { apply, applyOp } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { listShape, scoped } from '../ops/words';
import { type ArrayNodes, type Used, checked, mergeShape, partLengths, rowShape } from './array-nodes';
import { condTensor } from './cond';
import { toNDArray } from '../base/to-ndarray';

const typed = ({ common }: Used<unknown>): { readonly element_dtype: Used<unknown>['common']['dtype'] } => ({
  element_dtype: common.dtype,
});
/** The list, longer where an index lies behind its end. */
function longEnough({ flow }: Used<unknown>, index: TensorLike): Tensor {
  const size = apply('TensorListLength', [flow]);
  const isBehind = index instanceof Tensor ? apply('GreaterEqual', [index, size]) : apply('LessEqual', [size, index]);
  return condTensor(
    isBehind,
    () => apply('TensorListResize', [flow, index instanceof Tensor ? index.add(1) : Number(index) + 1]),
    () => flow,
  );
}
export const LISTS: ArrayNodes = {
  read: (of, index, name) =>
    scoped(name || 'TensorArrayV2Read', () =>
      apply('TensorListGetItem', [of.flow, index, listShape(of.common.elementShape)], typed(of), name),
    ),
  gather: (of, indices, name) =>
    apply('TensorListGather', [of.flow, indices, listShape(of.common.elementShape)], typed(of), name),
  stack: (of, name) =>
    scoped(name || 'TensorArrayV2Stack', () =>
      apply('TensorListStack', [of.flow, listShape(of.common.elementShape)], typed(of)),
    ),
  concat: (of, name) => {
    const { dims } = of.common.elementShape;
    const shape = dims ? [-1, ...dims.slice(1).map((d) => d ?? -1)] : -1;
    const none = convertToTensor(toNDArray([], int64, [0]));
    return applyOp('TensorListConcatV2', [of.flow, shape, none], typed(of), name).outputs[0];
  },
  size: (of, name) => apply('TensorListLength', [of.flow], {}, name),
  close: (_, name) => applyOp('NoOp', [], {}, name),
  write: (of, index, value, name) =>
    scoped(name || 'TensorArrayV2Write', () => {
      const x = checked(of.common, value);
      mergeShape(of.common, x.shape);
      const list = of.common.dynamicSize ? longEnough(of, index) : of.flow;
      return of.after(apply('TensorListSetItem', [list, index, x], {}, name));
    }),
  scatter: (of, indices, value, name) =>
    scoped(name || 'TensorArrayScatter', () => {
      const x = checked(of.common, value);
      mergeShape(of.common, rowShape(x));
      return of.after(apply('TensorListScatterIntoExistingList', [of.flow, x, indices]));
    }),
  unstack: (of, value, name) =>
    scoped(name || 'TensorArrayUnstack', () => {
      const x = checked(of.common, value);
      mergeShape(of.common, rowShape(x));
      return of.after(apply('TensorListFromTensor', [x, listShape(rowShape(x))]));
    }),
  split: (of, value, lengths, name) =>
    scoped(name || 'TensorArraySplit', () => {
      const x = checked(of.common, value);
      const sizes = partLengths(of.common, x, lengths);
      return of.after(apply('TensorListSplit', [x, listShape(of.common.elementShape), sizes], {}, name));
    }),
};
