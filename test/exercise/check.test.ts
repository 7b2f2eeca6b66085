/** The commands as users run them: any program is survived, in time, and leaves nothing behind. */
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, writeDigits } from '../cli/run';

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'exercise-check-'));
const digits = writeDigits(join(folder, 'digits'), { train: 600, test: 200 });
const student = join(folder, 'student');
mkdirSync(student);
symlinkSync(join(ROOT, 'node_modules'), join(student, 'node_modules'), 'junction');
afterAll(() => rmSync(folder, { recursive: true }));
jest.setTimeout(120_000);

interface Report { ending: string; ticks: number; skippedSteps: number; report: string | null; noReport?: string; answers: { question: number; mark: string; found: string; where: { line: number } | null; hint: string }[] }
async function check(source: string, ...flags: string[]): Promise<Report & { seconds: number; code: number | null }> {
  const file = join(student, 'tensorflow_tutorial.ts');
  writeFileSync(file, source);
  const started = Date.now();
  const { code, stdout, stderr } = await run(['exercise', 'check', file, '--json', '--data-dir', digits, ...flags]);
  if (!stdout) throw new Error(stderr);
  const seconds = (Date.now() - started) / 1000;
  expect(readdirSync(student).sort()).toEqual(['node_modules', 'tensorflow_tutorial.ts']);
  return { ...(JSON.parse(stdout) as Report), seconds, code };
}
const starter = readFileSync(join(ROOT, 'exercise', 'tensorflow_tutorial.ts'), 'utf8');
const solution = starter.replace(/\/\/ >>> your answer to question (\d+)/g, (_, n: string) => readFileSync(join(ROOT, 'exercise', 'solutions', `${n.padStart(2, '0')}.ts`), 'utf8'));
const upTo8 = solution.slice(0, solution.indexOf('// --- Question 9'));

