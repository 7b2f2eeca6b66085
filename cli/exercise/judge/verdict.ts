/** What the judges say, and what they look at. */
import type { GraphView } from '../graph';
import type { Parts } from '../locate';
import type { RunsView } from '../runs-view';
import type { Place, ProgramRecord, RunRecord } from '../record';

export type Mark = 'tick' | 'cross' | 'not yet';
export interface Verdict {
  readonly mark: Mark;
  /** What was found, in a sentence. */
  readonly found: string;
  readonly where: Place | null;
  /** Under a cross, where there is more to see than a sentence: a line each. */
  readonly details?: readonly string[];
  /** What to think of next; '' under a tick. */
  readonly hint: string;
  /** A cross for something that is not there: it may stand behind the line that threw. */
  readonly lacks?: boolean;
  /** A cross that another mistake may have caused, in a question before it or also in one behind: only that is told. */
  readonly symptom?: 'before' | 'around';
  /** Under a tick: what works and could be better. */
  readonly note?: string;
}

export interface Case {
  readonly record: ProgramRecord;
  readonly graph: GraphView;
  readonly parts: Parts;
  readonly runs: RunsView;
  readonly expect: Expectations;
  /** Why the cost is no number any more, where it is not. */
  readonly lost: Blame | null;
}
/** A verdict that belongs to one question, wherever it was found. */
export interface Blame {
  readonly question: number;
  readonly verdict: Verdict;
}
/** How many questions the exercise has. */
export const QUESTION_COUNT = 11;
export interface Expectations {
  /** How many training steps the exercise asks for. */
  readonly steps: number;
  /** What the reference solution reaches on the test set: question 11 asks for more. */
  readonly reference: { readonly accuracy: number };
}

export const tick = (found: string, note?: string): Verdict => ({
  mark: 'tick',
  found,
  where: null,
  hint: '',
  ...(note ? { note } : {}),
});
export const cross = (found: string, where: Place | null, hint: string): Verdict => ({
  mark: 'cross',
  found,
  where,
  hint,
});
export const lacking = (found: string, where: Place | null, hint: string): Verdict => ({
  ...cross(found, where, hint),
  lacks: true,
});
export const symptom = (verdict: Verdict, of: 'before' | 'around' = 'before'): Verdict => ({ ...verdict, symptom: of });
export const notYet = (hint: string, found = ''): Verdict => ({ mark: 'not yet', found, where: null, hint });

/** A check of one thing: null where nothing is wrong with it. */
export type Check<T> = (subject: T) => Verdict | null;
/** What the first check says that finds something. */
export function firstVerdict<T>(subject: T, checks: readonly Check<T>[]): Verdict | null {
  for (const check of checks) {
    const verdict = check(subject);
    if (verdict) return verdict;
  }
  return null;
}

/** The runs that train, in order. */
export function trainingRuns({ record, runs }: Case): readonly RunRecord[] {
  return record.runs.filter((run) => runs.trains(run));
}
/** The costs of batches that training fetched, in order: in the steps themselves, or in runs beside them. */
export function costsOf({
  record,
  runs,
  parts: { costs, pictures },
}: Pick<Case, 'record' | 'runs' | 'parts'>): readonly { readonly step: number; readonly value: number }[] {
  let step = -1;
  let rows: number | undefined;
  return record.runs
    .filter((run) => !run.skipped && run.error === null)
    .flatMap((run) => {
      const fed = runs.fed(run, pictures)?.shape[0];
      if (runs.trains(run)) [step, rows] = [step + 1, fed];
      else if (step < 0 || fed !== rows) return [];
      return run.fetches.flatMap(([n], i) =>
        costs.has(n) && run.values[i] !== null ? [{ step, value: run.values[i] }] : [],
      );
    });
}
/** Below this share of its start the cost counts as fallen. */
const FALLEN = 0.9;
const ENOUGH_STEPS = 40;
/** Below this a cost at the start has nowhere to fall. */
const LOW = 0.1;
/** Where the costs of the batches begin and end, if they do not fall; null where they do, or are too few to tell. */
export function standsStill(
  costs: ReturnType<typeof costsOf>,
): { readonly first: number; readonly last: number } | null {
  const values = costs.map(({ value }) => value);
  if (values.length < ENOUGH_STEPS || !values.every(Number.isFinite)) return null;
  const some = Math.max(5, Math.floor(values.length / 10));
  const mean = (part: readonly number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
  const [first, last] = [mean(values.slice(0, 3)), mean(values.slice(-some))];
  return last <= FALLEN * first || first <= LOW ? null : { first, last };
}
/** 12.3456 as `12.35`, and what is not finite by name. */
export function figure(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(4))) : String(x);
}
