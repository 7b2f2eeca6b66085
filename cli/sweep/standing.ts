/** Which run of a sweep is the best, and the runs as a table. */
import type { Value } from './points';
import type { Run } from './record';

/** Of metrics with such names more is better; of all others less. */
const MORE = /acc|auc|precision|recall|f1|score|reward|return|correct|right/i;

export interface Goal {
  readonly metric: string;
  readonly more: boolean;
}
/** By the first metric that the program gives, where none is named. */
export function goalOf(runs: readonly Run[], metric: string | undefined, more: boolean | undefined): Goal | null {
  const name = metric ?? Object.keys(runs[0]?.metrics ?? {})[0];
  return name === undefined ? null : { metric: name, more: more ?? MORE.test(name) };
}
/** The best first; what is no number comes last. */
export function ranked(runs: readonly Run[], { metric, more }: Goal): Run[] {
  const worth = ({ metrics }: Run): number => {
    const value = metrics[metric] ?? NaN;
    return Number.isNaN(value) ? -Infinity : more ? value : -value;
  };
  return [...runs].sort((a, b) => worth(b) - worth(a) || 0);
}

export const shown = (value: Value | undefined): string =>
  typeof value === 'number'
    ? String(Number.isInteger(value) && Math.abs(value) < 1e9 ? value : Number(value.toPrecision(4)))
    : String(value ?? '–');

/** Names of the columns: hyperparameters, then metrics. */
export function columnsOf(runs: readonly Run[]): { readonly params: string[]; readonly metrics: string[] } {
  const names = (of: (run: Run) => object): string[] => [...new Set(runs.flatMap((run) => Object.keys(of(run))))];
  return { params: names((run) => run.params), metrics: names((run) => run.metrics) };
}
/** Rows of text in columns that line up, numbers to the right. */
export function tableOf(runs: readonly Run[]): string[] {
  const { params, metrics } = columnsOf(runs);
  const rows = [
    [...params, ...metrics, 'seconds'],
    ...runs.map((run) => [
      ...params.map((name) => shown(run.params[name])),
      ...metrics.map((name) => shown(run.metrics[name])),
      run.seconds.toFixed(1),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((text, column) => text.padStart(widths[column])).join('  '));
}
