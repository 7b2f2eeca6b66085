/** The child's side of the protocol, for runners written in TypeScript. */
import { createInterface } from 'node:readline';
import type { Params } from './plan';

/** A workload, set up. */
export interface Bench {
  /** One step; gives the cost, where there is one. */
  step(): number | null;
  /** Seconds that `n` steps take, where not all of a step is to be timed. */
  time?(n: number): number;
}
export type Setup = (params: Params) => Bench;

/** The cost of this step is what all runners must agree on. */
const CHECKED_STEP = Number(process.env['BENCH_FIRST_STEPS'] ?? 5);

/** Sets up the workload that the command line names, then runs steps as asked. */
export async function serve(setup: (workload: string) => Setup | null | Promise<Setup | null>, versions: () => Record<string, string>): Promise<void> {
  const [workload, params] = process.argv.slice(-2);
  const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const made = await setup(workload);
  if (!made) return say({ unavailable: `it has no '${workload}'` });
  const bench = made(JSON.parse(params) as Params);
  let check: number | null = null;
  if (!bench.time) for (let i = 0; i < CHECKED_STEP; i++) check = bench.step();
  say({ versions: versions(), check });
  for await (const line of createInterface({ input: process.stdin })) {
    const { run } = JSON.parse(line) as { run: number };
    say({ seconds: bench.time ? bench.time(run) : timed(bench, run), peakBytes: process.resourceUsage().maxRSS * 1024 });
  }
}
function timed(bench: Bench, n: number): number {
  const started = process.hrtime.bigint();
  for (let i = 0; i < n; i++) bench.step();
  return Number(process.hrtime.bigint() - started) / 1e9;
}
