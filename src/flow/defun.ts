/** `tf.Defun`: functions of the graph, which nodes call by name. After TensorFlow 1.15's framework/function.py. */
import { isCallable, worded } from '../base/border';
import { type DType, type DTypeLike, asDtype } from '../base/dtype';
import { AssertionError, TypeError_, ValueError } from '../base/errors';
import { isPlain } from '../calls/bind';
import type { FunctionMessage } from '../format/function-def';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { type BodyFunction, type CallOptions, Definition, type DefinitionOptions } from './definition';
import { parametersOf } from './parameters';

export type { CallOptions };
/** What `Defun` takes by name. */
export interface DefunOptions extends DefinitionOptions {
  /** Another function, as the gradient: of the arguments and the gradients of the results. */
  readonly gradFunc?: FunctionProperties | null;
}
/** What a call gives for what the body returns: a tensor, a list of several, or the node where it returns nothing. */
export type Called<R> = [unknown] extends [R]
  ? Tensor
  : R extends readonly [unknown]
    ? Tensor
    : R extends readonly unknown[]
      ? { -readonly [I in keyof R]: Tensor }
      : undefined extends R
        ? Operation
        : [R] extends [null]
          ? Operation
          : Tensor;
/** What is known of a function of the graph. */
export interface FunctionProperties {
  /** Its name in the graph. */
  readonly name: string;
  /** Its message, as it stands in a GraphDef. */
  readonly definition: FunctionMessage;
  /** The types of its arguments. */
  readonly declaredInputTypes: readonly DType[];
  /** What it takes from outside beside its arguments. */
  readonly capturedInputs: readonly Tensor[];
  /** The stateful operations of its body. */
  readonly statefulOps: readonly (readonly [name: string, type: string])[];
  /** The name of the function that is its gradient, or null. */
  readonly gradFuncName: string | null;
  /** Says which function is its gradient. @throws RuntimeError  where one is said already */
  setGradFunc(gradFunc: FunctionProperties): void;
  /** Adds it to a graph, which a call does too. */
  addToGraph(graph: Graph): void;
}
/** A function of the graph: calling it makes a node. */
export interface DefinedFunction<R = unknown> extends FunctionProperties {
  (...inputs: readonly [...TensorLike[], CallOptions] | readonly TensorLike[]): Called<R>;
}
const DEFINITIONS = new WeakMap<object, Definition>();
/** Functions without types: a definition for each list of types that they are called with. */
const OVERLOADS = new WeakMap<object, (types: readonly DType[]) => Definition>();

/**
 * Makes a function of the graph of a function of the program: a node calls it by name, its body stands once in the
 * graph's library and in its GraphDef, whatever calls it. The body is built when the function is first used; what it
 * reads from outside becomes further arguments.
 *
 *     const scaled = tf.Defun(tf.float32, tf.float32)((x, y) => x.mul(y).add(1));
 *     scaled(2, 3)   // 7
 *     const halves = tf.Defun(tf.float32, { funcName: 'Halves' })((x) => [x.div(2), x.sub(x.div(2))]);
 *     halves(5)[1]   // 2.5
 *
 * Without types there is a function for each list of types that it is called with. The gradient of a call is a
 * SymbolicGradient node, or what `gradFunc` or `pythonGradFunc` says.
 *
 * @param given  a dtype for each argument, and settings in the end: `funcName`, `gradFunc` and others
 * @returns  a function that takes the program's function, and gives the one to call
 * @throws ValueError  for a function of other arguments, or with defaults, or one that gives null
 */
