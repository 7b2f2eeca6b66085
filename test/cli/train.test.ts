import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { reportTo, type TrainEvent } from '../../cli/report';
import { COMMAND, linesOf, run, writeDigits } from './run';
import { pattern } from '../pattern';

let dir: string;
let digits: string[];

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'train-test-'));
  digits = ['train', '--device', 'portable', '--data-dir', writeDigits(join(dir, 'digits'), { train: 60, test: 20 })];
});

afterAll(() => rmSync(dir, { recursive: true }));

const SMALL = ['--batch-size', '20', '--hidden-units', '8', '--steps', '30', '--log-every', '10'];

const events = (stdout: string): TrainEvent[] => linesOf(stdout).map((line) => JSON.parse(line) as TrainEvent);

test('away from a terminal it prints the plain lines of the tutorial', async () => {
  const { code, stdout } = await run([...digits, ...SMALL, '--seed', '7']);
  expect(stdout).toMatch(
    new RegExp(
      [
        '^60 pictures in batches of 20, 8 hidden units, sgd at 0.5, portable device',
        'Cost at step 0: \\d+\\.\\d{4}',
        'Cost at step 10: \\d+\\.\\d{4}',
        'Cost at step 20: \\d+\\.\\d{4}',
        'Train accuracy: \\d+\\.\\d\\d %, cost: 0\\.\\d{4}',
        'Test accuracy: \\d+\\.\\d\\d %, cost: 0\\.\\d{4}',
        '30 steps in \\d+\\.\\d s, [\\d,]+ µs per step\n$',
      ].join('\n'),
    ),
  );
  expect(code).toBe(0);
});

test('--json prints one object per line, and nothing on stderr', async () => {
  const { code, stdout, stderr } = await run([...digits, ...SMALL, '--json', '--seed', '7']);
  expect(stderr).toBe('');
  const told = events(stdout);
  expect(told.map(({ event }) => event)).toEqual(['start', 'step', 'step', 'step', 'eval', 'eval', 'end']);
  expect(told[0]).toMatchObject({
    device: 'portable',
    steps: 30,
    batchSize: 20,
    hiddenUnits: 8,
    learningRate: 0.5,
    optimizer: 'sgd',
    seed: 7,
    trainExamples: 60,
    testExamples: 20,
  });
  expect(told[2]).toEqual({ event: 'step', step: 10, cost: expect.any(Number), seconds: expect.any(Number) });
  expect(told.at(-1)).toMatchObject({
    step: 30,
    steps: 30,
    cost: expect.any(Number),
    accuracy: 1,
    device: 'portable',
    interrupted: null,
  });
  expect(code).toBe(0);
});

test.each(['sgd', 'adam'])(
  'where the cost is no number any more it ends, and names the node that made it so (%s)',
  async (optimizer) => {
    const { code, stdout, stderr } = await run([
      ...digits,
      ...SMALL,
      '--steps',
      '300',
      '--learning-rate',
      '1e35',
      '--optimizer',
      optimizer,
    ]);
    expect(stdout).toContain('Cost at step 0: ');
    expect(stderr).toMatch(
      pattern(
        /^error: the cost of step \d+ is (NaN|Infinity)\. In step \d+:\n.* : Tensor had .* values\n\t /,
        /\[\[node .* \(defined at .*model\.[jt]s:\d+:\d+\) \]\]\n/m,
      ),
    );
    expect(stderr).toMatch(/\n {2}likely cause: the numbers have grown too large/);
    const usual = { sgd: 0.5, adam: 0.001 }[optimizer];
    expect(stderr).toContain(`\n  fix: --learning-rate ${usual} in the place of 1e+35, the default of ${optimizer}.\n`);
    expect(code).toBe(1);
  },
);

test('where the cost ends above its start a smaller rate is proposed', async () => {
  const { code, stderr } = await run([...digits, ...SMALL, '--learning-rate', '5000', '--seed', '1']);
  expect(stderr).toMatch(/the cost grew from \d\.\d{4} at step 0 to \d+\.\d{4}: the steps are too long\.\n/);
  expect(stderr).toContain('\n  fix: --learning-rate 0.5 in the place of 5000, the default of sgd.\n');
  expect(code).toBe(0);
});

