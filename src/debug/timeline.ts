/** Where a run's time went: a Chrome trace (chrome://tracing, ui.perfetto.dev) and a summary by op type. */
import { TypeError_ } from '../base/errors';
import { preview } from '../base/preview';
import { type Args, bound, constructorOf } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import type { NodeStats, StepStats } from '../session/metadata';
import { asList } from '../base/nested';

const TIMELINE = constructorOf<[stepStats: StepStats, graph?: null]>('Timeline');
const LANES: Readonly<Record<NodeStats['where'], number>> = { device: 1, host: 2, state: 3 };

/**
 * Turns the stats of a run into a Chrome trace, for chrome://tracing or Perfetto.
 *
 *     const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
 *     const runMetadata = new tf.RunMetadata();
 *     sess.run(tf.matmul([[1, 2]], [[3], [4]]), {}, { options, runMetadata });
 *     const trace = new tf.Timeline(runMetadata.stepStats).generateChromeTraceFormat();
 *     JSON.parse(trace).traceEvents.length > 0   // true
 */
export class Timeline {
  private readonly stats: StepStats;
  /**
   * Takes the stats of a traced run.
   *
   * @param stepStats  `runMetadata.stepStats`
   */
  constructor(...given: Args<'Timeline', [stepStats: StepStats, graph?: null]>) {
    [this.stats] = TIMELINE.take(given);
  }
  /** The trace as JSON text. Times are microseconds from the start of the run. */
  generateChromeTraceFormat(_showDataflow?: false | null, _showMemory?: false | null): string {
    const name = (tid: number, text: string): object => ({
      name: 'thread_name',
      ph: 'M',
      pid: 1,
      tid,
      args: { name: text },
    });
    const events = [
      { name: 'process_name', ph: 'M', pid: 1, args: { name: `tfjs-session, ${this.stats.device} device` } },
      name(LANES.device, `${this.stats.device} kernels`),
      name(LANES.host, 'host kernels'),
      name(LANES.state, 'variables and effects'),
      ...this.stats.nodes.map((n) => ({
        name: n.op,
        cat: 'Op',
        ph: 'X',
        pid: 1,
        tid: LANES[n.where],
        ts: n.startMicros - this.stats.startMicros,
        dur: n.micros,
        args: {
          name: n.nodeName,
          op: n.op,
          inputs: n.inputs.join(', '),
          outputs: n.outputs.map((o) => `${o.dtype}[${o.shape}]`).join(', '),
          ...(n.line ? { line: n.line } : {}),
          ...(n.loops.length ? { iteration: n.loops.map((at) => `${at.frame}: ${at.iteration}`).join(', ') } : {}),
        },
      })),
    ];
    return JSON.stringify({ traceEvents: events });
  }
}

bindMethods(Timeline, { generateChromeTraceFormat: 'Timeline.generate_chrome_trace_format' });

/** One line of a summary. */
export interface ProfileRow {
  /** The op type. */
  readonly op: string;
  /** How often it ran. */
  readonly count: number;
  /** Its time, in microseconds. */
  readonly micros: number;
  /** Its part of the whole, from 0 to 1. */
  readonly share: number;
}
/** Time by op type, the largest first; `overhead` is what the run cost beside its kernels, in microseconds. */
export interface Profile {
  /** By op type, the largest first. */
  readonly rows: readonly ProfileRow[];
  /** The time of the runs, in microseconds. */
  readonly micros: number;
  /** What the runs cost beside their kernels, in microseconds. */
  readonly overhead: number;
  /** As a table. */
  toString(): string;
}

/**
 * Sums the stats of one run, or of several, by op type.
 *
 *     const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
 *     const runMetadata = new tf.RunMetadata();
 *     sess.run(tf.matmul([[1, 2]], [[3], [4]]), {}, { options, runMetadata });
 *     console.log(`${tf.profile(runMetadata.stepStats)}`);
 *
 * @param stats  `runMetadata.stepStats`, or a list of them
 * @returns  rows of op types, the most expensive first; it prints as a table
 * @throws TypeError  for anything else
 */
export const profile = bound('profile', profileOf);
function profileOf(stats: StepStats | readonly StepStats[]): Profile {
  const runs = asList(stats);
  for (const run of runs) {
    const given: Partial<StepStats> | null | undefined = run;
    if (!Array.isArray(given?.nodes))
      throw new TypeError_(
        `profile() takes a run's step stats, and ${preview(run)} is none` +
          '\n  fix: tf.profile(runMetadata.stepStats), after a run with {options, runMetadata}.',
      );
  }
  const total = runs.reduce((sum, run) => sum + run.micros, 0);
  const byOp = new Map<string, { count: number; micros: number }>();
  for (const run of runs) {
    for (const { op, micros } of run.nodes) {
      const row = byOp.get(op) ?? { count: 0, micros: 0 };
      row.count++;
      row.micros += micros;
      byOp.set(op, row);
    }
  }
  const rows = [...byOp]
    .map(([op, { count, micros }]) => ({ op, count, micros, share: micros / total }))
    .sort((a, b) => b.micros - a.micros);
  const overhead = total - rows.reduce((sum, row) => sum + row.micros, 0);
  return {
    rows,
    micros: total,
    overhead,
    toString() {
      const line = (op: string, count: string, micros: string, share: string): string =>
        `${op.padEnd(36)}${count.padStart(7)}${micros.padStart(12)}${share.padStart(8)}`;
      const percent = (x: number): string => `${(100 * x).toFixed(1)}%`;
      return [
        line('op', 'count', 'µs', 'share'),
        ...rows.map((r) => line(r.op, String(r.count), r.micros.toFixed(1), percent(r.share))),
        line('(overhead of the run)', '', overhead.toFixed(1), percent(overhead / total)),
        line('total', '', total.toFixed(1), ''),
      ].join('\n');
    },
  };
}
