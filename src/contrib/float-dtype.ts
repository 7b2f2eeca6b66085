/** The one dtype of several tensors. */
import { worded } from '../base/border';
import { DType, type DTypeLike, asDtype, float32 } from '../base/dtype';
import { AttributeError, ValueError } from '../base/errors';
import { bound } from '../calls/bind';
import type { Tensor } from '../graph/graph';
import type { Variable } from '../variables/variable';

/**
 * The one floating-point dtype of tensors.
 *
 *     tf.contrib.framework.assertSameFloatDtype([tf.constant(1), tf.constant([2])]).name   // 'float32'
 *
 * @param tensors  tensors or variables; null is left out
 * @param dtype    what they are to be
 * @returns  the dtype; float32 where nothing is given
 * @throws ValueError  for several, and for one that is not floating point
 */
export const assertSameFloatDtype = bound(
  'assert_same_float_dtype',
  (tensors?: readonly (Tensor | Variable | null)[], dtype?: DTypeLike): DType => {
    let found = dtype === undefined ? null : asDtype(dtype);
    let from: Tensor | Variable | null = null;
    for (const tensor of tensors ?? []) {
      if (!tensor) continue;
      if (!(tensor.dtype instanceof DType))
        throw new AttributeError(`${worded(tensor)} has no dtype: it is no tensor.`);
      const { baseDtype } = tensor.dtype;
      if (found && baseDtype !== found)
        throw new ValueError(
          `Tensor ${tensor.name}, dtype ${baseDtype.name} must be of ${from ? 'the same type as' : 'type'} ` +
            `${from ? `Tensor ${from.name}, dtype ${found.name}` : found.name}.`,
        );
      found = baseDtype;
      from ??= tensor;
    }
    if (!found) return float32;
    if (!found.isFloating) throw new ValueError(`Expected floating point type, got <dtype: '${found.name}'>.`);
    return found;
  },
);
