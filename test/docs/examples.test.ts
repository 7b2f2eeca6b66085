/** The programs of examples/ run, each with what it must come to; README has a line for each. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'node:util';
import * as ts from 'typescript';
import * as tf from '../../src';
import { ROOT } from '../structure/files';

const FOLDER = join(ROOT, 'examples');
// What they write, they write here.
const folder = mkdtempSync(join(tmpdir(), 'examples-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
interface Example {
  /** Steps in a test; those of the file where not given. */
  readonly steps?: number;
  readonly check: (text: string) => void;
}
/** The last number of the line that begins so. */
const after = (text: string, start: string): number => {
  const line = text.split('\n').find((each) => each.startsWith(start));
  return Number(/(-?[\d.]+)\D*$/.exec(line ?? '')?.[1]);
};
const EXAMPLES: Readonly<Record<string, Example>> = {
  'first.mjs': {
    check: (text) => {
      expect(text).toMatch(/w: (1\.9|2)[\d.]*,\s+b: -(0\.9|1)/);
      expect(text).toMatch(/made at/);
    },
  },
  'linear-regression.ts': {
    check: (text) => {
      expect(text).toMatch(/^y = (2\.9|3\.0)\dx - (1\.9|2\.0)\d$/m);
      expect(after(text, 'Mean absolute error')).toBeLessThan(0.15);
      expect(after(text, 'Stopped after')).toBeLessThan(1000);
    },
  },
  'logistic-regression.ts': { check: (text) => expect(after(text, 'Accuracy')).toBeGreaterThan(88) },
  'k-means.ts': {
    check: (text) => {
      const found = [...text.matchAll(/centre \((-?[\d.]+), (-?[\d.]+)\)/g)].map(([, x, y]) => [x, y].map(Number));
      for (const [x, y] of [
        [0, 0],
        [5, 5],
        [0, 6],
      ])
        expect(found.some(([a, b]) => Math.hypot(a - x, b - y) < 0.5)).toBe(true);
    },
  },
  'classifier.ts': {
    steps: 100,
    check: (text) => {
      expect(after(text, 'Accuracy on the test set')).toBeGreaterThan(80);
      const [file] = readdirSync('logs/validation');
      const points = [...tf.train.summaryIterator(join('logs/validation', file))].flatMap(({ summary, step }) =>
        (summary?.value ?? []).filter(({ tag }) => tag === 'accuracy').map(({ simpleValue }) => [step, simpleValue]),
      );
      expect(points.map(([step]) => Number(step))).toEqual([0, 20, 40, 60, 80]);
      expect(points[4][1]).toBeGreaterThan(Number(points[0][1]));
    },
  },
  'batch-normalization.ts': {
    steps: 30,
    check: (text) => {
      expect(text).toMatch(/^Starting at step 0$/m);
      expect(after(text, 'Accuracy')).toBeGreaterThan(15);
      expect(tf.train.latestCheckpoint('checkpoints')).toMatch(/model-30$/);
    },
  },
  'autoencoder.ts': {
    steps: 100,
    check: (text) => {
      expect(after(text, 'Mean squared error on test pictures')).toBeLessThan(
        0.5 * after(text, 'Mean squared error before'),
      );
      expect(text.split('\n').filter((line) => line.includes(' | '))).toHaveLength(14);
    },
  },
  'gan.ts': {
    check: (text) => {
      const [, mean, deviation] = /mean ([\d.]+), deviation ([\d.]+)/.exec(text)!.map(Number);
      expect(Math.abs(mean - 4)).toBeLessThan(0.6);
      expect(deviation).toBeGreaterThan(0.1);
    },
  },
  'policy-gradient.ts': {
    check: (text) => {
      expect(after(text, 'Steps to the end, episodes 251 to 300')).toBeLessThan(6);
      expect(after(text, 'Steps to the end, episodes 1 to 50')).toBeGreaterThan(8);
    },
  },
  'xor.ts': {
    check: (text) => {
      expect(after(text, '0 xor 0')).toBeLessThan(0.1);
      expect(after(text, '0 xor 1')).toBeGreaterThan(0.9);
      expect(after(text, '1 xor 0')).toBeGreaterThan(0.9);
      expect(after(text, '1 xor 1')).toBeLessThan(0.1);
    },
  },
  'softmax-regression.ts': {
    steps: 200,
    check: (text) => expect(after(text, 'Accuracy')).toBeGreaterThan(85),
  },
  'convolution.ts': { steps: 20, check: (text) => expect(after(text, 'Accuracy')).toBeGreaterThan(15) },
  'word2vec.ts': {
    check: (text) => {
      for (const loss of ['nceLoss', 'sampledSoftmaxLoss']) {
        expect(after(text, `${loss}, steps 300 to 399`)).toBeLessThan(after(text, `${loss}, steps 0 to 99`));
        expect(text).toMatch(new RegExp(`^${loss}, cat: .*dog`, 'm'));
        expect(text).toMatch(new RegExp(`^${loss}, king: .*queen`, 'm'));
      }
    },
  },
  'serving.ts': {
    check: (text) => {
      expect(Number(/knew (\d+) of 100/.exec(text)?.[1])).toBeGreaterThan(80);
      expect(text).toMatch(/^The first is \d, with 0\.\d\d$|^The first is \d, with 1\.00$/m);
      expect(text).toMatch(/^Three pixels are refused: 400$/m);
    },
  },
  'transfer-learning.ts': {
    check: (text) => {
      expect(text).toMatch(/^Thawed: w, b$/m);
      expect(after(text, 'Digits 0 to 4')).toBeGreaterThan(94);
      expect(after(text, 'Digits 5 to 9 in 10 steps, transferred')).toBeGreaterThan(
        5 + after(text, 'Digits 5 to 9 in 10 steps, from nothing'),
      );
    },
  },
  'character-rnn.ts': {
    check: (text) => {
      expect(after(text, 'Cost at step 300')).toBeLessThan(0.5 * after(text, 'Cost at step 0'));
      expect(text).toMatch(/^Said: twinkle twinkle /m);
    },
  },
  'reverse-digits.ts': {
    steps: 150,
    check: (text) => {
      expect(text).toMatch(/^Rows right: (9\d|100) of 100$/m);
      const rows = [...text.matchAll(/^(\d+) backwards: (\d+)$/gm)].map(([, read, wrote]) => [read, wrote]);
      expect(rows.map(([, wrote]) => wrote)).toEqual(rows.map(([read]) => [...read].reverse().join('')));
    },
  },
  'saving.ts': {
    check: (text) => {
      const saved = after(text, 'Cost after 50 steps');
      expect(after(text, 'Cost in a new session')).toBe(saved);
      expect(after(text, 'Cost after 50 more')).toBeLessThan(saved);
    },
  },
};

