import { textOf } from './preview';

/** What was thrown, as an error: anything can be. Those of another realm (the addon's, a sandbox's) stay. */
export function errorOf(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(textOf(thrown));
}
function isError(x: unknown): x is Error {
  return typeof x === 'object' && x !== null && 'message' in x && typeof x.message === 'string';
}
