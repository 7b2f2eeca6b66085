/** What variables that are matrices start from. */
import { ValueError } from '../base/errors';
import type { DTypeLike } from '../base/dtype';
import { bound } from '../calls/bind';
import { eye } from '../ops/eye';
import { type Initializer, floating, initializer } from './initializers';

/**
 * Starts a variable from the identity matrix, times `gain`.
 *
 *     tf.getVariable('w', [2, 2], { initializer: tf.initializers.identity(3) })   // [[3, 0], [0, 3]]
 *
 * @param gain   what stands on the diagonal; 1 where not given
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point, and when called for a shape that is no matrix's
 */
export const identityInitializer = bound(
  'initializers.identity',
  (gain: number = 1, dtype?: DTypeLike): Initializer =>
    initializer({ gain }, floating(dtype), (shape, type) => {
      if (shape.length !== 2) throw new ValueError('Identity matrix initializer can only be used for 2D matrices.');
      return eye(shape[0], shape[1], { dtype: type }).rmul(gain);
    }),
);
