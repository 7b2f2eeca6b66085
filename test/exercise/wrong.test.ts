/** Each usual mistake is crossed at its question, and told what it is. */
import { STEPS, answers, edit, program } from './harness';
import { MISTAKES } from './wrong';

const solution = program(10, STEPS);

test('the list is long enough to stand for a class of students', () => {
  expect(MISTAKES.length).toBeGreaterThanOrEqual(40);
});
test.each(MISTAKES.map((m) => [`${m.question}: ${m.title}`, m] as const))(
  'question %s',
  (_, { edits, question, says }) => {
    const found = answers(edits.reduce((source, [from, to]) => edit(source, from, to), solution));
    const answer = found[question - 1];
    const crossed = found.filter((a) => a.mark === 'cross').map((a) => `${a.question}: ${a.found} / ${a.hint}`);
    if (answer.mark !== 'cross' || !says.test(`${answer.found} ${answer.hint}`))
      throw new Error(
        `expected a cross at ${question} with ${says}, found ${answer.mark}: ${answer.found}\nall crosses:\n${crossed.join('\n') || 'none'}`,
      );
    expect(answer.hint).not.toBe('');
    // Questions before it are not blamed for it.
    expect(crossed.filter((text) => Number.parseInt(text, 10) < question)).toEqual([]);
  },
);
