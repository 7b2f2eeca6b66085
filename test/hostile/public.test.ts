/**
 * Every public function, class and method with anything, in a process of its own: with one argument that is anything,
 * and with several. TFJS_TEST_HOSTILE=100 makes a hundred times as many of the latter, and all of the former.
 */
import * as tf from '../../src';
import { processorTime } from '../devices';
import { isForeign } from '../fuzz/foreign';
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const FUZZ = path.join(__dirname, '../fuzz');
const times = Number(process.env['TFJS_TEST_HOSTILE'] ?? 0);

/** What did wrong, or killed the process, or did not end; and how many calls were made. */
function sweep(args: readonly unknown[]): readonly [faults: string[], made: number] {
  const { stdout, status, signal } = spawnSync(
    process.execPath,
    ['-r', path.join(FUZZ, '..', 'transpiled.cjs'), path.join(FUZZ, 'public-child.ts'), ...args.map(String)],
    {
      encoding: 'utf8',
      env: { ...process.env, TFJS_SESSION_QUIET: '1' },
      maxBuffer: 1 << 28,
      timeout: 240_000 * (times || 1),
      killSignal: 'SIGKILL',
    },
  );
  const lines = stdout.split('\n');
  const faults = lines.filter((line) => line.startsWith('fault '));
  if (status !== 0) faults.push(`${lines.filter((line) => line.startsWith('at ')).pop()}: ends by ${signal ?? status}`);
  return [faults, Number(/^done (\d+)$/m.exec(stdout)?.[1])];
}
const LIMIT = 300_000 * (times || 1);

test(
  'anything as one argument is answered with values or errors of ours',
  () => {
    const [faults, made] = sweep(['places', times ? 1 : 997, 5]);
    expect(faults).toEqual([]);
    expect(made).toBeGreaterThan(800);
  },
  LIMIT,
);
test(
  'several are',
  () => {
    const count = 1_000 * (times || 1);
    expect(sweep(['random', count, 1, 'portable'])).toEqual([[], count]);
  },
  LIMIT,
);

