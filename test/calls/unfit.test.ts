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
test("a fault of a program's function is left as it is", () => {
  const error = thrown(() => tf.mapFn((x) => (x as unknown as { a: { b: tf.Tensor } }).a.b, tf.ones([2])));
  expect(error.message).toMatch(/^Cannot read properties of undefined|has no/);
  expect(error).not.toHaveProperty('cause');
});
test('lines for people take any value', () => {
  expect(inPercent('%s', [[Symbol('s')]])).toMatch(/^<Array>$/);
  expect(inPercent('%d of %s', [Symbol('s'), Object.create(null)])).toBe('NaN of <object>');
});

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
