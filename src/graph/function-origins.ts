/** Where the nodes of functions come from: a message does not say it, and bodies that are made of it anew are told. */
import type { FunctionMessage } from '../format/function-def';
import type { Operation, Tensor } from './operation';

/** The stack that made a node, what it is the gradient of, and the branch or loop that it is in. */
export type Origin = Pick<Operation, 'trace' | 'originalOp' | 'context'>;
/** By the names of nodes and arguments. */
export type Origins = ReadonlyMap<string, Origin>;

const ORIGINS = new WeakMap<FunctionMessage, Origins>();
const NONE: Origins = new Map();

/** Keeps them for a function that was built here. @param body  its nodes, in the order of the message */
export function noteOrigins(message: FunctionMessage, inputs: readonly Tensor[], body: readonly Operation[]): void {
  const origins = new Map<string, Origin>();
  const note = (name: string, { trace, originalOp, context }: Operation): unknown =>
    origins.set(name, { trace, originalOp, context });
  message.signature.inputs.forEach(({ name }, i) => note(name, inputs[i].op));
  message.nodes.forEach(({ name }, i) => note(name, body[i]));
  ORIGINS.set(message, origins);
}
/** Those of a function; none of one that was read from a file. */
export function originsOf(message: FunctionMessage): Origins {
  return ORIGINS.get(message) ?? NONE;
}
