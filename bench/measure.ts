/** Rounds: every runner in turn, so that what else the machine does falls on all of them alike. */
import { Child, type Ready } from './child';
import { Bystanders } from './machine';
import type { Variant, Workload } from './plan';
import { type Runner, titled } from './runners';
import { startUp } from './start-up';

export interface Settings {
  /** Rounds at most; of a workload with long rounds, fewer: at least `fewest`, and no new one after `seconds`. */
  readonly rounds: number;
  readonly fewest: number;
  readonly seconds: number;
  /** Seconds that a round of one runner should last, and that warming up may take. */
  readonly roundSeconds: number;
  readonly warmSeconds: number;
  readonly log: (line: string) => void;
}
export interface Sample {
  readonly runner: Pick<Runner, 'id' | 'title' | 'short' | 'role' | 'against' | 'kind'>;
  readonly versions: Readonly<Record<string, string>>;
  readonly check: number | null;
  /** Microseconds per step, by round. */
  readonly rounds: readonly number[];
  /** Microseconds of CPU per step, of all its threads, by round: what a busy machine stretches least. */
  readonly cpu: readonly number[];
  readonly peakBytes: number | null;
}
export interface Absent {
  readonly title: string;
  readonly why: string;
}
export interface Result {
  readonly workload: Pick<Workload, 'name' | 'title'>;
  readonly variant: Variant;
  readonly samples: readonly Sample[];
  readonly absent: readonly Absent[];
  /** The share of the machine that other processes took while a runner ran; null where it is not known. */
  readonly others: number | null;
}

/** Of `steps` steps, where not of one. */
interface Round {
  readonly micros: number;
  readonly steps?: number;
  readonly ready: Ready;
  readonly cpuSeconds?: number;
  readonly peakBytes: number | null;
}
/** A runner that is up. */
interface Contestant {
  round(): Promise<Round>;
  stop(): void;
}
/** One that sets itself up at once; `settle` lets it warm up when it is its turn. */
interface Starting {
  readonly runner: Runner;
  readonly setUp: Promise<unknown>;
  settle(): Promise<Contestant>;
}
type Start = (runner: Runner, workload: Workload, variant: Variant, settings: Settings) => Starting;

