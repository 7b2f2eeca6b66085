/**
 * The compiler and the run are of one opinion: ports of TensorFlow programs compile without a cast and run, and what a
 * run refuses does not compile, with a message that names what is wrong. One program of the compiler for all of them.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import * as tf from '../../src';
import { IDIOMS } from './idioms';
import { NAMED } from './named';
import { TAKEN } from './taken';
import { PRELUDE, PROGRAMS as WRONG } from './wrong';

const PROGRAMS = { ...WRONG, ...IDIOMS, ...TAKEN, ...NAMED };

const root = path.join(__dirname, '../..');
const PORTS = path.join(__dirname, 'ports');
const ports = readdirSync(PORTS).filter((file) => file.endsWith('.ts'));
const all = Object.values(PROGRAMS).flat();

/** A file that is not on the disk: one line for each program, after the names that they share. */
const CALLS = path.join(__dirname, 'calls-of-programs.ts');
const HEAD = ["import * as tf from '../../src';", 'const sess = new tf.Session();', ...PRELUDE];
const text = [...HEAD, ...all.map(({ program }) => `void (() => ${program});`)].join('\n');

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile).config,
  ts.sys,
  root,
);
function compile(): ts.Program {
  const settings = { ...options, noEmit: true, noUncheckedIndexedAccess: true, noUnusedLocals: false };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (file) => file === CALLS || fileExists(file);
  host.readFile = (file) => (file === CALLS ? text : readFile(file));
  host.getSourceFile = (file, language, ...more) =>
    file === CALLS ? ts.createSourceFile(file, text, language) : getSourceFile(file, language, ...more);
  return ts.createProgram([CALLS, ...ports.map((file) => path.join(PORTS, file))], settings, host);
}
const program = compile();
function messagesOf(file: string): { line: number; text: string }[] {
  const source = program.getSourceFile(file);
  if (!source) throw new Error(`${file} is not compiled`);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map((found) => ({
    line: source.getLineAndCharacterOfPosition(found.start ?? 0).line,
    text: ts.flattenDiagnosticMessageText(found.messageText, '\n'),
  }));
}

/** What each gives: how much its loss fell, what its accuracy or its error is. */
const LEARNED: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'autoencoder.ts': [0, 0.08],
  'char-rnn.ts': [0.1, 2],
  'bandit.ts': [2, 3],
  'conv-digits.ts': [0.1, 2.3],
  'convolution.ts': [0.001, 1],
  'custom-gradient.ts': [0, 0.5],
  'denoising.ts': [0.1, 2],
  'gan.ts': [3.5, 6.5],
  'highway.ts': [0.9, 1],
  'k-means.ts': [0, 20],
  'kernel-ridge.ts': [0, 0.2],
  'linear-regression.ts': [0, 0.5],
  'logistic-regression.ts': [0.9, 1],
  'matrix-factorization.ts': [0, 0.2],
  'mixture.ts': [2.8, 3.2],
  'mlp-l2.ts': [0.7, 1],
  'multi-output.ts': [0.9, 1],
  'nearest-neighbor.ts': [0.5, 1],
  'policy-gradient.ts': [0.6, 1],
  'q-learning.ts': [0.01, 5],
  'recurrent.ts': [0.1, 5],
  'soft-margin.ts': [0.9, 1],
  'softmax-digits.ts': [0.7, 1],
  'time-series.ts': [0, 0.01],
  'word2vec.ts': [0.5, 5],
  'shape-helpers.ts': [0, 0.1],
  'xor.ts': [0, 0.1],
};

describe.each(ports)('%s', (file) => {
  test('compiles under strict and noUncheckedIndexedAccess, without a cast', () => {
    const source = program.getSourceFile(path.join(PORTS, file))?.text ?? '';
    expect(source).not.toMatch(/\bas (?!const\b|tf\b)[A-Z]|\bas (tf\.|unknown|never)|: any\b|@ts-|\w!/);
    expect(messagesOf(path.join(PORTS, file))).toEqual([]);
  });
  test('runs, and learns', () => {
    const { main } = jest.requireActual<{ main(): number }>(path.join(PORTS, file));
    const [least, most] = LEARNED[file];
    // One order of the digits, and one draw of the weights that have no seed of their own.
    const result = new tf.Graph().asDefault(() => {
      tf.setRandomSeed(87654321);
      return main();
    });
    expect(result).toBeGreaterThanOrEqual(least);
    expect(result).toBeLessThanOrEqual(most);
  });
});

const messages = messagesOf(CALLS);
test('what the programs share compiles', () => {
  expect(messages.filter(({ line }) => line < HEAD.length)).toEqual([]);
});
const run = (code: string): unknown => {
  const typed = /: (tf|readonly)\b|<tf\./.test(code);
  const script = typed ? ts.transpile(`(${code})`, { target: ts.ScriptTarget.ES2022 }).replace(/;\s*$/, '') : code;
  const f = new Function('tf', `const sess = new tf.Session();${PRELUDE.join('\n')}\nreturn (${script});`);
  return new tf.Graph().asDefault((): unknown => f(tf));
};
describe.each(Object.entries(PROGRAMS))('%s', (_, programs) => {
  test.each(programs.map((row) => [row.program, row] as const))('%s', (code, { says, only }) => {
    const line = HEAD.length + all.findIndex((row) => row.program === code);
    const said = messages.filter((each) => each.line === line).map((each) => each.text);
    if (says === null) {
      expect(said).toEqual([]);
      run(code);
      return;
    }
    expect(said.join('\n')).toMatch(says);
    if (only !== 'tsc') expect(() => run(code)).toThrow();
  });
});
