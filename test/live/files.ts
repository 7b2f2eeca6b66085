/** What files.py does: `write` leaves files of every kind that a graph makes, `read` says what the other's hold. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { type Mode, open } from '../devices';

const X = [
  [1, 2, 3],
  [-1, 0.5, 2],
];
const FEEDS = { 'x:0': X, 'y:0': [[1], [0]] };
/** The version of `SaverDef`: tables of slices, as before TensorFlow 0.12. */
const V1 = 1;
const NOT_IN_V1 = new Set(['of_bfloat16', 'of_uint16']);

/** A variable of each dtype that a checkpoint may hold. */
function constants(): void {
  const variable = (value: tf.Tensor): unknown =>
    new tf.Variable(value, { name: `of_${value.dtype.name}`, trainable: false });
  const text = tf.compat.asText(new Uint8Array(120).map((_, i) => [97, 0, 255][i % 3]));
  variable(tf.constant([0.5, -2], tf.float16));
  variable(tf.constant([0.1, Infinity], tf.float32));
  variable(tf.constant([0.1, -1e300], tf.float64));
  variable(tf.constant([1.5, -0.25], tf.bfloat16));
  variable(tf.constant([-128, 127], tf.int8));
  variable(tf.constant([-32768, 32767], tf.int16));
  variable(tf.constant([-(2 ** 31), 2 ** 31 - 1], tf.int32));
  variable(tf.constant([-(2n ** 63n), 2n ** 63n - 1n], tf.int64));
  variable(tf.constant([0, 255], tf.uint8));
  variable(tf.constant([0, 65535], tf.uint16));
  variable(tf.constant([true, false]));
  variable(tf.constant(new tf.NDArray(tf.complex64, [2], Float32Array.of(1, 2, 0, -0.5))));
  variable(tf.constant(new tf.NDArray(tf.complex128, [2], Float64Array.of(0, 1e300, 2, 0))));
  variable(tf.constant(['', text]));
}
function build(folder: string): tf.Operation {
  const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
  const y = tf.placeholder(tf.float32, [null, 1], { name: 'y' });
  const [w, b] = tf.variableScope('layer', () => [
    tf.getVariable('w', { initializer: tf.constant([[0.5], [-0.25], [0.125]]) }),
    tf.getVariable('b', { initializer: tf.constant([0.25]), useResource: true }),
  ]);
  const start = [tf.constant(0), tf.constant(1, tf.float32)] as const;
  const [, turns] = tf.whileLoop(
    (i) => tf.less(i, 3),
    (i, v) => [i.add(1), v.mul(2)],
    start,
  );
  const out = tf.add(tf.matmul(x, w), b.mul(turns).div(8), { name: 'out' });
  const loss = tf.reduceMean(tf.square(out.sub(y)), { name: 'loss' });
  const globalStep = tf.train.getOrCreateGlobalStep();
  const train = new tf.train.AdamOptimizer(0.1).minimize(loss, { globalStep, name: 'train' });
  constants();
  writeFileSync(join(folder, 'words.txt'), 'one\ntwo\n');
  tf.addToCollection(tf.GraphKeys.ASSET_FILEPATHS, tf.constant(join(folder, 'words.txt'), { name: 'asset' }));
  tf.summary.scalar('cost', loss);
  tf.summary.histogram('weights', w);
  tf.summary.image('picture', tf.reshape(tf.range(12, { dtype: tf.float32 }), [1, 2, 2, 3]));
  tf.summary.audio('sound', tf.reshape(tf.linspace(-1, 1, 20), [1, 20, 1]), 100);
  tf.summary.text('words', tf.constant(['*one*', 'two']));
  return train;
}

/** A fetched value as JSON, without its shape: bytes in hexadecimal, what JSON has no number for as text. */
function plain(value: unknown): unknown[] {
  return [value instanceof tf.NDArray ? value.toArray() : value].flat(Infinity).map((each) => {
    if (typeof each === 'string') return Buffer.from(tf.compat.asBytes(each)).toString('hex');
    return typeof each === 'bigint' || each === Infinity ? String(each) : each;
  });
}
function state(sess: tf.Session): unknown {
  const without = new Set(plain(sess.run(tf.reportUninitializedVariables())));
  const held = tf.globalVariables().filter(({ op }) => !without.has(Buffer.from(op.name).toString('hex')));
  return Object.fromEntries(held.map((v) => [v.op.name, plain(sess.run(v))]));
}
/** Two steps more, by names alone. */
function goOn(sess: tf.Session): unknown {
  for (let i = 0; i < 2; i++) sess.run('train', FEEDS);
  return plain(sess.run('loss:0', FEEDS));
}

