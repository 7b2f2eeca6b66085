/** Calls that run into what they were given: the engine's own words do not come out, but for a program's own fault. */
import * as tf from '../../src';
import { inPercent } from '../../src/program/percent';
import { said } from '../said';

test.each<[string, () => unknown]>([
  ['a part of a function', () => tf.eye(2, { batchShape: [3n] as never })],
  ['rows for a shape', () => tf.nn.conv1dTranspose(tf.ones([1, 2, 2]), tf.ones([1, 2, 2]), rows() as never, 1)],
])('%s', (_, call) => {
  const error = new tf.Graph().asDefault(() => thrown(call));
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toMatch(
    /^\w+\(\) got an argument, or a part of one, of a kind that it does not take: .+\n {2}tf\./,
  );
  expect(error.stack).toContain('unfit.test.ts');
  expect((error as { cause?: unknown }).cause).toBeInstanceOf(TypeError);
});
test('of a method', () => {
  const message = said(() => new tf.contrib.opt.LARSOptimizer(0.1, { skipList: { name: 'x' } as never }));
  expect(message).toContain("Expected list for argument 'skip_list'");
});
test.each<[string, () => unknown, RegExp]>([
  ['of a cell', () => embedding().apply(tf.ones([1, 2]), 1.5 as never), /^TypeError: apply\(\) got an argument/],
  [
    'a function that is none',
    () => new A.LuongAttention(2, tf.ones([1, 2, 2]), { customKeyValueFn: 1 as never }),
    /not 1/,
  ],
  ['texts that are none', () => new P.VocabularyProcessor(2).fitTransform(5 as never), /'int' object is not iterable/],
  ['a limit beyond 32 bits', () => keeping(2 ** 31), /out of range: 2147/],
  ['sums of texts in a variable', () => summed(['a']), /^UnimplementedError: No kernel for op type 'AssignAddVar/],
  ['sums of truth values', () => summed([true]), /^UnimplementedError: No kernel for op type 'AssignAddVar/],
])('%s', (_, call, words) => {
  expect(new tf.Graph().asDefault(() => said(call))).toMatch(words);
});
test("a fault of a program's function is left as it is", () => {
  const error = thrown(() => tf.mapFn((x) => (x as unknown as { a: { b: tf.Tensor } }).a.b, tf.ones([2])));
  expect(error.message).toMatch(/^Cannot read properties of undefined|has no/);
  expect(error).not.toHaveProperty('cause');
});
test('lines for people take any value', () => {
  expect(inPercent('%s', [[Symbol('s')]])).toMatch(/^<Array>$/);
  expect(inPercent('%d of %s', [Symbol('s'), Object.create(null)])).toBe('NaN of <object>');
});

const { seq2seq: A } = tf.contrib;
const { preprocessing: P } = tf.contrib.learn;
function embedding(): tf.contrib.rnn.EmbeddingWrapper<tf.Tensor> {
  return new tf.contrib.rnn.EmbeddingWrapper(new tf.nn.rnnCell.GRUCell(2), 3, 2);
}
function keeping(maxToKeep: number): unknown {
  const v = new tf.Variable(1);
  return new tf.train.Saver([v], { maxToKeep });
}
function summed(value: string[] | boolean[]): unknown {
  const v = new tf.Variable(value as string[], { useResource: true });
  const sess = new tf.Session();
  try {
    sess.run(v.initializer);
    return sess.run(v.assignAdd(value as never));
  } finally {
    sess.close();
  }
}
function rows(): tf.IndexedSlices {
  return new tf.IndexedSlices(tf.ones([1, 2]), tf.constant([0], tf.int32));
}
function thrown(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
