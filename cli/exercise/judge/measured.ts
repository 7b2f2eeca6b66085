/** Question 10: what a program computed on whole sets. */
import type { RunRecord } from '../record';
import type { Case } from './verdict';

const PER_CENT = 100;
/** Sets below this size are no larger than a batch may be. */
const BATCH = 200;

/** What a program computed on whole sets after its last training step. */
export interface Evaluation {
  readonly train: Figures;
  readonly test: Figures;
  readonly inParts: boolean;
  /** The runs that are parts of a whole set. */
  readonly parts: ReadonlySet<RunRecord>;
}
export interface Figures {
  readonly accuracy: number | null;
  readonly cost: number | null;
  readonly seen: boolean;
}
export type SetName = 'train' | 'test';

/** A run behind the last step, and what it was fed. */
interface Measured {
  readonly run: RunRecord;
  readonly rows: number;
  readonly hash: number;
}

export function evaluate(c: Case): Evaluation {
  const { record, parts, runs } = c;
  const lastStep = lastIndex(record.runs, (run) => runs.trains(run) && run.error === null && !isWholeSet(c, run));
  const after = record.runs.slice(lastStep + 1).filter((run) => run.error === null && !runs.trains(run));
  const measured = after.flatMap((run): Measured[] => {
    const fed = runs.fed(run, parts.pictures);
    return fed ? [{ run, rows: fed.shape[0], hash: fed.hash }] : [];
  });
  // Parts of the one set are not parts of the other.
  const taken = new Set<RunRecord>();
  let inParts = false;
  const figures = (name: SetName): Figures => {
    const sizes = record.sets.filter((s) => s.name === name).map((s) => s.examples);
    const free = measured.filter(({ run, hash }) => !taken.has(run) && (sourceOf(c, hash) ?? name) === name);
    const shares = whole(free, new Set(parts.accuracy ? [parts.accuracy[0]] : []), sizes);
    const costs = whole(free, parts.costs, sizes);
    for (const found of [shares, costs]) {
      if (found?.parts.length) inParts = true;
      for (const run of found?.parts ?? []) taken.add(run);
    }
    const share = shares?.value ?? null;
    const accuracy = share !== null && share > 1 ? share / PER_CENT : share;
    const cost = costs?.value ?? null;
    return { accuracy, cost, seen: accuracy !== null || cost !== null };
  };
  // The larger set first: a part of it could be as large as the whole other.
  const train = figures('train');
  return { train, test: figures('test'), inParts, parts: taken };
}

/** The set that pictures were drawn from, or are the beginning of, where that is known. */
export function sourceOf({ record }: Case, pictures: number): string | null {
  const whole = record.sets.find(({ beginnings }) => beginnings?.[0] === pictures)?.name;
  const drawn = record.batches.find(({ images }) => images === pictures)?.set;
  return whole ?? drawn ?? record.sets.find(({ beginnings }) => beginnings?.includes(pictures))?.name ?? null;
}
/** The value of one of the nodes on a set of one of these sizes: in one run, or as the mean of its parts. */
function whole(
  measured: readonly Measured[],
  nodes: ReadonlySet<number>,
  sizes: readonly number[],
): { readonly value: number; readonly parts: readonly RunRecord[] } | null {
  const fetched = measured.flatMap((each) => {
    const i = each.run.fetches.findIndex(([n]) => nodes.has(n));
    const value = i < 0 ? null : each.run.values[i];
    return value === null ? [] : [{ ...each, value }];
  });
  const atOnce = fetched.find(({ rows }) => sizes.includes(rows));
  if (atOnce) return { value: atOnce.value, parts: [] };
  for (let from = 0; from < fetched.length; from++) {
    let [rows, sum] = [0, 0];
    const seen = new Set<number>();
    for (let i = from; i < fetched.length && !seen.has(fetched[i].hash); i++) {
      seen.add(fetched[i].hash);
      rows += fetched[i].rows;
      sum += fetched[i].value * fetched[i].rows;
      if (sizes.includes(rows)) return { value: sum / rows, parts: fetched.slice(from, i + 1).map(({ run }) => run) };
      if (rows > Math.max(...sizes)) break;
    }
  }
  return null;
}
export function lastIndex<T>(list: readonly T[], test: (item: T) => boolean): number {
  let at = list.length - 1;
  while (at >= 0 && !test(list[at])) at--;
  return at;
}
export function isWholeSet({ record, parts, runs }: Case, run: RunRecord): boolean {
  const rows = runs.fed(run, parts.pictures)?.shape[0];
  return rows !== undefined && record.sets.some((s) => s.examples === rows && rows > BATCH);
}