/** What such calls found, once. */
const { proxy: gone, revoke } = Proxy.revocable<Record<string, never>>({}, {});
revoke();
const none: never[] = [];
none.push(none as never);
const symbol = Symbol('s') as never;
const words = new tf.contrib.learn.preprocessing.VocabularyProcessor(3);
test.each<[string, () => unknown]>([
  [
    'a step in step that is a list',
    () => {
      const optimizer = new tf.train.SyncReplicasOptimizer(new tf.train.AdamOptimizer(), 2);
      return optimizer.minimize(new tf.Variable(1).square(), [NaN] as never);
    },
  ],
  ['a dtype as a rate', () => new tf.contrib.opt.LARSOptimizer(tf.float32 as never, gone as never)],
  ['a list as a sparse tensor', () => tf.sparseTensorToDense([1, 2] as never)],
  ['a block under a proxy without target', () => tf.getDefaultGraph().controlDependencies(gone as never, () => 1)],
  ['a summary of a proxy without target', () => new tf.Summary(gone)],
  ['a value of one', () => new tf.Summary.Value(gone)],
  ['values that are one', () => new tf.Summary({ value: gone as never })],
  ['one value that is one', () => new tf.Summary({ value: [gone] })],
  ['an event of one', () => new tf.Event(gone)],
  ['a dimension of one', () => new tf.Dimension(gone as never)],
  [
    'an attribute that is a list of one',
    () => tf.getVariable('v', [2], { useResource: true }).countUpTo([gone] as never),
  ],
  ['a rank that is a symbol', () => new tf.TensorShape([2]).assertHasRank([symbol] as never)],
  ['part of a shape up to a symbol', () => new tf.TensorShape([2]).slice(0, symbol)],
  ['part of a shape from a BigInt', () => new tf.TensorShape([2]).slice(-(2n ** 63n) as never)],
  ['a shape of 4 billion holes', () => new tf.TensorShape([2]).equals(new Array(2 ** 32 - 1) as never)],
  ['an array of 4 billion sizes', () => new tf.NDArray(tf.float32, new Array(2 ** 32 - 1), new Float32Array(1))],
  ['an array of 255 sizes', () => new tf.NDArray(tf.float32, new Array(255).fill(1), new Float32Array(1))],
  ['a rate that is 4 billion holes', () => tf.train.naturalExpDecay(new Array(2 ** 32 - 1) as never, 1, 2, 3)],
  ['elements that are a proxy without target', () => new tf.NDArray(tf.string, [1], gone as never)],
  ['numbers that are one', () => new tf.NDArray(tf.float32, [1], gone as never)],
  ['a tensor array of one', () => new tf.TensorArray(gone as never, 3)],
  ['a text between without conversion', () => tf.print(1, 2, { sep: { toString: 7 } as never })],
  ['iterations by a symbol', () => tf.foldl((a) => a, [1, 2], { parallelIterations: [symbol] as never })],
  ['an axis that is a symbol', () => tf.layers.batchNormalization(tf.ones([2, 3]), { axis: [symbol] })],
  ['a divisor that is none', () => tf.layers.batchNormalization(tf.ones([1, 2, 2, 1]), { epsilon: [symbol] as never })],
  ['savers of proxies without target', () => new tf.train.Saver([gone] as never)],
  [
    'the end of a name that is a list of a symbol',
    () => new tf.summary.FileWriter('x', { filenameSuffix: [symbol] as never }),
  ],
  ['a factor that is a BigInt', () => tf.contrib.layers.varianceScalingInitializer(2n as never)([2, 3])],
  [
    'a depth that is one',
    () => tf.layers.separableConv2d(tf.ones([1, 3, 3, 1]), 1, 2, { depthMultiplier: 2n as never }),
  ],
  ['checkpoints that are no list', () => new tf.train.Saver([new tf.Variable(1)]).setLastCheckpoints(7 as never)],
  ['the file of words that is a symbol', () => words.save(symbol)],
  ['rows of words that are none', () => [...words.reverse([7] as never)]],
  ['texts that are a proxy without target', () => [...words.transform(gone as never)]],
  ['the shape of a cell’s inputs that is none', () => new tf.contrib.rnn.LSTMBlockCell(2).build(7 as never)],
  ['the end of a name that is a number', () => new tf.summary.FileWriter('x', { filenameSuffix: 7 as never })],
  [
    'keys and values that are nothing',
    () =>
      new tf.contrib.seq2seq.LuongAttention(2, tf.ones([1, 2, 2]), { customKeyValueFn: (() => undefined) as never }),
  ],
  [
    'words that are nothing',
    () =>
      new tf.contrib.learn.preprocessing.VocabularyProcessor(3, { tokenizerFn: (() => undefined) as never }).fit(['a']),
  ],
  ['sizes that are proxies', () => new tf.layers.InputSpec({ shape: [gone] as never })],
  ['a device that is a class', () => tf.device(class {} as never, () => tf.constant(1))],
  ['a device of reads that is one', () => new tf.Variable(1, { cachingDevice: class {} as never })],
  ['a rate that is one', () => new tf.train.AdamOptimizer(class {} as never).minimize(new tf.Variable(1).mul(1))],
  ['a penalty that is a promise', () => tf.layers.dense([[1]], 1, { kernelRegularizer: (async () => {}) as never })],
  ['one of results', () => tf.layers.dense([[1]], 1, { activityRegularizer: (async () => {}) as never })],
  ...['', none, [symbol], gone, 0].map((shapeInvariants): [string, () => unknown] => [
    'shapes of loop variables that are none',
    () =>
      tf.whileLoop(
        (i) => i.less(3),
        (i) => i.add(1),
        [0],
        { shapeInvariants: shapeInvariants as never },
      ),
  ]),
])('%s: a value, or an error of ours', (_, call) => {
  let foreign: unknown = null;
  const before = processorTime();
  try {
    new tf.Graph().asDefault(call);
  } catch (error) {
    if (isForeign(error)) foreign = error;
  }
  expect(foreign).toBeNull();
  // A list of 4 billion takes a minute and a half to go through.
  expect(processorTime() - before).toBeLessThan(20_000);
});