/** It wants TensorFlow's servers: test/distributed/cluster.test.ts has them. */
const ELSEWHERE = ['cluster.ts'];
test('every example is run, and has its line in README', () => {
  const files = readdirSync(FOLDER).sort();
  expect([...Object.keys(EXAMPLES), ...ELSEWHERE].sort()).toEqual(files);
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(files.filter((file) => !readme.includes(`(examples/${file})`))).toEqual([]);
});
test.each(Object.entries(EXAMPLES))('%s', async (file, { steps, check }) => {
  tf.resetDefaultGraph();
  const given = readFileSync(join(FOLDER, file), 'utf8');
  const text = steps ? given.replace(/const STEPS = \d+/, `const STEPS = ${steps}`) : given;
  const lines: string[] = [];
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const run = new Function('require', 'exports', 'console', outputText) as (...args: unknown[]) => void;
  const before = process.cwd();
  process.chdir(folder);
  try {
    // What a program that waits does is over when what it exports as `done` is.
    const exported: { readonly done?: Promise<void> } = {};
    run((name: string) => (name === 'tfjs-session' ? tf : (require(name) as unknown)), exported, {
      log: (...line: unknown[]) => lines.push(format(...line)),
    });
    await exported.done;
    check(lines.join('\n'));
  } finally {
    process.chdir(before);
  }
});
