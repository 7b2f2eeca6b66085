/** What a layer does in training, and what else: chosen while the graph is built where that is known. */
import { TypeError_ } from '../base/errors';
import { describe } from '../base/preview';
import { condOf } from '../flow/cond';
import { constantValue } from '../graph/constant';
import { Tensor } from '../graph/graph';

/**
 * Whether a layer is training, where a program says so; null where only a run will know.
 *
 * @throws TypeError  for what is neither true nor false nor a tensor
 */
export function knownTraining(training: unknown): boolean | null {
  if (training instanceof Tensor) {
    const value = constantValue(training);
    return value === null ? null : Boolean(value.item());
  }
  if (typeof training === 'boolean' || training === 0 || training === 1) return Boolean(training);
  throw new TypeError_(
    `\`pred\` must be a Tensor, or a Python bool, or 1 or 0. Found instead: ${describe(training)}` +
      '\n  fix: training: true, false, or a tensor of bool, as tf.placeholderWithDefault(false, []).',
  );
}
/** One of two, by `training`: chosen now where it is known, by the run where not, as TensorFlow's `smart_cond`. */
export function whenTraining<T>(training: boolean | number | Tensor, yes: () => T, no: () => T): T {
  const known = knownTraining(training);
  return known === null ? (condOf(training, yes, no) as T) : known ? yes() : no();
}
