import { textOf } from './preview';

/** What was thrown, as an error: anything can be. Those of another realm (the addon's, a sandbox's) stay. */
export function errorOf(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(textOf(thrown));
}
/** The code of a failed call of the system: 'ENOENT', … */
export function codeOf(thrown: unknown): string | undefined {
  const code = memberOf(thrown, 'code');
  return typeof code === 'string' ? code : undefined;
}
/** What reading a file comes to; an error that does not name the file gets a line that does. */
export function naming<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && !error.message.includes(file)) error.message += `\n  read from ${file}`;
    throw error;
  }
}
/** What a value has under a name, whatever it is; nothing has no members. */
export function memberOf(value: unknown, name: string | symbol): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  return Reflect.get(value, name);
}
function isError(x: unknown): x is Error {
  return typeof x === 'object' && x !== null && 'message' in x && typeof x.message === 'string';
}
