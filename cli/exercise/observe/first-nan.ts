/** Finds where the first NaN or infinity of a training came from: once, for what follows only carries it on. */
import type * as tf from '../../../src';
import type { Graph } from '../../../src/graph/graph';
import { type FeedPairs, LastRuns, type NonFinite } from '../../last-runs';
import { nonFiniteRecord } from '../notes';
import type { NonFiniteRecord } from '../record';

interface Step {
  readonly step: number;
  readonly fetches: unknown;
  readonly feeds: FeedPairs;
}

export class FirstNaN {
  private readonly lastRuns = new Map<tf.Session, LastRuns>();
  private known: { readonly graph: Graph; readonly found: NonFiniteRecord | null } | null = null;

  /** Before a step of training: keeps what is needed to run it again. */
  before(session: tf.Session, { step, fetches, feeds }: Step): void {
    let last = this.lastRuns.get(session);
    if (!last) this.lastRuns.set(session, (last = new LastRuns(session)));
    const kept = last;
    this.explain(session, () => kept.before(step, fetches, feeds));
  }
  /** After a run that gave what is no number. @param run  the run itself, where it was none of the steps */
  after(session: tf.Session, run: Step | undefined): void {
    this.explain(session, () => this.lastRuns.get(session)?.find(run) ?? null);
  }
  in(graph: Graph): NonFiniteRecord | null {
    return this.known?.graph === graph ? this.known.found : null;
  }

  private explain(session: tf.Session, find: () => NonFinite | null): void {
    if (this.known) return;
    try {
      const found = find();
      if (found) this.known = { graph: session.graph, found: nonFiniteRecord(found) };
    } catch {
      // What cannot be run again is judged by what its own runs gave.
      this.known = { graph: session.graph, found: null };
    }
  }
}
