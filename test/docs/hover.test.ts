/** What an editor shows at a public name: its docstring, and a type that says something. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../structure/files';
import { LABELS, labels } from '../structure/labels';
import { documented, examplesOf, program } from './docstrings';

const DOCUMENTED = documented(program());
/** Classes that are public as types alone: objects of them come from functions. */
const TYPES = ['tf.DataSet', 'tf.train.CheckpointReader'];
const NAMES = DOCUMENTED.filter(({ kind, name }) => kind !== 'member' && kind !== 'type' && !TYPES.includes(name));
/** Functions that take anything, or nothing. */
const THROW_NOTHING = new Set(
  [
    'noOp getSeed disableResourceVariables enableResourceVariables getVariableScope resourceVariablesEnabled',
    'addToCollection addToCollections executingEagerly getCollection getCollectionRef initScope isTensor',
    'registeredOps getDefaultGraph getDefaultSession losses.addLoss losses.getLosses losses.getRegularizationLoss',
    'losses.getRegularizationLosses',
  ].flatMap((line) => line.split(' ').map((name) => `tf.${name}`)),
);

const HEAD = "import * as tf from 'tfjs-session';\n";
const FILE = path.join(ROOT, 'hover.ts');
/** The language service over a program with these lines. */
function serviceOf(lines: readonly string[]): ts.LanguageService {
  const text = HEAD + lines.map((line) => `${line};\n`).join('');
  const read = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT);
  return ts.createLanguageService({
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = name === FILE ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => ({ ...options, noEmit: true }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === FILE || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
  });
}
/** What the language service says at the name that each line begins with. */
function quickInfos(lines: readonly string[]): (ts.QuickInfo | undefined)[] {
  const service = serviceOf(lines);
  let at = HEAD.length;
  return lines.map((line) => {
    const end = at + line.replace(/\(.*/, '').length - 1;
    at += line.length + 2;
    return service.getQuickInfoAtPosition(FILE, end);
  });
}
/** The ways to make each call, as an editor shows them behind its opening bracket. */
function signatureHelp(names: readonly string[]): string[] {
  const lines = names.map((name) => `${name}()`);
  const service = serviceOf(lines);
  let at = HEAD.length;
  return lines.map((line) => {
    at += line.length + 2;
    const items = service.getSignatureHelpItems(FILE, at - 3, undefined)?.items ?? [];
    const parameters = items.flatMap((item) => item.parameters.map((p) => ts.displayPartsToString(p.displayParts)));
    return `${line}: ${parameters.join(', ')}`;
  });
}
/** What TypeScript calls an argument that has no name. */
const NAMELESS = /\w+_\d+\??:/;

test('every public name, and every member of one, has a text', () => {
  expect(DOCUMENTED.length).toBeGreaterThan(1000);
  expect(DOCUMENTED.filter(({ text }) => text.trim() === '').map(({ name }) => name)).toEqual([]);
});
test('every function, class and value has an example', () => {
  const without = NAMES.filter(({ text }) => examplesOf(text).length === 0);
  expect(without.map(({ name }) => name)).toEqual([]);
});
test('every function says what it throws', () => {
  const silent = NAMES.filter(({ kind, tags }) => kind === 'function' && !tags.some((tag) => tag.name === 'throws'));
  expect(silent.map(({ name }) => name).filter((name) => !THROW_NOTHING.has(name))).toEqual([]);
});
test('editors show the text, and no name is of type any', () => {
  const infos = quickInfos(NAMES.map(({ name }) => name));
  const wrong = NAMES.filter((_, i) => {
    const shown = ts.displayPartsToString(infos[i]?.displayParts);
    return !infos[i]?.documentation?.length || /(:|=>) any\b/.test(shown.split('\n')[0]);
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});
test('arguments have names, in hovers and behind an opening bracket', () => {
  const hovers = quickInfos(NAMES.map(({ name }) => name)).map((info) => ts.displayPartsToString(info?.displayParts));
  expect(hovers.filter((text) => NAMELESS.test(text))).toEqual([]);
  // It has an argument `var`, and no tuple can name its element so.
  const functions = NAMES.filter(({ kind, name }) => kind === 'function' && name !== 'tf.stridedSlice').map(
    ({ name }) => name,
  );
  const classes = NAMES.filter(({ kind }) => kind === 'class').map(({ name }) => `new ${name}`);
  const help = signatureHelp([...functions, ...classes]);
  expect(help.filter((text) => NAMELESS.test(text)).map((text) => text.slice(0, 200))).toEqual([]);
  expect(help.find((text) => text.startsWith('tf.reduceSum(')) ?? '').toMatch(/keepdims\?: .* reductionIndices\?: /);
});
test('src/calls/generated/labels.ts is what npm run features writes', () => {
  expect(readFileSync(LABELS, 'utf8')).toBe(labels());
});
test('editors show a text at new', () => {
  const made = ['tf.Variable(1)', 'tf.Session()', 'tf.InteractiveSession()', 'tf.train.AdamOptimizer()'];
  const lines = [...made, "tf.errors.InvalidArgumentError(null, '')", 'tf.errors.OpError(null, "")'];
  const infos = quickInfos(lines.map((line) => `new ${line}`));
  expect(lines.filter((_, i) => !infos[i]?.documentation?.length)).toEqual([]);
});