export function Defun(
  ...given: readonly [...DTypeLike[], DefunOptions] | readonly DTypeLike[]
): <R>(func: (...args: Tensor[]) => R) => DefinedFunction<R> {
  const last = given[given.length - 1];
  const options = isPlain(last) ? (last as DefunOptions) : {};
  const types = (isPlain(last) ? given.slice(0, -1) : given).map((type) => asDtype(type as DTypeLike));
  return <R>(func: (...args: Tensor[]) => R) => {
    if (!isCallable(func)) throw new ValueError(`function ${worded(func)} must be callable`);
    const { names, rest, defaults } = parametersOf(func);
    if (defaults) throw new ValueError('function with argument defaults or keywords arguments are not supported.');
    if (!types.length && (names.length || rest)) return overloaded<R>(func, names, options);
    if (types.length < names.length || (types.length > names.length && !rest))
      throw new ValueError('The function has fewer arguments than the number of specified input types.');
    return defined<R>(new Definition(func, names, types, options, gradientOf(options.gradFunc)));
  };
}
function gradientOf(fn: FunctionProperties | null | undefined): Definition | null {
  if (!fn) return null;
  const found = DEFINITIONS.get(fn);
  if (!found) throw new TypeError_('grad_func must be a function that tf.Defun made, of arguments of known types.');
  return found;
}
/** The arguments and the options of a call. */
function split(given: readonly unknown[]): [args: TensorLike[], options: CallOptions] {
  const last = given[given.length - 1];
  return isPlain(last) ? [given.slice(0, -1) as TensorLike[], last] : [[...given] as TensorLike[], {}];
}
function called(definition: Definition, args: readonly TensorLike[], options: CallOptions): unknown {
  const op = definition.call(args, options);
  return op.outputs.length > 1 ? [...op.outputs] : (op.outputs[0] ?? op);
}
function defined<R>(definition: Definition): DefinedFunction<R> {
  const fn = (...given: unknown[]): unknown => called(definition, ...split(given));
  DEFINITIONS.set(fn, definition);
  const get = (read: () => unknown): PropertyDescriptor => ({ get: read, enumerable: true });
  return Object.defineProperties(fn, {
    name: get(() => definition.name),
    definition: get(() => definition.message),
    declaredInputTypes: get(() => definition.types),
    capturedInputs: get(() => definition.captured),
    statefulOps: get(() => definition.statefulOps),
    gradFuncName: get(() => definition.gradientName),
    setGradFunc: {
      value: (gradFunc: FunctionProperties) => {
        const gradient = gradientOf(gradFunc);
        if (!gradient) throw new AssertionError('grad_func must be a function that tf.Defun made.');
        definition.setGradient(gradient);
      },
    },
    addToGraph: { value: (graph: Graph) => definition.addTo(graph) },
  }) as DefinedFunction<R>;
}
function overloaded<R>(func: BodyFunction, names: readonly string[], options: DefunOptions): DefinedFunction<R> {
  const byTypes = new Map<string, Definition>();
  const { funcName, gradFunc } = options;
  const instantiate = (types: readonly DType[]): Definition => {
    const key = types.map(shortName).join('');
    const known = byTypes.get(key);
    if (known) return known;
    const made = new Definition(func, names, types, { ...options, funcName: funcName && `${funcName}_${key}` });
    const ofGradient = gradFunc && OVERLOADS.get(gradFunc);
    if (ofGradient) made.setGradient(ofGradient([...types, ...made.resultTypes]));
    byTypes.set(key, made);
    return made;
  };
  const fn = (...given: unknown[]): unknown => {
    const [args, more] = split(given);
    const tensors = args.map((x) => convertToTensor(x));
    return called(instantiate(tensors.map(({ dtype }) => dtype.baseDtype)), tensors, more);
  };
  OVERLOADS.set(fn, instantiate);
  return fn as DefinedFunction<R>;
}
/** `f32`, `i64`, `b`: as TensorFlow names overloads. */
function shortName({ name }: DType): string {
  if (name === 'string') return 's';
  if (name === 'uint8') return 'i8';
  const [, kind, bits] = /^([a-z]+)(\d*)/.exec(name) ?? ['', name, ''];
  const letters = kind.startsWith('q') ? kind.slice(0, kind.startsWith('quint') ? 3 : 2) : kind[0];
  return `${letters}${bits}`;
}
