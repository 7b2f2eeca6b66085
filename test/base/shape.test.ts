/** Shapes and dimensions, as TensorFlow 1.15's tensor_shape.py has them. */
import { inspect } from 'node:util';
import * as tf from '../../src';

const half = new tf.TensorShape([null, 28, 3]);
const open = new tf.TensorShape(null);
function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}

describe('a shape', () => {
  test('has sizes at its indexes, from both ends', () => {
    expect([half[0], half[1], half[-1], half[-3]]).toEqual([null, 28, 3, null]);
    expect(tf.placeholder(tf.float32, [null, 784]).getShape()[-1]).toBe(784);
    expect(open[7]).toBe(null);
    for (const at of [3, -4, 253]) expect(() => half[at]).toThrow(tf.errors.IndexError);
  });
  test('is a list of sizes', () => {
    expect([...half]).toEqual([null, 28, 3]);
    expect(half.length).toBe(3);
    expect(() => [...open]).toThrow('Cannot iterate over a shape with unknown rank.');
    expect(() => open.length).toThrow('Cannot take the length of shape with unknown rank.');
  });
  test('is cut as a list is', () => {
    expect(half.slice(1).numElements()).toBe(84);
    expect(half.slice(1, -1).asList()).toEqual([28]);
    expect(half.slice(null, 1).asList()).toEqual([null]);
    expect(half.slice(null, 2).toString()).toBe('(?, 28)');
    expect([open.slice(1), open.slice(0, -1), open.slice(1, 3)].map(String)).toEqual([
      '<unknown>',
      '<unknown>',
      '(?, ?)',
    ]);
  });
  test('says what does not hold, in Python’s words', () => {
    expect(() => half.withRank(2)).toThrow('Shape (?, 28, 3) must have rank 2');
    expect(() => half.withRankAtLeast(4)).toThrow('Shape (?, 28, 3) must have rank at least 4');
    expect(() => half.withRankAtMost(1)).toThrow('Shape (?, 28, 3) must have rank at most 1');
    expect(() => half.assertHasRank(1)).toThrow('Shape (?, 28, 3) must have rank 1');
    expect(() => half.assertSameRank([1])).toThrow('Shapes (?, 28, 3) and (1,) must have the same rank');
    expect(() => half.assertIsCompatibleWith([1, 2, 3])).toThrow('Shapes (?, 28, 3) and [1, 2, 3] are incompatible');
    expect(() => half.assertIsFullyDefined()).toThrow('Shape (?, 28, 3) is not fully defined');
    expect(() => half.mergeWith([1])).toThrow('Shapes (?, 28, 3) and (1,) are not compatible');
    for (const shape of [open, half]) {
      shape.assertSameRank(open);
      shape.assertIsCompatibleWith([4, 28, null]);
      shape.assertHasRank(3);
    }
    expect(half.withRank(3).equals(half)).toBe(true);
    expect(open.withRankAtLeast(2)).toBe(open);
    expect(open.withRank(2).toString()).toBe('(?, ?)');
  });
  test('has a narrowest one that holds for two', () => {
    expect(half.mostSpecificCompatibleShape([5, 28, 4]).asList()).toEqual([null, 28, null]);
    expect(half.mostSpecificCompatibleShape([5]).rank).toBe(null);
  });
  test('is made of dimensions, and by name', () => {
    expect(new tf.TensorShape([new tf.Dimension(2), null, 4]).asList()).toEqual([2, null, 4]);
    expect(new tf.TensorShape({ dims: [1, null] }).asList()).toEqual([1, null]);
    expect(new tf.TensorShape({ dims: null }).rank).toBe(null);
    expect(new tf.TensorShape(half).equals(half)).toBe(true);
  });
});

