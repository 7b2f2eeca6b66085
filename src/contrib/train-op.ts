/** A training step as one node that gives the loss. */
import { TypeError_, ValueError } from '../base/errors';
import { isList } from '../base/border';
import { bound, isPlain } from '../calls/bind';
import { waitingFor } from '../control/framework';
import type { AggregationMethod } from '../gradients/aggregate';
import { type NotText, type TensorLike, convertToTensor } from '../graph/constant';
import { IndexedSlices, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { clipByNorm, globalNorm } from '../ops/clip';
import { noOp, withDependencies } from '../ops/control';
import { checkNumerics } from '../ops/numerics';
import { tell } from '../base/logging';
import { type SummaryTensor, histogram, scalar } from '../summary/nodes';
import type { GateGradients, GradAndVar, Gradient } from '../train/arguments';
import { checkVariable, checkedPairs } from '../train/checks';
import { type Counter, getOrCreateGlobalStep } from '../train/global-step';
import { Optimizer } from '../train/optimizer';
import { trainableVariables } from '../variables/collections';
import type { Variable } from '../variables/variable';

/** Changes gradients before they are applied. */
export type TransformGrads = (gradients: readonly GradAndVar[]) => readonly GradAndVar[];
/** Factors of gradients: by variable, or by the variables' names. */
export type Multipliers = ReadonlyMap<Variable | string, TensorLike> | Readonly<Record<string, TensorLike>>;
type UpdateOps = readonly (Operation | Tensor)[];

/** The same gradient with other values. */
export function withValues(gradient: Gradient, change: (values: Tensor) => Tensor): Gradient {
  if (!(gradient instanceof IndexedSlices)) return change(gradient);
  return new IndexedSlices(change(gradient.values), gradient.indices, gradient.denseShape);
}
export const valuesOf = (gradient: Gradient): Tensor =>
  gradient instanceof IndexedSlices ? gradient.values : gradient;

/**
 * Histograms of gradients, and curves of their norms.
 *
 *     const w = new tf.Variable(3);
 *     const pairs = new tf.train.GradientDescentOptimizer(0.1).computeGradients(w.square());
 *     tf.contrib.training.addGradientsSummaries(pairs).length   // 2
 *
 * @param gradsAndVars  as `computeGradients` gives them
 * @returns  summaries
 * @throws TypeError  for what are no pairs of a gradient and a variable
 */
export const addGradientsSummaries = bound('contrib.training.add_gradients_summaries', summarized);
function summarized(gradsAndVars: readonly GradAndVar[]): SummaryTensor[] {
  return checkedPairs(gradsAndVars).flatMap(([gradient, given]) => {
    const variable = checkVariable(given);
    if (gradient === null) {
      tell('INFO', `Var ${variable.op.name} has no gradient`);
      return [];
    }
    const values = valuesOf(gradient);
    return [
      histogram(`${variable.op.name}_gradient`, values),
      scalar(`${variable.op.name}_gradient_norm`, globalNorm([values])),
    ];
  });
}
/**
 * Gradients, each no longer than a norm.
 *
 *     const w = new tf.Variable([3, 4]);
 *     const pairs = new tf.train.GradientDescentOptimizer(0.1).computeGradients(tf.nn.l2Loss(w));
 *     sess.run(w.initializer);
 *     tf.contrib.training.clipGradientNorms(pairs, 1)[0][0]   // [0.6, 0.8]
 *
 * @param gradientsToVariables  as `computeGradients` gives them
 * @param maxNorm               the most
 * @returns  pairs of the same kind
 * @throws TypeError  for what are no pairs of a gradient and a variable, and for integers
 */
export const clipGradientNorms = bound('contrib.training.clip_gradient_norms', clipped);
function clipped(gradientsToVariables: readonly GradAndVar[], maxNorm: NotText): GradAndVar[] {
  return checkedPairs(gradientsToVariables).map(([gradient, variable]) => [
    gradient && withValues(gradient, (values) => clipByNorm(values, maxNorm)),
    variable,
  ]);
}
/**
 * The same as a function for `transformGradsFn`.
 *
 *     typeof tf.contrib.training.clipGradientNormsFn(1)   // 'function'
 *
 * @param maxNorm  the most
 * @returns  a function from pairs to pairs
 * @throws TypeError  when that is called, for a maximum that is no number
 */
export const clipGradientNormsFn = bound(
  'contrib.training.clip_gradient_norms_fn',
  (maxNorm: NotText): TransformGrads =>
    (pairs) =>
      clipped(pairs, maxNorm),
);
/**
 * Gradients, some of them multiplied.
 *
 *     const w = new tf.Variable(3, { name: 'w' });
 *     const pairs = new tf.train.GradientDescentOptimizer(0.1).computeGradients(w.square());
 *     sess.run(w.initializer);
 *     tf.contrib.training.multiplyGradients(pairs, { w: 0.5 })[0][0]   // 3
 *
 * @param gradsAndVars         as `computeGradients` gives them
 * @param gradientMultipliers  factors, by variable in a Map, or by the variables' names
 * @returns  pairs of the same kind
 * @throws ValueError  without factors, and for one of a variable that has no gradient
 */
export const multiplyGradients = bound('contrib.training.multiply_gradients', multiplied);
function multiplied(gradsAndVars: readonly GradAndVar[], gradientMultipliers: Multipliers): GradAndVar[] {
  if (!isList(gradsAndVars)) throw new ValueError('`grads_and_vars` must be a list.');
  const factors = factorsOf(gradientMultipliers);
  if (!factors.size) throw new ValueError('`gradient_multipliers` is empty.');
  return checkedPairs(gradsAndVars).map(([gradient, given]) => {
    const variable = checkVariable(given);
    const factor = factors.get(variable) ?? factors.get(variable.op.name);
    if (factor === undefined) return [gradient, variable];
    if (gradient === null) throw new ValueError('Requested multiple of `None` gradient.');
    return [withValues(gradient, (values) => values.mul(convertToTensor(factor, values.dtype))), variable];
  });
}
export function factorsOf(given: Multipliers): ReadonlyMap<Variable | string, TensorLike> {
  if (given instanceof Map) return given;
  if (!isPlain(given)) throw new ValueError('`gradient_multipliers` must be a dict.');
  return new Map(Object.entries(given));
}

type Creating = [
  totalLoss: TensorLike,
  optimizer: Optimizer,
  globalStep?: Counter | 0 | null,
  updateOps?: UpdateOps,
  variablesToTrain?: readonly Variable[],
  transformGradsFn?: TransformGrads,
  summarizeGradients?: boolean,
  gateGradients?: GateGradients,
  aggregationMethod?: AggregationMethod,
  colocateGradientsWithOps?: boolean,
  checkNumerics?: boolean,
];
/**
 * A node that does a training step and gives the loss: runs the updates of the collection UPDATE_OPS (as those of batch
 * normalization), computes the gradients, applies them, and counts the step.
 *
 *     const w = tf.getVariable('w', [], { initializer: tf.onesInitializer() });
 *     const optimizer = new tf.train.GradientDescentOptimizer(0.25);
 *     const trainOp = tf.contrib.training.createTrainOp(tf.square(w), optimizer);
 *     sess.run(tf.globalVariablesInitializer());
 *     [sess.run(trainOp), sess.run(trainOp)]   // [1, 0.25]
 *
 * @param totalLoss                 a scalar
 * @param optimizer                 an optimizer
 * @param globalStep                counts the steps; 0, where not given, is the graph's counter, made where there is
 *   none; null for none
 * @param updateOps                 what runs before the loss; the collection UPDATE_OPS where not given
 * @param variablesToTrain          the variables to train; all trainable ones where not given
 * @param transformGradsFn          changes the gradients
 * @param summarizeGradients        whether there are summaries of the gradients
 * @param gateGradients             when the gradients may be used; 1, which is `Optimizer.GATE_OP`, where not given
 * @param aggregationMethod         how several gradients of one tensor are summed
 * @param colocateGradientsWithOps  places gradients with their operations
 * @param checkNumerics             whether a loss that is NaN or infinite is an error; true where not given
 * @returns  the loss, with the step behind it
 * @throws ValueError  if there is nothing to train
 */
export const createTrainOp = bound('contrib.training.create_train_op', created);
export function created(...given: Creating): Tensor {
  const [totalLoss, optimizer, step = 0, updateOps, variablesToTrain, transform, summarize = false, ...more] = given;
  const [gateGradients, aggregationMethod, colocateGradientsWithOps, checks = true] = more;
  if (!(optimizer instanceof Optimizer)) throw new TypeError_('optimizer must be a tf.train.Optimizer');
  const graph = getDefaultGraph();
  const globalStep = step === 0 ? getOrCreateGlobalStep() : step;
  const all = graph.getCollection<Operation | Tensor>(GraphKeys.UPDATE_OPS);
  const updates = updateOps ?? all;
  if (all.some((each) => !updates.includes(each)))
    tell('WARN', 'update_ops in create_train_op does not contain all the update_ops in GraphKeys.UPDATE_OPS');
  let loss = convertToTensor(totalLoss);
  if (updates.length) {
    const barrier = waitingFor(updates, () => noOp({ name: 'update_barrier' }));
    loss = withDependencies([barrier], loss);
  }
  const variables = variablesToTrain ?? trainableVariables();
  if (!variables.length) throw new ValueError('No variables to train.');
  let pairs: readonly GradAndVar[] = optimizer.computeGradients(loss, {
    varList: variables,
    gateGradients,
    aggregationMethod,
    colocateGradientsWithOps,
  });
  if (transform) pairs = transform(pairs);
  if (summarize) graph.nameScope('summarize_grads', () => summarized(pairs));
  const applied = optimizer.applyGradients(pairs, { globalStep });
  return graph.nameScope('train_op', () => {
    const checked = checks ? checkNumerics(loss, 'LossTensor is inf or nan') : loss;
    const trainOp = withDependencies([applied], checked);
    const trainOps = graph.getCollectionRef(GraphKeys.TRAIN_OP);
    if (!trainOps.includes(trainOp)) trainOps.push(trainOp);
    return trainOp;
  });
}
