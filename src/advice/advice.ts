/**
 * The one way in which a session speaks unasked: a line on stderr, for what is allowed but hardly meant. And what is
 * said of a program that ends because it took what a run gave for a number: JavaScript's own words for that
 * (`sess.run(...).toFixed is not a function`) do not say what it is.
 */

import { env, onUncaught, warn } from '../base/platform';

/** Where advice goes. A session has its own, so that each line is said once. */
export interface Advice {
  say(line: string): void;
}

/**
 * Prints each line once, as `tfjs-session: …` on stderr.
 *
 * @param enabled  `config.advice`; TFJS_SESSION_QUIET silences it for a whole process
 */
export function openAdvice(enabled: boolean): Advice {
  const said = new Set<string>();
  return {
    say(line) {
      if (!enabled || env('TFJS_SESSION_QUIET') || said.has(line)) return;
      said.add(line);
      warn(`tfjs-session: ${line}`);
    },
  };
}

const OF_NUMBER = /\.(toFixed|toPrecision|toExponential) is not a function/;
let listens = false;
/** From the first session on. */
export function explainNumbers(): void {
  if (!listens) onUncaught(explainNumberUse);
  listens = true;
}
/** Adds the likely cause to an error that is about what numbers can do. */
export function explainNumberUse(error: unknown): void {
  if (!(error instanceof TypeError) || typeof error.stack !== 'string') return;
  const method = OF_NUMBER.exec(error.message)?.[1];
  if (method === undefined) return;
  const said =
    `${error.message}\n  likely cause: a run gives what its fetches are: of a list a list, of a tensor its shape.` +
    `\n  fix: of a list, an element: sess.run([cost])[0].${method}(…), or const [c] = sess.run([cost]); ` +
    `of an array, a number: a.at(0).${method}(…).`;
  error.stack = error.stack.replace(error.message, () => said);
  error.message = said;
}
