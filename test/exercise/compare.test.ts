/** `exercise compare` as students run it: their file beside the packaged reference, on a data set that is small. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Result, tableOf } from '../../cli/exercise/compare';
import { type Outcome, run, writeDigits } from '../cli/run';

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'exercise-compare-'));
// As a path that depends on where one is: the two programs run in different folders.
const digits = relative(ROOT, writeDigits(join(folder, 'digits'), { train: 600, test: 200 }));
const student = join(folder, 'student');
mkdirSync(student);
symlinkSync(join(ROOT, 'node_modules'), join(student, 'node_modules'), 'junction');
afterAll(() => rmSync(folder, { recursive: true }));

const solution = readFileSync(join(ROOT, 'exercise', 'tensorflow_tutorial.ts'), 'utf8').replace(
  /\/\/ >>> your answer to question (\d+)/g,
  (place, n: string) =>
    n === '11' ? place : readFileSync(join(ROOT, 'exercise', 'solutions', `${n.padStart(2, '0')}.ts`), 'utf8'),
);
/** As many steps as are run with --quick: those that it leaves out take their time, too. */
const narrow = solution
  .replace('step < 20000', 'step < 2000')
  .replace('[784, 100]', '[784, 20]')
  .replace('zeros([100])', 'zeros([20])')
  .replace('[100, 10]', '[20, 10]');

/** It ends before it trains. */
const unfinished = solution.slice(0, solution.indexOf('// --- Question 9'));

const FILE = join(student, 'tensorflow_tutorial.ts');
function compare(source: string, ...flags: string[]): Promise<Outcome> {
  writeFileSync(FILE, source);
  return run(['exercise', 'compare', FILE, '--quick', '--data-dir', digits, ...flags]);
}
interface Report {
  quick: boolean;
  reference: Result | null;
  variant: Result;
  problem: string | null;
}
async function report(source: string): Promise<Report & { code: number | null }> {
  const { code, stdout, stderr } = await compare(source, '--json');
  if (!stdout) throw new Error(stderr);
  return { ...(JSON.parse(stdout) as Report), code };
}

test('--json has the figures of both, and what was changed', async () => {
  const { quick, reference, variant, problem, code } = await report(narrow);
  expect([quick, problem, code]).toEqual([true, null, 0]);
  expect(reference).toMatchObject({
    program: 'reference',
    changed: [],
    parameters: 79510,
    steps: 2000,
    ending: 'done',
    failure: null,
  });
  expect(variant).toMatchObject({
    program: FILE,
    changed: ['20 hidden units'],
    parameters: 15910,
    steps: 2000,
    ending: 'done',
    failure: null,
  });
  for (const result of [reference!, variant]) {
    for (const share of [result.trainAccuracy, result.testAccuracy]) expect(share).toBeLessThanOrEqual(1);
    for (const cost of [result.trainCost, result.testCost, result.seconds]) expect(cost).toBeGreaterThanOrEqual(0);
  }
});
test('what is no JSON says why there is nothing to compare', async () => {
  const { code, stdout } = await compare(`${unfinished}\nthrow new Error('enough');`);
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^Running .* then the reference, for at most 120 s each …\n/),
  ]);
  expect(stdout).toMatch(/stopped with Error: enough, in line \d+\n.* says more/);
});
test.each([
  [
    'has a mistake',
    solution.replace('const cost =', 'const const ='),
    'syntax',
    /stopped with SyntaxError: .*, in line \d+\n.* says more/,
  ],
  ['throws', `${unfinished}\nthrow new Error('enough');`, 'threw', /stopped with Error: enough, in line \d+/],
  [
    'evaluates nothing',
    narrow.slice(0, narrow.indexOf('// --- Question 10')).replace('step < 2000', 'step < 20'),
    'done',
    /no accuracy on the whole test set/,
  ],
])('a program that %s is not compared, and why is told', async (_, source, ending, why) => {
  const { reference, variant, problem, code } = await report(source);
  expect([reference, variant.ending, code]).toEqual([null, ending, 1]);
  expect(problem).toMatch(why);
});
test('a file that is not there is told before anything runs', async () => {
  const { code, stdout, stderr } = await run(['exercise', 'compare', join(student, 'none.ts')]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('there is no such file');
});

const REFERENCE: Result = {
  program: 'reference',
  changed: [],
  parameters: 79510,
  steps: 2000,
  trainAccuracy: 0.98,
  trainCost: 0.06,
  testAccuracy: 0.97,
  testCost: 0.1,
  seconds: 3,
  ending: 'done',
  failure: null,
};
test('the table has a row for each figure', () => {
  const rows = ['test accuracy', 'test cost', 'train accuracy', 'train cost', 'training time', 'steps', 'parameters'];
  const table = tableOf(REFERENCE, { ...REFERENCE, seconds: 4 });
  expect(table.split('\n').flatMap((line) => rows.filter((name) => line.startsWith(`${name}  `)))).toEqual(rows);
  expect(table).toMatch(/^parameters +79,510 +79,510$/m);
  expect(table).toContain('Found no change');
  expect(table).not.toMatch(/better|worse/);
});
test('words: more accuracy is better, more cost and time are worse, a little time is neither', () => {
  const words = (variant: Partial<Result>): (string | undefined)[] =>
    tableOf(REFERENCE, { ...REFERENCE, changed: ['Adam'], ...variant })
      .split('\n')
      .slice(1, 6)
      .map((line) => /better|worse/.exec(line)?.[0]);
  expect(words({ testAccuracy: 0.98, testCost: 0.2, seconds: 4 })).toEqual([
    'better',
    'worse',
    undefined,
    undefined,
    'worse',
  ]);
  expect(words({ testAccuracy: 0.96, testCost: 0.05, seconds: 3.1 })).toEqual([
    'worse',
    'better',
    undefined,
    undefined,
    undefined,
  ]);
  expect(words({ testCost: null, seconds: null })).toEqual(Array(5).fill(undefined));
});
