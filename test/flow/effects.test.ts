/** What functions change beside their results is what it is in TensorFlow 1.15, in recorded graphs and in ours. */
import { isLong } from '../all';
import { devices, open } from '../devices';
import { BODIES, CALLERS, graphOf } from './effect-programs';
import { RUNS, added, fetchesOf, otherPrograms, programs } from './effects';

const [FIRST, ...LATER] = RUNS;
/** Each program goes through its plans with one of its fetches; with all of them where there is time. */
function runsOf(program: number, fetch: number): readonly number[] {
  return isLong || program % 9 === fetch ? RUNS : [FIRST, LATER[0]];
}
const wanted = (each: readonly number[], runs: readonly number[]): number[][] =>
  runs.map((count) => each.map((v) => v * count));

describe.each(devices())('$title', (mode) => {
  test.each(programs.map((program, i) => [program.title, program, i] as const))('%s', (_, { graph, adds }, i) => {
    const sess = open(graph(), mode);
    adds.forEach(([fetch, each], k) => {
      const runs = runsOf(i, k);
      expect([fetch, added(sess, fetch, runs)]).toEqual([fetch, wanted(each, runs)]);
    });
    sess.close();
  });
  test.each(otherPrograms.map((program) => [program.title, program] as const))('%s', (_, { graph, fetch, ...row }) => {
    const sess = open(graph(), mode);
    sess.run('init');
    const found: unknown[] = [];
    let said: string | undefined;
    try {
      for (let i = 1; i <= 40; i++) {
        sess.run(fetch, { 'x:0': 1 });
        if (RUNS.includes(i)) found.push(sess.run(row.seen, { 'x:0': 1 }));
      }
    } catch (error) {
      [said] = (error as Error).message.split('\n');
    }
    expect([found, said]).toEqual([row.runs, row.error]);
    sess.close();
  });

  const made = Object.entries(BODIES).flatMap(([name, body]) =>
    Object.entries(CALLERS).map(([caller, call]) => [`${name}, ${caller}`, call(body)] as const),
  );
  test.each(made)('%s, made here', (title, body) => {
    const row = programs.find((program) => program.title === title)!;
    const { graph, results } = graphOf(body);
    const sess = open(graph, mode);
    fetchesOf(results[0], results[1]).forEach((fetch, k) => {
      const runs = k === 4 ? RUNS : [FIRST, LATER[0]];
      expect([fetch, added(sess, fetch, runs)]).toEqual([fetch, wanted(row.adds[k][1], runs)]);
    });
    sess.close();
  });
});
