/** What is printed: while it measures, at the end, as JSON, and for docs/performance.md. */
import { WORKLOADS } from './plan';
import type { Machine } from './machine';
import type { Result, Sample } from './measure';
import { spread, ratio } from './stats';
import {
  type Table,
  ablationTable,
  asMarkdown,
  asText,
  goalTable,
  goalsOf,
  isAblation,
  memoryTable,
  nameOf,
  ratioTable,
  timeTable,
  workloadTable,
} from './tables';

/** A whole measurement; what `--json` prints and `--from` reads. */
export interface Report {
  readonly machine: Machine;
  readonly results: readonly Result[];
}

export function machineLine({ cpu, cores, memoryGB, system, node, date, load }: Machine): string {
  return `${cpu}, ${cores} cores, ${memoryGB} GB, ${system}, Node ${node}; ${date}, load ${load}`;
}
/** What is said of one workload as soon as it is measured. */
export function workloadText(result: Result): string {
  return result.samples.length ? asText(workloadTable(result)) : '';
}
/** What is said at the end, with the ratios last. */
export function summary({ results }: Report): string {
  return [
    notes(results).join('\n'),
    ...(results.some(isAblation)
      ? ablations(results)
      : [goalTable(results), ...ours(results).map((id) => ratioTable(results, id))]
    ).map(asText),
  ]
    .filter(Boolean)
    .join('\n\n');
}
/** The tables of the page. */
export function markdown({ machine, results }: Report): string {
  const tables: Table[] = results.some(isAblation)
    ? ablations(results)
    : [
        ...ours(results).map((id) => ratioTable(results, id)),
        goalTable(results),
        timeTable(results),
        memoryTable(results),
      ];
  return [`${machineLine(machine)}. ${notes(results).join('. ')}.`, ...tables.map(asMarkdown)]
    .filter(Boolean)
    .join('\n\n');
}
/** One table per workload, which has a result per device. */
function ablations(results: readonly Result[]): Table[] {
  const labels = [...new Set(results.map((r) => `${r.workload.name} ${r.variant.label}`))];
  return labels.map((label) => ablationTable(results.filter((r) => `${r.workload.name} ${r.variant.label}` === label)));
}
function ours(results: readonly Result[]): string[] {
  return [
    ...new Set(results.flatMap((r) => r.samples.filter((s) => s.runner.role === 'ours').map((s) => s.runner.id))),
  ];
}
/** Above these shares, times are those of a busy machine, and even ratios are doubtful. */
const QUIET = 0.05;
const BUSY = 0.25;
function notes(results: readonly Result[]): string[] {
  const versions = new Map(
    results.flatMap((r) =>
      r.samples
        .filter((s) => Object.keys(s.versions).length && !s.runner.against)
        .map((s) => [nameOf(s), s.versions] as const),
    ),
  );
  const known = results.flatMap((r) => r.others ?? []);
  const busy = Math.max(0, ...known);
  const missing = [
    ...new Set(
      results.flatMap((r) =>
        r.absent.map(
          ({ title, why }) => `not measured: ${title}${all(results, title) ? '' : `, ${r.workload.title}`}: ${why}`,
        ),
      ),
    ),
  ];
  return [
    ...[...versions].map(
      ([title, v]) =>
        `${title}: ${Object.entries(v)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}`,
    ),
    ...(known.length
      ? [
          busy > QUIET
            ? `other processes took up to ${Math.round(100 * busy)} % of the machine meanwhile: ` +
              `${busy > BUSY ? 'measure again when it is quiet' : 'read the ratios'}`
            : 'the machine was quiet',
        ]
      : []),
    ...missing,
  ];
}
function all(results: readonly Result[], title: string): boolean {
  return results.every((r) => r.absent.some((a) => a.title === title));
}

/** Runners whose cost after the same steps is not that of the others: they do not compute the same. */
export function disagreements({ workload, variant, samples }: Result): string[] {
  const checked = samples.filter((s) => s.check !== null);
  if (!checked.length) return [];
  const expected = spread(checked.map((s) => s.check!)).median;
  return checked
    .filter((s) => !(Math.abs(s.check! - expected) <= 1e-3 * Math.abs(expected)))
    .map(
      (s) =>
        `${workload.title}, ${variant.label}: ${nameOf(s)} has a cost of ${s.check} where the others have ${expected}`,
    );
}

export function toJson({ machine, results }: Report): object {
  return {
    machine,
    results: results.map(({ workload, variant, samples, absent, others }) => {
      const base = samples.filter((s) => s.runner.role === 'ours');
      return {
        workload: workload.name,
        title: workload.title,
        variant: variant.label,
        params: variant.params,
        per: variant.per ?? null,
        others,
        runners: samples.map((s) => ({
          id: s.runner.id,
          title: nameOf(s),
          short: s.runner.short,
          role: s.runner.role,
          kind: s.runner.kind ?? null,
          against: s.runner.against ?? null,
          versions: s.versions,
          check: s.check,
          peakBytes: s.peakBytes,
          microsecondsPerStep: { ...spread(s.rounds), rounds: s.rounds },
          cpuMicrosecondsPerStep: s.cpu.length ? { ...spread(s.cpu), rounds: s.cpu } : null,
          ratios: Object.fromEntries(base.filter((o) => o !== s).map((o) => [o.runner.id, ratio(o, s)])),
        })),
        goals: goalsOf({ workload, variant, samples, absent, others }),
        absent,
      };
    }),
  };
}
interface Written {
  readonly machine: Machine;
  readonly results: readonly {
    readonly workload: string;
    readonly title: string;
    readonly variant: string;
    readonly params: Record<string, number>;
    readonly per: { unit: string; count: number } | null;
    readonly others: number | null;
    readonly runners: readonly (Omit<Sample, 'runner' | 'rounds' | 'cpu'> & {
      id: string;
      title: string;
      short: string;
      role: Sample['runner']['role'];
      kind: string | null;
      against: string | null;
      microsecondsPerStep: { rounds: number[] };
      cpuMicrosecondsPerStep?: { rounds: number[] } | null;
    })[];
    readonly absent: Result['absent'];
  }[];
}
/** The measurement that `toJson` wrote; the goals are today's. */
export function fromJson(json: unknown): Report {
  const { machine, results } = json as Written;
  return {
    machine,
    results: results.map((r) => ({
      workload: { name: r.workload, title: r.title },
      variant: {
        label: r.variant,
        params: r.params,
        per: r.per ?? undefined,
        goals: WORKLOADS.find((w) => w.name === r.workload)?.variants.find((v) => v.label === r.variant)?.goals,
      },
      samples: r.runners.map(
        ({
          id,
          title,
          short,
          role,
          kind,
          against,
          versions,
          check,
          peakBytes,
          microsecondsPerStep: { rounds },
          cpuMicrosecondsPerStep,
        }) => ({
          runner: { id, title, short, role, kind: kind ?? undefined, against: against ?? undefined },
          versions,
          check,
          peakBytes,
          rounds,
          cpu: cpuMicrosecondsPerStep?.rounds ?? [],
        }),
      ),
      absent: r.absent,
      others: r.others,
    })),
  };
}
