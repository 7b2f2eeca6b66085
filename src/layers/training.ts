/** What a layer does in training, and what else: chosen while the graph is built where that is known. */
import { ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import { constantValue } from '../graph/constant';
import { Tensor } from '../graph/graph';

/** Whether a layer is training, where a program says so; null where only a run will know. */
export function knownTraining(training: boolean | number | Tensor): boolean | null {
  if (!(training instanceof Tensor)) return Boolean(training);
  const value = constantValue(training);
  return value === null ? null : Boolean(value.item());
}
/** One of two, by `training`. */
export function whenTraining<T>(training: boolean | number | Tensor, yes: () => T, no: () => T): T {
  const known = knownTraining(training);
  if (known === null)
    throw new ValueError(
      `training is ${textOf(training)}, which only a run knows; that takes tf.cond, which is not there yet.` +
        '\n  fix: build the graph for training ({training: true}), and apply the same layers again for testing: ' +
        '{training: false, reuse: true} under the same names.',
    );
  return known ? yes() : no();
}
