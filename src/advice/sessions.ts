/** Notices sessions that a line opens again and again, as in the loop, and nobody closes. */
import type { Graph } from '../graph/graph';
import { Trace } from '../graph/trace';
import type { Advice } from './advice';

/** Open sessions of one line and graph, before it is a loop; and so many that are looked at. */
const MOST = 12;
const MOST_SEEN = 64;
const open = new WeakMap<Graph, Set<SessionWatch>>();

export function watchSession(graph: Graph, advice: Advice): SessionWatch {
  return new SessionWatch(graph, advice, new Trace(watchSession));
}
export class SessionWatch {
  private readonly others: Set<SessionWatch>;
  constructor(
    graph: Graph,
    advice: Advice,
    private readonly trace: Trace,
  ) {
    this.others = open.get(graph) ?? new Set();
    if (this.others.size >= MOST_SEEN) return;
    open.set(graph, this.others.add(this));
    if (this.others.size < MOST) return;
    const { line } = this.trace;
    if (line === null || [...this.others].filter((other) => other.trace.line === line).length !== MOST) return;
    advice.say(
      `${line} has opened ${MOST} sessions of one graph: each has variables of its own, which begin anew, and its ` +
        'own plans. Fix: open one before the loop, and run every step in it; or close each.',
    );
  }
  close(): void {
    this.others.delete(this);
  }
}
