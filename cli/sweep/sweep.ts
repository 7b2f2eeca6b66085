/** `tfjs-session sweep`: runs a program's `train(params)` over hyperparameters, in parallel; goes on where it was. */
import { type ChildProcess, fork } from 'node:child_process';
import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import { inPlace, writeOutput } from '../../src/format/output';
import { compiler } from '../exercise/compiler';
import { checkPlace } from '../page';
import { STOPPED_BY, STOPS, type Stop } from '../stopped-by';
import { fitted } from '../text';
import { UsageError } from '../usage';
import type { Orders, Told } from './child';
import { sweepPage } from './page';
import { type Axis, type Params, drawn, gridOf } from './points';
import { type Run, SweepRecord, markOf, revived, rounded } from './record';
import { goalOf, ranked, shown, tableOf } from './standing';

export interface SweepFlags {
  readonly grid: readonly Axis[];
  readonly random?: number;
  readonly seed: number;
  readonly jobs?: number;
  readonly metric?: string;
  readonly maximize?: boolean;
  readonly minimize?: boolean;
  readonly record?: string;
  readonly fresh?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}
const CHILD = require.resolve('./child');
const loaders = CHILD.endsWith('.ts') ? ['-r', require.resolve('ts-node/register/transpile-only')] : [];
/** What a failed run has said last, on the way to people. */
const TAIL = 400;
/** Rows of the table that are printed; the page and the record have all. */
const ROWS = 20;

