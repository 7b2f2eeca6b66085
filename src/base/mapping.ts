/** Things by name, as Python's dictionaries hold them. Text and lists have keys too, but no names. */
import { isMap, worded } from './border';
import { TypeError_ } from './errors';
import { isRevoked } from './preview';

/** An object, or a Map. */
export type Mapping<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;
const isMapOf = <T>(given: Mapping<T>): given is ReadonlyMap<string, T> => isMap(given);

/** Whether a value is an object that may name things; a Map is one. */
export function isMapping(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || isRevoked(value)) return false;
  return !Array.isArray(value) && !ArrayBuffer.isView(value) && !(Symbol.toPrimitive in value);
}
/**
 * The names of a dictionary with what they name.
 *
 * @param sentence  what is said of anything else
 * @throws TypeError  for what is none
 */
export function entriesOf<T>(given: Mapping<T>, sentence: string): [string, T][] {
  if (!isMapping(given)) throw notNamed(given, sentence);
  return isMapOf(given) ? [...given] : Object.entries(given);
}
/** Of what is no dictionary. */
export function notNamed(given: unknown, sentence: string): TypeError_ {
  return new TypeError_(`${sentence}\n  got ${worded(given)}.\n  fix: an object, { name: value }, or a Map.`);
}
