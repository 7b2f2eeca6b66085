/** Any correct program passes, however it is spelled. */
import { answers, edit, narrow, program } from './harness';
import { VARIANTS } from './right';

const solution = program();

test.each(VARIANTS.map((v) => [v.title, v] as const))('%s has ten ticks', async (_, { source = solution, edits }) => {
  const found = await answers(narrow(edits.reduce((text, [from, to]) => edit(text, from, to), source)));
  expect(found.slice(0, 10).filter((a) => a.mark !== 'tick')).toEqual([]);
});
test('question 11 asks for more than the solution', async () => {
  expect((await answers(solution))[10].mark).toBe('not yet');
});
test('a variant that is better than the reference has eleven ticks', async () => {
  const source = edit(
    edit(edit(edit(solution, '[784, 100]', '[784, 64]'), 'zeros([100])', 'zeros([64])'), '[100, 10]', '[64, 10]'),
    'GradientDescentOptimizer(0.5)',
    'AdamOptimizer(0.01)',
  );
  expect((await answers(source)).map((a) => a.mark)).toEqual(Array(11).fill('tick'));
});
test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
  'with answers up to question %i nothing is crossed, and what is answered is ticked',
  async (upTo) => {
    const marks = (await answers(program(upTo))).map((a) => a.mark);
    // Probabilities without a cost, a step without a session: each question is judged as soon as its answer stands.
    expect(marks.slice(0, upTo)).toEqual(Array(upTo).fill('tick'));
    expect(marks.slice(upTo)).toEqual(Array(11 - upTo).fill('not yet'));
  },
);