export function write(folder: string, mode: Mode): unknown {
  tf.resetDefaultGraph();
  const train = build(folder);
  const merged = tf.summary.mergeAll()!;
  const old = tf.globalVariables().filter(({ op }) => !NOT_IN_V1.has(op.name));
  const savers = {
    v2: new tf.train.Saver(),
    v1: new tf.train.Saver(old, { writeVersion: V1 }),
    sharded: new tf.train.Saver({ sharded: true }),
  };
  const graph = tf.getDefaultGraph();
  const sess = open(graph, mode);
  sess.run(tf.globalVariablesInitializer());
  const writer = new tf.summary.FileWriter(join(folder, 'events'), graph);
  for (let i = 0; i < 3; i++) writer.addSummary(sess.run([merged, train], FEEDS)[0], i);
  writer.close();
  for (const [name, saver] of Object.entries(savers)) {
    mkdirSync(join(folder, name));
    saver.save(sess, join(folder, name, 'model'), 3);
  }
  tf.train.writeGraph(graph, folder, 'graph.pb', { asText: false });
  tf.train.writeGraph(graph, folder, 'graph.pbtxt');
  const builder = new tf.savedModel.Builder(join(folder, 'saved'));
  const [x, out] = ['x:0', 'out:0'].map((name) => graph.getTensorByName(name));
  const predict = tf.savedModel.predictSignatureDef({ x }, { out });
  const assetsCollection = tf.getCollection(tf.GraphKeys.ASSET_FILEPATHS) as tf.Tensor[];
  builder.addMetaGraphAndVariables(sess, ['serve'], { predict }, assetsCollection);
  builder.save();
  const records = new tf.pythonIo.TFRecordWriter(join(folder, 'records'));
  records.write('one');
  records.write('');
  records.close();
  return { state: state(sess), served: plain(sess.run('out:0', { 'x:0': X })), next: goOn(sess) };
}

function restored(path: string, mode: Mode): unknown {
  tf.resetDefaultGraph();
  const saver = tf.train.importMetaGraph(`${path}.meta`)!;
  const reader = tf.train.NewCheckpointReader(path);
  const sess = open(tf.getDefaultGraph(), mode);
  saver.restore(sess, path);
  const shapes = Object.entries(reader.getVariableToShapeMap()).sort(([a], [b]) => (a < b ? -1 : 1));
  return { state: state(sess), next: goOn(sess), shapes };
}
/** What event files hold: steps, tags and numbers; of a graph its nodes. */
function events(folder: string): unknown[] {
  const files = readdirSync(join(folder, 'events')).map((name) => join(folder, 'events', name));
  return files
    .flatMap((file) => [...tf.train.summaryIterator(file)])
    .flatMap(({ step, summary, graphDef }) => [
      ...(summary?.value ?? []).map(({ tag, simpleValue }) => [step, tag, simpleValue]),
      ...(graphDef ? [[step, 'graph', tf.GraphDef.fromString(graphDef).node.length]] : []),
    ]);
}
function nodes(def: tf.GraphDef): unknown {
  const graph = new tf.Graph();
  graph.asDefault(() => tf.importGraphDef(def, { name: '' }));
  return graph.getOperations().map(({ name, type }) => [name, type]);
}
function served(folder: string, mode: Mode): object {
  const graph = new tf.Graph();
  const sess = open(graph, mode);
  const meta = tf.savedModel.load(sess, ['serve'], join(folder, 'saved'));
  const { inputs, outputs } = meta.signatureDef.get('predict')!;
  const asset = sess.run(graph.getCollection(tf.GraphKeys.ASSET_FILEPATHS)[0] as tf.Tensor) as string;
  return {
    served: plain(sess.run(outputs.get('out')!.name!, { [inputs.get('x')!.name!]: X })),
    asset: readFileSync(asset, 'utf8'),
  };
}
export function read(folder: string, mode: Mode): unknown {
  const at = (name: string): string => join(folder, name);
  const latest = (name: string): unknown => restored(tf.train.latestCheckpoint(at(name))!, mode);
  return {
    v2: latest('v2'),
    v1: latest('v1'),
    sharded: latest('sharded'),
    ...served(folder, mode),
    graphs: [
      nodes(tf.GraphDef.fromString(readFileSync(at('graph.pb')))),
      nodes(tf.GraphDef.fromText(readFileSync(at('graph.pbtxt'), 'utf8'))),
    ],
    events: events(folder),
    records: [...tf.pythonIo.tfRecordIterator(at('records'))].map((each) => Buffer.from(each).toString('hex')),
  };
}
