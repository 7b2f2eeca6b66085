/** The node of a `tf.TensorArray`, and what all objects of it know. */
import { worded } from '../base/border';
import { type DType, type DTypeLike, asDtype, resource } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { type ShapeLike, TensorShape } from '../base/shape';
import { apply, applyOp, inGraphOf } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import { listShape } from '../ops/words';
import { controlFlowV2Enabled } from './version';

/** What the constructor takes, in Python's order. */
export type Made = [
  dtype: DTypeLike,
  size?: TensorLike,
  dynamicSize?: boolean,
  clearAfterRead?: boolean,
  tensorArrayName?: string,
  handle?: Tensor,
  flow?: Tensor,
  inferShape?: boolean,
  elementShape?: ShapeLike,
  colocateWithFirstWriteCall?: boolean,
  name?: string,
];
/** What the objects of one array have in common. */
export interface Common {
  readonly dtype: DType;
  /** Null for a list. */
  readonly handle: Tensor | null;
  readonly inferShape: boolean;
  readonly dynamicSize: boolean;
  elementShape: TensorShape;
  /** What its writes stand beside: the first value that was written; null where they stand anywhere. */
  beside: { first: Tensor | null } | null;
}
/** @throws ValueError  for what does not go together; TypeError  for a handle that is none */
export function makeArray([
  dtypeLike,
  size,
  dynamic,
  clearAfterRead,
  arrayName,
  handle,
  flow,
  infer,
  shape,
  colocate,
  name,
]: Made): { common: Common; flow: Tensor } {
  if (handle && arrayName) throw new ValueError('Cannot provide both a handle and tensor_array_name at the same time');
  if (handle && handle.dtype?.baseDtype !== resource)
    throw new TypeError_(`Handle must be a Tensor, not ${worded(handle)}`);
  if (!handle && size === undefined) throw new ValueError('Size must be provided if handle is not provided');
  if (handle && size !== undefined) throw new ValueError('Cannot provide both a handle and size at the same time');
  const dtype = asDtype(dtypeLike).baseDtype;
  const elementShape = TensorShape.of(shape ?? null);
  const beside = (colocate ?? true) ? { first: null } : null;
  const common = { dtype, inferShape: infer ?? true, dynamicSize: dynamic ?? false, elementShape, beside };
  if (!handle && controlFlowV2Enabled())
    return inGraphOf([size], (graph) =>
      graph.nameScope(name || 'TensorArrayV2', (scope) => {
        const list = apply('TensorListReserve', [listShape(elementShape), size ?? 0], { element_dtype: dtype }, scope);
        return { common: { ...common, handle: null, beside: null }, flow: list };
      }),
    );
  return inGraphOf([handle, size, flow], (graph) =>
    graph.nameScope(name || 'TensorArray', (scope) => {
      if (handle) {
        if (!flow) throw new ValueError('flow must not be None if handle is not None.');
        return { common: { ...common, handle }, flow };
      }
      const attrs = {
        dtype,
        element_shape: elementShape,
        identical_element_shapes: common.inferShape,
        dynamic_size: common.dynamicSize,
        clear_after_read: clearAfterRead ?? true,
        tensor_array_name: arrayName ?? '',
      };
      const make = (): Operation => applyOp('TensorArrayV3', [size ?? 0], attrs, scope);
      const { outputs } = beside ? graph.device(null, () => graph.colocateWith(null, make, true)) : make();
      return { common: { ...common, handle: outputs[0] }, flow: outputs[1] };
    }),
  );
}
