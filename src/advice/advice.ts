/**
 * The one way in which a session speaks unasked: a line on stderr, for what is allowed but hardly meant. And what is
 * said of a program that ends because it took what a run gave for something else: JavaScript's own words for that
 * (`sess.run(...).toFixed is not a function`) do not say what it is.
 */

import { env, explainUncaught, warn } from '../base/platform';

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

/** What JavaScript says of a result that is taken for another, and what a run gives instead. */
const TAKEN_FOR: readonly (readonly [said: RegExp, told: (method: string) => string])[] = [
  [
    /\.(toFixed|toPrecision|toExponential) is not a function/,
    (method) =>
      '  likely cause: a run gives what its fetches are: of a list a list, of a tensor its shape.' +
      `\n  fix: of a list, an element: sess.run([cost])[0].${method}(…), or const [c] = sess.run([cost]); ` +
      `of an array, a number: a.at(0).${method}(…); of runAsync a promise: await it.`,
  ],
  [
    /^Cannot read properties of null \(reading '(toFixed|toPrecision|toExponential|toArray|shape|data|at)'\)/,
    () =>
      '  where it is of a run: an operation, as a training step, gives null: it has no value.' +
      '\n  fix: fetch what has one beside it: const [, c] = sess.run([trainStep, cost], feeds).',
  ],
  [
    /^tf\.(\w+\.)*([A-Z]\w+)\.(\w+) is not a function/,
    () =>
      '  it is asked of the class itself.\n  fix: make one first, as const sess = new tf.Session(); sess.run(cost).',
  ],
  [
    /^Cannot read properties of undefined \(reading '(toFixed|toPrecision|toExponential|toArray|shape|data|at)'\)/,
    () =>
      '  where it is of a run: const { cost } = sess.run([cost]) takes a list apart by names, of which it has none.' +
      '\n  fix: const [c] = sess.run([cost]), or by names of both: const { cost } = sess.run({ cost: loss }).',
  ],
  [
    /is not a function or its return value is not iterable|^(object|number \S+) is not iterable/,
    () =>
      '  where it is of a run: that gives what its fetches are, of one tensor its value, of an object an object.' +
      '\n  fix: const c = sess.run(cost), const [c] = sess.run([cost]), or const { c } = sess.run({ c: cost }).',
  ],
];
let listens = false;
/** From the first session on. */
export function explainResults(): void {
  if (!listens) explainUncaught(explainResult);
  listens = true;
}
function explainResult(message: string): string | null {
  for (const [said, told] of TAKEN_FOR) {
    const found = said.exec(message);
    if (found) return told(found[1]);
  }
  return null;
}
