/** What the commands of the exercise read and write: several files, paths, pages, hints, a folder to start in. */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from '../cli/run';
import { ROOT, type Report, check, digits, folder, solution, starter, student } from './student';

test('--report writes a page about what was trained, from an open session and from a closed one', async () => {
  for (const [name, end] of [
    ['open', ''],
    ['closed', '\nsess.close();'],
  ]) {
    const page = join(folder, `${name}.html`);
    const { report, ending } = await check(solution.replace('10000', '300') + end, '--quick', '--report', page);
    expect([ending, report]).toEqual(['done', page]);
    const text = readFileSync(page, 'utf8');
    const matrix = text.slice(text.indexOf('id="confusion-title"'), text.indexOf('id="mistakes-title"'));
    const cells = [...matrix.matchAll(/<td class="(right|wrong|none)"[^>]*>(\d+)</g)];
    expect(cells).toHaveLength(100);
    expect(cells.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(200);
    // The digits are easy: what is evaluated is the trained model, and not a fresh one.
    expect(
      cells.filter(([, kind]) => kind === 'right').reduce((sum, [, , count]) => sum + Number(count), 0),
    ).toBeGreaterThan(180);
    expect(text).toMatch(/Cost, training batches: from [\d.]+ at step 0 to [\d.]+ at step 299\./);
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
  expect(
    await check("import * as tf from 'tfjs-session';\nnew tf.Session().run(tf.constant(1));", '--report', page),
  ).toMatchObject({ report: null, noReport: expect.stringContaining('no model was found') as string });
  expect(await check('for (;;', '--report', page)).toMatchObject({ ending: 'syntax', report: null });
  expect((await run(['exercise', 'check', file, '--report', join(folder, 'nowhere', 'page.html')])).code).toBe(2);
  expect((await run(['exercise', 'check', file, '--report', file])).code).toBe(2);
  expect(readdirSync(folder)).not.toContain('none.html');
});
test('a program may have several files, and import in any way', async () => {
  const [model, ...rest] = solution.split('// --- Question 8');
  const loop = rest.join('').replace('10000', 'STEPS').replace('sess.run([trainStep', 'await sess.runAsync([trainStep');
  const parts = {
    'network.ts': `${model.replaceAll(/^const (mnist|X|Y|cost|accuracy|trainStep) =/gm, 'export const $1 =')}`,
    'constants.js': 'module.exports = { STEPS: 10000 };',
  };
  for (const [name, text] of Object.entries(parts)) writeFileSync(join(student, name), text);
  try {
    const file = join(student, 'tensorflow_tutorial.ts');
    writeFileSync(
      file,
      "import tf = require('tfjs-session');\nimport { X, Y, accuracy, cost, mnist, trainStep } from " +
        "'./network';\nconst { STEPS } = require('./constants');\nasync function main(): Promise<void> {" +
        `\n//${loop}\n}\nvoid main();`,
    );
    const { stdout } = await run(['exercise', 'check', file, '--quick', '--json', '--data-dir', digits]);
    const { answers } = JSON.parse(stdout) as Report;
    expect(answers.slice(0, 10).filter((a) => a.mark !== 'tick')).toEqual([]);
  } finally {
    for (const name of Object.keys(parts)) rmSync(join(student, name));
  }
});
test('relative paths are seen from where the command is given', async () => {
  const page = join(folder, 'relative.html');
  const { answers, report } = await check(
    solution.replace('10000', '20'),
    '--quick',
    '--data-dir',
    relative(ROOT, digits),
    '--report',
    relative(ROOT, page),
  );
  expect([answers[0].found, report]).toEqual([expect.stringContaining('600 to train'), page]);
  const { code, stderr } = await run([
    'exercise',
    'check',
    join(student, 'tensorflow_tutorial.ts'),
    '--data-dir',
    'nowhere',
  ]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('--data-dir nowhere: there is no such directory')]);
});

test('the report has eleven lines, and no colours where nobody watches', async () => {
  writeFileSync(join(student, 'tensorflow_tutorial.ts'), starter);
  const { code, stdout } = await run([
    'exercise',
    'check',
    join(student, 'tensorflow_tutorial.ts'),
    '--data-dir',
    digits,
  ]);
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
  expect(JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))).toMatchObject({
    dependencies: { 'tfjs-session': expect.any(String) as string },
    devDependencies: { 'ts-node': '10.9.2', typescript: '5.9.3' },
  });
  expect((await run(['exercise', 'start', dir, '--no-install'])).code).toBe(2);
});
test('start refuses a folder of ES modules, and leaves it as it is', async () => {
  const dir = join(folder, 'modules');
  mkdirSync(dir);
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  const { code, stderr } = await run(['exercise', 'start', dir, '--no-install']);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('the exercise is no ES module. Name a folder of its own'),
  ]);
  expect(readdirSync(dir)).toEqual(['package.json']);
});
