/** Errors as gRPC's status codes, which TensorFlow's codes are, and as the text that a Python client takes apart. */
import { OpError, RuntimeError, TypeError_, ValueError } from '../base/errors';
import { errorOf } from '../base/thrown';

export const OK = 0;
const INVALID_ARGUMENT = 3;
const FAILED_PRECONDITION = 9;
export const UNIMPLEMENTED = 12;
export const INTERNAL = 13;

export interface Status {
  readonly code: number;
  readonly message: string;
}
export function statusOf(thrown: unknown): Status {
  const error = errorOf(thrown);
  return { code: codeOf(error), message: remoteText(error.message) };
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
