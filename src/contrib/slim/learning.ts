/**
 * `tf.contrib.slim.learning`: training steps.
 *
 * @module
 */
import { bound } from '../../calls/bind';
import type { AggregationMethod } from '../../gradients/aggregate';
import type { TensorLike } from '../../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../../graph/graph';
import type { GateGradients, GradAndVar } from '../../train/arguments';
import type { Counter } from '../../train/global-step';
import type { Optimizer } from '../../train/optimizer';
import type { Variable } from '../../variables/variable';
import { type Multipliers, clipGradientNorms, created, multiplyGradients } from '../train-op';
export { addGradientsSummaries, clipGradientNorms, multiplyGradients } from '../train-op';

type Creating = [
  totalLoss: TensorLike,
  optimizer: Optimizer,
  globalStep?: Counter | 0 | null,
  updateOps?: readonly (Operation | Tensor)[],
  variablesToTrain?: readonly Variable[],
  clipGradientNorm?: number,
  summarizeGradients?: boolean,
  gateGradients?: GateGradients,
  aggregationMethod?: AggregationMethod,
  colocateGradientsWithOps?: boolean,
  gradientMultipliers?: Multipliers,
  checkNumerics?: boolean,
];
/**
 * A node that does a training step and gives the loss. See `tf.contrib.training.createTrainOp`.
 *
 *     const w = tf.getVariable('w', [], { initializer: tf.onesInitializer() });
 *     const optimizer = new tf.train.GradientDescentOptimizer(0.25);
 *     const trainOp = tf.contrib.slim.learning.createTrainOp(tf.square(w), optimizer, { clipGradientNorm: 1 });
 *     sess.run(tf.globalVariablesInitializer());
 *     [sess.run(trainOp), sess.run(trainOp)]   // [1, 0.5625]
 *
 * @param totalLoss                 a scalar
 * @param optimizer                 an optimizer
 * @param globalStep                counts the steps; 0, where not given, is the graph's counter, made where there is
 *   none; null for none
 * @param updateOps                 what runs before the loss; the collection UPDATE_OPS where not given
 * @param variablesToTrain          the variables to train; all trainable ones where not given
 * @param clipGradientNorm          the most the norm of a gradient may be; 0, where not given, for any
 * @param summarizeGradients        whether there are summaries of the gradients
 * @param gateGradients             when the gradients may be used; 1, which is `Optimizer.GATE_OP`, where not given
 * @param aggregationMethod         how several gradients of one tensor are summed
 * @param colocateGradientsWithOps  places gradients with their operations
 * @param gradientMultipliers       factors of gradients, by variable in a Map, or by the variables' names
 * @param checkNumerics             whether a loss that is NaN or infinite is an error; true where not given
 * @returns  the loss, with the step behind it
 * @throws ValueError  if there is nothing to train
 */
export const createTrainOp = bound('contrib.slim.learning.create_train_op', (...given: Creating): Tensor => {
  const [loss, optimizer, globalStep, updateOps, variables, norm = 0, summarize, gate, method, colocate, ...more] =
    given;
  const [multipliers, checks] = more;
  const graph = getDefaultGraph();
  const transform = (pairs: readonly GradAndVar[]): readonly GradAndVar[] => {
    const scaled = multipliers ? graph.nameScope('multiply_grads', () => multiplyGradients(pairs, multipliers)) : pairs;
    return norm > 0 ? graph.nameScope('clip_grads', () => clipGradientNorms(scaled, norm)) : scaled;
  };
  return created(
    loss,
    optimizer,
    globalStep,
    updateOps,
    variables,
    transform,
    summarize,
    gate,
    method,
    colocate,
    checks,
  );
});
