/** Errors that are JavaScript's own, which nobody who calls this library should see. */

/** What JavaScript itself says. */
const FOREIGN = new RegExp(
  [
    'Cannot read propert',
    'is not a function$',
    // Python says of an object that it is not iterable, in these words.
    "(?<!' object )is not iterable",
    'Invalid (typed )?array length',
    'Cannot convert (a Symbol|object|undefined)',
    'Cannot mix BigInt',
    'Maximum call stack',
    'Class constructor',
    'is not a constructor',
    'out of bounds memory',
    'Invalid regular expression:$',
    'Cannot perform ',
    'Cannot read private',
    'Invalid string length',
    'Cannot destructure',
    'called on incompatible receiver',
  ].join('|'),
  'm',
);
/** JavaScript's own errors, of this realm or another, and ours that repeat them: what a border let through. */
export function isForeign(error: unknown): boolean {
  return (
    !(error instanceof Error) ||
    /\[native code\]/.test(Function.prototype.toString.call(error.constructor)) ||
    FOREIGN.test(error.message)
  );
}
/** The library threw it, and not the row, which may do something with what it was given. */
export function isFromSource(error: unknown): boolean {
  const lines = ((error as Error)?.stack ?? '').split('\n').filter((line) => /^\s+at .*[\\/]/.test(line));
  return !/-rows|public\.[jt]s/.test(lines[0] ?? '');
}
