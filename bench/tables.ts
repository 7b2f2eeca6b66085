/** The report's tables, as rows of cells: for a terminal or for a page. */
import type { Result, Sample } from './measure';
import { titled } from './runners';
import { type Spread, ratio, spread } from './stats';

export type Table = readonly (readonly string[])[];

export const nameOf = (s: Sample): string => titled(s.runner.title, s.versions);
const shortOf = (s: Sample): string => titled(s.runner.short, s.versions);
const where = ({ workload, variant }: Result): string => `${workload.title}: ${variant.label}`;
export const digits = (x: number): string =>
  x >= 100 ? Math.round(x).toLocaleString('en') : x >= 10 ? x.toFixed(1) : x.toFixed(2);
const range = ({ low, high }: Spread): string => `${digits(low)} – ${digits(high)}`;
const times = (x: number): string => `${digits(x)}×`;
const compared = (ours: Sample, s: Sample): boolean =>
  s !== ours && (s.runner.against ?? ours.runner.id) === ours.runner.id;
const oursIn = (result: Result): Sample[] => result.samples.filter((s) => s.runner.role === 'ours');

/** One workload: the runners, what a step costs, and how many times as fast ours are. */
export function workloadTable(result: Result): Table {
  const { per } = result.variant;
  const ours = oursIn(result);
  return [
    [
      where(result),
      'µs/step',
      'quartiles',
      'CPU µs',
      ...(per ? [`ns/${per.unit}`] : []),
      'peak MB',
      ...ours.map((o) => `${o.runner.id} is`),
    ],
    ...result.samples.map((s) => {
      const step = spread(s.rounds);
      return [
        nameOf(s),
        digits(step.median),
        range(step),
        s.cpu.length ? digits(spread(s.cpu).median) : '',
        ...(per ? [digits((step.median * 1000) / per.count)] : []),
        s.peakBytes ? digits(s.peakBytes / 1e6) : '',
        ...ours.map((o) => (compared(o, s) ? times(ratio(o, s).median) : '')),
      ];
    }),
  ];
}

/** A row per workload and a column per runner; runners that have no cell are left out. */
function grid(
  results: readonly Result[],
  corner: string,
  cell: (result: Result, sample: Sample) => string | null,
): Table {
  const columns = [...new Set(results.flatMap((r) => r.samples.filter((s) => cell(r, s)).map(shortOf)))].sort(
    (a, b) => order(results, a) - order(results, b),
  );
  const rows = results.map((r) => [
    where(r),
    ...columns.map((c) => r.samples.flatMap((s) => (shortOf(s) === c ? (cell(r, s) ?? []) : []))[0] ?? ''),
  ]);
  return columns.length ? [[corner, ...columns], ...rows.filter((row) => row.slice(1).some(Boolean))] : [];
}
/** The columns' order is that of the workload that has most of them. */
function order(results: readonly Result[], column: string): number {
  const longest = results.reduce((a, b) => (b.samples.length > a.samples.length ? b : a));
  const at = longest.samples.findIndex((s) => shortOf(s) === column);
  return at < 0 ? longest.samples.length : at;
}
/** How many times as fast `id` is as the others, with quartiles where asked for. */
export function ratioTable(results: readonly Result[], id: string): Table {
  return grid(results, `${id}, times as fast as`, (result, s) => {
    const ours = oursIn(result).find((o) => o.runner.id === id);
    return ours && compared(ours, s) ? times(ratio(ours, s).median) : null;
  });
}
export function timeTable(results: readonly Result[]): Table {
  return grid(results, 'µs per step, median', (_, s) => digits(spread(s.rounds).median));
}
export function memoryTable(results: readonly Result[]): Table {
  return grid(results, 'MB at most', (_, s) => (s.peakBytes ? digits(s.peakBytes / 1e6) : null));
}

/**
 * What a step costs with a part switched off, as a multiple of what it costs with all: a row per part, a column per
 * device.
 */
export function ablationTable(results: readonly Result[]): Table {
  const parts = [...new Set(results.flatMap((r) => r.samples.filter((s) => s.runner.role === 'rival').map(shortOf)))];
  const cell = (result: Result, part: string): string => {
    const [ours] = oursIn(result);
    const found = result.samples.find((s) => s !== ours && shortOf(s) === part);
    return found && ours ? times(ratio(ours, found).median) : '';
  };
  return results.length
    ? [
        [where(results[0]), ...results.map((r) => oursIn(r)[0]?.runner.id ?? '')],
        ...parts.map((part) => [part, ...results.map((r) => cell(r, part))]),
      ]
    : [];
}
/** True of a measurement of ours against ours. */
export function isAblation({ samples }: Result): boolean {
  return samples.some((s) => s.runner.role === 'rival' && s.runner.against !== undefined);
}

export interface GoalResult {
  readonly goal: string;
  readonly atMost: number;
  readonly is: Spread;
  readonly met: boolean;
}
/**
 * What ours should cost at most, and what they do: as a share of another's time, round by round, or in microseconds.
 */
export function goalsOf({ variant, samples }: Result): GoalResult[] {
  return (variant.goals ?? []).flatMap(({ runner, atMost, of }) =>
    samples
      .filter((s) => s.runner.id === runner)
      .flatMap((ours) => {
        const made = (goal: string, is: Spread): GoalResult => ({ goal, atMost, is, met: is.median <= atMost });
        if (!of) return [made(`${runner}: µs`, spread(ours.rounds))];
        return samples
          .filter((s) => s.runner.id === of || s.runner.kind === of)
          .map((s) => made(`${runner}: share of ${nameOf(s)}`, ratio(s, ours)));
      }),
  );
}
export function goalTable(results: readonly Result[]): Table {
  const rows = results.flatMap((r) =>
    goalsOf(r).map(({ goal, atMost, is, met }) => [
      `${where(r)}, ${goal}`,
      digits(atMost),
      digits(is.median),
      range(is),
      met ? 'yes' : 'no',
    ]),
  );
  return rows.length ? [['goal', 'at most', 'is', 'quartiles', 'met'], ...rows] : [];
}

/** For a terminal. */
export function asText(table: Table): string {
  if (!table.length) return '';
  const widths = table[0].map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd();
  return [line(table[0]), '-'.repeat(widths.reduce((a, b) => a + b + 2, -2)), ...table.slice(1).map(line)].join('\n');
}
/** For a page. */
export function asMarkdown(table: Table): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  return table.length
    ? [line(table[0]), line(table[0].map((_, i) => (i ? '---:' : '---'))), ...table.slice(1).map(line)].join('\n')
    : '';
}
