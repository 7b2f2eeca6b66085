/** What an editor shows at a public name: its docstring, and a type that says something. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import { ROOT } from '../structure/files';
import { LABELS, labels } from '../structure/labels';
import { compilerOptions, documented, examplesOf } from './docstrings';

/** Classes that are public as types alone: objects of them come from functions. */
const TYPES = ['tf.DataSet', 'tf.train.CheckpointReader', 'tf.SummaryValue', 'tf.Attr'];
/** Functions that take anything, or nothing. */
const THROW_NOTHING = new Set(
  [
    'test.main noOp getSeed disableResourceVariables enableResourceVariables getVariableScope resourceVariablesEnabled',
    'train.addQueueRunner train.queueRunner.addQueueRunner',
    'controlFlowV2Enabled disableControlFlowV2 enableControlFlowV2 disableEagerExecution disableV2Behavior',
    'addToCollection addToCollections executingEagerly getCollection getCollectionRef initScope isTensor',
    'registeredOps getDefaultGraph getDefaultSession losses.addLoss losses.getLosses losses.getRegularizationLoss',
    'contrib.losses.addLoss contrib.losses.getLosses contrib.losses.getRegularizationLosses',
    'losses.getRegularizationLosses dimensionValue contrib.framework.addModelVariable contrib.framework.hasArgScope',
    'sysconfig.getInclude sysconfig.getLib sysconfig.getCompileFlags sysconfig.getLinkFlags',
    'logging.debug logging.info logging.warning logging.warn logging.error logging.fatal',
    'logging.getVerbosity logging.flush compat.asStrAny compat.dimensionValue compat.pathToStr nest.isNested',
    'errors.errorCodeFromExceptionType isNumericTensor debugging.isNumericTensor',
    'python.framework.ops.getDefaultSession',
    'test.gpuDeviceName test.isBuiltWithCuda test.isBuiltWithGpuSupport test.isBuiltWithRocm test.isGpuAvailable',
  ].flatMap((line) => line.split(' ').map((name) => `tf.${name}`)),
);

/** One language service for all that an editor is asked here: reading the library is most of the work. */
const HEAD = "import * as tf from 'tfjs-session';\n";
const FILE = path.join(ROOT, 'hover.ts');
let text = HEAD;
let version = 1;
const options = compilerOptions();
const service = ts.createLanguageService({
  getScriptFileNames: () => [FILE],
  getScriptVersion: (name) => (name === FILE ? String(version) : '1'),
  // Without it each question has the service ask of all 1,500 files whether they have changed.
  getProjectVersion: () => String(version),
  getScriptSnapshot: (name) => {
    const content = name === FILE ? text : ts.sys.readFile(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => ROOT,
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === FILE || ts.sys.fileExists(name),
  readFile: ts.sys.readFile,
});
const DOCUMENTED = documented(service.getProgram()!);
const NAMES = DOCUMENTED.filter(({ kind, name }) => kind !== 'member' && kind !== 'type' && !TYPES.includes(name));
const NEW = [
  ...['tf.Variable(1)', 'tf.Session()', 'tf.InteractiveSession()', 'tf.train.AdamOptimizer()'],
  ...["tf.errors.InvalidArgumentError(null, '')", 'tf.errors.OpError(null, "")'],
].map((call) => `new ${call}`);
/** Calls of all functions and classes; tf.stridedSlice has an argument `var`, and no tuple can name its element so. */
const CALLS = NAMES.filter(({ kind, name }) => (kind === 'function' || kind === 'class') && name !== 'tf.stridedSlice');
const CALL_LINES = CALLS.map(({ kind, name }) => `${kind === 'class' ? 'new ' : ''}${name}()`);

/** Where each line of the program begins. */
const PLACES = new Map<string, number>();
for (const line of [...NAMES.map(({ name }) => name), ...NEW, ...CALL_LINES]) {
  PLACES.set(line, text.length);
  text += `${line};\n`;
}
version++;
/** What the language service says at the name that each line begins with. */
function quickInfos(lines: readonly string[]): (ts.QuickInfo | undefined)[] {
  return lines.map((line) =>
    service.getQuickInfoAtPosition(FILE, PLACES.get(line)! + line.replace(/\(.*/, '').length - 1),
  );
}
const INFOS = quickInfos(NAMES.map(({ name }) => name));
/** The ways to make each call, as an editor shows them behind its opening bracket. */
function signatureHelp(): string[] {
  return CALL_LINES.map((line) => {
    const items = service.getSignatureHelpItems(FILE, PLACES.get(line)! + line.length - 1, undefined)?.items ?? [];
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
  const wrong = NAMES.filter((_, i) => {
    const shown = ts.displayPartsToString(INFOS[i]?.displayParts);
    return !INFOS[i]?.documentation?.length || /(:|=>) any\b/.test(shown.split('\n')[0]);
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});
test('arguments have names, in hovers and behind an opening bracket', () => {
  const hovers = INFOS.map((info) => ts.displayPartsToString(info?.displayParts));
  expect(hovers.filter((text) => NAMELESS.test(text))).toEqual([]);
  const help = signatureHelp();
  expect(help.filter((text) => NAMELESS.test(text)).map((text) => text.slice(0, 200))).toEqual([]);
  expect(help.find((text) => text.startsWith('tf.reduceSum(')) ?? '').toMatch(/keepdims\?: .* reductionIndices\?: /);
});
test('src/calls/generated/labels.ts is what npm run features writes', () => {
  expect(readFileSync(LABELS, 'utf8')).toBe(labels());
});
test('editors show a text at new', () => {
  const infos = quickInfos(NEW);
  expect(NEW.filter((_, i) => !infos[i]?.documentation?.length)).toEqual([]);
});
