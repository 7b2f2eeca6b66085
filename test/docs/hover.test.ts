/** What an editor shows at a public name: its docstring, and a type that says something. */
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../structure/files';
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
    'registeredOps getDefaultGraph getDefaultSession',
  ].flatMap((line) => line.split(' ').map((name) => `tf.${name}`)),
);

/** A program with a line for each name, and what the language service says at each. */
function quickInfos(lines: readonly string[]): (ts.QuickInfo | undefined)[] {
  const file = path.join(ROOT, 'hover.ts');
  const head = "import * as tf from 'tfjs-session';\n";
  const text = head + lines.map((line) => `${line};\n`).join('');
  const read = ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT);
  const service = ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = name === file ? text : ts.sys.readFile(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => ROOT,
    getCompilationSettings: () => ({ ...options, noEmit: true }),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
  });
  let at = head.length;
  return lines.map((line) => {
    const end = at + line.replace(/\(.*/, '').length - 1;
    at += line.length + 2;
    return service.getQuickInfoAtPosition(file, end);
  });
}

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
test('editors show a text at new', () => {
  const made = ['tf.Variable(1)', 'tf.Session()', 'tf.InteractiveSession()', 'tf.train.AdamOptimizer()'];
  const lines = [...made, "tf.errors.InvalidArgumentError(null, '')", 'tf.errors.OpError(null, "")'];
  const infos = quickInfos(lines.map((line) => `new ${line}`));
  expect(lines.filter((_, i) => !infos[i]?.documentation?.length)).toEqual([]);
});
