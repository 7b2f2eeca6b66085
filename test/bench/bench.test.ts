import { type Sample, measure } from '../../bench/measure';
import { type Runner, type Workload, runners } from '../../bench/plan';
import { absences, disagreements, ratio, spread, table, toJson, machine } from '../../bench/report';

const runner = (id: string, role: Runner['role']): Runner => ({ id, title: `${id} {tf}`, role, command: [] });
const sample = (id: string, role: Runner['role'], rounds: number[], check: number | null = null): Sample =>
  ({ runner: runner(id, role), versions: { tf: '1.15' }, check, rounds, peakBytes: 1e8 });
const workload: Workload = { name: 'chain', title: 'Chain', variants: [{ label: '10 ops', params: { ops: 10 }, per: { unit: 'op', count: 10 } }] };
const settings = { rounds: 2, roundSeconds: 0.01, log: () => undefined };

test('the spread is the median and the quartiles', () => {
  expect(spread([4, 1, 3, 2, 5])).toEqual({ median: 3, low: 2, high: 4 });
  expect(spread([1, 2])).toEqual({ median: 1.5, low: 1.25, high: 1.75 });
});
test('a ratio compares rounds that ran next to each other', () => {
  // The machine was busy in the last round: for both.
  expect(ratio(sample('native', 'ours', [1, 1, 10]), sample('rival', 'rival', [2, 2, 20])).median).toBe(2);
});
test('who computes something else is found out', () => {
  const samples = [sample('native', 'ours', [1], 2.1), sample('a', 'rival', [1], 2.1001), sample('b', 'rival', [1], 2.3)];
  expect(disagreements({ workload, variant: workload.variants[0], samples, absent: [] })).toEqual(['Chain, 10 ops: b 1.15 has a cost of 2.3 where the others have 2.1001']);
});
test('the table tells how many times faster ours is', () => {
  const text = table({ workload, variant: workload.variants[0], samples: [sample('native', 'ours', [10]), sample('a', 'rival', [25])], absent: [] });
  expect(text.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['Chain: 10 ops', 'µs/step', 'quartiles', 'ns/op', 'peak MB', 'native is'],
    [expect.stringMatching(/^-+$/)],
    ['native 1.15', '10.0', '10.0 – 10.0', '1,000', '100'],
    ['a 1.15', '25.0', '25.0 – 25.0', '2,500', '100', '2.50×'],
  ]);
});
test('a rival that is not there is named, and the others are measured', async () => {
  const all = runners(['/no/such/python']).filter((r) => ['portable', 'tensorflow'].includes(r.id));
  const result = await measure(workload, workload.variants[0], all, settings);
  expect(result.samples.map((s) => [s.runner.id, s.rounds.length, s.check])).toEqual([['portable', 2, 1]]);
  expect(absences([result])).toEqual(['Python TensorFlow Session: spawn /no/such/python ENOENT']);
  expect(JSON.parse(JSON.stringify(toJson([result], machine())))).toMatchObject({ results: [{ workload: 'chain', runners: [{ id: 'portable', microsecondsPerStep: { rounds: [expect.any(Number), expect.any(Number)] } }] }] });
}, 60_000);
