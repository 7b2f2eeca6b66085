/** Files as this library writes them, of every kind, and what reads each. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as tf from '../../../src';
import { npyBytes } from '../../../src/format/npy';
import * as reads from './subjects';
import type { Subject } from './subjects';

/** Writes the files into a folder. */
export function madeSubjects(folder: string): Subject[] {
  const at = (name: string): string => join(folder, name);
  for (const name of ['v2', 'v1', 'sharded', 'logs', 'graph', 'records', 'digits', 'inputs']) mkdirSync(at(name));
  program(at);
  records(at);
  digits(at);
  inputs(at);
  const checkpoints = [...checkpointsAt(at('v2/model'), 2), ...checkpointsAt(at('v1/model'), 1)];
  return [
    ...checkpoints,
    ...checkpointsAt(at('sharded/model'), 2),
    ...[at('v2'), at('v1')].map((each) => stateAt(each)),
    ...graphsAt(at),
    ...modelsAt(at('model'), `x=${at('inputs/x.npy')}`),
    ...inputsAt(at),
    ...recordsAt(at),
    ...digitsAt(at('digits')),
  ];
}
/** Each file of a checkpoint. */
export function checkpointsAt(prefix: string, version: 1 | 2, isCompressed = false): Subject[] {
  const readings = [...reads.checkpointReadings(prefix), ...reads.restoreReadings(prefix, reads.shapesIn(prefix))];
  const folder = join(prefix, '..');
  const files = readdirSync(folder).filter((name) => join(folder, name).startsWith(prefix) && !name.endsWith('.meta'));
  return files.map((name) => ({
    name: `checkpoint of version ${version}, ${name}`,
    file: join(folder, name),
    seal: name.includes('.data-') ? null : isCompressed ? 'snappy table' : 'table',
    guarded: 'whole',
    readings,
  }));
}
export function stateAt(folder: string): Subject {
  return {
    name: 'state of checkpoints',
    file: join(folder, 'checkpoint'),
    seal: null,
    guarded: null,
    readings: reads.stateReadings(folder),
  };
}
export function graphAt(file: string): Subject {
  return { name: 'graph', file, seal: null, guarded: null, readings: reads.graphReadings(file) };
}
export function metaGraphAt(file: string): Subject {
  return { name: 'meta graph', file, seal: null, guarded: null, readings: reads.metaGraphReadings(file) };
}
export function eventsAt(file: string): Subject {
  return { name: 'events', file, seal: 'records', guarded: 'records', readings: reads.eventReadings(file) };
}
function graphsAt(at: (name: string) => string): Subject[] {
  const [events] = readdirSync(at('logs'));
  return [
    graphAt(at('graph/graph.pb')),
    graphAt(at('graph/graph.pbtxt')),
    graphAt(at('graph/branches.pb')),
    metaGraphAt(at('v2/model.meta')),
    metaGraphAt(at('graph/branches.meta')),
    metaGraphAt(at('graph/meta.pbtxt')),
    eventsAt(at(`logs/${events}`)),
  ];
}
/** Files of a SavedModel. */
export function modelsAt(folder: string, inputs: string): Subject[] {
  const readings = reads.modelReadings(folder, inputs);
  const [pb] = readdirSync(folder).filter((name) => name.startsWith('saved_model.'));
  const data = readdirSync(join(folder, 'variables')).map((name) => `variables/${name}`);
  return [pb, ...data].map((name) => ({
    name: `SavedModel, ${name}`,
    file: join(folder, name),
    seal: name.endsWith('.index') ? 'table' : null,
    guarded: name === pb ? null : 'whole',
    readings: name === pb ? readings : readings.slice(0, 1),
  }));
}
function inputsAt(at: (name: string) => string): Subject[] {
  const one = (name: string, file: string, input = at(file)): Subject => ({
    name,
    file: at(file),
    seal: null,
    guarded: null,
    readings: [reads.modelRun(at('model'), `x=${input}`)],
  });
  return [
    one('npy', 'inputs/x.npy'),
    one('json', 'inputs/x.json'),
    one('npz', 'inputs/x.npz', `${at('inputs/x.npz')}[a]`),
  ];
}
function recordsAt(at: (name: string) => string): Subject[] {
  return (['', 'GZIP', 'ZLIB'] as const).map((compression) => {
    const file = at(`records/records${compression}`);
    return {
      name: `records ${compression}`,
      file,
      seal: compression === '' ? 'records' : compression === 'GZIP' ? 'gzip records' : 'zlib records',
      guarded: 'records',
      readings: reads.recordReadings(file, compression),
    };
  });
}
function digitsAt(folder: string): Subject[] {
  return readdirSync(folder).map((name) => ({
    name: `digits, ${name}`,
    file: join(folder, name),
    seal: name.endsWith('.gz') ? 'gzip' : null,
    guarded: name.endsWith('.gz') ? 'whole' : null,
    readings: reads.digitReadings(folder),
  }));
}

// --- writing --------------------------------------------------------------------------------------------------

