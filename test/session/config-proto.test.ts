/** tf.ConfigProto: what programs of TensorFlow 1.x set, and what comes of it. */
import * as tf from '../../src';
import { said } from '../said';

beforeEach(() => tf.resetDefaultGraph());

test('a session says where it runs, once, where it is asked to', () => {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    const config = new tf.ConfigProto({ logDevicePlacement: true, allowSoftPlacement: true });
    using sess = new tf.Session('', { config });
    for (let i = 0; i < 2; i++) sess.run(tf.constant(1).add(i));
    expect(lines.filter((line) => line.startsWith('Device mapping:'))).toEqual([
      `Device mapping:\n/job:localhost/replica:0/task:0/device:CPU:0 -> the ${sess.device.kind} device\n`,
    ]);
  } finally {
    spy.mockRestore();
  }
});
test('the level of the optimizer leaves graphs as they are', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  const y = x.mul(tf.constant(2).mul(3)).add(0);
  const passes = (config: tf.SessionConfig): boolean => {
    using sess = new tf.Session({ config: { ...config, device: 'portable' } });
    const runMetadata = new tf.RunMetadata();
    const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
    for (let i = 0; i < 6; i++) sess.run(y, { 'x:0': i }, { options, runMetadata });
    return runMetadata.optimizations !== null;
  };
  const { L0, L1 } = tf.OptimizerOptions;
  const of = (optLevel: number): tf.ConfigProto =>
    new tf.ConfigProto({ graphOptions: { optimizerOptions: { optLevel } } });
  expect([passes(of(L1)), passes(of(L0)), passes({})]).toEqual([true, false, true]);
});
test('fields are set later on, each to its kind, and no others', () => {
  const config = new tf.ConfigProto();
  config.gpuOptions.allowGrowth = true;
  config.deviceCount['GPU'] = 0;
  Object.assign(config, { graphOptions: { optimizerOptions: { globalJitLevel: 1 } } });
  expect(config.graphOptions).toBeInstanceOf(tf.GraphOptions);
  expect(config.graphOptions.optimizerOptions.globalJitLevel).toBe(tf.OptimizerOptions.ON_1);
  expect(config.gpuOptions.allowGrowth).toBe(true);
  const set = (target: object, values: object) => said(() => Object.assign(target, values));
  expect(set(config.gpuOptions, { allow_growth: true })).toBe(
    'AttributeError: Assignment not allowed (no field "allow_growth" in protocol message object).',
  );
  expect(set(config, { allowSoftPlacement: 'yes' })).toContain('TypeError: ');
  expect(said(() => new tf.ConfigProto({ gpu_options: {} } as never))).toBe(
    'ValueError: Protocol message ConfigProto has no "gpu_options" field.',
  );
  expect(said(() => new tf.Session({ config: { gpuOptions: { allow_growth: true } } as never }))).toContain(
    'allow_growth',
  );
});
test('a time limit for all runs', () => {
  const forever = tf.whileLoop(
    (i: tf.Tensor) => tf.greaterEqual(i, 0),
    (i: tf.Tensor) => tf.mod(i.add(1), 5),
    [tf.constant(0, tf.int32)],
  );
  using sess = new tf.Session({ config: new tf.ConfigProto({ operationTimeoutInMs: 100 }) });
  expect(said(() => sess.run(forever as never))).toContain('DeadlineExceededError');
});
test('a run names a pool of threads that the configuration has, as in TensorFlow', () => {
  const one = tf.constant(1);
  for (const count of [0, 1, 2]) {
    const config = new tf.ConfigProto({ sessionInterOpThreadPool: Array.from({ length: count }, () => ({})) });
    using sess = new tf.Session({ config });
    const taken = [-3, -2, -1, 0, 1, 2].filter((interOpThreadPool) => {
      try {
        return sess.run(one, {}, { options: { interOpThreadPool } }) === 1;
      } catch (error) {
        expect(String(error)).toContain(`Invalid inter_op_thread_pool: ${interOpThreadPool}`);
        expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
        return false;
      }
    });
    expect(taken).toEqual(count === 2 ? [-1, 0, 1] : [-1, 0]);
  }
});
test('tensors that tfdbg is to watch are refused', () => {
  using sess = new tf.Session();
  const watching = { debugOptions: { debugTensorWatchOpts: [{ nodeName: 'x', debugOps: ['DebugIdentity'] }] } };
  expect(said(() => sess.run(tf.constant(1), {}, { options: watching }))).toMatch(
    /^UnimplementedError: RunOptions\.debug_options watches tensors for tfdbg/,
  );
});
