/** Each usual mistake is crossed at its question, and told what it is. */
import { reportOf } from '../../cli/exercise/check-report';
import { STEPS, answers, edit, narrow, program } from './harness';
import { MISTAKES } from './wrong';

/** What the solutions spell out. */
const ANSWERS = [
  /softmaxCrossEntropyWithLogits\(\{/,
  /Optimizer\([^)]*\)\.minimize/,
  /tf\.equal\(tf\.argmax/,
  /tf\.reduceMean\(tf\.cast/,
  /new tf\.Variable\(tf\./,
  /tf\.placeholder\(tf\.float32, \[/,
  /tf\.relu\(tf\.matmul|tf\.matmul\(/,
  /sess\.run\(\[|sess\.run\(init/,
  /tf\.reshape\(X/,
];

const solution = program(10, STEPS);

test('the list is long enough to stand for a class of students', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(40);
});
test.each(MISTAKES.map((m) => [`${m.question}: ${m.title}`, m] as const))(
  'question %s',
  async (_, { edits, question, says }) => {
    const found = await answers(narrow(edits.reduce((source, [from, to]) => edit(source, from, to), solution)));
    const answer = found[question - 1];
    const crossed = found.filter((a) => a.mark === 'cross').map((a) => `${a.question}: ${a.found} / ${a.hint}`);
    if (answer.mark !== 'cross' || !says.test(`${answer.found} ${answer.hint}`))
      throw new Error(
        `expected a cross at ${question} with ${says}, found ${answer.mark}: ${answer.found}\n` +
          `all crosses:\n${crossed.join('\n') || 'none'}`,
      );
    expect(answer.hint).not.toBe('');
    // What measures wrongly shows no improvement.
    if (question === 6) expect(found[10].mark).toBe('not yet');
    // One mistake, one cross: no other question is blamed for it.
    expect(crossed.filter((text) => Number.parseInt(text, 10) !== question)).toEqual([]);
    // It can be read at any width: no line is longer, but one word that is.
    for (const width of [60, 80, 120]) {
      const options = { colours: false, width, skippedSteps: 19_700, ending: { how: 'done' } as const };
      const lines = reportOf(found, options).split('\n');
      expect(lines.filter((line) => line.length > width && / \S+ /.test(line.trim()))).toEqual([]);
    }
    // A nudge is no answer.
    for (const { mark, found: said, hint } of found) {
      if (mark === 'tick' || /Error: /.test(said)) continue;
      for (const answer_ of ANSWERS) expect(`${said} ${hint}`).not.toMatch(answer_);
    }
  },
);
