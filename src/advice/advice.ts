/** The one way in which a session speaks unasked: a line on stderr, for what is allowed but hardly meant. */

import { env, warn } from '../base/platform';

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