test('the solution has ten ticks with --quick, and the steps left out are counted', async () => {
  const { ending, ticks, skippedSteps, answers, code } = await check(solution, '--quick');
  expect(answers.filter((a) => a.mark === 'cross')).toEqual([]);
  expect([ending, ticks, skippedSteps, code]).toEqual(['done', 10, 19700, 1]);
});
test('--report writes a page about what was trained, from an open session and from a closed one', async () => {
  for (const [name, end] of [['open', ''], ['closed', '\nsess.close();']]) {
    const page = join(folder, `${name}.html`);
    const { report, ending } = await check(solution + end, '--quick', '--report', page);
    expect([ending, report]).toEqual(['done', page]);
    const text = readFileSync(page, 'utf8');
    const matrix = text.slice(text.indexOf('id="confusion-title"'), text.indexOf('id="mistakes-title"'));
    const cells = [...matrix.matchAll(/<td class="(right|wrong|none)"[^>]*>(\d+)</g)];
    expect(cells).toHaveLength(100);
    expect(cells.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(200);
    // The digits are easy: what is evaluated is the trained model, and not a fresh one.
    expect(cells.filter(([, kind]) => kind === 'right').reduce((sum, [, , count]) => sum + Number(count), 0)).toBeGreaterThan(180);
    expect(text).toMatch(/Cost from [\d.]+ at step 0 to [\d.]+ at step 299\./);
    expect(text).toContain('784 × 100, 100 × 10');
    expect(readdirSync(folder).filter((f) => f.endsWith('.part'))).toEqual([]);
  }
});
test('without a model there is no report, and one line says why', async () => {
  const page = join(folder, 'none.html');
  const file = join(student, 'tensorflow_tutorial.ts');
  writeFileSync(file, starter);
  const { stdout } = await run(['exercise', 'check', file, '--data-dir', digits, '--report', page]);
  expect(stdout).toMatch(/^No report: the program ran nothing in a session\.$/m);
  expect(await check("import * as tf from 'tfjs-session';\nnew tf.Session().run(tf.constant(1));", '--report', page)).toMatchObject({ report: null, noReport: expect.stringContaining('no model was found') as string });
  expect(await check('for (;;', '--report', page)).toMatchObject({ ending: 'syntax', report: null });
  expect((await run(['exercise', 'check', file, '--report', join(folder, 'nowhere', 'page.html')])).code).toBe(2);
  expect((await run(['exercise', 'check', file, '--report', file])).code).toBe(2);
  expect(readdirSync(folder)).not.toContain('none.html');
});
test('a syntax error is told with its line', async () => {
  const { ending, answers } = await check(solution.replace('const cost =', 'const const ='));
  expect(ending).toBe('syntax');
  expect(answers[0]).toMatchObject({ mark: 'cross', where: { line: solution.slice(0, solution.indexOf('const cost =')).split('\n').length } });
});
test('a throw is told with its line, and what is before it is judged', async () => {
  const { ending, answers } = await check(`${upTo8}\nthrow new Error('enough');`);
  expect(ending).toBe('threw');
  expect(answers.slice(0, 8).map((a) => a.mark)).toEqual(Array(8).fill('tick'));
  expect(answers[8]).toMatchObject({ mark: 'cross', found: 'Error: enough', where: { line: upTo8.split('\n').length + 1 } });
});
test.each([
  ['that does nothing', 'for (;;) {}'],
  ['that catches everything', 'for (;;) { try { for (;;) {} } catch {} }'],
  ['of training steps', 'for (;;) { const [x, y] = mnist.train.nextBatch(100); sess.run([trainStep, cost], { [X.name]: x, [Y.name]: y }); }'],
  ['of promises', '(async () => { for (;;) { await null; sess.run(W1); } })();'],
  ['of timers', 'setInterval(() => sess.run(W1), 10);'],
])('an endless loop %s is stopped in time, and what is before it is judged', async (_, loop) => {
  const { ending, answers, seconds } = await check(`${upTo8}\n${loop}`, '--time-limit', '6');
  expect(ending).toBe('time');
  expect(answers.slice(0, 8).map((a) => a.mark)).toEqual(Array(8).fill('tick'));
  expect(answers[8]).toMatchObject({ mark: 'cross', found: expect.stringContaining('stopped after 6 s') as string });
  expect(seconds).toBeLessThan(20);
});
test('an exit in the middle is survived', async () => {
  const { ending, answers } = await check(`${upTo8}\nprocess.exit(3);`);
  expect(ending).toBe('exit');
  expect(answers.slice(0, 8).map((a) => a.mark)).toEqual(Array(8).fill('tick'));
  expect(answers[8]).toMatchObject({ mark: 'cross', found: 'the program ended itself with process.exit(3)' });
});
test('a program that kills itself is survived', async () => {
  const { ending, ticks } = await check("process.kill(process.pid, 'SIGKILL'); for (;;) {}");
  expect([ending, ticks]).toEqual(['killed', 0]);
});
test('what a program starts ends with it', async () => {
  const marker = `sleeper${process.pid}`;
  await check(`require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', '${marker}'], { stdio: 'ignore' });\nprocess.exit(0);`);
  const commands = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => { try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8'); } catch { return ''; } });
  expect(commands.filter((c) => c.includes(marker) && c.includes('setTimeout'))).toEqual([]);
});

test('the report has eleven lines, and no colours where nobody watches', async () => {
  writeFileSync(join(student, 'tensorflow_tutorial.ts'), starter);
  const { code, stdout } = await run(['exercise', 'check', join(student, 'tensorflow_tutorial.ts'), '--data-dir', digits]);
  expect(code).toBe(1);
  expect(stdout).toContain('at most 300 s');
  expect(stdout.split('\n').filter((line) => /^[✓✗·] {1,2}\d+ {2}/.test(line))).toHaveLength(11);
  expect(stdout).not.toContain('\u001b');
});
test('hints and solutions are there for every question', async () => {
  for (let question = 1; question <= 11; question += 5) {
    expect((await run(['exercise', 'check', '--hint', `${question}`])).stdout).toContain(`Question ${question}`);
  }
  expect((await run(['exercise', 'check', '--hint', '12'])).code).toBe(2);
});
test('start puts what is needed into a folder, and overwrites nothing', async () => {
  const dir = join(folder, 'fresh');
  const { code, stdout } = await run(['exercise', 'start', dir, '--no-install']);
  expect([code, stdout]).toEqual([0, expect.stringContaining('npx ts-node tensorflow_tutorial.ts')]);
  expect(readdirSync(dir).sort()).toEqual(['README.md', 'package.json', 'tensorflow_tutorial.ts', 'tsconfig.json']);
  expect(JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))).toMatchObject({ dependencies: { 'tfjs-session': expect.any(String) as string }, devDependencies: { 'ts-node': '10.9.2', typescript: '5.9.3' } });
  expect((await run(['exercise', 'start', dir, '--no-install'])).code).toBe(2);
});
