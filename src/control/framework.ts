/** The scopes and collections of the default graph, as functions. */
import { worded } from '../base/border';
import { type DType, type DTypeLike, asDtype as dtypeOf } from '../base/dtype';
import { AssertionError, TypeError_, ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { optionalDtype } from '../base/to-ndarray';
import { type Args, bound, boundOptions, noteBound, signature } from '../calls/bind';
import { inGraphOf } from '../graph/apply';
import { type TensorLike, constantValue, isSymbolic, convertToTensor as toTensor } from '../graph/constant';
import { type Graph, Operation, Tensor, getDefaultGraph as currentGraph, replaceDefaultGraph } from '../graph/graph';
import { registeredOps as typesOfOps } from '../graph/opdef';
import { noteReset } from '../graph/reset';

/** An operation, or what an operation makes: a tensor, a variable. */
export type OpLike = Operation | { readonly op: Operation };
export function operationOf(x: OpLike): Operation {
  const op: unknown = x instanceof Operation ? x : (x as { readonly op?: unknown } | null | undefined)?.op;
  if (op instanceof Operation) return op;
  throw new TypeError_(`Can not convert ${worded(x)} into a Operation.`);
}
type Names = string | readonly string[];

type NameScope = [name: string | null, defaultName?: string, values?: readonly unknown[]];
const NAME_SCOPE = signature<NameScope>('name_scope');
interface NameScopeNames {
  readonly defaultName?: string | null;
  readonly values?: readonly unknown[] | null;
}
type Scoped<R> = (scope: string) => R;
/**
 * Runs `body`; the names of the nodes it makes begin with `name/`.
 *
 *     const h = tf.nameScope('layer1', () => tf.matmul(x, w))      // node layer1/MatMul
 *
 * @param name         made unique; one that ends in a slash re-enters that scope; null takes `defaultName`, or leaves
 * all scopes
 * @param defaultName  the name where `name` is null
 * @param values       tensors whose graph is the default one inside
 * @returns  what `body` returns; it is given the scope with its slash
 */
export function nameScope<R>(name: string | null, body: Scoped<R>): R;
export function nameScope<R>(name: string | null, defaultName: string | NameScopeNames | null, body: Scoped<R>): R;
export function nameScope<R>(
  name: string | null,
  defaultName: string | null,
  values: readonly unknown[] | Pick<NameScopeNames, 'values'> | null,
  body: Scoped<R>,
): R;
export function nameScope<R>(names: NameScopeNames & { readonly name: string | null }, body: Scoped<R>): R;
export function nameScope<R>(...given: readonly unknown[]): R {
  const [body, [name, defaultName = null, values = []]] = NAME_SCOPE.takeWithBody<Scoped<R>>(given);
  const chosen = name ?? defaultName;
  if (chosen === null && values.length)
    throw new ValueError('At least one of name (None) and default_name (None) must be provided.');
  return chosen ? inGraphOf(values, (graph) => graph.nameScope(chosen, body)) : currentGraph().nameScope(null, body);
}
noteBound(nameScope, 'name_scope');

type Inputs = readonly OpLike[] | null;
const CONTROL_DEPENDENCIES = signature<[controlInputs: Inputs]>('control_dependencies');
/**
 * Runs `body`; everything made in it runs after `inputs`.
 *
 *     const y = tf.controlDependencies([assign], () => tf.identity(v))
 *
 * @param controlInputs  operations, tensors and variables; null for no waiting, not even for what an outer block waits
 *   for
 */
export function controlDependencies<R>(controlInputs: Inputs, body: () => R): R;
export function controlDependencies<R>(named: { readonly controlInputs: Inputs }, body: () => R): R;
export function controlDependencies<R>(...given: readonly unknown[]): R {
  const [body, [controlInputs]] = CONTROL_DEPENDENCIES.takeWithBody<() => R>(given);
  return waitingFor(controlInputs, body);
}
noteBound(controlDependencies, 'control_dependencies');
/** The same, for what builds nodes. */
export function waitingFor<R>(inputs: Inputs, body: () => R): R {
  // What is no node at all is the graph's to complain of.
  const nodeOf = (x: OpLike): Operation | Tensor =>
    x instanceof Operation || x instanceof Tensor || !x?.op ? (x as Operation) : x.op;
  return currentGraph().controlDependencies(inputs && [...inputs].map(nodeOf), body);
}
const DEVICE = signature<[name: string | null]>('device');
/** Runs `body`; nodes made in it are asked for on a device, as `/cpu:0`. null clears. */
export function device<R>(deviceNameOrFunction: string | null, body: () => R): R;
export function device<R>(named: { readonly deviceNameOrFunction: string | null }, body: () => R): R;
export function device<R>(...given: readonly unknown[]): R {
  const [body, [name]] = DEVICE.takeWithBody<() => R>(given);
  return currentGraph().device(name, body);
}
noteBound(device, 'device');

const COLOCATE_WITH = signature<[op: OpLike, ignoreExisting?: boolean]>('colocate_with');
interface IgnoreExisting {
  readonly ignoreExisting?: boolean | null;
}
/** Runs `body`; nodes made in it are placed with `op`. */
export function colocateWith<R>(op: OpLike, body: () => R, options?: IgnoreExisting): R;
export function colocateWith<R>(op: OpLike, ignoreExisting: boolean | IgnoreExisting | null, body: () => R): R;
export function colocateWith<R>(named: IgnoreExisting & { readonly op: OpLike }, body: () => R): R;
export function colocateWith<R>(...given: readonly unknown[]): R {
  const [body, [op, ignoreExisting = false]] = COLOCATE_WITH.takeWithBody<() => R>(given);
  return besideNode(op, body, ignoreExisting);
}
noteBound(colocateWith, 'colocate_with');
/** The same, for what builds nodes. */
export function besideNode<R>(other: OpLike, body: () => R, ignoreExisting = false): R {
  return currentGraph().colocateWith(operationOf(other), body, ignoreExisting);
}

const INIT_SCOPE = signature<[]>('init_scope');
/**
 * Runs `body` outside of all control dependencies, in the open name scope: what a variable's initial value is made in.
 */
export function initScope<R>(body: () => R): R;
export function initScope<R>(...given: readonly unknown[]): R {
  const [body] = INIT_SCOPE.takeWithBody<() => R>(given);
  return currentGraph().controlDependencies(null, body);
}
noteBound(initScope, 'init_scope');

/** Adds a value to a collection of the default graph. */
export const addToCollection = bound('add_to_collection', (name: string, value: unknown): void =>
  currentGraph().addToCollection(name, value),
);
export const addToCollections = bound('add_to_collections', (names: Names, value: unknown): void =>
  currentGraph().addToCollections(names, value),
);
const GET_COLLECTION = signature<[key: string, scope?: string]>('get_collection');
/** A copy of a collection of the default graph; with a scope, what has a name that it matches from the start. */
export function getCollection<T = unknown>(...given: Args<'get_collection', [key: string, scope?: string]>): T[] {
  const [key, scope] = GET_COLLECTION.take(given);
  return currentGraph().getCollection<T>(key, scope);
}
noteBound(getCollection, 'get_collection');
/** The collection itself: what is pushed to it stays. */
export const getCollectionRef = bound('get_collection_ref', (key: string): unknown[] =>
  currentGraph().getCollectionRef(key),
);

/**
 * Starts over with an empty default graph.
 *
 * @throws AssertionError  inside `graph.asDefault` or `session.asDefault`
 */
export const resetDefaultGraph = bound('reset_default_graph', (): void => {
  const before = currentGraph();
  if (replaceDefaultGraph()) noteReset(before, resetDefaultGraph);
  else {
    throw new AssertionError(
      'Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit ' +
        'the nesting and create a new graph.' +
        '\n  fix: call tf.resetDefaultGraph() outside of graph.asDefault(…) and session.asDefault(…).',
    );
  }
});

export interface ConvertOptions {
  readonly dtype?: DTypeLike | null;
  readonly name?: string | null;
  /** What data become where that is possible and no dtype is given. */
  readonly preferredDtype?: DTypeLike | null;
  /** The same in its newer spelling. */
  readonly dtypeHint?: DTypeLike | null;
}
/**
 * The tensor of a value: a tensor is itself, a variable what it reads as, data a constant.
 *
 * @param dtype  what it must be of; numbers take it
 * @throws ValueError, TypeError  if it is something else
 */
export const convertToTensor = boundOptions(
  'convert_to_tensor',
  1,
  function convertToTensor(value: TensorLike, { dtype, name, preferredDtype, dtypeHint }: ConvertOptions = {}): Tensor {
    const preferred = isSymbolic(value) ? null : (dtypeHint ?? preferredDtype);
    return toTensor(value, optionalDtype(dtype ?? preferred), name);
  },
);
/** True for what is a tensor of a graph. */
export const isTensor = bound('is_tensor', (x: unknown): boolean => isSymbolic(x));
/** Whether ops compute at once: never, here they build a graph. */
export const executingEagerly = bound('executing_eagerly', (): boolean => false);
/** The value of a tensor that is known while the graph is built, or null. */
export const getStaticValue = bound('get_static_value', (tensor: Tensor, _partial?: null): NDArray | null => {
  if (tensor instanceof Tensor) return constantValue(tensor);
  throw new TypeError_(`getStaticValue() takes a tensor, not ${worded(tensor)}.`);
});
/** A dtype of its name (`'float32'`), of its number, or itself. @throws TypeError  for anything else */
export const asDtype = bound('as_dtype', (typeValue: DTypeLike | number): DType => dtypeOf(typeValue));
/** All op types. */
export const registeredOps = bound('registered_ops', (): string[] => typesOfOps());
/** The graph that new nodes go to. */
export const getDefaultGraph = bound('get_default_graph', (): Graph => currentGraph());
