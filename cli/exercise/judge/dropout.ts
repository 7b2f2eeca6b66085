/** Dropout that is on while the network is measured. */
import type { Case } from './verdict';
import type { RunRecord } from '../record';

/** A node that leaves units out at random in this run, or null. */
export function dropsIn({ graph, parts, record, runs }: Case, run: RunRecord): number | null {
  const { pictures, accuracy } = parts;
  if (pictures === null || !accuracy) return null;
  const isScalar = (id: number): boolean => graph.isPlaceholder(id) && id !== pictures && id !== parts.labels;
  // What a run is not fed has its default.
  const rateIn = (of: RunRecord | undefined, id: number): number | undefined =>
    of && (runs.fed(of, id)?.most ?? graph.node(id).inputs.flatMap(([n]) => graph.constant(graph.behind(n)) ?? [])[0]);
  const step = record.runs.find((each) => runs.trains(each) && !each.error);
  for (const id of graph.sources(accuracy[0])) {
    if (graph.op(id) !== 'Mul') continue;
    const mask = graph.node(id).inputs.find(([n]) => !graph.dependsOn(n, pictures));
    const kept = graph.node(id).inputs.some(([n]) => graph.dependsOn(n, pictures));
    if (!mask || !kept || !graph.dependsOnAny(mask[0], (n) => graph.op(n) === 'RandomUniform')) continue;
    if (graph.dependsOnAny(mask[0], (n) => graph.isVariable(n))) continue;
    const fed = [...graph.sources(mask[0])].filter(isScalar);
    // A rate that is fed may be another one here; 0 and 1 keep everything, or nothing.
    const same = fed.every((p) => {
      const rate = rateIn(run, p);
      return rate !== undefined && rate > 0 && rate < 1 && rate === rateIn(step, p);
    });
    if (same) return id;
  }
  return null;
}
