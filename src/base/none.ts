/**
 * Python's None in the place of what a program goes on with: no saver for a graph without variables, no summary where
 * none was made. TypeScript sees what is meant, as it does of gradients, so that programs need no `!`; one that uses
 * null after all is told why it is null.
 */
import { explainUncaught } from './platform';

/** What was null lately: the cause of each, with what has the properties that a program may have asked for. */
const LATEST = new Map<string, object>();

/**
 * A value that may be null, as if it were there.
 *
 * @param prototype  what has the value's properties
 * @param cause      why it is null
 */
export function orNone<T>(value: T | null, prototype: object, cause: string): T;
export function orNone<T>(value: T | null, prototype: object, cause: string): T | null {
  if (value === null) {
    if (!LATEST.size) explainUncaught(explainNone);
    LATEST.delete(cause);
    LATEST.set(cause, prototype);
  }
  return value;
}
/** Why values were null lately, the last first; one of these may be what is used now. */
export function nullLately(): readonly string[] {
  return [...LATEST.keys()].reverse();
}
const OF_NULL = /^Cannot read properties of null \(reading '(\w+)'\)$/;
/** The likely cause of what a program asked of null. */
function explainNone(message: string): string | null {
  const property = OF_NULL.exec(message)?.[1];
  if (property === undefined) return null;
  const cause = [...LATEST].reverse().find(([, prototype]) => property in prototype)?.[0];
  return cause === undefined ? null : `  likely cause: ${cause}`;
}
