/** Whether branches and loops are built as functions: TensorFlow's control flow of version 2. */
import { bound } from '../calls/bind';
import { getDefaultGraph } from '../graph/graph';

let ofFunctions = false;
/**
 * Lets `tf.cond` and `tf.whileLoop` build one node each, If and While, whose branches, conditions and bodies are
 * functions of the graph: they have derivatives of any order.
 *
 *     tf.enableControlFlowV2();
 *     tf.cond(tf.constant(true), () => tf.constant(1), () => tf.constant(2)).op.inputs[0].op.type   // 'StatelessIf'
 *     tf.disableControlFlowV2();
 */
export const enableControlFlowV2 = bound('enable_control_flow_v2', (): void => {
  ofFunctions = true;
});
/**
 * Lets `tf.cond` and `tf.whileLoop` build Switch, Merge and what else loops are made of: so it is at the start.
 *
 *     tf.disableControlFlowV2();
 *     tf.controlFlowV2Enabled()   // false
 */
export const disableControlFlowV2 = bound('disable_control_flow_v2', (): void => {
  ofFunctions = false;
});
/**
 * Whether `tf.cond` and `tf.whileLoop` build functions.
 *
 *     tf.controlFlowV2Enabled()   // false
 *
 * @returns  true after `tf.enableControlFlowV2()`, and inside of the functions of branches and loops
 */
export const controlFlowV2Enabled = bound(
  'control_flow_v2_enabled',
  (): boolean => ofFunctions || (getDefaultGraph().capturing?.isBranch ?? false),
);
