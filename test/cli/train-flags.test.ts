/** What `train` says of flags and data that are wrong. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { linesOf, run, writeDigits } from './run';

let dir: string;
let digits: string[];

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'train-test-'));
  digits = ['train', '--device', 'portable', '--data-dir', writeDigits(join(dir, 'digits'), { train: 60, test: 20 })];
});

afterAll(() => rmSync(dir, { recursive: true }));

const SMALL = ['--batch-size', '20', '--hidden-units', '8', '--steps', '30', '--log-every', '10'];

describe('a wrong flag gives one line that names it, and exit code 2', () => {
  test.each([
    [['--steps', '-5'], "option '--steps <n>' argument '-5' is invalid. Give a whole number of at least 1."],
    [
      ['--batch-size', '1.5'],
      "option '--batch-size <n>' argument '1.5' is invalid. Give a whole number of at least 1.",
    ],
    [['--hidden-units', ''], "option '--hidden-units <n>' argument '' is invalid. Give a whole number of at least 1."],
    [['--learning-rate', '0'], "option '--learning-rate <x>' argument '0' is invalid. Give a number above 0."],
    [['--seed', 'x'], "option '--seed <n>' argument 'x' is invalid. Give a whole number."],
    [
      ['--optimizer', 'lion'],
      "option '--optimizer <name>' argument 'lion' is invalid. Allowed choices are sgd, momentum, adam.",
    ],
    [['--device', 'gpu'], "option '--device <name>' argument 'gpu' is invalid. Allowed choices are native, portable."],
    [['--step', '5'], "unknown option '--step' (Did you mean --steps?)"],
    [['--bogus'], "unknown option '--bogus'. See --help."],
    [['--steps'], "option '--steps <n>' argument missing. See --help."],
    [
      ['--data-dir', '/no/such'],
      "--data-dir /no/such: there is no such directory. Name one with MNIST's IDX files, or leave the flag out.",
    ],
    [
      ['--report', '/no/such/report.html'],
      '--report /no/such/report.html: there is no directory /no/such. Make it first.',
    ],
    [['--batch-size', '61'], '--batch-size 61 is more than the 60 pictures of the training set. Give 60 or less.'],
  ])('%s', async (flags, line) => {
    expect(await run([...digits, ...flags])).toEqual({ code: 2, stdout: '', stderr: `error: ${line}\n` });
  });

  test('a directory without the files', async () => {
    const empty = join(dir, 'empty');
    mkdirSync(empty);
    const { code, stderr } = await run(['train', '--data-dir', empty]);
    expect(linesOf(stderr)).toEqual([
      expect.stringContaining(
        `error: --data-dir: ${join(empty, 'train-images-idx3-ubyte')}; No such file or directory`,
      ),
    ]);
    expect(code).toBe(2);
  });

  test.each([
    ['a file', (root: string) => join(root, 'train-images-idx3-ubyte'), 'it is a file, and no directory'],
    ['below a file', (root: string) => join(root, 'train-images-idx3-ubyte', 'x'), 'there is no such directory'],
    ['a device', () => '/dev/null', 'it is a device, and no directory'],
  ])('%s for a directory', async (_, path, what) => {
    const place = path(digits.at(-1)!);
    expect(await run(['train', '--data-dir', place])).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: --data-dir ${place}: ${what}. Name one with MNIST's IDX files, or leave the flag out.\n`,
    });
  });

  /** The digits with one file changed. */
  function changed(name: string, file: string, bytes: (old: Buffer) => Buffer): string {
    const to = writeDigits(join(dir, name), { train: 60, test: 20 });
    writeFileSync(join(to, file), bytes(readFileSync(join(to, file))));
    return to;
  }
  test.each<[string, string, (old: Buffer) => Buffer, RegExp]>([
    [
      '27 classes',
      'train-labels-idx1-ubyte',
      (old) => Buffer.concat([old.subarray(0, 8), old.subarray(8).map((_, i) => i % 27)]),
      /its labels go up to 26, and this network tells 10 classes apart, 0 to 9\. Give a set of ten classes, .*27\)\.$/,
    ],
    [
      'one label too large, in the test set only',
      't10k-labels-idx1-ubyte',
      (old) => Buffer.concat([old.subarray(0, 27), Buffer.of(10)]),
      /its labels go up to 10, and this network tells 10 classes apart/,
    ],
    [
      'test pictures of another size',
      't10k-images-idx3-ubyte',
      (old) => Buffer.concat([old.subarray(0, 8), Buffer.of(0, 0, 0, 56, 0, 0, 0, 14), old.subarray(16)]),
      /Expected pictures of one size, found 28 x 28 in .* and 56 x 14 in .*Take all four files/,
    ],
  ])('%s', async (title, file, bytes, says) => {
    const { code, stdout, stderr } = await run(['train', '--data-dir', changed(title, file, bytes)]);
    expect([code, stdout, linesOf(stderr)]).toEqual([2, '', [expect.stringMatching(says)]]);
  });

  test('no pictures to test on', async () => {
    const to = writeDigits(join(dir, 'untested'), { train: 60, test: 0 });
    const { code, stderr } = await run(['train', '--data-dir', to]);
    expect([code, stderr]).toEqual([
      2,
      `error: --data-dir ${to}: the test set is empty. Name a directory with pictures to test on, too.\n`,
    ]);
  });

  test('a device that is not there', async () => {
    const { code, stderr } = await run([...digits, ...SMALL, '--device', 'native'], {
      env: { TFJS_SESSION_ADDON: join(dir, 'none.node') },
    });
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(/^error: --device native: it cannot be had here\. .*doctor/),
    ]);
    expect(code).toBe(2);
  });

  test('a command that does not exist', async () => {
    expect(await run(['tran'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "error: unknown command 'tran' (Did you mean train?)\n",
    });
  });
});
