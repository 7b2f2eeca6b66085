/** Errors as gRPC's status codes, which TensorFlow's codes are, and as the text that a Python client takes apart. */
import { type ErrorOp, OpError, RuntimeError, TypeError_, UnknownError, ValueError } from '../base/errors';
import type { Graph } from '../graph/graph';
import { errorOf } from '../base/thrown';
import { FAILED_PRECONDITION, INTERNAL, INVALID_ARGUMENT, OK, UNIMPLEMENTED, errorClass } from '../errors/codes';

export { INTERNAL, OK, UNIMPLEMENTED };

export interface Status {
  readonly code: number;
  readonly message: string;
}
/** @param words  what the client of the call reads */
export function statusOf(thrown: unknown, words: (text: string) => string): Status {
  const error = errorOf(thrown);
  return { code: codeOf(error), message: remoteText(words(error.message)) };
}
function codeOf(error: Error): number {
  if (error instanceof OpError) return error.errorCode;
  if (error instanceof ValueError || error instanceof TypeError_) return INVALID_ARGUMENT;
  return error instanceof RuntimeError ? FAILED_PRECONDITION : INTERNAL;
}
/** The client knows the lines of its own script: nodes are named so that it finds them. */
function remoteText(message: string): string {
  return message.replace(/\[\[node (\S+)(?: \(defined at [^)]*\))? ?\]\]/g, '[[{{node $1}}]]');
}

/** The error of a status. */
export function remoteError(code: number, message: string, op: ErrorOp | null = null): OpError {
  return new (errorClass(code) ?? UnknownError)(op, message);
}
/** The same, about the node of `graph` that the text names. */
export function atNode(code: number, message: string, graph: Graph): OpError {
  const name = /\{\{node ([^}]*)\}\}/.exec(message)?.[1];
  const op = name ? (graph.findOperation(name) ?? null) : null;
  const line = op?.trace.line;
  const text = message.replace(
    /\{\{node ([^}]*)\}\}/g,
    (_, node: string) => `node ${node}${node === name && line ? ` (defined at ${line})` : ''} `,
  );
  return remoteError(code, text + cureOf(message), op);
}
/** A line for what a server cannot know that its client does; empty where there is nothing to say. */
function cureOf(message: string): string {
  if (!/callback \S+ is not found/.test(message) || message.includes('\n  fix: ')) return '';
  return "\n  fix: a function of a program runs in its own process, which is no server's: feed what it gives instead.";
}
