/** Functions of the program that nodes call by a token. A function lives as long as the graph whose nodes call it. */
import type { Graph } from './graph';
import { Key } from './own';

/** What is called with values, and gives values: numbers and arrays. */
export type HostFunction = (...values: never[]) => unknown;

type Kept = (values: readonly unknown[]) => unknown;

const KEPT = new Key<Kept[]>('host functions');
const BY_TOKEN = new Map<string, WeakRef<Kept>>();
const GONE = new FinalizationRegistry<string>((token) => BY_TOKEN.delete(token));
/** The number of the next token: it counts all functions of the process, as in TensorFlow. */
export const TOKENS = { next: 0 };

/** Keeps a function for nodes of a graph. */
export function registerHostFunction(graph: Graph, body: HostFunction): string {
  // Each call has a token of its own, also of a function that has one.
  const kept: Kept = (values): unknown => Reflect.apply(body, undefined, values);
  const token = `pyfunc_${TOKENS.next++}`;
  graph.own(KEPT, () => []).push(kept);
  BY_TOKEN.set(token, new WeakRef(kept));
  GONE.register(kept, token);
  return token;
}
/** What calls the function of a token, while its graph is there. */
export function hostFunction(token: string): Kept | undefined {
  return BY_TOKEN.get(token)?.deref();
}
