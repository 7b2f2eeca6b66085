/** The scopes and collections of the default graph, as functions. */
import { worded } from '../base/border';
import type { DTypeLike } from '../base/dtype';
import { AssertionError, TypeError_, ValueError } from '../base/errors';
import { optionalDtype } from '../base/ndarray';
import { inGraphOf } from '../graph/apply';
import { type TensorLike, isSymbolic, convertToTensor as toTensor } from '../graph/constant';
import { Operation, Tensor, getDefaultGraph, replaceDefaultGraph } from '../graph/graph';
import { noteReset } from '../graph/reset';
import { isOptions } from '../ops/options';

/** An operation, or what an operation makes: a tensor, a variable. */
export type OpLike = Operation | { readonly op: Operation };
export function operationOf(x: OpLike): Operation {
  const op: unknown = x instanceof Operation ? x : (x as { readonly op?: unknown } | null | undefined)?.op;
  if (op instanceof Operation) return op;
  throw new TypeError_(`Can not convert ${worded(x)} into a Operation.`);
}
type Names = string | readonly string[];

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
export function nameScope<R>(name: string | null, body: (scope: string) => R): R;
export function nameScope<R>(name: string | null, defaultName: string | null, body: (scope: string) => R): R;
export function nameScope<R>(
  name: string | null,
  defaultName: string | null,
  values: readonly unknown[],
  body: (scope: string) => R,
): R;
export function nameScope<R>(name: string | null, ...rest: readonly unknown[]): R {
  const body = rest[rest.length - 1] as (scope: string) => R;
  const defaultName = rest.length > 1 ? (rest[0] as string | null) : null;
  const values = rest.length > 2 ? (rest[1] as readonly unknown[]) : [];
  const chosen = name ?? defaultName;
  if (chosen === null && values.length)
    throw new ValueError('At least one of name (None) and default_name (None) must be provided.');
  return chosen ? inGraphOf(values, (graph) => graph.nameScope(chosen, body)) : getDefaultGraph().nameScope(null, body);
}

/**
 * Runs `body`; everything made in it runs after `inputs`.
 *
 *     const y = tf.controlDependencies([assign], () => tf.identity(v))
 *
 * @param inputs  operations, tensors and variables; null for no waiting, not even for what an outer block waits for
 */
export function controlDependencies<R>(inputs: readonly OpLike[] | null, body: () => R): R {
  // What is no node at all is the graph's to complain of.
  const nodeOf = (x: OpLike): Operation | Tensor =>
    x instanceof Operation || x instanceof Tensor || !x?.op ? (x as Operation) : x.op;
  return getDefaultGraph().controlDependencies(inputs && [...inputs].map(nodeOf), body);
}
/** Runs `body`; nodes made in it are asked for on a device, as `/cpu:0`. null clears. */
export function device<R>(name: string | null, body: () => R): R {
  return getDefaultGraph().device(name, body);
}
/** Runs `body`; nodes made in it are placed with `other`. */
export function colocateWith<R>(
  other: OpLike,
  body: () => R,
  { ignoreExisting = false }: { readonly ignoreExisting?: boolean } = {},
): R {
  return getDefaultGraph().colocateWith(operationOf(other), body, ignoreExisting);
}
/**
 * Runs `body` outside of all control dependencies, in the open name scope: what a variable's initial value is made in.
 */
export function initScope<R>(body: () => R): R {
  return getDefaultGraph().controlDependencies(null, body);
}

/** Adds a value to a collection of the default graph. */
export function addToCollection(name: string, value: unknown): void {
  getDefaultGraph().addToCollection(name, value);
}
export function addToCollections(names: Names, value: unknown): void {
  getDefaultGraph().addToCollections(typeof names === 'string' ? [names] : names, value);
}
/** A copy of a collection of the default graph; with a scope, what has a name that it matches from the start. */
export function getCollection<T = unknown>(key: string, scope: string | null = null): T[] {
  return getDefaultGraph().getCollection<T>(key, scope);
}
/** The collection itself: what is pushed to it stays. */
export function getCollectionRef(key: string): unknown[] {
  return getDefaultGraph().getCollectionRef(key);
}

/**
 * Starts over with an empty default graph.
 *
 * @throws AssertionError  inside `graph.asDefault` or `session.asDefault`
 */
export function resetDefaultGraph(): void {
  const before = getDefaultGraph();
  if (replaceDefaultGraph()) noteReset(before, resetDefaultGraph);
  else {
    throw new AssertionError(
      'Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit ' +
        'the nesting and create a new graph.' +
        '\n  fix: call tf.resetDefaultGraph() outside of graph.asDefault(…) and session.asDefault(…).',
    );
  }
}

export interface ConvertOptions {
  readonly dtype?: DTypeLike | null;
  readonly name?: string | null;
  readonly preferredDtype?: DTypeLike | null;
}
/**
 * The tensor of a value: a tensor is itself, a variable what it reads as, data a constant.
 *
 * @param dtype  what it must be of; numbers take it
 * @throws ValueError, TypeError  if it is something else
 */
export function convertToTensor(
  value: TensorLike,
  dtype?: DTypeLike | null | ConvertOptions,
  name?: string | null | ConvertOptions,
): Tensor {
  const options = typeof name === 'object' && name !== null ? name : { name };
  const args: ConvertOptions = isOptions<ConvertOptions>(dtype)
    ? { ...options, ...dtype }
    : { ...options, dtype: dtype ?? options.dtype };
  const preferred = isSymbolic(value) ? null : args.preferredDtype;
  return toTensor(value, optionalDtype(args.dtype ?? preferred), args.name);
}
/** True for what is a tensor of a graph. */
export function isTensor(x: unknown): boolean {
  return isSymbolic(x);
}
/** Whether ops compute at once: never, here they build a graph. */
export function executingEagerly(): boolean {
  return false;
}
