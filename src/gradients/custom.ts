/** Gradients that users define: for an op type, under a name, and for one function. */
import { checkBody, isCallable, worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { asList } from '../base/nested';
import { bound, noteBound, signature } from '../calls/bind';
import { apply, applyOp, graphOf } from '../graph/apply';
import { type Convertible, type TensorLike, convertToTensor } from '../graph/constant';
import { type Graph, type Operation, type Tensor, getDefaultGraph, registerGradient } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Grad } from '../graph/opdef';
import { isTrainable } from './between';

/** A gradient function as users write it: the operation, then the gradient of each of its outputs. */
export type GradientFunction = (op: Operation, ...grads: Tensor[]) => Grad | readonly Grad[];

/**
 * Registers the gradient of an op type, or one to name in `graph.gradientOverrideMap`.
 *
 *     tf.RegisterGradient('HalfSquare')((op, grad) => grad.mul(op.inputs[0]));
 *     const x = tf.constant(3);
 *     const y = tf.getDefaultGraph().gradientOverrideMap({ Square: 'HalfSquare' }, () => tf.square(x));
 *     tf.gradients(y, x)   // [3]
 *
 * @param opType  an op type, or a name of your own
 * @returns  a function that takes the gradient function and gives it back
 * @throws KeyError  if the name has one already
 * @throws TypeError  for what is no string
 */
export const RegisterGradient = bound(
  'RegisterGradient',
  (opType: string): (<F extends GradientFunction>(fn: F) => F) => {
    checkOpType(opType);
    return (fn) => {
      // Its nodes are made on lines of the user's own.
      registerGradient(opType, (op, grads) => graphOf([op.inputs]).madeAt(null, () => fn(op, ...grads)));
      return fn;
    };
  },
);

/**
 * Says that an op type has no derivative: gradients stop there instead of raising an error.
 *
 *     tf.NotDifferentiable('MyOp');
 *
 * @param opType  an op type
 * @throws KeyError  if it has a gradient already
 * @throws TypeError  for what is no string
 */
export const NotDifferentiable = bound('NotDifferentiable', (opType: string): void => {
  checkOpType(opType);
  registerGradient(opType, 'none');
});
/**
 * Says that an op type has no derivative: `NotDifferentiable` by its older name.
 *
 *     tf.NoGradient('AnotherOp');
 *
 * @param opType  an op type
 * @throws KeyError  if it has a gradient already
 * @throws TypeError  for what is no string
 */
export const NoGradient = NotDifferentiable;

function checkOpType(opType: unknown): void {
  if (typeof opType !== 'string') throw new TypeError_('op_type must be a string');
}

type Outputs = Tensor | readonly Tensor[];
interface VariableLike extends Convertible {
  readonly op: Operation;
  readonly trainable?: boolean;
}

let counter = 0;
const CUSTOM_GRADIENT = signature<[f: (...args: Tensor[]) => Gradiented]>('custom_gradient');
type Gradiented = readonly [Outputs, (...grads: Tensor[]) => unknown];

/**
 * A function whose derivative you give.
 *
 *     const log1pexp = tf.customGradient((x) => {
 *       const e = tf.exp(x);
 *       return [tf.log(e.add(1)), (dy) => dy.mul(tf.subtract(1, tf.div(1, e.add(1))))];
 *     });
 *     const x = tf.constant(0);
 *     tf.gradients(log1pexp(x), x)   // [0.5]
 *
 * @param fn  takes tensors; returns its result (a tensor or several) and a function from the gradients of the
 *   results to those of the arguments. Where `fn` uses trainable variables, that function takes them as one more
 *   argument, a list, and returns a pair: the gradients of the arguments, and those of the variables.
 * @returns  the function
 * @throws TypeError  if `fn` uses variables and its gradient function does not take them
 */
export function customGradient<A extends readonly TensorLike[], Y extends Outputs>(
  fn: (...args: { [K in keyof A]: Tensor }) => readonly [Y, (...grads: Tensor[]) => unknown],
): (...args: A) => Y;
export function customGradient<Y extends Outputs>(named: {
  readonly f: (...args: Tensor[]) => readonly [Y, (...grads: Tensor[]) => unknown];
}): (...args: TensorLike[]) => Y;
export function customGradient<Y extends Outputs>(
  ...given: readonly [f: (...args: Tensor[]) => readonly [Y, (...grads: Tensor[]) => unknown]]
): (...args: TensorLike[]) => Y;
export function customGradient<Y extends Outputs>(...given: readonly unknown[]): (...args: TensorLike[]) => Y {
  const [fn] = CUSTOM_GRADIENT.take(given);
  checkBody(fn);
  return (...args) => {
    const name = `CustomGradient-${counter++}`;
    const inputs = args.map((x) => convertToTensor(x));
    const graph = inputs[0]?.graph ?? getDefaultGraph();
    return graph.asDefault(() => {
      const [result, gradient] = checkedPair(fn(...inputs));
      const results = asList(result) as readonly Tensor[];
      const variables = variablesBetween(
        graph,
        inputs,
        results.map((y) => apply('Identity', [y])),
      );
      if (variables.length && gradient.length <= results.length) {
        throw new TypeError_(
          'If using @custom_gradient with a function that uses variables, then grad_fn must accept a keyword ' +
            `argument 'variables'.\n  it uses ${variables.map((v) => v.op.name).join(', ')}` +
            `\n  fix: take them as one more argument: ` +
            `(${results.map((_, i) => `dy${i || ''}`).join(', ')}, variables) => ` +
            '[gradients of the arguments, gradients of the variables].',
        );
      }
      registerGradient(name, (_, grads) =>
        graph.madeAt(null, () => {
          const given = grads.slice(0, results.length);
          const pair = variables.length
            ? ((gradient as (...a: unknown[]) => unknown)(...given, variables) as readonly [unknown, unknown])
            : [gradient(...given), []];
          const [ofInputs, ofVariables] = pair.map((g) => asList(g) as readonly Grad[]);
          if (ofVariables.length !== variables.length)
            throw new ValueError('Must return gradient for each variable from @custom_gradient grad_fn.');
          return [...results.map(() => null), ...ofInputs, ...ofVariables];
        }),
      );
      const { outputs } = graph.gradientOverrideMap({ IdentityN: name }, () =>
        applyOp('IdentityN', [[...results, ...inputs, ...variables]]),
      );
      return (Array.isArray(result) ? outputs.slice(0, results.length) : outputs[0]) as Y;
    });
  };
}
noteBound(customGradient, 'custom_gradient');

/** @throws TypeError  for what a function with a custom gradient cannot return */
function checkedPair<P extends readonly [unknown, (...grads: Tensor[]) => unknown]>(pair: P): P {
  if (Array.isArray(pair) && isCallable(pair[1])) return pair;
  throw new TypeError_(
    `A function with a custom gradient must return its result and the gradient's function, not ${worded(pair)}.` +
      '\n  fix: (x) => [y, (dy) => dx].',
  );
}

/** Trainable variables that lie behind the results on differentiable ways, without going through the inputs. */
function variablesBetween(graph: Graph, inputs: readonly Tensor[], results: readonly Tensor[]): VariableLike[] {
  const stops = new Set(inputs);
  const seen = new Set(results.map((t) => t.op));
  for (const op of seen) for (const t of op.inputs) if (!stops.has(t) && isTrainable(t)) seen.add(t.op);
  const all = graph.getCollection<VariableLike>(GraphKeys.GLOBAL_VARIABLES);
  return all.filter((v) => seen.has(v.op) && v.trainable !== false);
}
