/** Medians, ratios, and the table. */
import * as os from 'node:os';
import { type Result, type Sample, titled } from './measure';

export interface Spread { readonly median: number; readonly low: number; readonly high: number }
/** The median and the quartiles. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const i = (sorted.length - 1) * share;
    const below = Math.floor(i);
    return sorted[below] + (sorted[Math.ceil(i)] - sorted[below]) * (i - below);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
/** How many times faster `ours` is than `other`: of the rounds, each with its own neighbour. */
export function ratio(ours: Sample, other: Sample): Spread {
  return spread(ours.rounds.map((us, i) => other.rounds[i] / us));
}

export interface Machine { readonly cpu: string; readonly cores: number; readonly memoryGB: number; readonly system: string; readonly node: string; readonly load: number }
export function machine(): Machine {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown', cores: cpus.length, memoryGB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()} ${os.arch()}`, node: process.version, load: Number(os.loadavg()[0].toFixed(2)),
  };
}

export const name = (s: Sample): string => titled(s.runner, s.versions);
const digits = (x: number): string => (x >= 100 ? Math.round(x).toLocaleString('en') : x >= 10 ? x.toFixed(1) : x.toFixed(2));
const range = ({ low, high }: Spread): string => `${digits(low)} – ${digits(high)}`;
const times = (x: number): string => `${digits(x)}×`;

/** One workload's table: the runners, what a step costs, and how many times faster ours are. */
export function table({ workload, variant, samples }: Result): string {
  const ours = samples.filter((s) => s.runner.role === 'ours');
  const { per } = variant;
  const head = [`${workload.title}: ${variant.label}`, 'µs/step', 'quartiles', ...(per ? [`ns/${per.unit}`] : []), 'peak MB', ...ours.map((o) => `${o.runner.id} is`)];
  const rows = samples.map((s) => {
    const step = spread(s.rounds);
    return [
      name(s), digits(step.median), range(step), ...(per ? [digits(step.median * 1000 / per.count)] : []), s.peakBytes ? digits(s.peakBytes / 1e6) : '',
      ...ours.map((o) => (o === s || s.runner.role === 'limit' && s.runner.env?.['TFJS_SESSION_DEVICE'] !== o.runner.id ? '' : times(ratio(o, s).median))),
    ];
  });
  return columns([head, ...rows]);
}
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  const line = (row: readonly string[]): string => row.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd();
  return [line(rows[0]), '-'.repeat(widths.reduce((a, b) => a + b + 2, -2)), ...rows.slice(1).map(line)].join('\n');
}

/** The headline: per workload, how many times faster ours are than each rival. */
export function headline(results: readonly Result[]): string {
  const lines = results.flatMap(({ workload, variant, samples }) => samples.filter((s) => s.runner.role === 'ours').flatMap((o) => {
    const against = samples.filter((s) => s.runner.role === 'rival').map((s) => `${times(ratio(o, s).median)} ${name(s)}`);
    return against.length ? [`  ${workload.title}, ${variant.label}: ${o.runner.id} ${against.join(', ')}`] : [];
  }));
  return lines.length ? ['Speed, as a multiple of the rival\'s (above 1: ours is faster)', ...lines].join('\n') : '';
}

/** Runners whose cost after the same steps is not that of the others: they do not compute the same. */
export function disagreements({ workload, variant, samples }: Result): string[] {
  const checked = samples.filter((s) => s.check !== null);
  if (!checked.length) return [];
  const expected = spread(checked.map((s) => s.check!)).median;
  return checked.filter((s) => !(Math.abs(s.check! - expected) <= 1e-3 * Math.abs(expected)))
    .map((s) => `${workload.title}, ${variant.label}: ${name(s)} has a cost of ${s.check} where the others have ${expected}`);
}

/** Why some are missing, one line per runner and reason. */
export function absences(results: readonly Result[]): string[] {
  return [...new Set(results.flatMap((r) => r.absent.map(({ runner, why }) => `${titled(runner)}${/^it has no/.test(why) ? ` (${r.workload.title})` : ''}: ${why}`)))];
}

export function toJson(results: readonly Result[], on: Machine): object {
  return {
    machine: on,
    results: results.map((r) => {
      const ours = r.samples.filter((s) => s.runner.role === 'ours');
      return {
        workload: r.workload.name, title: `${r.workload.title}: ${r.variant.label}`, params: r.variant.params, per: r.variant.per ?? null,
        runners: r.samples.map((s) => ({
          id: s.runner.id, title: name(s), role: s.runner.role, versions: s.versions, check: s.check, peakBytes: s.peakBytes,
          microsecondsPerStep: { ...spread(s.rounds), rounds: s.rounds },
          ratios: Object.fromEntries(ours.filter((o) => o !== s).map((o) => [o.runner.id, ratio(o, s)])),
        })),
        absent: r.absent.map(({ runner, why }) => ({ id: runner.id, why })),
      };
    }),
  };
}
