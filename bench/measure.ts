/** Rounds: every runner in turn, so that what else the machine does falls on all of them alike. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as path from 'node:path';
import { Child, type Ready } from './child';
import type { Params, Runner, Variant, Workload } from './plan';

export interface Settings {
  readonly rounds: number;
  /** Seconds that a round of one runner should last. */
  readonly roundSeconds: number;
  readonly log: (line: string) => void;
}
export interface Sample {
  readonly runner: Runner;
  readonly versions: Readonly<Record<string, string>>;
  readonly check: number | null;
  /** Microseconds per step, by round. */
  readonly rounds: readonly number[];
  readonly peakBytes: number | null;
}
export interface Absent { readonly runner: Runner; readonly why: string }
/** A runner's title, with the versions that it told. */
export function titled({ title }: Runner, versions: Readonly<Record<string, string>> = {}): string {
  return title.replace(/ \{(\w+)\}/g, (_, name: string) => (versions[name] ? ` ${versions[name]}` : ''));
}
export interface Result { readonly workload: Workload; readonly variant: Variant; readonly samples: readonly Sample[]; readonly absent: readonly Absent[] }

interface Contestant {
  readonly runner: Runner;
  readonly ready: Ready;
  readonly rounds: number[];
  peakBytes: number | null;
  /** Microseconds per step, measured over one round. */
  round(): Promise<number>;
  stop(): void;
}

/** Starts the runners of a workload, lets them warm up, and measures them round by round. */
export async function measure(workload: Workload, variant: Variant, runners: readonly Runner[], settings: Settings): Promise<Result> {
  const contestants: Contestant[] = [];
  const absent: Absent[] = [];
  const drop = (runner: Runner, why: unknown): void => void absent.push({ runner, why: why instanceof Error ? why.message : String(why) });
  for (const runner of runners) {
    if (runner.role === 'limit' ? !variant.products : runner.runs && !runner.runs.includes(workload.name)) continue;
    settings.log(`${workload.title}, ${variant.label}: ${titled(runner)}`);
    try {
      const made = await (workload.startUp ? starting : warm)(runner, workload, variant, settings);
      if (made.ready.unavailable !== undefined) { made.stop(); drop(runner, made.ready.unavailable); } else contestants.push(made);
    } catch (error) {
      drop(runner, error);
    }
  }
  for (let round = 0; round < settings.rounds; round++) {
    settings.log(`${workload.title}, ${variant.label}: round ${round + 1} of ${settings.rounds}`);
    for (const c of [...contestants]) {
      try {
        c.rounds.push(await c.round());
      } catch (error) {
        contestants.splice(contestants.indexOf(c), 1);
        drop(c.runner, error);
        c.stop();
      }
    }
  }
  contestants.forEach((c) => c.stop());
  const samples = contestants.map(({ runner, ready, rounds, peakBytes }): Sample => ({ runner, versions: ready.versions ?? {}, check: ready.check ?? null, rounds, peakBytes }));
  return { workload, variant, samples, absent };
}

/** Steps before measuring, and the seconds that they may take. */
const SETTLED = 80;
const PATIENCE = 10;
/** A process that stays, warmed up, and the number of steps that fill a round of its. */
async function warm(runner: Runner, workload: Workload, variant: Variant, settings: Settings): Promise<Contestant> {
  const child = Child.start(runner, workload.name, runner.role === 'limit' ? limitParams(variant) : variant.params);
  try {
    const ready = await child.ready();
    let n = 1;
    if (ready.unavailable === undefined) {
      // Twice as many until it takes a round's time. Code gets compiled on the way, caches fill, and plans settle.
      for (let spent = 0, steps = 0; spent < 3 * settings.roundSeconds || (steps < SETTLED && spent < PATIENCE);) {
        const { seconds } = await child.run(n);
        spent += seconds;
        steps += n;
        if (seconds < settings.roundSeconds / 2) n *= 2;
        else n = Math.max(1, Math.round(n * settings.roundSeconds / seconds));
      }
    }
    const contestant: Contestant = {
      runner, ready, rounds: [], peakBytes: null, stop: () => child.stop(),
      async round() {
        const { seconds, peakBytes } = await child.run(n);
        this.peakBytes = peakBytes;
        return (seconds / n) * 1e6;
      },
    };
    return contestant;
  } catch (error) {
    child.stop();
    throw error;
  }
}
function limitParams({ products = [] }: Variant): Params {
  return Object.fromEntries(products.flatMap(([m, k, n], i) => [[`m${i}`, m], [`k${i}`, k], [`n${i}`, n]]));
}

/** A new process per step. Ours is the tutorial itself; a rival's is the same network, without the reading of the data. */
async function starting(runner: Runner, _: Workload, { params }: Variant): Promise<Contestant> {
  const once = runner.role === 'ours' ? () => tutorial(runner) : () => firstStep(runner, params);
  const ready = await once();
  const contestant: Contestant = {
    runner, ready, rounds: [], peakBytes: null, stop: () => undefined,
    async round() {
      const started = process.hrtime.bigint();
      await once();
      return Number(process.hrtime.bigint() - started) / 1e3;
    },
  };
  return contestant;
}
async function firstStep(runner: Runner, params: Params): Promise<Ready> {
  const child = Child.start({ ...runner, env: { ...runner.env, BENCH_FIRST_STEPS: '1' } }, 'dense', params);
  try {
    return { ...await child.ready(), check: null };
  } finally {
    child.stop();
  }
}
async function tutorial(runner: Runner): Promise<Ready> {
  const npx = spawn('npx', ['ts-node', 'tensorflow_tutorial.ts'], {
    cwd: path.join(__dirname, '..'), env: { ...process.env, ...runner.env, TFJS_SESSION_QUIET: '1' }, stdio: ['ignore', 'pipe', 'pipe'], detached: true,
  });
  let stderr = '';
  npx.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
  try {
    for await (const line of createInterface({ input: npx.stdout })) if (line.startsWith('Cost at step 0')) return {};
    throw new Error(/^\w*Error.*$/m.exec(stderr)?.[0] ?? 'the tutorial ended without a step');
  } finally {
    // The group: npx, and the ts-node that it started.
    try { process.kill(-npx.pid!, 'SIGKILL'); } catch { npx.kill(); }
  }
}
