/** The scopes and collections of the default graph, as functions. */
import type { ByName } from '../base/by-name';
import { memberOf } from '../base/thrown';
import { checkList, worded } from '../base/border';
import { type DType, type DTypeLike, asDtype as dtypeOf } from '../base/dtype';
import { AssertionError, TypeError_, ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { optionalDtype } from '../base/to-ndarray';
import { type Args, bound, boundOptions, noteBound, signature } from '../calls/bind';
import type { Collected } from '../graph/collected';
import type { DeviceLike } from '../graph/device-spec';
import { inGraphOf } from '../graph/apply';
import { outermost } from '../graph/capturing';
import { type TensorLike, constantValue, isSymbolic, convertToTensor as toTensor } from '../graph/constant';
import { type Graph, Operation, Tensor, getDefaultGraph as currentGraph, replaceDefaultGraph } from '../graph/graph';
import { registeredOps as typesOfOps } from '../graph/opdef';
import { noteReset } from '../graph/reset';

/** An operation, or what an operation makes: a tensor, a variable. */
export type OpLike =
  | Operation
  | {
      /** What makes it. */
      readonly op: Operation;
    };
export function operationOf(x: OpLike): Operation {
  const op: unknown = x instanceof Operation ? x : memberOf(x, 'op');
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
/** What is given back as a list is a tuple: `const [w, b] = tf.nameScope(…)` knows each. */
type Scoped<R> = (scope: string) => R | [];
/**
 * Runs `body`; the names of the nodes it makes begin with `name/`.
 *
 *     tf.nameScope('layer1', () => tf.add(1, 2).name)   // 'layer1/Add:0'
 *
 * @param name  made unique; one that ends in a slash re-enters that scope; null takes the default name, or leaves
 *   all scopes
 * @param body  what is run in the scope; it is given the scope with its slash
 * @returns  what `body` returns
 * @throws ValueError  for a name that no node can have
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
  const [body, [name, defaultName = null, values = []]] = NAME_SCOPE.takeWithBody<(scope: string) => R>(given);
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
 *     const v = new tf.Variable(1);
 *     tf.controlDependencies([v.assign(5)], () => v.readValue())   // 5
 *
 * @param controlInputs  operations, tensors and variables; null for no waiting, not even for what an outer block
 *   waits for
 * @param body           what is run
 * @returns  what `body` returns
 * @throws TypeError  for what is no node
 * @throws ValueError  for a node of another graph
 */
export function controlDependencies<R>(controlInputs: Inputs, body: () => R | []): R;
export function controlDependencies<R>(named: { readonly controlInputs: Inputs }, body: () => R | []): R;
export function controlDependencies<R>(...given: readonly unknown[]): R {
  const [body, [controlInputs]] = CONTROL_DEPENDENCIES.takeWithBody<() => R>(given);
  return waitingFor(controlInputs, body);
}
noteBound(controlDependencies, 'control_dependencies');
/** What reads a variable behind an update of it: who waits for the one waits for the other. */
const UPDATES = new WeakMap<Tensor, Operation>();
/** What `read` gives, behind an update that it may stand for. */
export function readBehind(update: Operation, read: () => Tensor): Tensor {
  const value = waitingFor([update], read);
  UPDATES.set(value, update);
  return value;
}
/** `controlDependencies`, for what builds nodes. */
export function waitingFor<R>(inputs: Inputs, body: () => R): R {
  // What is no node at all is the graph's to complain of.
  const nodeOf = (x: OpLike): Operation | Tensor =>
    x instanceof Tensor ? (UPDATES.get(x) ?? x) : x instanceof Operation || !x?.op ? (x as Operation) : x.op;
  if (inputs !== null) checkList(inputs, 'What controlDependencies() waits for');
  return currentGraph().controlDependencies(inputs && Array.from(inputs, nodeOf), body);
}
const DEVICE = signature<[name: DeviceLike | null]>('device');
/**
 * Runs `body`; nodes made in it are asked for on a device. A session here has one device: it refuses none and uses
 * its own.
 *
 *     tf.device('/cpu:0', () => tf.constant(1).op.device)   // '/device:CPU:0'
 *
 * @param deviceNameOrFunction  as `/cpu:0`, or a `tf.DeviceSpec`, or a function that says it for each node; null clears
 * @param body                  what is run
 * @returns  what `body` returns
 * @throws ValueError  for what is no name of a device
 */
export function device<R>(deviceNameOrFunction: DeviceLike | null, body: () => R | []): R;
export function device<R>(named: { readonly deviceNameOrFunction: DeviceLike | null }, body: () => R | []): R;
export function device<R>(...given: readonly unknown[]): R {
  const [body, [name]] = DEVICE.takeWithBody<() => R>(given);
  return currentGraph().device(name, body);
}
noteBound(device, 'device');

const COLOCATE_WITH = signature<[op: OpLike, ignoreExisting?: boolean]>('colocate_with');
interface IgnoreExisting {
  readonly ignoreExisting?: boolean | null;
}
/**
 * Runs `body`; nodes made in it are placed with `other`.
 *
 *     const a = tf.constant(1);
 *     tf.colocateWith(a, () => tf.constant(2))   // 2
 *
 * @param op    an operation, a tensor or a variable
 * @param body  what is run
 * @returns  what `body` returns
 * @throws TypeError  for what is no node
 */
export function colocateWith<R>(op: OpLike, body: () => R | [], options?: IgnoreExisting): R;
export function colocateWith<R>(op: OpLike, ignoreExisting: boolean | IgnoreExisting | null, body: () => R | []): R;
export function colocateWith<R>(named: IgnoreExisting & { readonly op: OpLike }, body: () => R | []): R;
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
 * Runs `body` outside of all control dependencies, in the open name scope: what a variable's initial value is made
 * in.
 *
 *     tf.controlDependencies([tf.noOp()], () => tf.initScope(() => tf.constant(1).op.controlInputs.length))   // 0
 *
 * @param body  what is run
 * @returns  what `body` returns
 */
export function initScope<R>(body: () => R | []): R;
export function initScope<R>(...given: readonly unknown[]): R {
  const [body] = INIT_SCOPE.takeWithBody<() => R>(given);
  const open = currentGraph();
  const graph = outermost(open);
  if (graph === open) return graph.controlDependencies(null, body);
  const { scopeName } = open;
  return graph.asDefault(() =>
    graph.nameScope(scopeName && `${scopeName}/`, () => graph.controlDependencies(null, body)),
  );
}
noteBound(initScope, 'init_scope');

/**
 * Adds a value to a collection of the default graph.
 *
 *     tf.addToCollection('losses', 1);
 *     tf.getCollection('losses')   // [1]
 *
 * @param name   of the collection
 * @param value  anything
 */
export const addToCollection = bound('add_to_collection', (name: string, value: unknown): void =>
  currentGraph().addToCollection(name, value),
);
/**
 * Adds a value to several collections of the default graph.
 *
 *     tf.addToCollections(['a', 'b'], 1);
 *     tf.getCollection('b')   // [1]
 *
 * @param names  of the collections
 * @param value  anything
 */
export const addToCollections = bound('add_to_collections', (names: Names, value: unknown): void =>
  currentGraph().addToCollections(names, value),
);
interface Scope {
  readonly scope?: string | null;
}
const GET_COLLECTION = signature<[key: string, scope?: string]>('get_collection');
/**
 * A copy of a collection of the default graph. What is in TensorFlow's own is known: variables, losses, operations; of
 * another one `getCollection<tf.Variable>('mine')` says it, else they are taken for tensors.
 *
 *     tf.getCollection(tf.GraphKeys.GLOBAL_VARIABLES)   // []
 *
 * @param key    its name
 * @param scope  only what has a name that this pattern matches from the start
 * @returns  a list, empty where there is none
 */
export function getCollection<K extends keyof Collected>(
  key: K | (Scope & { readonly key: K }),
  scope?: string | Scope | null,
): Collected[K][];
export function getCollection<T = Tensor>(...given: Args<'get_collection', [key: string, scope?: string]>): T[];
export function getCollection<T>(...given: readonly unknown[]): T[] {
  const [key, scope] = GET_COLLECTION.take(given);
  return currentGraph().getCollection<T>(key, scope);
}
noteBound(getCollection, 'get_collection');
/**
 * A collection of the default graph itself: what is pushed to it stays.
 *
 *     tf.getCollectionRef('losses').push(2);
 *     tf.getCollection('losses')   // [2]
 *
 * @param key  its name
 * @returns  the list
 */
export const getCollectionRef = bound('get_collection_ref', (key: string): unknown[] =>
  currentGraph().getCollectionRef(key),
);

/**
 * Starts over with an empty default graph. Tensors of the old one do not mix with those of the new.
 *
 *     tf.constant(1);
 *     tf.resetDefaultGraph();
 *     tf.getDefaultGraph().getOperations().length   // 0
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

/** What `convertToTensor` takes by name. */
export interface ConvertOptions extends ByName {
  /** What the tensor must be of; numbers take it. */
  readonly dtype?: DTypeLike | null;
  /** The name of the node, where one is made. */
  readonly name?: string | null;
  /** What numbers take where nothing else says. */
  readonly preferredDtype?: DTypeLike | null;
  /** The same in its newer spelling. */
  readonly dtypeHint?: DTypeLike | null;
}
/**
 * The tensor of a value: a tensor is itself, a variable what it reads as, data a constant.
 *
 *     tf.convertToTensor([1, 2], tf.int32)   // [1, 2]
 *
 * @param value  a tensor, a variable, or data
 * @param dtype  what it must be of; numbers take it
 * @param name   of the node, where one is made
 * @returns  a tensor
 * @throws ValueError  if it is of another dtype, or is nothing that a tensor can hold
 * @throws TypeError  for values that the dtype cannot hold
 */
export const convertToTensor = boundOptions(
  'convert_to_tensor',
  1,
  function convertToTensor(value: TensorLike, { dtype, name, preferredDtype, dtypeHint }: ConvertOptions = {}): Tensor {
    const preferred = dtype || isSymbolic(value) ? null : optionalDtype(dtypeHint ?? preferredDtype);
    return (preferred && asPreferred(value, preferred, name)) ?? toTensor(value, optionalDtype(dtype), name);
  },
);
/** A tensor of the dtype that is preferred; null where the value cannot be of it. */
function asPreferred(value: TensorLike, dtype: DType, name: string | null | undefined): Tensor | null {
  try {
    return toTensor(value, dtype, name);
  } catch (error) {
    if (error instanceof TypeError_ || error instanceof ValueError) return null;
    throw error;
  }
}
/**
 * Whether something is a tensor of a graph, or stands for one, as variables do.
 *
 *     tf.isTensor(tf.constant(1))   // true
 *     tf.isTensor(1)                // false
 *
 * @param x  anything
 * @returns  true or false
 */
export const isTensor = bound('is_tensor', (x: unknown): boolean => isSymbolic(x));
/**
 * Whether ops compute at once: never, here they build a graph.
 *
 *     tf.executingEagerly()   // false
 *
 * @returns  false
 */
export const executingEagerly = bound('executing_eagerly', (): boolean => false);
/**
 * The value of a tensor where it is known while building (constants and shape arithmetic on them), or null.
 *
 *     tf.getStaticValue(tf.constant([1, 2])).toArray()        // [1, 2]
 *     tf.getStaticValue(tf.placeholder(tf.float32, []))       // null
 *
 * @param tensor  a tensor
 * @returns  an array, or null
 * @throws TypeError  for what is no tensor
 */
export const getStaticValue = bound('get_static_value', (tensor: Tensor, _partial?: null): NDArray | null => {
  if (tensor instanceof Tensor) return constantValue(tensor);
  throw new TypeError_(`getStaticValue() takes a tensor, not ${worded(tensor)}.`);
});
/**
 * The dtype of a name, of a number of types.proto, or of a dtype.
 *
 *     tf.asDtype('float32') === tf.float32   // true
 *     tf.asDtype(3)                           // 'int32'
 *
 * @param typeValue  what says it
 * @returns  a dtype
 * @throws TypeError  if there is none
 */
export const asDtype = bound('as_dtype', (typeValue: DTypeLike | number): DType => dtypeOf(typeValue));
/**
 * All op types that nodes can be made of.
 *
 *     tf.registeredOps().includes('MatMul')   // true
 *
 * @returns  their names
 */
export const registeredOps = bound('registered_ops', (): string[] => typesOfOps());
/**
 * The graph that new nodes go to.
 *
 *     tf.constant(1);
 *     tf.getDefaultGraph().getOperations().length   // 1
 *
 * @returns  the graph of the open `graph.asDefault`, or the one of the program
 */
export const getDefaultGraph = bound('get_default_graph', (): Graph => currentGraph());