describe('a dimension', () => {
  const [three, any] = [new tf.Dimension(3), new tf.Dimension(null)];
  test('is made of a size', () => {
    expect([three.value, any.value, new tf.Dimension(three).value, new tf.Dimension({ value: 4 }).value]).toEqual([
      3,
      null,
      3,
      4,
    ]);
    expect([String(three), String(any), inspect(three), inspect(any)]).toEqual([
      '3',
      '?',
      'Dimension(3)',
      'Dimension(None)',
    ]);
    expect(JSON.stringify([three, any])).toBe('[3,null]');
    expect(() => new tf.Dimension(-2)).toThrow('Dimension -2 must be >= 0');
    expect(() => new tf.Dimension(1.5)).toThrow('Ambiguous dimension: 1.5');
  });
  // As TensorFlow 1.15 was seen to say it.
  test.each([
    [['a'], 'ValueError', "invalid literal for int() with base 10: 'a'"],
    [[{}], 'TypeError', "int() argument must be a string, a bytes-like object or a number, not 'Object'"],
    [[NaN], 'ValueError', 'cannot convert float NaN to integer'],
    [[Infinity], 'ValueError', 'cannot convert float infinity to integer'],
    [[1.5], 'ValueError', 'Ambiguous dimension: 1.5'],
    [[-1], 'ValueError', 'Dimension -1 must be >= 0'],
  ])('of a shape %p is refused', (shape, name, said) => {
    const first = (make: () => unknown): string[] => {
      const error = errorOf(make);
      return [error.name, error.message.split('\n')[0]];
    };
    expect(first(() => Reflect.construct(tf.TensorShape, [shape]))).toEqual([name, said]);
    // Where it becomes an attribute, as of a placeholder; what is to have a shape reads it first.
    const converting = [name, `Error converting shape to a TensorShape: ${said}.`];
    expect(first(() => Reflect.apply(tf.placeholder, null, [tf.float32, shape]))).toEqual(converting);
    expect(first(() => Reflect.apply(tf.ensureShape, null, [[1], shape]))).toEqual([name, said]);
  });
  test('is no text', () => {
    const said = 'A string has ambiguous TensorShape, please wrap in a list or convert to an int: 12';
    expect(errorOf(() => Reflect.construct(tf.TensorShape, ['12'])).message.split('\n')[0]).toBe(said);
  });
  test('is what int() makes of it', () => {
    expect(String(Reflect.construct(tf.TensorShape, [[true, ' 3', 4n]]))).toBe('(1, 3, 4)');
    const sizes = [tf.zeros([1.5]), tf.ones([2.7, 3]), tf.zeros([0.9]), tf.constant(1, tf.float32, [2.5])];
    expect(sizes.map(({ shape }) => String(shape))).toEqual(['(1,)', '(2, 3)', '(0,)', '(2,)']);
    for (const size of [-1.5, 1000.5])
      expect(() => tf.zeros([size])).toThrow(`Expected int32, got ${size} of type 'float' instead.`);
  });
  test('is made of what a class takes', () => {
    expect(() => Reflect.construct(tf.Dimension, [tf.float32])).toThrow(TypeError);
    expect(() => Reflect.construct(tf.Dimension, [])).toThrow("missing 1 required positional argument: 'value'");
    expect(() => Reflect.construct(tf.Dimension, [1, 2])).toThrow('takes 2 positional arguments but 3 were given');
  });
  test('counts, and knows nothing beside what is unknown', () => {
    expect(three.add(4).value).toBe(7);
    expect(
      [three.sub(1), three.rsub(10), three.mul(three), three.floordiv(2), three.rfloordiv(10)].map(Number),
    ).toEqual([2, 7, 9, 1, 3]);
    expect([three.mod(2), three.rmod(10), three.radd(1), three.rmul(2)].map(Number)).toEqual([1, 1, 4, 6]);
    expect([any.add(1).value, three.mul(any).value, any.rsub(null).value]).toEqual([null, null, null]);
    expect(() => three.sub(4)).toThrow('Dimension -1 must be >= 0');
    expect(() => three.floordiv(0)).toThrow('integer division or modulo by zero');
    expect(() => Number(any)).toThrow('__index__ returned non-int');
  });
  test('compares', () => {
    expect([three.equal(3), three.notEqual(3), three.less(4), three.lessEqual(2)]).toEqual([true, false, true, false]);
    expect([three.greater(2), three.greaterEqual(4), any.equal(3), three.less(any)]).toEqual([true, false, null, null]);
    expect([three.isCompatibleWith(any), three.isCompatibleWith(4)]).toEqual([true, false]);
    expect(any.mergeWith(5).value).toBe(5);
    expect(three.mergeWith(null).value).toBe(3);
    expect(() => three.mergeWith(4)).toThrow('Dimensions 3 and 4 are not compatible');
  });
  test('is found in a shape, and stands among sizes', () => {
    const x = tf.placeholder(tf.float32, [null, 4]);
    const width = tf.dimensionAtIndex(x.shape, -1);
    expect([width.value, tf.dimensionAtIndex(x.getShape(), 0).value, tf.dimensionAtIndex(open, 3).value]).toEqual([
      4,
      null,
      null,
    ]);
    expect([tf.dimensionValue(width), tf.dimensionValue(x.shape[1]), tf.dimensionValue(x.shape[0])]).toEqual([
      4,
      4,
      null,
    ]);
    const sess = new tf.Session();
    const shapes = [
      tf.zeros([width, 2]),
      tf.truncatedNormal([2, width]),
      tf.fill([width], 7),
      tf.placeholder(tf.float32, [null, width.mul(2)]),
      tf.reshape(tf.zeros([8]), [-1, width]),
      tf.getVariable('sized', [width, 3]),
      tf.convertToTensor([width, 3]),
    ];
    expect(shapes.map(({ shape }) => String(shape))).toEqual([
      '(4, 2)',
      '(2, 4)',
      '(4,)',
      '(?, 8)',
      '(2, 4)',
      '(4, 3)',
      '(2,)',
    ]);
    expect(shapes[6].dtype).toBe(tf.int32);
    expect(sess.run(tf.multiply(width, 2))).toBe(8);
    expect(() => tf.reshape([1, 2], [tf.dimensionAtIndex(x.shape, 0)])).toThrow('Failed to convert object');
    expect(() => tf.zeros([tf.dimensionAtIndex(x.shape, 0), 2])).toThrow(
      'Cannot convert a partially known TensorShape to a Tensor: (?, 2)',
    );
    sess.close();
  });
});
