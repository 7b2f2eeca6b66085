/** Checkpoints and graphs that real programs left behind: read, restored and run, where they are beside the project. */
import { copyFileSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import * as tf from '../../src';
import { MT19937 } from '../../src/base/mt19937';
import { TemporaryFolder } from '../temporary-folder';

const FOLDER = path.join(__dirname, '../../../shared/artifacts');
const beside = process.env['TFJS_TEST_ARTIFACTS'] ?? FOLDER;
const at = (name: string): string => path.join(beside, name);
const there = existsSync(at('README.md'));
const when = there ? describe : describe.skip;
const lists = (x: unknown): unknown => (x instanceof tf.NDArray ? x.toArray() : x);

/** NumPy's `RandomState(seed).rand(...shape)`, as float32. */
function rand(seed: number, shape: readonly number[]): tf.NDArray {
  const random = new MT19937(seed);
  const data = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
    const [a, b] = [random.nextUint32() >>> 5, random.nextUint32() >>> 6];
    return (a * 67108864 + b) / 9007199254740992;
  });
  return new tf.NDArray(tf.float32, shape, data);
}
/** The arrays of an npz file: a zip of npy files. */
function npz(file: string): Map<string, { readonly shape: number[]; readonly data: Buffer }> {
  const bytes = readFileSync(file);
  const arrays = new Map<string, { readonly shape: number[]; readonly data: Buffer }>();
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== 0x06054b50) end--;
  let entry = bytes.readUInt32LE(end + 16);
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    const [method, size] = [bytes.readUInt16LE(entry + 10), bytes.readUInt32LE(entry + 20)];
    const [nameLength, extra, comment] = [28, 30, 32].map((k) => bytes.readUInt16LE(entry + k));
    const name = bytes.toString('utf8', entry + 46, entry + 46 + nameLength).replace(/\.npy$/, '');
    const local = bytes.readUInt32LE(entry + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(start, start + size);
    const npy = method === 8 ? inflateRawSync(raw) : raw;
    const header = npy.toString('latin1', 10, 10 + npy.readUInt16LE(8));
    const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
      .split(',')
      .filter((d) => d.trim())
      .map(Number);
    arrays.set(name.replaceAll('|', '/'), { shape, data: Buffer.from(npy.subarray(10 + npy.readUInt16LE(8))) });
    entry += 46 + nameLength + extra + comment;
  }
  return arrays;
}
const floats = ({ data }: { readonly data: Buffer }): Float32Array =>
  new Float32Array(data.buffer, data.byteOffset, data.length / 4);
/** Feeds what a recording says, and compares what comes out. */
function expectGolden(sess: tf.Session, file: string, most: number): void {
  const feeds: Record<string, tf.NDArray | boolean | number> = {};
  const wanted: [string, Float32Array][] = [];
  for (const [name, array] of npz(at(`golden/${file}.npz`))) {
    const [, kind, tensor] = /^(in|out):(.*)$/.exec(name)!;
    const isBool = array.data.length === 1;
    if (kind === 'out') wanted.push([tensor, floats(array)]);
    else feeds[tensor] = isBool ? array.data[0] === 1 : new tf.NDArray(tf.float32, array.shape, floats(array));
  }
  expect(wanted.length).toBeGreaterThan(0);
  for (const [name, values] of wanted) {
    const got = sess.run(name, feeds) as tf.NDArray;
    const far = values.reduce((far, value, i) => Math.max(far, Math.abs(value - Number(got.data[i]))), 0);
    expect(far).toBeLessThan(most);
  }
}
const restored = (name: string, meta = name): tf.Session => {
  tf.resetDefaultGraph();
  const saver = tf.train.importMetaGraph(at(`${meta}.meta`), { clearDevices: true });
  const sess = new tf.Session('', { config: { advice: false } });
  saver.restore(sess, at(name));
  return sess;
};

