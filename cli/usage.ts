/** What the commands share: errors that are the caller's to mend, and the readers of numbers in flags. */
import { InvalidArgumentError } from 'commander';

/** A command line that cannot be obeyed. Its message is one line that names the flag and the cure; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Joins the lines of a message into one, with a full stop where a sentence ended with its line. */
export const oneLine = (message: string): string =>
  message
    .trim()
    .replace(/(?<=[^.:;,\s])\s*\n\s*(?=[A-Z])/g, '. ')
    .replace(/\s*\n\s*/g, ' ');

/** A flag's reader for whole numbers from `least` on. */
export function wholeNumber(least = -Infinity): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Give a whole number${least > -Infinity ? ` of at least ${least}` : ''}.`);
  };
}

/** A flag's reader for numbers above zero. */
export function positiveNumber(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('Give a number above 0.');
}