/** @throws UsageError  if the command line cannot be obeyed */
export async function sweep(program: string, flags: SweepFlags): Promise<void> {
  const { json = false } = flags;
  if (!inPlace(program, statSync)?.isFile()) throw new UsageError(`${program}: there is no such file.`);
  if (flags.report !== undefined) checkPlace(flags.report);
  const points = pointsOf(flags);
  const file = resolve(program);
  const path = flags.record ?? `${basename(program)}.sweep.jsonl`;
  checkPlace(path, '--record');
  const record = new SweepRecord(path, markOf(file), flags.fresh === true);
  const say: Say = (event, text) =>
    void process.stdout.write(json ? `${JSON.stringify(event, rounded)}\n` : `${fitted(text, process.stdout)}\n`);

  const known = points.flatMap((params) => record.find(params) ?? []);
  const open = points.filter((params) => !record.find(params));
  const jobs = Math.min(flags.jobs ?? availableParallelism(), Math.max(1, open.length));
  const before = known.length ? `, ${known.length} of them done before (${path})` : '';
  const stale = record.stale ? `; ${record.stale} results of another text of ${basename(program)} are left out` : '';
  say(
    { event: 'start', program, points: points.length, reused: known.length, jobs, record: path },
    `${points.length} runs of ${basename(program)}${before}${stale}; ${jobs} at a time.`,
  );
  const runs = [...known];
  const orders = { file, compiler: /\.[cm]?ts$/.test(file) && open.length ? compiler(file) : null };
  let failed = 0;
  await inParallel(open, jobs, orders, (params, told, seconds, output) => {
    if ('error' in told) {
      failed++;
      const text = told.error.split('\n')[0];
      say({ event: 'failed', params, error: told.error }, `failed: ${words(params)}: ${text}`);
      if (!json && output) process.stderr.write(`${output.slice(-TAIL).trimEnd()}\n`);
      return;
    }
    const run: Run = { params, metrics: told.metrics, seconds };
    record.add(run);
    runs.push(run);
    say(
      { event: 'run', params, metrics: told.metrics, seconds: Number(seconds.toFixed(3)) },
      `${runs.length + failed} of ${points.length}: ${words(params)}: ${words(told.metrics)} (${seconds.toFixed(1)} s)`,
    );
  });
  finish(program, flags, runs, failed, say);
}
type Say = (event: object, text: string) => void;
/** The table, the page and the last words. */
function finish(program: string, flags: SweepFlags, runs: readonly Run[], failed: number, say: Say): void {
  const goal = goalOf(runs, flags.metric, flags.maximize ? true : flags.minimize ? false : undefined);
  if (!goal) {
    process.exitCode = 1;
    return say({ event: 'end', runs: 0, failed }, 'No run gave a result.');
  }
  if (!runs.some((run) => goal.metric in run.metrics))
    throw new UsageError(`--metric ${goal.metric}: the program gives ${Object.keys(runs[0].metrics).join(', ')}.`);
  const order = ranked(runs, goal);
  if (!flags.json) {
    const more = order.length > ROWS ? [`… ${order.length - ROWS} more`] : [];
    process.stdout.write(`\n${[...tableOf(order.slice(0, ROWS)), ...more].join('\n')}\n\n`);
  }
  if (flags.report !== undefined) {
    const title = `Sweep of ${basename(program)}`;
    writeOutput(flags.report, sweepPage({ title, made: new Date(), goal, runs: order, failed }));
  }
  say(
    { event: 'end', runs: runs.length, failed, metric: goal.metric, best: order[0], report: flags.report ?? null },
    `Best ${goal.metric}: ${shown(order[0].metrics[goal.metric])} with ${words(order[0].params)}.` +
      (failed ? ` ${failed} failed; the same command tries them again.` : '') +
      (flags.report === undefined ? '' : `\nreport: ${flags.report}`),
  );
  if (failed) process.exitCode = 1;
}
const words = (values: Readonly<Record<string, number | string | boolean>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${shown(value)}`)
    .join(', ');

function pointsOf({ grid, random, seed }: SweepFlags): readonly Params[] {
  if (!grid.length)
    throw new UsageError('--grid is missing: --grid lr=0.1,0.5 names values, --grid lr=0.001..1 a range.');
  if (random !== undefined) {
    return drawn(grid, random, seed);
  }
  const range = grid.find((axis) => !('values' in axis));
  if (range)
    throw new UsageError(`--grid ${range.name}: a range has no end of values. --random 20 draws twenty points.`);
  const points = gridOf(grid);
  if (!points) throw new UsageError('--grid: that are too many points. --random 100 draws a hundred of them.');
  return points;
}

type Finished = (params: Params, told: Told, seconds: number, output: string) => void;
/** All of them, so many at a time. A signal ends those that run: what is done is on record. */
async function inParallel(
  points: readonly Params[],
  jobs: number,
  orders: Omit<Orders, 'params'>,
  finished: Finished,
): Promise<void> {
  const running = new Set<ChildProcess>();
  const stop = (signal: Stop): never => {
    for (const child of running) child.kill('SIGKILL');
    process.stderr.write('\nStopped. The same command goes on from here.\n');
    process.exit(STOPPED_BY[signal]);
  };
  const stops = STOPS.map((signal) => [signal, () => stop(signal)] as const);
  for (const [signal, listen] of stops) process.once(signal, listen);
  const waiting = [...points];
  const worker = async (): Promise<void> => {
    for (let params = waiting.shift(); params; params = waiting.shift()) {
      const started = performance.now();
      const { told, output } = await runOne({ ...orders, params }, running);
      finished(params, told, (performance.now() - started) / 1000, output);
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  for (const [signal, listen] of stops) process.removeListener(signal, listen);
}
function runOne(orders: Orders, running: Set<ChildProcess>): Promise<{ told: Told; output: string }> {
  return new Promise((done) => {
    const child = fork(CHILD, [], {
      execArgv: loaders,
      silent: true,
      env: { ...process.env, TFJS_SESSION_QUIET: process.env.TFJS_SESSION_QUIET ?? '1' },
    });
    running.add(child);
    let output = '';
    let told: Told | null = null;
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => (output = (output + text.toString()).slice(-10 * TAIL)));
    child.on('message', (text: string) => (told = JSON.parse(text, revived) as Told));
    child.on('error', (error) => (told ??= { error: error.message }));
    child.on('close', (code, signal) => {
      running.delete(child);
      done({
        told: told ?? { error: `it ended with ${signal ?? `exit code ${code}`} before train() returned` },
        output,
      });
    });
    child.send(orders);
  });
}
