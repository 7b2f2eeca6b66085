import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { reasonIn } from '../../bench/child';
import { compile } from '../../bench/compile';
import { machine } from '../../bench/machine';
import { type Result, type Sample, measure } from '../../bench/measure';
import { WORKLOADS, type Workload } from '../../bench/plan';
import { disagreements, fromJson, markdown, summary, toJson } from '../../bench/report';
import { type Runner, ablations, runners } from '../../bench/runners';
import { ratio, spread } from '../../bench/stats';
import { ablationTable, asText, goalsOf, ratioTable, workloadTable } from '../../bench/tables';

const folder = mkdtempSync(path.join(tmpdir(), 'bench-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(compile);

const runner = (id: string, role: Runner['role'], against?: string): Runner => ({
  id,
  title: `${id} {tf}`,
  short: id,
  role,
  command: [],
  against,
});
const sample = (
  id: string,
  role: Runner['role'],
  rounds: number[],
  check: number | null = null,
  against?: string,
): Sample => ({
  runner: runner(id, role, against),
  versions: { tf: '1.15' },
  check,
  rounds,
  cpu: rounds.map((us) => 2 * us),
  peakBytes: 1e8,
});
const workload: Workload = {
  name: 'chain',
  title: 'Chain',
  variants: [{ label: '10 ops', params: { ops: 10 }, per: { unit: 'op', count: 10 } }],
};
const resultOf = (samples: readonly Sample[], more: Partial<Result> = {}): Result => ({
  workload,
  variant: workload.variants[0],
  samples,
  absent: [],
  others: 0,
  ...more,
});
const settings = { rounds: 2, fewest: 2, seconds: 10, roundSeconds: 0.01, warmSeconds: 0.1, log: () => undefined };
const words = (text: string): string[][] => text.split('\n').map((line) => line.split(/ {2,}/));

test('the spread is the median and the quartiles', () => {
  expect(spread([4, 1, 3, 2, 5])).toEqual({ median: 3, low: 2, high: 4 });
  expect(spread([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
});
test('a ratio compares rounds that ran next to each other', () => {
  // The machine was busy in the last round: for both.
  expect(ratio({ rounds: [1, 1, 10] }, { rounds: [2, 2, 20] }).median).toBe(2);
});
test('who computes something else is found out', () => {
  const samples = [
    sample('native', 'ours', [1], 2.1),
    sample('a', 'rival', [1], 2.1001),
    sample('b', 'rival', [1], 2.3),
  ];
  expect(disagreements(resultOf(samples))).toEqual([
    'Chain, 10 ops: b 1.15 has a cost of 2.3 where the others have 2.1001',
  ]);
});

describe('tables', () => {
  const result = resultOf([
    sample('native', 'ours', [10]),
    sample('a', 'rival', [25]),
    sample('limit', 'limit', [8], null, 'native'),
  ]);
  test('of one workload: how many times as fast ours is', () => {
    expect(words(asText(workloadTable(result)))).toEqual([
      ['Chain: 10 ops', 'µs/step', 'quartiles', 'CPU µs', 'ns/op', 'peak MB', 'native is'],
      [expect.stringMatching(/^-+$/)],
      ['native 1.15', '10.0', '10.0 – 10.0', '20.0', '1,000', '100'],
      ['a 1.15', '25.0', '25.0 – 25.0', '50.0', '2,500', '100', '2.50×'],
      ['limit 1.15', '8.00', '8.00 – 8.00', '16.0', '800', '100', '0.80×'],
    ]);
  });
  test('of all: a row per workload, a column per runner', () => {
    const other = resultOf([sample('native', 'ours', [10]), sample('b', 'rival', [5])], {
      workload: { name: 'x', title: 'X' },
    });
    expect(ratioTable([result, other], 'native')).toEqual([
      ['native, times as fast as', 'a', 'limit', 'b'],
      ['Chain: 10 ops', '2.50×', '0.80×', ''],
      ['X: 10 ops', '', '', '0.50×'],
    ]);
  });
  test('a limit belongs to one device', () => {
    const two = resultOf([...result.samples, sample('portable', 'ours', [20])]);
    expect(ratioTable([two], 'portable')[0]).toEqual(['portable, times as fast as', 'native', 'a']);
  });
  test("goals are shares of another's time, or microseconds", () => {
    const variant = {
      ...workload.variants[0],
      goals: [
        { runner: 'native', atMost: 0.5, of: 'a' },
        { runner: 'native', atMost: 9 },
        { runner: 'native', atMost: 1, of: 'not there' },
      ],
    };
    expect(goalsOf({ ...result, variant })).toEqual([
      { goal: 'native: share of a 1.15', atMost: 0.5, is: { median: 0.4, low: 0.4, high: 0.4 }, met: true },
      { goal: 'native: µs', atMost: 9, is: { median: 10, low: 10, high: 10 }, met: false },
    ]);
  });
  test('parts that are switched off: how many times as long a step takes', () => {
    const half = (id: string, without: number): Result =>
      resultOf([
        sample(id, 'ours', [10]),
        {
          ...sample(`${id}-x`, 'rival', [without], null, id),
          runner: { ...runner(`${id}-x`, 'rival', id), short: 'without x' },
        },
      ]);
    expect(ablationTable([half('native', 11), half('portable', 20)])).toEqual([
      ['Chain: 10 ops', 'native', 'portable'],
      ['without x', '1.10×', '2.00×'],
    ]);
  });
  test('what --json prints is read again by --from', () => {
    const report = {
      machine: machine(),
      results: [resultOf(result.samples, { absent: [{ title: 'b', why: 'it is not there' }], others: 0.5 })],
    };
    const again = fromJson(JSON.parse(JSON.stringify(toJson(report))));
    expect(summary(again)).toBe(summary(report));
    expect(markdown(again)).toBe(markdown(report));
    expect(markdown(again)).toContain('| Chain: 10 ops | 2.50× | 0.80× |');
    expect(summary(again)).toContain('not measured: b: it is not there');
    expect(summary(again)).toContain('other processes took up to 50 %');
  });
});

describe('runners', () => {
  const script = (name: string, text: string): Runner => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return { id: name, title: name, short: name, role: 'rival', command: [process.execPath, file] };
  };
  const portable = runners([]).filter((r) => r.id === 'portable');
  test('who is not there, or crashes, is named with the reason, and the others are measured', async () => {
    const missing = runners(['/no/such/python']).filter((r) => r.id === 'tensorflow');
    const crashing = script(
      'crashing',
      'console.log(JSON.stringify({ check: 1 })); process.stdin.on("data", () => { throw new RangeError("out ' +
        'of paper"); });',
    );
    const killed = script('killed', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => 0, 5000);');
    const result = await measure(workload, workload.variants[0], [...portable, ...missing, crashing, killed], settings);
    expect(result.samples.map((s) => [s.runner.id, s.rounds.length, s.check])).toEqual([['portable', 2, 1]]);
    expect(result.absent).toEqual([
      { title: 'Python TensorFlow Session (/no/such/python)', why: 'spawn /no/such/python ENOENT' },
      { title: 'crashing', why: 'RangeError: out of paper' },
      { title: 'killed', why: 'it was ended by SIGTERM' },
    ]);
    expect(result.samples[0].peakBytes).toBeGreaterThan(30e6);
    expect(result.samples[0].peakBytes).toBeLessThan(400e6);
  });
  test("a process's peak is its own, not that of who started it", async () => {
    const filled = Buffer.alloc(400e6, 1);
    const build = WORKLOADS.find((w) => w.name === 'build')!;
    const {
      samples: [{ peakBytes, rounds }],
    } = await measure(build, { label: '10 nodes', params: { nodes: 10 } }, portable, settings);
    expect([rounds.length, filled.length]).toEqual([2, 400e6]);
    if (process.platform === 'linux') expect(peakBytes).toBeLessThan(300e6);
  });
  test('a part that is switched off is a runner of the same device', () => {
    const all = ablations();
    expect(all.filter((r) => r.role === 'ours').map((r) => r.id)).toEqual(['native', 'portable']);
    expect(all.find((r) => r.id === 'portable-constantFolding')).toMatchObject({
      against: 'portable',
      env: { TFJS_SESSION_DEVICE: 'portable', BENCH_CONFIG: '{"graphOptions":{"constantFolding":false}}' },
    });
  });
  test('the last error of a crash is the reason', () => {
    expect(reasonIn('Traceback …\n  File "x"\ntorch.cuda.OutOfMemoryError: no\nbye')).toBe(
      'torch.cuda.OutOfMemoryError: no',
    );
    expect(reasonIn('')).toBe('it ended without a word');
  });
});
