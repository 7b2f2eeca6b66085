/** An accuracy that counts from run to run, as those of tf.metrics. */
import { type Case, type Verdict, cross } from './verdict';

/** A run that measures another set than the one before it, with the counts of that. */
export function countsOn(
  { graph, parts, record, runs }: Case,
  first: number,
  setOf: (pictures: number) => string | null,
): Verdict | null {
  const { accuracy } = parts;
  if (!accuracy || !graph.dependsOnAny(accuracy[0], (n) => graph.node(n).isLocal)) return null;
  const begins = (id: number): boolean => {
    const { op, inputs } = graph.node(id);
    return op === 'Assign' && graph.node(inputs[0][0]).isLocal;
  };
  let before: string | null = null;
  for (const run of record.runs.slice(first)) {
    const asked = [...run.fetches.map(([n]) => n), ...run.targets];
    if ([...graph.closure(asked)].some(begins)) before = null;
    if (!run.fetches.some(([n]) => n === accuracy[0])) continue;
    const set = setOf(runs.fed(run, parts.pictures)?.hash ?? 0);
    if (before !== null && set !== null && set !== before)
      return cross(
        'the accuracy of the second set goes on counting where the first ended: it is that of both together',
        run.at,
        'A metric keeps its counts in local variables: run tf.localVariablesInitializer() before each set.',
      );
    before = set ?? before;
  }
  return null;
}

/** The value of a metric that runs fetch where no run counts; null where there is none. */
export function withoutUpdate({ graph, record }: Case): number | null {
  const fetched = new Set(record.runs.flatMap((run) => run.fetches.map(([n]) => n)));
  const isLocal = (n: number): boolean => graph.node(n).isLocal;
  const asked = record.runs.flatMap((run) => [...run.fetches.map(([n]) => n), ...run.targets]);
  const counts = (id: number): boolean => graph.op(id) === 'AssignAdd' && isLocal(graph.node(id).inputs[0][0]);
  const value = [...fetched].find((id) => graph.shape([id, 0])?.length === 0 && graph.dependsOnAny(id, isLocal));
  return value === undefined || [...graph.closure(new Set(asked))].some(counts) ? null : value;
}
