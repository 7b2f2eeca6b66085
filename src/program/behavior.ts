/** What programs of TensorFlow 2 call to be programs of 1.x, which those here are. */
import { bound } from '../calls/bind';
import { disableControlFlowV2 } from '../flow/version';
import { disableResourceVariables } from '../variables/scope';

/**
 * Lets ops build a graph: so it always is here, and programs that say so first run as they are.
 *
 *     tf.disableEagerExecution();
 *     tf.executingEagerly()   // false
 */
export const disableEagerExecution = bound('disable_eager_execution', (): void => {});
/**
 * What a program of TensorFlow 2 begins with to be one of 1.x: branches and loops are no functions, and variables no
 * resources, whatever was switched on before.
 *
 *     tf.enableResourceVariables();
 *     tf.disableV2Behavior();
 *     tf.resourceVariablesEnabled()   // false
 */
export const disableV2Behavior = bound('disable_v2_behavior', (): void => {
  disableControlFlowV2();
  disableResourceVariables();
});
