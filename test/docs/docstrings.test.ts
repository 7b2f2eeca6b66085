/** The examples in the docstrings run, and give what the comments behind them say. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as ts from 'typescript';
import * as tf from '../../src';
import { boundCall } from '../../reference/source';
import { Signature } from '../../src/calls/signature';
import { checked, documented, examplesOf, plainScript, program } from './docstrings';
import { equal, meant, plain } from './said-values';

const PROGRAM = program();
const DOCUMENTED = documented(PROGRAM);
const EXAMPLES = DOCUMENTED.flatMap(({ name, text, tags }) =>
  [text, ...tags.map(({ text: parts }) => ts.displayPartsToString(parts))]
    .flatMap(examplesOf)
    .map((example): [string, string] => [name, example]),
);

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
/** A folder for the files that an example writes. */
function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'docstring-'));
  folders.push(folder);
  return folder;
}
let checks = 0;
function run(example: string): void {
  tf.resetDefaultGraph();
  tf.disableResourceVariables();
  using sess = new tf.Session('', { config: { device: 'portable' } });
  const started = new Set<tf.Variable>();
  const check = (call: () => unknown, said: string): void => {
    const fault = /^throws (\w+)(?:: (.*))?$/.exec(said);
    if (fault) {
      checks++;
      let error: unknown = null;
      try {
        plain(call(), sess);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(Error);
      expect((error as Error).name).toBe(fault[1]);
      expect((error as Error).message).toContain(fault[2] ?? '');
      return;
    }
    const value = call();
    // A variable that the example makes and does not initialize: so short an example leaves that out.
    const { finalized } = tf.getDefaultGraph();
    const made = finalized ? [] : (tf.globalVariables() as tf.Variable[]);
    // None that an example puts on a machine of a cluster: this session has no such machine.
    const all = made.filter(({ op }) => !/\/job:/.test(op.device));
    const fresh = all.filter((v) => !started.has(v));
    const without = fresh.filter((v) => sess.run(tf.isVariableInitialized(v)) === false);
    if (without.length) sess.run(tf.variablesInitializer(without));
    for (const v of fresh) started.add(v);
    const shape = /^(?:[^[]*\b)?shape \(([^)]*)\)/.exec(said)?.[1];
    if (shape !== undefined) {
      checks++;
      const { dims } = (value as tf.Tensor).shape as tf.TensorShape;
      expect(`(${(dims ?? []).map((d) => d ?? 'null').join(', ')})`).toBe(`(${shape.replace(/,$/, '')})`);
      return;
    }
    const wanted = meant(said);
    if (wanted === undefined) return;
    checks++;
    const got = plain(value, sess);
    if (!equal(got, wanted)) expect(got).toEqual(wanted);
  };
  const { log, error } = console;
  console.log = () => {};
  console.error = () => {};
  try {
    (
      new Function('tf', 'sess', '__check', 'require', 'exports', 'folder', plainScript(checked(example))) as (
        ...args: unknown[]
      ) => void
    )(tf, sess, check, require, {}, /\bfolder\b/.test(example) ? newFolder() : '');
  } finally {
    Object.assign(console, { log, error });
  }
}

test.each(EXAMPLES)('the example of %s', (_, example) => run(example));
test('most of them have values that are checked', () => {
  expect(checks).toBeGreaterThan(EXAMPLES.length / 2);
});
test('what an argument is where it is not given is told, but for null, false and empty text', () => {
  const silent = DOCUMENTED.flatMap(({ name, symbol, tags }) => {
    const call = boundCall(PROGRAM.getTypeChecker(), symbol);
    const texts = tags
      .filter((tag) => tag.name === 'param')
      .map(({ text }) => ts.displayPartsToString(text).replace(/\s+/g, ' '));
    const told = new Map(texts.map((text) => [text.split(/\s/)[0], text]));
    return (call ? new Signature(call.key, 'function').args : [])
      .filter(
        ({ preset, name: arg }) => preset !== null && arg !== 'name' && /^(True|\w+|'.+'|-?\d[\d.e-]*)$/.test(preset),
      )
      .filter(({ preset }) => preset !== 'None' && preset !== 'False')
      .filter(({ name: arg, preset }) => {
        const text = told.get(arg);
        // A number above 1 says it by itself.
        const number = Number(preset) > 1 && new RegExp(`\\b${Number(preset)}\\b`).test(text ?? '');
        return text !== undefined && !number && !/where (it is )?(none|not given)|default|no effect/.test(text);
      })
      .map(({ name: arg, preset }) => `${name}, ${arg}: ${preset}`);
  });
  expect(silent).toEqual([]);
});
