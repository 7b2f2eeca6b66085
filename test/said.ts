/** What tests look at: the first line of an error, and fetched values as lists. */
import { NDArray } from '../src/base/ndarray';

/** The class and the first line of what is thrown. */
export function said(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.split('\n')[0]}`;
  }
  throw new Error('nothing was thrown');
}
/** What is thrown. */
export function caught(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
/** A fetched array as nested lists; plain values as they are. */
export function list(value: unknown): unknown {
  return value instanceof NDArray ? value.toArray() : value;
}
