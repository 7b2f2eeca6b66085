/** The child's side of the protocol, for runners written in TypeScript. */
import { createInterface } from 'node:readline';
import { peakOf } from './memory';
import type { Params } from './plan';

/** A workload, set up. */
export interface Bench {
  /** One step; gives the cost, where there is one. */
  readonly step?: () => number | null;
  /** Where not all of a step is to be timed, or it is done once: does it, and gives the seconds. */
  readonly time?: () => number;
  /** Where a step's time goes, as text. */
  readonly profile?: () => string;
}
export type Setup<P = Params> = (params: P) => Bench;

/** The cost of this step is what all runners must agree on. */
const CHECKED_STEP = Number(process.env['BENCH_FIRST_STEPS'] ?? 5);

/**
 * Sets up the workload that the command line names, then runs steps as asked.
 *
 * @param others  gives the processor time of processes that work for it, in seconds
 */
export async function serve<P = Params>(
  setup: (workload: string) => Setup<P> | null | undefined,
  versions: () => Record<string, string>,
  others = (): number => 0,
): Promise<void> {
  const [workload, params] = process.argv.slice(-2);
  const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const made = setup(workload);
  if (!made) return say({ unavailable: `it has no '${workload}'` });
  const bench = made(JSON.parse(params) as P);
  let check: number | null = null;
  if (bench.step) for (let i = 0; i < CHECKED_STEP; i++) check = bench.step();
  say({ versions: versions(), check, peakBytes: peakOf('self') });
  for await (const line of createInterface({ input: process.stdin })) {
    const { run } = JSON.parse(line) as { run?: number };
    if (run === undefined) {
      say({ profile: bench.profile?.() ?? null });
      continue;
    }
    const [before, othersBefore] = [process.cpuUsage(), others()];
    const seconds = timed(bench, run);
    const { user, system } = process.cpuUsage(before);
    say({ seconds, cpuSeconds: (user + system) / 1e6 + others() - othersBefore, peakBytes: peakOf('self') });
  }
}
function timed({ step, time }: Bench, n: number): number {
  if (!step) return time!();
  const started = process.hrtime.bigint();
  for (let i = 0; i < n; i++) step();
  return secondsSince(started);
}
export function secondsSince(started: bigint): number {
  return Number(process.hrtime.bigint() - started) / 1e9;
}