const DTYPES = [tf.float64, tf.int32, tf.int64, tf.bool, tf.uint8, tf.float16, tf.complex64] as const;
function program(at: (name: string) => string): void {
  reads.inGraph((graph) => {
    const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
    const w = new tf.Variable(tf.cast(tf.reshape(tf.range(12), [3, 4]), tf.float32), { name: 'w' });
    new tf.Variable(['some', 'text', ''], { name: 'texts' });
    for (const dtype of DTYPES) new tf.Variable(tf.cast(tf.range(5), dtype), { name: `of_${dtype.name}` });
    const y = tf.add(tf.matmul(x, w), 0, { name: 'y' });
    const loss = tf.reduceMean(tf.square(y), { name: 'loss' });
    new tf.train.AdamOptimizer(0.1).minimize(loss);
    const summaries = tf.summary.merge([
      tf.summary.scalar('loss', loss),
      tf.summary.histogram('w', w),
      tf.summary.image('picture', tf.reshape(w, [1, 3, 4, 1])),
    ]);
    using sess = reads.opened(graph);
    sess.run(tf.globalVariablesInitializer());
    new tf.train.Saver({ writeVersion: 1 }).save(sess, at('v1/model'), { writeMetaGraph: false });
    new tf.train.Saver().save(sess, at('v2/model'));
    new tf.train.Saver({ sharded: true }).save(sess, at('sharded/model'), { writeMetaGraph: false, writeState: false });
    const writer = new tf.summary.FileWriter(at('logs'), graph);
    for (let step = 0; step < 4; step++) writer.addSummary(sess.run(summaries, { 'x:0': [[1, 2, step]] }), step);
    writer.addMetaGraph(tf.train.exportMetaGraph());
    writer.close();
    tf.train.writeGraph(graph, at('graph'), 'graph.pb', false);
    tf.train.writeGraph(graph, at('graph'), 'graph.pbtxt');
    tf.train.exportMetaGraph(at('graph/meta.pbtxt'), { asText: true });
    asset(sess, x, y, at);
  });
  branches(at);
}
function asset(sess: tf.Session, x: tf.Tensor, y: tf.Tensor, at: (name: string) => string): void {
  writeFileSync(at('words.txt'), 'one\ntwo\n');
  const path = tf.constant(at('words.txt'), { name: 'words' });
  tf.addToCollection(tf.GraphKeys.ASSET_FILEPATHS, path);
  const builder = new tf.savedModel.Builder(at('model'));
  const info = tf.savedModel.utils.buildTensorInfo;
  const signature = tf.savedModel.signatureDefUtils.buildSignatureDef({ x: info(x) }, { y: info(y) }, 'predict');
  builder.addMetaGraphAndVariables(sess, ['serve'], {
    signatureDefMap: { serving_default: signature },
    assetsCollection: tf.getCollection(tf.GraphKeys.ASSET_FILEPATHS),
  });
  builder.save();
}
/** Loops, branches, and gradients through them, with what their collections say. */
function branches(at: (name: string) => string): void {
  reads.inGraph((graph) => {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    const w = tf.getVariable('w', [], { dtype: tf.float32, useResource: true });
    const y = tf.cond(
      tf.greater(x, 0),
      () => tf.multiply(x, w),
      () => tf.add(x, w),
    );
    const [, z] = tf.whileLoop(
      (i: tf.Tensor) => tf.less(i, 3),
      (i: tf.Tensor, v: tf.Tensor) => [tf.add(i, 1), tf.multiply(v, w)],
      [tf.constant(0), y],
    );
    new tf.train.MomentumOptimizer(0.1, 0.9).minimize(z);
    tf.train.exportMetaGraph(at('graph/branches.meta'));
    tf.train.writeGraph(graph, at('graph'), 'branches.pb', false);
  });
}
function records(at: (name: string) => string): void {
  for (const compression of ['', 'GZIP', 'ZLIB'] as const) {
    const writer = new tf.pythonIo.TFRecordWriter(at(`records/records${compression}`), compression);
    for (let i = 0; i < 5; i++) writer.write(`record ${'of text '.repeat(i)}`);
    writer.close();
  }
}
function digits(at: (name: string) => string): void {
  const header = (kind: number, sizes: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    [kind, ...sizes].forEach((size, i) => bytes.writeUInt32BE(size, 4 * i));
    return bytes;
  };
  const images = Buffer.concat([header(0x803, [6, 5, 4]), Buffer.from(Array.from({ length: 120 }, (_, i) => i))]);
  const labels = Buffer.concat([header(0x801, [6]), Buffer.from([0, 1, 2, 3, 4, 5])]);
  writeFileSync(at('digits/train-images-idx3-ubyte.gz'), gzipSync(images));
  writeFileSync(at('digits/train-labels-idx1-ubyte.gz'), gzipSync(labels));
  writeFileSync(at('digits/t10k-images-idx3-ubyte'), images);
  writeFileSync(at('digits/t10k-labels-idx1-ubyte'), labels);
}
const NPZ = join(__dirname, '../../fixtures/npz.json');
function inputs(at: (name: string) => string): void {
  const x = new tf.NDArray(
    tf.float32,
    [2, 3],
    Float32Array.from({ length: 6 }, (_, i) => i),
  );
  writeFileSync(at('inputs/x.npy'), npyBytes(x));
  writeFileSync(at('inputs/x.json'), JSON.stringify(x.toArray()));
  const archives = JSON.parse(readFileSync(NPZ, 'utf8')) as Readonly<Record<string, string>>;
  writeFileSync(at('inputs/x.npz'), Buffer.from(Object.values(archives)[0], 'base64'));
}
