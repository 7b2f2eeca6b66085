/** What variables that are matrices start from. */
import { ValueError } from '../base/errors';
import type { DTypeLike } from '../base/dtype';
import { bound } from '../calls/bind';
import { apply, applyOp } from '../graph/apply';
import { eye } from '../ops/eye';
import { randomNormal } from '../ops/random';
import { matrixTranspose } from '../ops/transpose';
import { reshape } from '../ops/words';
import { type Initializer, floating, initializer } from './initializer';

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
    initializer('Identity', { gain }, floating(dtype), (shape, type, partition) => {
      const [rows, columns, ...more] = partition?.fullShape ?? shape;
      if (columns === undefined || more.length)
        throw new ValueError('Identity matrix initializer can only be used for 2D matrices.');
      const whole = eye(rows, columns, { dtype: type });
      return (partition ? apply('Slice', [whole, [...partition.varOffset], [...shape]]) : whole).rmul(gain);
    }),
);
/**
 * Starts a variable from a matrix with columns at right angles and of length 1, or rows where there are fewer of them;
 * dimensions before the last count as rows.
 *
 *     const w = tf.getVariable('w', [2, 2], { initializer: tf.orthogonalInitializer() });
 *     tf.round(tf.matmul(w, w, { transposeA: true }))   // [[1, 0], [0, 1]]
 *
 * @param gain   what all is multiplied with; 1 where not given
 * @param seed   for the same numbers in every run
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point, and when called for a shape of fewer than two dimensions
 */
export const orthogonalInitializer = bound(
  'initializers.orthogonal',
  (gain: number = 1, seed: number | null = null, dtype?: DTypeLike): Initializer =>
    initializer('Orthogonal', { gain, seed }, floating(dtype), (shape, type) => {
      if (shape.length < 2) throw new ValueError('The tensor to initialize must be at least two-dimensional');
      const columns = shape[shape.length - 1];
      const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
      const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
      const [q, r] = applyOp('Qr', [randomNormal([long, short], { dtype: type, seed })], {
        full_matrices: false,
      }).outputs;
      // The signs of the diagonal make each rotation as likely as any other.
      const uniform = q.mul(apply('Sign', [apply('DiagPart', [r])]));
      return reshape(rows < columns ? matrixTranspose(uniform) : uniform, shape).rmul(gain);
    }),
);
