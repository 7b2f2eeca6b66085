/** The report at widths from a narrow window to a wide one, and its colours. */
import { reportOf } from '../../cli/exercise/check-report';
import { HINTS } from '../../cli/exercise/hints';
import type { Answer } from '../../cli/exercise/judge';
import { widthOf, wrap } from '../../cli/text';

const place = { file: '/home/student/tensorflow_tutorial.ts', line: 12, column: 5 };
const answer = (question: number, rest: Partial<Answer>): Answer => ({
  question,
  title: 'accuracy and cost on whole sets',
  mark: 'tick',
  found: 'train: accuracy 0.9812, cost 0.06123; test: accuracy 0.9712, cost 0.1012; and a good deal more to say of it',
  where: null,
  hint: '',
  ...rest,
});
const ANSWERS = [
  answer(9, { note: 'with a shape given, mistakes show where they are made instead of in the run' }),
  answer(10, {
    mark: 'cross',
    where: place,
    hint: 'What they give there is of a network that is not trained: evaluate behind the loop.',
    details: ['a: Relu:0 [100,100], 0 to 5.81e+29, 4595 zeros, made at tensorflow_tutorial.ts:33:22, and so on'],
  }),
  answer(11, { mark: 'not yet', found: '', hint: 'Try more hidden units.' }),
];
const ending = { how: 'early', rounds: 21, at: null } as const;
const report = (width: number, colours = false): string =>
  reportOf(ANSWERS, { colours, width, skippedSteps: 19_700, ending });

test.each([60, 80, 120])('no line is wider than %i columns, and no word is lost', (width) => {
  const lines = report(width).split('\n');
  expect(lines.filter((line) => line.length > width)).toEqual([]);
  expect(report(width).replace(/\s+/g, ' ')).toBe(report(1000).replace(/\s+/g, ' '));
  expect(lines.filter((line) => /^[✓✗·] /.test(line))).toHaveLength(3);
});
test('what stands below a question is indented below its title', () => {
  const [first, second] = report(60).split('\n');
  expect(first).toBe('✓  9  accuracy and cost on whole sets: train: accuracy');
  expect(second).toBe('      0.9812, cost 0.06123; test: accuracy 0.9712, cost');
});
test('colours are on the signs only, and count for no column', () => {
  const plain = report(60, true).replace(/\u001b\[\d*m/g, '');
  expect(plain).toBe(report(60));
  expect(report(60, true).match(/\u001b\[\d+m[^\u001b]*\u001b\[0m/g)).toEqual([
    '\u001b[32m✓  9\u001b[0m',
    '\u001b[31m✗ 10\u001b[0m',
    '\u001b[2m· 11\u001b[0m',
    '\u001b[2mnot yet\u001b[0m',
  ]);
});
test('a word longer than a line stands alone', () => {
  expect(wrap('see a/very/long/path now', { width: 8, indent: 2 })).toEqual(['  see', '  a/very/long/path', '  now']);
});
test("the width is the terminal's, within reason", () => {
  expect([undefined, 0, 20, 60, 500].map((columns) => widthOf({ columns }))).toEqual([100, 100, 40, 60, 120]);
});
test('there is a hint for every question, in words of one paragraph', () => {
  expect(HINTS).toHaveLength(11);
  for (const hint of HINTS) expect(wrap(hint, { width: 60, indent: 0 }).every((l) => l.length <= 60)).toBe(true);
});