/** Starts the runners of a workload, lets them warm up, and measures them round by round. */
export async function measure(
  workload: Workload,
  variant: Variant,
  runners: readonly Runner[],
  settings: Settings,
): Promise<Result> {
  const say = (what: string): void => settings.log(`${workload.title}, ${variant.label}: ${what}`);
  const start: Start = workload.each === 'start-up' ? startedAnew : workload.each === 'fresh' ? setUpAnew : warmedUp;
  const entries: {
    readonly runner: Runner;
    readonly contestant: Contestant;
    readonly rounds: number[];
    readonly cpu: number[];
    ready: Ready;
    peakBytes: number;
  }[] = [];
  const absent: { readonly runner: Runner; readonly why: string }[] = [];
  const drop = (runner: Runner, why: unknown): void =>
    void absent.push({ runner, why: why instanceof Error ? why.message : String(why) });
  const wanted = runners.filter((r) =>
    r.role === 'limit'
      ? variant.limit !== undefined
      : !workload.isLimit && (r.runs ? r.runs.includes(workload.name) : !workload.isServed),
  );
  const starting = wanted.map((r) => start(r, workload, variant, settings));
  say('setting up');
  // All first: plans that settle by measuring must not do it beside an import.
  await Promise.allSettled(starting.map((s) => s.setUp));
  for (const { runner, settle } of starting) {
    say(titled(runner.title));
    try {
      entries.push({ runner, contestant: await settle(), rounds: [], cpu: [], ready: {}, peakBytes: 0 });
    } catch (error) {
      drop(runner, error);
    }
  }
  const bystanders = new Bystanders();
  const started = performance.now();
  for (
    let round = 0;
    round < settings.rounds && (round < settings.fewest || performance.now() - started < settings.seconds * 1000);
    round++
  ) {
    say(`round ${round + 1} of ${settings.rounds}`);
    // Each round begins with another one: nobody always comes after the same neighbour.
    for (const entry of [
      ...entries.slice(round % (entries.length || 1)),
      ...entries.slice(0, round % (entries.length || 1)),
    ]) {
      try {
        const {
          micros,
          ready,
          cpuSeconds,
          steps = 1,
          peakBytes,
        } = await (workload.each ? entry.contestant.round() : bystanders.during(() => entry.contestant.round()));
        entry.rounds.push(micros);
        if (cpuSeconds !== undefined) entry.cpu.push((cpuSeconds / steps) * 1e6);
        entry.ready = ready;
        entry.peakBytes = Math.max(entry.peakBytes, peakBytes ?? 0);
      } catch (error) {
        entries.splice(entries.indexOf(entry), 1);
        drop(entry.runner, error);
        entry.contestant.stop();
      }
    }
  }
  entries.forEach((e) => e.contestant.stop());
  return {
    workload,
    variant,
    others: bystanders.share,
    samples: entries.map(
      ({ runner, ready, rounds, cpu, peakBytes }): Sample => ({
        runner,
        versions: ready.versions ?? {},
        check: ready.check ?? null,
        rounds,
        cpu,
        peakBytes: peakBytes || null,
      }),
    ),
    absent: absent
      .filter(
        ({ runner, why }) => !(/^No module named/.test(why) && entries.some((e) => e.runner.kind === runner.kind)),
      )
      .map(({ runner, why }) => ({
        title: `${titled(runner.title)}${runner.kind ? ` (${runner.command[0]})` : ''}`,
        why,
      })),
  };
}

/** Steps of ours before measuring, so that each signature has settled on a plan. */
const SETTLED = 100;
/** A process that stays, warmed up, and the number of steps that fill a round of its. */
function warmedUp(runner: Runner, workload: Workload, variant: Variant, settings: Settings): Starting {
  const child = Child.start(runner, workload.name, runner.role === 'limit' ? { limit: variant.limit } : variant.params);
  const wanted = workload.settled ?? (runner.role === 'rival' && !runner.against ? 0 : SETTLED);
  const setUp = child.ready();
  return {
    runner,
    setUp,
    async settle() {
      try {
        const ready = await setUp;
        let n = 1;
        // Twice as many until they take a round's time. Code gets compiled on the way, and caches fill.
        for (
          let spent = 0, steps = 0;
          spent < 3 * settings.roundSeconds || (steps < wanted && spent < settings.warmSeconds);
        ) {
          const { seconds } = await child.run(n);
          spent += seconds;
          steps += n;
          if (seconds < settings.roundSeconds / 2) n *= 2;
          else n = Math.max(1, Math.round((n * settings.roundSeconds) / seconds));
        }
        return {
          stop: child.stop,
          async round() {
            const answer = await child.run(n);
            return { ...answer, ready, steps: n, micros: (answer.seconds / n) * 1e6 };
          },
        };
      } catch (error) {
        child.stop();
        throw error;
      }
    },
  };
}
/** A new process per round, which times its one step itself. */
function setUpAnew(runner: Runner, workload: Workload, variant: Variant): Starting {
  return anew(runner, async () => {
    const child = Child.start(runner, workload.name, variant.params);
    try {
      const ready = await child.ready();
      const answer = await child.run(1);
      return { ...answer, ready, micros: answer.seconds * 1e6 };
    } finally {
      child.stop();
    }
  });
}
/** A new process per round, timed from its start. */
function startedAnew(runner: Runner, _: Workload, { params }: Variant): Starting {
  return anew(runner, () => startUp(runner, params));
}
function anew(runner: Runner, round: () => Promise<Round>): Starting {
  return { runner, setUp: Promise.resolve(), settle: () => Promise.resolve({ round, stop: () => undefined }) };
}
