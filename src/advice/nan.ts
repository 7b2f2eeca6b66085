/** Notices a fetched number that is NaN run after run: a training that goes on with nothing to gain. */
import type { Plan } from '../plan/plan';
import type { Advice } from './advice';

/** Times in a row that the same tensor may be NaN before something is said. */
const MOST_TIMES = 2;

export class NanWatch {
  private runs = 0;
  private done = false;
  /** Tensors that were NaN when they were last fetched: since which run, and how often. */
  private readonly since = new Map<string, { readonly run: number; times: number }>();
  constructor(private readonly advice: Advice) {}

  /** After a run, with what it fetched. */
  look(values: readonly unknown[], plan: Plan): void {
    this.runs++;
    if (this.done) return;
    for (let i = 0; i < values.length; i++) {
      // Only a number that is no number differs from itself.
      if (values[i] !== values[i]) this.found(plan, i);
      else if (this.since.size) this.since.delete(plan.request.fetches[i].name);
    }
  }
  private found({ request }: Plan, i: number): void {
    const { name, op } = request.fetches[i];
    const streak = this.since.get(name) ?? { run: this.runs, times: 0 };
    this.since.set(name, streak);
    if (++streak.times <= MOST_TIMES) return;
    this.done = true;
    this.advice.say(
      `${op.trace.line ? `${op.trace.line}: ` : ''}'${name}' is NaN since run ${streak.run} of this session, and ` +
        'stays so. Likely cause: a learning rate that is too large, the logarithm of 0, or a division by 0. Fix: ' +
        "new tf.Session('', {config: {checkNumerics: true}}) stops at the node that makes the first one.",
    );
  }
}
