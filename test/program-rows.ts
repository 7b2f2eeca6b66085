/** Rows of the surface for names around programs: flags, files, lines, and what TensorFlow before 1.0 had. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../src';

export type Row = readonly [call: (sess: tf.Session) => unknown, fact: unknown];
let count = 0;
/** The second of two values, which are computed one after the other. */
export const after = <T>(_: unknown, value: T): T => value;
/** A flag with a name of its own. */
const flag = <T>(define: (name: string) => tf.flags.FlagHolder<T>): T => define(`flag_${count++}`).value;
export function inFolder<R>(body: (at: (name: string) => string) => R): R {
  const folder = mkdtempSync(path.join(tmpdir(), 'program-'));
  try {
    return body((name) => path.join(folder, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const written = (file: tf.gfile.GFile<'w'>, text = 'one\ntwo\n'): string => {
  file.write(text);
  file.close();
  return file.name;
};
const gru = (): tf.nn.rnnCell.GRUCell => new tf.nn.rnnCell.GRUCell(4);
const steps = (): tf.Tensor[] => tf.unstack(tf.ones([5, 2, 3]));
/** A graph of one old summary node, with what it says of its value. */
export const described = (description: string): tf.GraphDef => {
  const said = `attr { key: "description" value { s: ${JSON.stringify(description)} } }`;
  const attrs = `attr { key: "T" value { type: DT_FLOAT } } ${said}`;
  const placeholder = 'node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } }';
  return tf.GraphDef.fromText(`node { name: "a" op: "TensorSummary" input: "x" ${attrs} } ${placeholder}`);
};
const file = (name: string): tf.gfile.GFile<'w'> => new tf.gfile.GFile(name, 'w');

export const PROGRAM_ROWS: Readonly<Record<string, Row>> = {
  'tf.VERSION': [() => tf.VERSION, '1.15.5'],
  'tf.__version__': [() => tf.__version__, '1.15.5'],
  'tf.compat.asBytes': [() => [...tf.compat.asBytes('é')], [0xc3, 0xa9]],
  'tf.compat.asText': [() => tf.compat.asText(Uint8Array.of(0xc3, 0xa9)), 'é'],
  'tf.compat.asStr': [() => tf.compat.asStr('a'), 'a'],
  'tf.compat.asStrAny': [() => tf.compat.asStrAny([1, 'a', null]), "[1, 'a', None]"],
  'tf.compat.pathToStr': [() => tf.compat.pathToStr(new URL('file:///tmp/a')), '/tmp/a'],
  'tf.nest.isNested': [
    () => [[1], { a: 1 }, 'a', null].map((each) => tf.nest.isNested(each)),
    [true, true, false, false],
  ],
  'tf.nest.flatten': [() => tf.nest.flatten({ b: [1, 2], a: [3, [4]] }), [3, 4, 1, 2]],
  'tf.nest.packSequenceAs': [() => tf.nest.packSequenceAs([0, [0]], [1, 2]), [1, [2]]],
  'tf.nest.assertSameStructure': [() => tf.nest.assertSameStructure([1, [2]], ['a', ['b']]), undefined],
  'tf.nest.mapStructure': [
    () => tf.nest.mapStructure((a: number, b: number) => a + b, [1, [2]], [10, [20]]),
    [11, [22]],
  ],
  'tf.test.TestCase': [() => new tf.test.TestCase().session(() => tf.getDefaultSession() !== null), true],
  'tf.test.main': [() => tf.test.main().testsRun, 0],
  'tf.test.getTempDir': [() => tf.gfile.IsDirectory(tf.test.getTempDir()), true],
  'tf.test.gpuDeviceName': [() => tf.test.gpuDeviceName(), ''],
  'tf.test.isGpuAvailable': [() => tf.test.isGpuAvailable(), false],
  'tf.test.isBuiltWithCuda': [() => tf.test.isBuiltWithCuda(), false],
  'tf.test.isBuiltWithRocm': [() => tf.test.isBuiltWithRocm(), false],
  'tf.test.isBuiltWithGpuSupport': [() => tf.test.isBuiltWithGpuSupport(), false],
  'tf.io.gfile.exists': [
    () => inFolder((at) => [tf.io.gfile.exists(at('')), tf.io.gfile.exists(at('a'))]),
    [true, false],
  ],
  'tf.io.gfile.isdir': [() => inFolder((at) => tf.io.gfile.isdir(at(''))), true],
  'tf.io.gfile.listdir': [() => inFolder((at) => after(written(file(at('a'))), tf.io.gfile.listdir(at('')))), ['a']],
  'tf.io.gfile.makedirs': [
    () => inFolder((at) => after(tf.io.gfile.makedirs(at('a/b')), tf.io.gfile.exists(at('a/b')))),
    true,
  ],
  'tf.io.gfile.mkdir': [() => inFolder((at) => after(tf.io.gfile.mkdir(at('a')), tf.io.gfile.exists(at('a')))), true],
  'tf.io.gfile.remove': [
    () => inFolder((at) => after(tf.io.gfile.remove(written(file(at('a')))), tf.io.gfile.exists(at('a')))),
    false,
  ],
  'tf.io.gfile.rmtree': [
    () =>
      inFolder((at) => {
        tf.io.gfile.makedirs(at('a/b'));
        return after(tf.io.gfile.rmtree(at('a')), tf.io.gfile.exists(at('a')));
      }),
    false,
  ],
  'tf.io.gfile.glob': [
    () => inFolder((at) => after(written(file(at('a1'))), tf.io.gfile.glob([at('a?'), at('b*')]).length)),
    1,
  ],
  'tf.io.gfile.copy': [
    () => inFolder((at) => after(tf.io.gfile.copy(written(file(at('a'))), at('b')), tf.io.gfile.listdir(at('')))),
    ['a', 'b'],
  ],
  'tf.io.gfile.rename': [
    () => inFolder((at) => after(tf.io.gfile.rename(written(file(at('a'))), at('b')), tf.io.gfile.listdir(at('')))),
    ['b'],
  ],
  'tf.io.gfile.stat': [() => inFolder((at) => tf.io.gfile.stat(written(file(at('a')))).length), 8],
  'tf.io.gfile.walk': [
    () => inFolder((at) => tf.io.gfile.walk(path.dirname(written(file(at('a')))))[0].slice(1)),
    [[], ['a']],
  ],
  'tf.version': [() => tf.version.GRAPH_DEF_VERSION, 134],
  'tf.flags.FLAGS': [() => [tf.flags.DEFINE_integer('rows_at_once', 3, '').value, tf.flags.FLAGS.rowsAtOnce], [3, 3]],
  'tf.flags.DEFINE_string': [() => flag((name) => tf.flags.DEFINE_string(name, 'a', 'Help.')), 'a'],
  'tf.flags.DEFINE_integer': [() => flag((name) => tf.flags.DEFINE_integer(name, 3, 'Help.')), 3],
  'tf.flags.DEFINE_float': [() => flag((name) => tf.flags.DEFINE_float(name, 0.5, 'Help.')), 0.5],
  'tf.flags.DEFINE_boolean': [() => flag((name) => tf.flags.DEFINE_boolean(name, true, 'Help.')), true],
  'tf.flags.DEFINE_bool': [() => flag((name) => tf.flags.DEFINE_bool(name, false, 'Help.')), false],
  'tf.flags.DEFINE_enum': [() => flag((name) => tf.flags.DEFINE_enum(name, 'a', ['a', 'b'], 'Help.')), 'a'],
  'tf.flags.DEFINE_list': [() => flag((name) => tf.flags.DEFINE_list(name, 'a,b', 'Help.')), ['a', 'b']],
  'tf.flags.markFlagAsRequired': [
    () => tf.flags.markFlagAsRequired(tf.flags.DEFINE_string('is_required', 'a', 'Help.').name),
    undefined,
  ],
  'tf.app.run': [
    () => {
      const seen: string[] = [];
      tf.app.run((argv) => seen.push(...argv), ['program', 'rest']);
      return seen;
    },
    ['program', 'rest'],
  ],
  'tf.gfile.GFile': [
    () => inFolder((at) => new tf.gfile.GFile(written(file(at('a')))).readlines()),
    ['one\n', 'two\n'],
  ],
  'tf.gfile.FastGFile': [() => inFolder((at) => new tf.gfile.FastGFile(written(file(at('a'))), 'rb').read()[0]), 111],
  'tf.gfile.Open': [() => inFolder((at) => new tf.gfile.Open(written(file(at('a')))).readline()), 'one\n'],
  'tf.gfile.Exists': [() => inFolder((at) => [tf.gfile.Exists(at('')), tf.gfile.Exists(at('a'))]), [true, false]],
  'tf.gfile.IsDirectory': [() => inFolder((at) => tf.gfile.IsDirectory(at(''))), true],
  'tf.gfile.ListDirectory': [
    () => inFolder((at) => after(written(file(at('a'))), tf.gfile.ListDirectory(at('')))),
    ['a'],
  ],
  'tf.gfile.MakeDirs': [() => inFolder((at) => after(tf.gfile.MakeDirs(at('a/b')), tf.gfile.Exists(at('a/b')))), true],
  'tf.gfile.MkDir': [() => inFolder((at) => after(tf.gfile.MkDir(at('a')), tf.gfile.Exists(at('a')))), true],
  'tf.gfile.Remove': [
    () => inFolder((at) => after(tf.gfile.Remove(written(file(at('a')))), tf.gfile.Exists(at('a')))),
    false,
  ],
  'tf.gfile.DeleteRecursively': [
    () =>
      inFolder((at) =>
        after(after(tf.gfile.MakeDirs(at('a/b')), tf.gfile.DeleteRecursively(at('a'))), tf.gfile.Exists(at('a'))),
      ),
    false,
  ],
  'tf.gfile.Glob': [
    () =>
      inFolder((at) =>
        after(
          written(file(at('a.txt'))),
          tf.gfile.Glob(at('*.txt')).map((each) => path.basename(each)),
        ),
      ),
    ['a.txt'],
  ],
  'tf.gfile.Copy': [
    () => inFolder((at) => after(tf.gfile.Copy(written(file(at('a'))), at('b')), tf.gfile.ListDirectory(at('')))),
    ['a', 'b'],
  ],
  'tf.gfile.Rename': [
    () => inFolder((at) => after(tf.gfile.Rename(written(file(at('a'))), at('b')), tf.gfile.ListDirectory(at('')))),
    ['b'],
  ],
  'tf.gfile.Stat': [() => inFolder((at) => tf.gfile.Stat(written(file(at('a')))).length), 8],
  'tf.gfile.Walk': [
    () => inFolder((at) => tf.gfile.Walk(path.dirname(written(file(at('a')))))[0].slice(1)),
    [[], ['a']],
  ],
  'tf.logging.DEBUG': [() => tf.logging.DEBUG, 10],
  'tf.logging.INFO': [() => tf.logging.INFO, 20],
  'tf.logging.WARN': [() => tf.logging.WARN, 30],
  'tf.logging.ERROR': [() => tf.logging.ERROR, 40],
  'tf.logging.FATAL': [() => tf.logging.FATAL, 50],
  'tf.logging.setVerbosity': [() => after(tf.logging.setVerbosity(60), tf.logging.getVerbosity()), 60],
  'tf.logging.getVerbosity': [() => tf.logging.getVerbosity() > tf.logging.FATAL, true],
  'tf.logging.flush': [() => tf.logging.flush(), undefined],
  'tf.logging.log': [() => tf.logging.log(tf.logging.INFO, 'a'), undefined],
  'tf.logging.debug': [() => tf.logging.debug('a'), undefined],
  'tf.logging.info': [() => tf.logging.info('a %d', 1), undefined],
  'tf.logging.warning': [() => tf.logging.warning('a'), undefined],
  'tf.logging.warn': [() => tf.logging.warn('a'), undefined],
  'tf.logging.error': [() => tf.logging.error('a'), undefined],
  'tf.logging.fatal': [() => tf.logging.fatal('a'), undefined],
  'tf.logging.logEveryN': [() => tf.logging.logEveryN(tf.logging.INFO, 'a', 2), undefined],
  'tf.logging.logFirstN': [() => tf.logging.logFirstN(tf.logging.INFO, 'a', 2), undefined],
  'tf.logging.logIf': [() => tf.logging.logIf(tf.logging.INFO, 'a', true), undefined],
  'tf.mul': [() => tf.mul(2, 3), 6],
  'tf.sub': [() => tf.sub(5, 3), 2],
  'tf.neg': [() => tf.neg(3), -3],
  'tf.inv': [() => tf.inv(4), 0.25],
  'tf.complexAbs': [() => tf.complexAbs(-3), 3],
  'tf.pack': [() => tf.pack([1, 2]), [1, 2]],
  'tf.unpack': [() => tf.unpack([1, 2], 2)[1], 2],
  'tf.select': [() => tf.select([true, false], [1, 2], [3, 4]), [1, 4]],
  'tf.concatV2': [() => tf.concatV2([[1], [2]], 0), [1, 2]],
  'tf.nn.deconv2d': [
    () => tf.nn.deconv2d(tf.ones([1, 1, 1, 1]), tf.ones([1, 2, 1, 1]), [1, 1, 2, 1], 2),
    [[[[1], [1]]]],
  ],
  'tf.listDiff': [() => tf.listDiff([1, 2, 3], [2])[0], [1, 3]],
  'tf.batchMatmul': [() => tf.batchMatmul([[[1, 2]]], [[[3, 4]]], false, true), [[[11]]]],
  'tf.initializeAllTables': [() => tf.initializeAllTables().type, 'NoOp'],
  'tf.scalarSummary': [() => tf.scalarSummary('loss', 0.5).op.type, 'ScalarSummary'],
  'tf.histogramSummary': [() => tf.histogramSummary('w', [1, 2]).op.type, 'HistogramSummary'],
  'tf.imageSummary': [() => tf.imageSummary('in', tf.zeros([1, 2, 2, 1])).op.type, 'ImageSummary'],
  'tf.audioSummary': [() => tf.audioSummary('in', tf.zeros([1, 4]), 8000).op.type, 'AudioSummaryV2'],
  'tf.mergeSummary': [() => tf.mergeSummary([tf.summary.scalar('a', 1)]).op.type, 'MergeSummary'],
  'tf.mergeAllSummaries': [() => tf.mergeAllSummaries(), null],
  'tf.nn.rnn': [() => tf.nn.rnn(gru(), steps(), { dtype: tf.float32 })[0].length, 5],
  'tf.nn.bidirectionalRnn': [
    () => tf.nn.bidirectionalRnn(gru(), gru(), steps(), { dtype: tf.float32 })[0][0].shape.asList(),
    [2, 8],
  ],
  'tf.train.SummaryWriter': [() => inFolder((at) => new tf.train.SummaryWriter(at('a')).getLogdir().slice(-2)), '/a'],
  'tf.summary.SummaryDescription': [() => new tf.summary.SummaryDescription({ typeHint: 'a' }).typeHint, 'a'],
  'tf.summary.TaggedRunMetadata': [() => String(new tf.summary.TaggedRunMetadata({ tag: 'a' })), 'tag: "a"\n'],
  'tf.summary.getSummaryDescription': [
    () => tf.summary.getSummaryDescription(described('{"typeHint": "a"}').node[0]).typeHint,
    'a',
  ],
  'tf.HistogramProto': [() => new tf.HistogramProto({ bucket: [1, 2] }).bucket, [1, 2]],
  'tf.SummaryMetadata': [() => new tf.SummaryMetadata({ displayName: 'a' }).displayName, 'a'],
  'tf.LogMessage': [() => new tf.LogMessage({ level: tf.LogMessage.WARN }).level, 30],
  'tf.sysconfig.getInclude': [() => path.basename(tf.sysconfig.getInclude()), 'include'],
  'tf.sysconfig.getLib': [() => path.basename(tf.sysconfig.getLib()), 'lib'],
  'tf.sysconfig.getCompileFlags': [() => tf.sysconfig.getCompileFlags()[0], `-I${tf.sysconfig.getInclude()}`],
  'tf.sysconfig.getLinkFlags': [() => tf.sysconfig.getLinkFlags()[0], `-L${tf.sysconfig.getLib()}`],
  'tf.sysconfig.CXX11_ABI_FLAG': [() => tf.sysconfig.CXX11_ABI_FLAG, 1],
  'tf.sysconfig.MONOLITHIC_BUILD': [() => tf.sysconfig.MONOLITHIC_BUILD, 0],
};
