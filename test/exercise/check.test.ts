/** The commands as users run them: any program is survived, in time, and leaves nothing behind. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND, run } from '../cli/run';
import { pattern } from '../pattern';
import { check, solution, student, upTo8 } from './student';

/** Pids of the processes whose command line holds a text. */
function processes(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    })
    .map(Number);
}
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Seconds in which the first eight questions were answered so far. */
let enough = 2;
/** With a limit that leaves time for these: on a busy machine the next one is longer, for what follows too. */
async function checkInTime(source: string): ReturnType<typeof check> {
  for (;;) {
    const report = await check(source, '--time-limit', `${enough}`);
    if (report.answers.slice(0, 8).every((a) => a.mark === 'tick') || enough > 60) return report;
    enough *= 2;
  }
}

test('the solution has ten ticks with --quick, and the steps left out are counted', async () => {
  const { ending, ticks, skippedSteps, answers, code } = await check(solution, '--quick');
  expect(answers.filter((a) => a.mark === 'cross')).toEqual([]);
  expect([ending, ticks, skippedSteps, code]).toEqual(['done', 10, 9700, 1]);
});
test('a syntax error is told with its line', async () => {
  const { ending, answers } = await check(solution.replace('const cost =', 'const const ='));
  expect(ending).toBe('syntax');
  expect(answers.map((a) => a.mark)).toEqual(answers.map((_, i) => (i === 4 ? 'cross' : 'not yet')));
  expect(answers[4]).toMatchObject({
    mark: 'cross',
    where: { line: solution.slice(0, solution.indexOf('const cost =')).split('\n').length },
  });
});
test('a syntax error is told at the question that it stands in', async () => {
  const { answers } = await check(solution.replace('{ [X.name]: images, [Y.name]', '{ [X.name]: images [Y.name]'));
  expect(answers.map((a) => a.mark)).toEqual(answers.map((_, i) => (i === 8 ? 'cross' : 'not yet')));
  expect(answers[0].hint).toBe('First the program must be readable: see question 9.');
});
test.each([
  ['an initializer', 'sess.run(init);\n  const [images', 8, /thrown away/],
  ['a minimize', 'new tf.train.GradientDescentOptimizer(0.5).minimize(cost);\n  const [images', 9, /adds \d+ nodes/],
  ['a count that starts anew', 'step = 0;\n  const [images', 9, /had not ended after/],
])('--quick ends early where %s in the loop shows its fault', async (_, inLoop, question, says) => {
  const { ending, answers } = await check(
    solution.replace('const [images', () => inLoop),
    '--quick',
  );
  expect([ending, answers.filter((a) => a.mark === 'cross').map((a) => a.question)]).toEqual(['early', [question]]);
  expect(answers[question - 1].found).toMatch(says);
});
test("the package's own program is no answer, and how to begin is told", async () => {
  for (const command of ['check', 'compare']) {
    const { code, stdout, stderr } = await run([
      'exercise',
      command,
      join(COMMAND, '..', '..', 'tensorflow_tutorial.ts'),
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/belongs to the package itself.*exercise start digits.*cd digits/);
  }
});
test('a throw is told with its line, and what is before it is judged', async () => {
  const { ending, answers } = await check(`${upTo8}\nthrow new Error('enough');`);
  expect(ending).toBe('threw');
  expect(answers.slice(0, 8).map((a) => a.mark)).toEqual(Array(8).fill('tick'));
  expect(answers[8]).toMatchObject({
    mark: 'cross',
    found: 'Error: enough',
    where: { line: upTo8.split('\n').length + 1 },
  });
});
test.each([
  ['that does nothing', 'for (;;) {}'],
  ['that catches everything', 'for (;;) { try { for (;;) {} } catch {} }'],
  [
    'of training steps',
    'for (;;) { const [x, y] = mnist.train.nextBatch(100); sess.run([trainStep, cost], { [X.name]: x, ' +
      '[Y.name]: y }); }',
  ],
  ['of promises', '(async () => { for (;;) { await null; sess.run(W1); } })();'],
  ['of timers', 'setInterval(() => sess.run(W1), 10);'],
])('an endless loop %s is stopped in time, and what is before it is judged', async (_, loop) => {
  const { ending, answers } = await checkInTime(`${upTo8}\n${loop}`);
  expect(ending).toBe('time');
  expect(answers.slice(0, 8).map((a) => a.mark)).toEqual(Array(8).fill('tick'));
  expect(answers[8]).toMatchObject({
    mark: 'cross',
    found: expect.stringContaining(`stopped after ${enough} s`) as string,
  });
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
test.each([
  ['in its group', "spawn('sleep', ['661.MARK'], { stdio: 'ignore' }); process.exit(0);"],
  [
    'in a group of its own, with its pipes, deaf to SIGTERM',
    "spawn('sh', ['-c', 'trap : TERM; sleep 661.MARK; sleep 661.MARK'], { stdio: 'inherit', detached: true }).unref();",
  ],
  [
    'in a group of its own, until the time is over',
    "spawn('sleep', ['661.MARK'], { stdio: 'inherit', detached: true, env: { PATH: process.env.PATH } }); for (;;) {}",
  ],
])('what a program starts %s ends with it', async (_, body) => {
  // Longer than any test may take: who waits for it fails.
  const marker = `661.${process.pid}`;
  const { answers } = await check(
    `const { spawn } = require('child_process');\n${body.replaceAll('661.MARK', marker)}`,
    '--time-limit',
    '4',
  );
  expect(answers).toHaveLength(11);
  expect(processes(marker)).toEqual([]);
});
test.each([
  ['that loops when it ends', "process.on('exit', () => { for (;;) {} });", 'done'],
  [
    'that catches what it throws',
    "process.on('uncaughtException', () => {}); process.on('SIGTERM', () => {}); setInterval(() => { throw new " +
      "Error('again'); }, 10);",
    'threw',
  ],
  ['that takes away all listeners', 'process.removeAllListeners(); setInterval(() => {}, 10);', 'time'],
  ['that prints without end', "for (;;) console.log('x'.repeat(1000));", 'time'],
  ['that waits for itself', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', 'time'],
  ['that goes elsewhere', "process.chdir('/');", 'done'],
  ['that throws nothing', 'throw null;', 'threw'],
])('a program %s is judged in time', async (_, body, how) => {
  const { ending, answers } = await checkInTime(`${upTo8}\n${body}`);
  expect(ending).toBe(how);
  expect(answers.slice(0, 8).map((a) => a.mark)).toEqual(Array(8).fill('tick'));
});
test('a program that blocks outside of JavaScript is ended, and eleven lines say so', async () => {
  const { ending, answers } = await check("require('child_process').execSync('sleep 661');", '--time-limit', '2');
  expect([ending, answers.length, answers[0].mark]).toEqual(['time', 11, 'cross']);
});
test('when the check is killed, the program ends with it', async () => {
  const file = join(student, 'tensorflow_tutorial.ts');
  const marker = `661.${process.pid}9`;
  writeFileSync(file, `require('child_process').spawn('sleep', ['${marker}'], { detached: true });\nfor (;;) {}`);
  await run(['exercise', 'check', file], {
    watch: (child, said) => {
      if (!said.includes('Running')) return;
      void (async () => {
        while (!processes(marker).length && child.exitCode === null) await pause(100);
        child.kill('SIGKILL');
      })();
    },
  });
  while (processes(marker).length || processes(file).length) await pause(100);
  expect([processes(marker), processes(file)]).toEqual([[], []]);
  expect(readdirSync(student).sort()).toEqual(['node_modules', 'tensorflow_tutorial.ts']);
});
test('await outside of a function is told as what it is', async () => {
  const { ending, answers } = await check(`${upTo8}\nawait Promise.resolve();`);
  expect([ending, answers[0].mark, answers[0].found]).toEqual([
    'syntax',
    'cross',
    expect.stringContaining('await stands outside of a function'),
  ]);
});
test('a cost that becomes NaN is followed to the node that made the first', async () => {
  const { answers } = await check(solution.replace('(0.5)', '(1e30)'), '--quick');
  const { mark, found, details } = answers[6];
  expect([mark, found]).toEqual([
    'cross',
    expect.stringMatching(
      pattern(
        /became NaN: 'MatMul\w*' \(a MatMul, in step 1\) made the first value that is no number, with a /,
        /learning rate of 1e\+30/,
      ),
    ),
  ]);
  expect(details!.join('\n')).toMatch(
    /^a: .* to \S+e\+\d+.*made at tensorflow_tutorial\.ts:\d+:\d+\n.*\n.*infinite\nin row \d+ of the batch/,
  );
});
