/** What the commands print at a terminal: in a pseudo-terminal of 60, 80 and 120 columns, as `script` makes one. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import { solutionOf } from '../../cli/exercise/check';
import { HINTS } from '../../cli/exercise/hints';
import { fitted, fittedCode, wrap } from '../../cli/text';
import { ROOT } from '../structure/files';
import { COMMAND, writeDigits } from './run';

let dir: string;
let digits: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'width-test-'));
  digits = writeDigits(join(dir, 'digits'), { train: 60, test: 20 });
});
afterAll(() => rmSync(dir, { recursive: true }));

/** The lines that are on the screen in the end, their colours beside them. */
function shown(columns: number, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Screen> {
  const quoted = [process.execPath, COMMAND, ...args].map((word) => `'${word}'`).join(' ');
  return new Promise((done, fail) => {
    const child = spawn('script', ['-qec', `stty cols ${columns}; ${quoted}`, '/dev/null'], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TFJS_SESSION_QUIET: '1', TFJS_SESSION_DEVICE: 'portable', TERM: 'xterm', ...env },
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    child.on('error', fail);
    child.on('close', () => {
      const colours = /\u001b\[\d+m/.test(text);
      const lines = text
        .replace(/\r\n/g, '\n')
        // To the first column, as a bar goes there.
        .replace(/\u001b\[[01]?G/g, '\r')
        .split('\n')
        // What a bar or a turning line has overwritten is gone.
        .map((line) => line.slice(line.lastIndexOf('\r') + 1).replace(/\u001b\[[\d;?]*[A-Za-z]|\u001b\d/g, ''));
      done({ lines, colours });
    });
  });
}
interface Screen {
  readonly lines: readonly string[];
  readonly colours: boolean;
}
/** Lines that the terminal breaks, where there was a space to break them at. */
const broken = ({ lines }: Screen, columns: number): string[] =>
  lines.filter((line) => line.length > columns && /\S \S/.test(line.trim()));

const COMMANDS: readonly (readonly [name: string, args: () => string[], says: RegExp])[] = [
  ['the help', () => ['--help'], /train +\[options\]|train \[options\] +train a two-layer/],
  ['help of train', () => ['train', '--help'], /--learning-rate <x>/],
  ['help of install-native', () => ['install-native', '--help'], /274 MB/],
  ['help of exercise', () => ['exercise', '--help'], /compare \[options\] \[file\]/],
  ['help of exercise start', () => ['exercise', 'start', '--help'], /--no-install/],
  ['help of exercise check', () => ['exercise', 'check', '--help'], /--solution <question>/],
  ['help of exercise compare', () => ['exercise', 'compare', '--help'], /--time-limit <seconds>/],
  ['help of sweep', () => ['sweep', '--help'], /--grid <name=values>/],
  ['help of doctor', () => ['doctor', '--help'], /--json/],
  ['help of serve', () => ['serve', '--help'], /--allow-files <dir>/],
  ['train', () => ['train', '--data-dir', digits, '--batch-size', '20', '--steps', '40'], /Test accuracy: /],
  [
    'training that ends in NaN',
    () => ['train', '--data-dir', digits, '--batch-size', '20', '--learning-rate', '1e35'],
    /fix: --learning-rate 0\.5 in the place of 1e\+35/,
  ],
  ['exercise start', () => ['exercise', 'start', `new/${Math.random()}`, '--no-install'], /answer question 2/],
  ['a hint', () => ['exercise', 'check', '--hint', '3'], /Question 3, parameters/],
  ['a solution', () => ['exercise', 'check', '--solution', '10'], /\[Y\.name\]: set\.labels/],
  ['a wrong flag', () => ['train', '--data-dir', digits, '--batch-size', '10000000'], /error: --batch-size/],
  ['an unknown flag', () => ['train', '--optimiser-of-the-training', 'adam'], /error: unknown option/],
  ['a file that is not there', () => ['exercise', 'compare', 'a-file-that-is-not-there.ts'], /there is no such file/],
];
const there = spawnSync('script', ['--version']).status === 0;

(there ? describe : describe.skip).each([60, 80, 120])('%i columns', (columns) => {
  test.each(COMMANDS)('%s', async (_, args, says) => {
    const screen = await shown(columns, args(), columns === 80 ? { NO_COLOR: '1' } : {});
    expect(broken(screen, columns)).toEqual([]);
    if (columns === 80) expect(screen.colours).toBe(false);
    expect(screen.lines.some((line) => says.test(line))).toBe(true);
  });
});

// One width will do: they are slow.
(there ? test : test.skip)(
  'exercise check, compare and doctor; the first has colours unless NO_COLOR forbids',
  async () => {
    const student = join(dir, `student`);
    mkdirSync(student);
    symlinkSync(join(ROOT, 'node_modules'), join(student, 'node_modules'), 'junction');
    const file = join(student, 'p.ts');
    writeFileSync(file, "import * as tf from 'tfjs-session';\ntf.placeholder(tf.float32, [null, 10]).foo();\n");
    const flags = [file, '--quick', '--data-dir', digits];
    const plain = await shown(60, ['exercise', 'check', ...flags], { NO_COLOR: '1' });
    expect(broken(plain, 60)).toEqual([]);
    expect(plain.colours).toBe(false);
    expect((await shown(60, ['exercise', 'check', ...flags])).colours).toBe(true);
    for (const args of [['exercise', 'compare', ...flags], ['doctor']])
      expect(broken(await shown(60, args), 60)).toEqual([]);
  },
);

test.each([60, 80, 120])('all hints and solutions fit %i columns, and a solution stays the same program', (columns) => {
  const output = { isTTY: true, columns };
  const tokens = (text: string): string =>
    ts
      .createPrinter({ removeComments: true })
      .printFile(ts.createSourceFile('solution.ts', text, ts.ScriptTarget.ES2022))
      .replace(/\s+/g, '');
  for (let question = 1; question <= 11; question++) {
    expect(
      broken({ lines: wrap(HINTS[question - 1], { width: columns, indent: 0 }), colours: false }, columns),
    ).toEqual([]);
    const solution = solutionOf(question);
    const printed = fittedCode(solution, output);
    expect(printed.split('\n').filter((line) => line.length > columns)).toEqual([]);
    expect(tokens(printed)).toBe(tokens(solution));
  }
  expect(fittedCode(solutionOf(9), {})).toBe(solutionOf(9));
});
test('elsewhere lines are as they are, and at a terminal what goes on stands below its text', () => {
  const text =
    'Speed     one two three four five six seven eight nine ten\n' +
    '  a: b c d e f g h i j k l m n o p q r s t u v w x y z';
  expect(fitted(text, {})).toBe(text);
  expect(fitted(text, { isTTY: true, columns: 40 }).split('\n')).toEqual([
    'Speed     one two three four five six',
    '          seven eight nine ten',
    '  a: b c d e f g h i j k l m n o p q r s',
    '  t u v w x y z',
  ]);
});
