/** The runs of a record, by what they fetched and wrote. */
import type { GraphView } from './graph';
import type { ProgramRecord, RunRecord } from './record';

/** How the runs of a record are seen: by what they fetched and wrote. Runs of one signature share the answer. */
export class RunsView {
  private readonly known = new Map<string, ReturnType<GraphView['writes']>>();
  constructor(
    readonly record: ProgramRecord,
    readonly graph: GraphView,
  ) {}
  writes(run: RunRecord): ReturnType<GraphView['writes']> {
    const key = `${run.fetches}|${run.targets}`;
    let found = this.known.get(key);
    if (!found) this.known.set(key, (found = this.graph.writes([...run.fetches.map(([n]) => n), ...run.targets])));
    return found;
  }
  /** A step of training: some parameter learns from data. */
  trains(run: RunRecord): boolean {
    return this.writes(run).learns.size > 0;
  }
  sets(run: RunRecord): boolean {
    return !this.trains(run) && this.writes(run).sets.size > 0;
  }
  fed(run: RunRecord, node: number | null): RunRecord['feeds'][number] | undefined {
    return run.feeds.find((f) => f.tensor[0] === node);
  }
}
