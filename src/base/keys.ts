/** Keys of tables, and what must be there: where a mark would only say so, this asks, and says what was missing. */
import { InternalError } from './errors';
import { describe } from './preview';

/** The keys of a table that is written out, and holds none but those. */
export function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(table) as K[];
}
interface Entries<K, V> {
  get(key: K): V | undefined;
}
/** What stands under a key that was put there before. @throws InternalError  where nothing does */
export function entryOf<K, V>(entries: Entries<K, V>, key: K): V {
  const value = entries.get(key);
  if (value === undefined) throw missing(`an entry for ${shown(key)}`);
  return value;
}
/** What is there by now, in words for the error. @throws InternalError  where it is not */
export function known<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw missing(what);
  return value;
}
const shown = (key: unknown): string =>
  typeof key === 'string' || typeof key === 'number' ? String(key) : describe(key);
const missing = (what: string): Error => new InternalError(null, `There should be ${what}.`);
/** The entries of a map of texts, in the order of these. */
export function sorted<V>(entries: ReadonlyMap<string, V>): [string, V][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
