/**
 * Notices a graph that grows in the training loop: the same line of the script adds nodes between one run and the
 * next.
 */
import { RuntimeError } from '../base/errors';
import type { Graph } from '../graph/graph';
import { showLocation } from '../graph/trace';
import type { Advice } from './advice';

/**
 * Times that a line may add nodes between runs before it is a loop: until the advice, and where `strictGraph` is set.
 */
const MOST_TIMES = { advised: 2, strict: 1 };
/** New nodes that are looked at per run, and lines that are remembered: a graph built in steps stays cheap. */
const MOST_NODES = 64;
const MOST_LINES = 4096;

export class GrowthWatch {
  private seen = -1;
  private readonly times = new Map<string, number>();
  private done = false;
  constructor(
    private readonly graph: Graph,
    private readonly strict: boolean,
    private readonly advice: Advice,
  ) {}

  /**
   * Before a run whose graph has changed. A line counts as the same where the whole way to it through the script is:
   * a function that builds things, called from several places, is no loop.
   * @throws RuntimeError  where `strictGraph` is set
   */
  check(): void {
    const ops = this.graph.getOperations();
    const from = this.seen;
    this.seen = ops.length;
    if (from < 0 || this.done) return;
    const lines = new Map<string, { at: string; nodes: number }>();
    for (let i = from; i < ops.length; i++) {
      if (i - from >= MOST_NODES) break;
      const { frames } = ops[i].trace;
      if (!frames.length) continue;
      const key = frames.map((f) => `${f.file}:${f.line}:${f.column}`).join(' ');
      const found = lines.get(key);
      if (found) found.nodes++;
      else lines.set(key, { at: showLocation(frames[0]), nodes: 1 });
    }
    for (const [key, { at }] of lines) {
      const times = (this.times.get(key) ?? 0) + 1;
      this.times.set(key, times);
      if (times > (this.strict ? MOST_TIMES.strict : MOST_TIMES.advised)) this.report(at, times, ops.length - from);
      if (this.done) return;
    }
    if (this.times.size > MOST_LINES) this.done = true;
  }
  private report(at: string, times: number, nodes: number): void {
    const what = `${at} adds nodes to the graph between runs, ${times} times so far (${nodes} now)`;
    const cure = 'build the graph once, before the loop; feed what changes through a placeholder';
    if (this.strict)
      throw new RuntimeError(
        `The graph grows in the loop: ${what}.\n  fix: ${cure}.\n  config.strictGraph makes this an error.`,
      );
    this.done = true;
    this.advice.say(`${what}: the graph grows without end. Fix: ${cure}.`);
  }
}