test('numbers in JSON lines have the digits that mean something', async () => {
  const { stdout } = await run([...digits, ...SMALL, '--json', '--seed', '7']);
  const figures = stdout.match(/(?<=":)\d+\.\d+/g)!;
  expect(figures.length).toBeGreaterThan(6);
  expect(figures.filter((figure) => figure.replace(/^0\.0*|\./g, '').length > 6)).toEqual([]);
});

test('a seed makes the whole run repeatable, and another seed makes another one', async () => {
  const [a, b, c] = await Promise.all(
    ['3', '3', '4'].map((seed) => run([...digits, ...SMALL, '--json', '--seed', seed])),
  );
  const costs = (stdout: string) => events(stdout).flatMap((told) => ('cost' in told ? [told.cost] : []));
  expect(costs(a.stdout)).toHaveLength(6);
  expect(costs(b.stdout)).toEqual(costs(a.stdout));
  expect(costs(c.stdout)).not.toEqual(costs(a.stdout));
});

test.each(['momentum', 'adam'])('it learns with %s', async (optimizer) => {
  const { stdout } = await run([...digits, '--batch-size', '20', '--steps', '100', '--optimizer', optimizer, '--json']);
  expect(events(stdout).at(-1)).toMatchObject({ accuracy: 1 });
});

test('--report writes a page about the training', async () => {
  const page = join(dir, 'pages', 'report.html');
  mkdirSync(join(dir, 'pages'), { recursive: true });
  const { code, stdout } = await run([...digits, ...SMALL, '--report', page, '--json']);
  expect(events(stdout).map(({ event }) => event)).toEqual([
    'start',
    'step',
    'step',
    'step',
    'eval',
    'eval',
    'report',
    'end',
  ]);
  expect(readdirSync(join(dir, 'pages'))).toEqual(['report.html']);
  expect(readFileSync(page, 'utf8')).toContain('<title>8 hidden units, sgd at 0.5</title>');
  expect(code).toBe(0);
});

const posix = process.platform === 'win32' ? describe.skip : describe;

posix('signals and pipes', () => {
  const ENDLESS = ['--batch-size', '20', '--steps', '1000000000', '--log-every', '1000000'];
  const stopAfterFirstStep = (signal: NodeJS.Signals) => {
    let sent = false;
    return (child: { kill(signal: NodeJS.Signals): boolean }, stdout: string) => {
      if (!sent && /Cost at step 0|"step":0/.test(stdout)) sent = child.kill(signal);
    };
  };

  test('Ctrl-C stops after the current step and prints the state', async () => {
    const { code, stdout } = await run([...digits, ...ENDLESS], { watch: stopAfterFirstStep('SIGINT') });
    expect(linesOf(stdout).at(-1)).toMatch(
      /^Stopped by Ctrl-C after \d+ of 1000000000 steps: cost \d\.\d{4}, test accuracy \d+\.\d\d %$/,
    );
    expect(code).toBe(130);
  });

  test('SIGTERM does the same, also with --json', async () => {
    const { code, stdout, stderr } = await run([...digits, ...ENDLESS, '--json'], {
      watch: stopAfterFirstStep('SIGTERM'),
    });
    const end = events(stdout).at(-1);
    expect(end).toMatchObject({ event: 'end', interrupted: 'SIGTERM', steps: 1e9, accuracy: expect.any(Number) });
    expect(stderr).toBe('');
    expect(code).toBe(143);
  });

  test('a reader that goes away ends it without a word', () => {
    const words = [
      process.execPath,
      COMMAND,
      ...digits,
      '--batch-size',
      '20',
      '--steps',
      '1000000000',
      '--log-every',
      '1',
      '--json',
    ];
    const { stdout, stderr } = spawnSync('sh', ['-c', `${words.map((word) => `'${word}'`).join(' ')} | head -n 2`], {
      encoding: 'utf8',
    });
    expect(linesOf(stdout)).toHaveLength(2);
    expect(stderr).toBe('');
  });
});

describe('on a terminal', () => {
  /** What a terminal would be sent. */
  function terminal(columns: number) {
    let sent = '';
    const stream = { isTTY: true, columns, write: (text: string) => Boolean((sent += text)) };
    return { output: stream as unknown as NodeJS.WriteStream, sent: () => sent };
  }

  beforeAll(() => (process.env.TERM = 'xterm'));

  test('a bar shows how far it is, with the lines above it, and leaves no trace', () => {
    const { output, sent } = terminal(100);
    const report = reportTo(output, { json: false, steps: 200 });
    report.progress(50, 0.5, 1e6);
    report.tell({ event: 'step', step: 60, cost: 0.4, seconds: 60 });
    report.clear();
    expect(sent()).toContain('Cost at step 60: 0.4000\n');
    expect(sent()).toMatch(/█+░+ 30% \| 61\/200 \| cost 0\.4000 \| 1000000 µs\/step \| 2 min 30 s left/);
    expect(sent()).toMatch(/\x1b\[1G\x1b\[0J$/);
  });

  test('a dumb one gets plain lines', () => {
    const { output, sent } = terminal(80);
    process.env.TERM = 'dumb';
    const report = reportTo(output, { json: false, steps: 200 });
    report.progress(50, 0.5, 1e6);
    report.tell({ event: 'step', step: 60, cost: 0.4, seconds: 60 });
    report.clear();
    expect(sent()).toBe('Cost at step 60: 0.4000\n');
  });
});
