/** The variable that counts the steps of training. */
import { textOf } from '../base/preview';
import { int64 } from '../base/dtype';
import { KeyError, TypeError_, ValueError } from '../base/errors';
import { bound } from '../calls/bind';
import { type Convertible, isConvertible } from '../graph/constant';
import { type Graph, type ScalarTensor, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { zeros } from '../ops/words';
import { getVariable } from '../variables/get-variable';
import type { Variable } from '../variables/variable';

/** A session, as far as it is needed here: its class is not of this layer's business. */
interface Runner {
  run(fetch: Tensor | Convertible | string): unknown;
}

/** A step counter: its steps fit a number. */
export type Counter = Variable<ScalarTensor>;

/**
 * The value of a step counter in a session.
 *
 *     const step = tf.train.createGlobalStep();
 *     sess.run(tf.globalVariablesInitializer());
 *     tf.train.globalStep(sess, step)   // 0
 *
 * @param sess              a session in which it has a value
 * @param globalStepTensor  the counter: a variable, a tensor, or its name
 * @returns  a number
 * @throws FailedPreconditionError  if it has no value yet
 */
export const globalStep = bound(
  'train.global_step',
  (sess: Runner, globalStepTensor: Tensor | Variable | string): number => Number(sess.run(globalStepTensor)),
);

/**
 * The graph's step counter: what is in GLOBAL_STEP, or the variable or tensor `global_step:0`.
 *
 *     tf.train.getGlobalStep()   // null
 *
 * @param graph  the default graph where not given
 * @returns  a variable or a tensor; null where there is none
 * @throws TypeError  if it is not a scalar of integers
 */
export const getGlobalStep = bound('train.get_global_step', findStep);
function findStep(graph?: Graph): Counter | ScalarTensor | null {
  const in_ = graph ?? getDefaultGraph();
  const known = in_.getCollection<Counter | ScalarTensor>(GraphKeys.GLOBAL_STEP);
  if (known.length > 1) return null;
  let found: Counter | ScalarTensor;
  try {
    found = known[0] ?? in_.getTensorByName('global_step:0');
  } catch (error) {
    if (error instanceof KeyError) return null;
    throw error;
  }
  checkStep(found);
  return found;
}

/**
 * Makes the step counter: an int64 variable `global_step`.
 *
 *     tf.train.createGlobalStep().name   // 'global_step:0'
 *
 * @param graph  the default graph where not given
 * @returns  a variable, 0 at first
 * @throws ValueError  if there is one
 */
export const createGlobalStep = bound('train.create_global_step', createStep);
function createStep(graph?: Graph): Counter {
  const in_ = graph ?? getDefaultGraph();
  if (findStep(in_) !== null)
    throw new ValueError(
      '"global_step" already exists.\n  fix: tf.train.getOrCreateGlobalStep() gives the one there is.',
    );
  return in_.asDefault(() =>
    in_.nameScope(null, () =>
      getVariable(GraphKeys.GLOBAL_STEP, {
        shape: [],
        dtype: int64,
        initializer: (shape) => zeros(shape, int64),
        trainable: false,
        collections: [GraphKeys.GLOBAL_VARIABLES, GraphKeys.GLOBAL_STEP],
      }),
    ),
  );
}

/**
 * The step counter, made where there is none. Give it to `minimize` to have it counted.
 *
 *     const globalStep = tf.train.getOrCreateGlobalStep();
 *     const w = new tf.Variable(1);
 *     const trainStep = new tf.train.GradientDescentOptimizer(0.1).minimize(w.square(), globalStep);
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(trainStep);
 *     sess.run(globalStep)   // 1
 *
 * @param graph  the default graph where not given
 * @returns  a variable
 * @throws TypeError  if it is not a scalar of integers, or no variable
 */
export const getOrCreateGlobalStep = bound('train.get_or_create_global_step', (graph?: Graph): Counter => {
  const known = findStep(graph);
  if (known instanceof Tensor)
    throw new TypeError_(`The graph's "global_step" is a tensor, not a variable that could be counted up: ${known}`);
  return known ?? createStep(graph);
});

/**
 * Checks that something can count steps.
 *
 *     tf.train.assertGlobalStep(tf.train.createGlobalStep());
 *     tf.train.assertGlobalStep(tf.constant(1))   // throws TypeError
 *
 * @param globalStepTensor  a variable or a tensor
 * @throws TypeError  if it is no scalar of integers, or no tensor or variable at all
 */
export const assertGlobalStep = bound('train.assert_global_step', checkStep);
function checkStep(globalStepTensor: unknown): void {
  if (!(globalStepTensor instanceof Tensor) && !isConvertible(globalStepTensor))
    throw new TypeError_(`Existing "global_step" must be a Variable or Tensor: ${textOf(globalStepTensor)}.`);
  const { dtype, shape } = globalStepTensor instanceof Tensor ? globalStepTensor : globalStepTensor.asTensor();
  if (!dtype.baseDtype.isInteger) throw new TypeError_(`Existing "global_step" does not have integer type: ${dtype}`);
  if (shape.rank !== 0 && shape.isFullyDefined())
    throw new TypeError_(`Existing "global_step" is not scalar: ${shape}`);
}
