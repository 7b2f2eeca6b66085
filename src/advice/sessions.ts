/** Notices sessions that a line opens again and again, as in the loop, and nobody closes. */
import type { Graph } from '../graph/graph';
import { Key } from '../graph/own';
import { Trace } from '../graph/trace';
import type { Advice } from './advice';

/** Open sessions of one line and graph, before it is a loop. */
const MOST = 12;
/** The lines of a graph's open sessions, with how many each has: strings, which keep no session alive. */
const OPEN = new Key<Map<string, number>>('open sessions');

export function watchSession(graph: Graph, advice: Advice): SessionWatch {
  const { line } = new Trace(watchSession);
  return new SessionWatch(graph, line ?? '', advice);
}
export class SessionWatch {
  private readonly counts: Map<string, number>;
  constructor(
    graph: Graph,
    private readonly line: string,
    advice: Advice,
  ) {
    this.counts = graph.own(OPEN, () => new Map<string, number>());
    const count = (this.counts.get(line) ?? 0) + 1;
    this.counts.set(line, count);
    if (count === MOST && line)
      advice.say(
        `${line} has opened ${MOST} sessions of one graph: each has variables of its own, which begin anew, and its ` +
          'own plans. Fix: open one before the loop, and run every step in it; or close each.',
      );
  }
  close(): void {
    this.counts.set(this.line, (this.counts.get(this.line) ?? 1) - 1);
  }
}
