/** Configurations, options and what a run took, as bytes and text: TensorFlow 1.15.5's, both ways. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { caught, said } from '../said';

const RECORDED = JSON.parse(readFileSync(join(__dirname, '../fixtures/messages.json'), 'utf8')) as Record<
  string,
  [base64: string, text: string][]
>;
const CLASSES = {
  ConfigProto: tf.ConfigProto,
  GPUOptions: tf.GPUOptions,
  GraphOptions: tf.GraphOptions,
  OptimizerOptions: tf.OptimizerOptions,
  RunOptions: tf.RunOptions,
  RunMetadata: tf.RunMetadata,
};
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
/** A field that no version has, of number 1000. */
const NEWER = Buffer.from([0xc2, 0x3e, 2, 7, 7]);

interface Class {
  new (): tf.RunMetadata | tf.ConfigProto;
  fromString(bytes: Uint8Array | string): tf.RunMetadata | tf.ConfigProto;
  fromText(text: string): tf.RunMetadata | tf.ConfigProto;
}
describe.each(Object.entries(CLASSES) as unknown as [string, Class][])('%s', (name, of) => {
  test.each(RECORDED[name])('what Python wrote comes back', (bytes, text) => {
    const read = of.fromString(Buffer.from(bytes, 'base64'));
    expect(base64(read.serializeToString())).toBe(bytes);
    expect(String(read)).toBe(text);
    expect(base64(of.fromText(text).serializeToString())).toBe(bytes);
  });
  test('nothing is no bytes, and fields that are not known survive', () => {
    expect(new of().serializeToString()).toHaveLength(0);
    expect(base64(of.fromString(NEWER).serializeToString())).toBe(base64(NEWER));
  });
  test('what is no message is refused', () => {
    expect(said(() => of.fromString(new Uint8Array([255, 255])))).toMatch(/^ValueError: Error parsing message/);
    expect(said(() => of.fromText('what: 1'))).toBe(
      `ValueError: 1:1 : Message type "tensorflow.${name}" has no field named "what".`,
    );
    expect(caught(() => of.fromText(1 as never)).message).toBe(
      `Error parsing message\n  a text is a string, not number; for bytes: ${name}.fromString`,
    );
    expect(said(() => of.fromString(1 as never))).toBe(
      `TypeError: a serialized ${name} is a string or a Uint8Array, not 1`,
    );
  });
});

test('what programs set is said as Python says it', () => {
  const config = new tf.ConfigProto({ deviceCount: { GPU: 0 }, gpuOptions: { allowGrowth: true } });
  config.graphOptions.rewriteOptions = { layoutOptimizer: 2, optimizers: ['remap'] };
  config.clusterDef = new tf.train.ClusterSpec({ ps: ['a:1', 'b:2'] }).asClusterDef();
  // From Python: str(config) of the same.
  expect(String(config).replace(/\s+/g, ' ')).toBe(
    'device_count { key: "GPU" value: 0 } gpu_options { allow_growth: true } graph_options { rewrite_options { ' +
      'layout_optimizer: OFF optimizers: "remap" } } cluster_def { job { name: "ps" tasks { key: 0 value: "a:1" } ' +
      'tasks { key: 1 value: "b:2" } } } ',
  );
  const read = tf.ConfigProto.fromString(config.serializeToString());
  expect(read.deviceCount).toEqual({ GPU: 0 });
  expect(read.gpuOptions.allowGrowth).toBe(true);
  expect(read.clusterDef).toEqual({ job: [{ name: 'ps', tasks: { 0: 'a:1', 1: 'b:2' } }] });
  const session = new tf.Session({ config: read });
  expect(session.run(tf.constant(1).add(2))).toBe(3);
});
test('an object inside may have only what its message has', () => {
  const config = new tf.ConfigProto();
  config.rpcOptions = { compresionLevel: 1 };
  expect(caught(() => config.serializeToString()).message).toMatch(
    /^Protocol message RPCOptions has no "compresionLevel" field\.\n {2}fix: compressionLevel, as/,
  );
  config.rpcOptions = { compressionLevel: 'high' };
  expect(caught(() => config.serializeToString()).message).toMatch(
    /^'high' has type str, but expected one of: int, long\n {2}it was given for compressionLevel of RPCOpt/,
  );
});
test('every field of RunOptions is taken, and every trace level but NO_TRACE records', () => {
  const { SOFTWARE_TRACE, HARDWARE_TRACE, FULL_TRACE } = tf.RunOptions;
  const session = new tf.Session();
  const x = tf.placeholder(tf.float32, [2], { name: 'x' });
  const sum = tf.add(x, 3, { name: 'sum' });
  for (const traceLevel of [SOFTWARE_TRACE, HARDWARE_TRACE, FULL_TRACE]) {
    const options = new tf.RunOptions({
      traceLevel,
      outputPartitionGraphs: true,
      interOpThreadPool: -1,
      debugOptions: {},
    });
    options.reportTensorAllocationsUponOom = true;
    const runMetadata = new tf.RunMetadata();
    session.run(sum, { [x.name]: [1, 2] }, { options, runMetadata });
    expect(runMetadata.stepStats!.nodes.map(({ nodeName }) => nodeName)).toContain('sum');
  }
  expect(caught(() => new tf.RunOptions({ trace_level: 3 } as never)).message).toMatch(
    /^Protocol message RunOptions has no "trace_level" field\.\n {2}fix: traceLevel/,
  );
});
test('what a run took, by device as Python has it, and from its bytes again', () => {
  const session = new tf.Session();
  const runMetadata = new tf.RunMetadata();
  const before = Date.now() * 1000;
  const options = { traceLevel: tf.RunOptions.FULL_TRACE };
  const x = tf.placeholder(tf.float32, [2], { name: 'batch' });
  session.run(tf.add(x, 3, { name: 'total' }), { [x.name]: [1, 2] }, { options, runMetadata });
  const [{ device, nodeStats }] = runMetadata.stepStats!.devStats;
  expect(device).toBe('/job:localhost/replica:0/task:0/device:CPU:0');
  const sum = nodeStats.find(({ nodeName }) => nodeName === 'total')!;
  expect(sum.timelineLabel).toBe('total = Add(batch, total/y)');
  expect(sum.allStartMicros).toBeGreaterThan(before - 1e6);
  expect(sum.allStartMicros).toBeLessThan(Date.now() * 1000 + 1e6);
  const read = tf.RunMetadata.fromString(runMetadata.serializeToString());
  expect(String(read)).toBe(String(runMetadata));
  expect(read.stepStats!.nodes.find(({ nodeName }) => nodeName === 'total')).toMatchObject({
    op: 'Add',
    inputs: ['batch', 'total/y'],
    outputs: [{ dtype: 'float32', shape: [2] }],
  });
  expect(new tf.Timeline(read.stepStats!).generateChromeTraceFormat()).toContain('"name":"Add"');
});