const folder = new TemporaryFolder('artifacts-');
when('files of real programs', () => {
  const checkpoints = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? checkpoints(file) : file.endsWith('.index') ? [file.replace(/\.index$/, '')] : [];
    });
  test('every checkpoint is read whole, its checksums too', () => {
    const all = checkpoints(beside);
    expect(all.length).toBeGreaterThan(10);
    for (const file of all) {
      const reader = tf.train.NewCheckpointReader(file);
      for (const name of Object.keys(reader.getVariableToShapeMap())) reader.getTensor(name);
      reader.close();
    }
    expect(tf.train.listVariables(at('two_shards/model.ckpt-1')).length).toBe(250);
  });
  test('strings as they were once written', () => {
    const reader = tf.train.NewCheckpointReader(at('old_string_tensors/foo'));
    const names = Object.entries(reader.getVariableToDtypeMap()).filter(([, dtype]) => dtype === tf.string);
    expect(names.length).toBeGreaterThan(0);
    for (const [name] of names) expect(typeof reader.getTensor(name).data[0]).toBe('string');
    reader.close();
  });
  test('siamese: two versions under one prefix, the newer is read; what it computes, and five steps on', () => {
    const sess = restored('siamese/model.ckpt');
    expectGolden(sess, 'siamese_v2', 1e-5);
    const left = rand(0, [8, 28, 28, 1]);
    const right = rand(1, [8, 28, 28, 1]);
    const feeds = { 'left:0': left, 'right:0': right, 'similarity/label:0': [1, 0, 1, 0, 1, 0, 1, 0].map((x) => [x]) };
    const graph = sess.graph;
    const [trainOp] = graph.getCollection<tf.Operation>('train_op');
    const loss = graph.getTensorByName('contrastive-loss/Mean:0');
    const losses = Array.from({ length: 5 }, () => Number(sess.run([trainOp, loss], feeds)[1]));
    const wanted = [0.1012269, 0.0944611, 0.08643764, 0.07848797, 0.06884495];
    losses.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 5));
    const step = graph.getOperations().find((op) => op.type === 'VariableV2' && op.outputs[0].dtype.isInteger)!;
    expect(Number(sess.run(step.outputs[0]))).toBe(2005);
    sess.close();
    // The older one by itself: its step is another.
    copyFileSync(at('siamese/model.ckpt'), folder.at('old'));
    expect(tf.train.listVariables(folder.at('old')).length).toBe(21);
    const reader = tf.train.NewCheckpointReader(folder.at('old'));
    const counter = Object.entries(reader.getVariableToDtypeMap()).find(([, dtype]) => dtype.isInteger)!;
    expect(Number(reader.getTensor(counter[0]).item())).toBe(50_000);
    reader.close();
  });
  test('PhaseNet and MTCNN: queues, conditions, optimizers’ slots; what they compute', () => {
    const phasenet = restored('phasenet/model_95.ckpt');
    expectGolden(phasenet, 'phasenet', 1e-4);
    phasenet.close();
    const mtcnn = restored('mtcnn/PNet-18');
    expectGolden(mtcnn, 'aittsmd_PNet-18', 1e-5);
    mtcnn.close();
  });
  test("PhaseNet: four steps on, with TensorFlow 1.15's losses", () => {
    const sess = restored('phasenet/model_95.ckpt');
    const [trainOp] = sess.graph.getCollection<tf.Operation>('train_op');
    const feeds = {
      'X:0': rand(0, [2, 3000, 1, 3]),
      'y:0': rand(1, [2, 3000, 1, 3]),
      'is_training:0': true,
      'drop_rate:0': 0,
    };
    const losses = Array.from({ length: 4 }, () => Number(sess.run([trainOp, 'cross_entropy/Mean:0'], feeds)[1]));
    const wanted = [12.954076, 12.953977, 12.9538355, 12.953674];
    losses.forEach((value, i) => expect(Math.abs(value - wanted[i])).toBeLessThan(3e-5));
    expect(Number(sess.run('global_step:0'))).toBe(340_516);
    sess.close();
  });
  test('a checkpoint with the slots of Adam goes into its meta graph, and a log of the profiler is read', () => {
    restored('mlnet/cifar_model/model.ckpt').close();
    const log = tf.profiler.OpLogProto.fromString(readFileSync(at('run_metadata/tfprof_log')));
    expect(log.logEntries.length).toBe(5);
    restored('run_metadata/ckpt').close();
  });
  test('events of a file that was cut off are read up to there', () => {
    const read: tf.Event[] = [];
    const all = (): void => {
      for (const event of tf.train.summaryIterator(at('mtcnn/events.out.tfevents.cut-off'))) read.push(event);
    };
    expect(all).toThrow(tf.errors.DataLossError);
    expect(read.length).toBe(23);
  });
  test('loops, functions and queues come in as in TensorFlow 1.15', () => {
    const imported = (name: string): number | string => {
      tf.resetDefaultGraph();
      try {
        tf.importGraphDef(tf.GraphDef.fromText(readFileSync(at(`control_flow/${name}.pbtxt`), 'utf8')), { name: '' });
        return tf.getDefaultGraph().getOperations().length;
      } catch (error) {
        return (error as Error).message.split('\n')[0];
      }
    };
    const wanted = {
      function_functional_while: 1,
      function_switch: 12,
      function_switch_2: 12,
      function_switch_shapes: 12,
      large_function_graph: 19,
      loops_and_queues: 45,
      loops_and_resource_vars: 46,
      lstm_layer_inference: 312,
      merge_without_loops: 17,
      nested_loop: 41,
      queues_and_loops: 29,
      simple_function: 4,
      while_loop: 21,
      while_loop_var_handle_op:
        'Input 0 of node while/Less was passed resource from while/Merge:0 incompatible with expected int32.',
    };
    const names = Object.keys(wanted);
    expect(Object.fromEntries(names.map((name) => [name, imported(name)]))).toEqual(wanted);
  });
  test('exports of the older kind: fewer variables are saved than the graph has, in shards too', () => {
    for (const [file, meta] of [
      ['session_bundle/v2/00000123/export', 'session_bundle/v2/00000123/export'],
      ['session_bundle/v1_sharded/00000123/export-?????-of-00001', 'session_bundle/v1_sharded/00000123/export'],
    ]) {
      const sess = restored(file, meta);
      expect(lists(sess.run(['a:0', 'b:0']))).toEqual([0.5, 2]);
      sess.close();
    }
  });
  test('a graph in text is what Python reads and writes', () => {
    for (const name of readdirSync(at('control_flow'))) {
      const def = tf.GraphDef.fromText(readFileSync(at(`control_flow/${name}`), 'utf8'));
      expect(def.node.length).toBeGreaterThan(0);
      const text = def.toString();
      expect(tf.GraphDef.fromText(text).toString()).toBe(text);
    }
    tf.resetDefaultGraph();
    const def = tf.GraphDef.fromText(readFileSync(at('run_metadata/graph.pbtxt'), 'utf8'));
    tf.importGraphDef(def, { name: '' });
    expect(tf.getDefaultGraph().getOperations().length).toBe(def.node.length);
  });
});
test(there ? 'the files are there' : `skipped: ${beside} is missing`, () => undefined);
