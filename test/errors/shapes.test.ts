/** Shapes that do not fit, while a graph is built and while it runs, each with what would fit. */
import * as tf from '../../src';
import { caught, first, says, sess } from './says';

test('static shapes that do not fit, with both operands and their lines', () => {
  const x = tf.placeholder(tf.float32, [null, 784]);
  const w = tf.zeros([100, 10]);
  const error = caught(() => tf.matmul(x, w));
  expect(first(error)).toBe(
    "Dimensions must be equal, but are 784 and 100 for 'MatMul' (op: 'MatMul') with input shapes: [?,784], [100,10].",
  );
  expect(error.message).toMatch(/a: Placeholder:0 \[\?,784\], made at .*\.test\.ts:\d+/);
  expect(error.message).toMatch(/b: zeros:0 \[100,10\], made at .*\.test\.ts:\d+/);
});
test('the family of static shapes, each with what would fit', () => {
  const cases: [() => unknown, string, string | null][] = [
    [
      () => tf.nn.conv2d(tf.placeholder(tf.float32, [null, 28, 28]), tf.zeros([5, 5, 1, 32]), [1, 1, 1, 1], 'SAME'),
      "Shape must be rank 4 but is rank 3 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,28,28], [5,5,1,32].",
      'tf.expandDims(Placeholder, -1)',
    ],
    [
      () =>
        tf.nn.conv2d(
          tf.placeholder(tf.float32, [null, 784], { name: 'x' }),
          tf.zeros([5, 5, 1, 32]),
          [1, 1, 1, 1],
          'SAME',
        ),
      "Shape must be rank 4 but is rank 2 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,784], [5,5,1,32].",
      'reshape x to [-1, 28, 28, 1]',
    ],
    [
      () => tf.matmul(tf.zeros([5, 784]), tf.zeros([100, 784])),
      "Dimensions must be equal, but are 784 and 100 for 'MatMul' (op: 'MatMul') with input shapes: [5,784], " +
        '[100,784].',
      'fix: transpose b: tf.matmul(zeros, zeros_1, {transposeB: true}).',
    ],
    [
      () => tf.matmul(tf.zeros([784, 5]), tf.zeros([784, 100])),
      "Dimensions must be equal, but are 5 and 784 for 'MatMul' (op: 'MatMul') with input shapes: [784,5], [784,100].",
      'fix: transpose a: tf.matmul(zeros, zeros_1, {transposeA: true}).',
    ],
    [
      () => tf.matmul(tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'x' }), tf.zeros([784, 10])),
      "Dimensions must be equal, but are 1 and 784 for 'MatMul' (op: 'BatchMatMulV2') with input shapes: " +
        '[?,28,28,1], [784,10].',
      'fix: reshape x to [-1, 784]',
    ],
    [
      () => tf.matmul(tf.zeros([784]), tf.zeros([784, 10])),
      "Shape must be rank 2 but is rank 1 for 'MatMul' (op: 'MatMul') with input shapes: [784], [784,10].",
      'reshape zeros to [1, 784]',
    ],
    [
      () => tf.zeros([3, 5]).add(tf.zeros([3])),
      "Dimensions must be equal, but are 5 and 3 for 'add' (op: 'AddV2') with input shapes: [3,5], [3].",
      'tf.expandDims(zeros_1, 1), which is [3, 1]',
    ],
    [
      () => tf.zeros([3, 5]).mul(tf.zeros([5, 3])),
      "Dimensions must be equal, but are 3 and 5 for 'mul' (op: 'Mul') with input shapes: [3,5], [5,3].",
      'tf.transpose(zeros_1)',
    ],
    [
      () =>
        tf.nn.conv2d(
          tf.placeholder(tf.float32, [null, 28, 28, 3], { name: 'x' }),
          tf.zeros([5, 5, 1, 32]),
          [1, 1, 1, 1],
          'SAME',
        ),
      "Depth of output (32) is not a multiple of the number of groups (3) for 'Conv2D' (op: 'Conv2D') with " +
        'input shapes: [?,28,28,3], [5,5,1,32].',
      'x has 3 channels and the filter takes 1: make the filter [5, 5, 3, 32]',
    ],
    [
      () => tf.nn.biasAdd(tf.zeros([2, 3]), tf.zeros([2])),
      "Dimensions must be equal, but are 3 and 2 for 'BiasAdd' (op: 'BiasAdd') with input shapes: [2,3], [2].",
      'make zeros_1 [3].',
    ],
    [
      () => tf.concat([tf.zeros([2, 3]), tf.zeros([2, 4])], 0),
      "Dimension 0 in both shapes must be equal, but are 3 and 4. Shapes are [3] and [4]. for 'concat' (op: " +
        "'ConcatV2') with input shapes: [2,3], [2,4], [] and with computed input tensors: input[2] = <0>.",
      'values[1]: zeros_1:0 [2,4]',
    ],
    [
      () => tf.zeros([2]).add(tf.zeros([3])),
      "Dimensions must be equal, but are 2 and 3 for 'add' (op: 'AddV2') with input shapes: [2], [3].",
      null,
    ],
    [() => tf.addN([tf.zeros([2, 1]), tf.zeros([2])]), 'Shapes must be equal rank, but are 2 and 1', null],
    [
      () => tf.addN([tf.zeros([2]), tf.zeros([3])]),
      'Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3].',
      null,
    ],
  ];
  for (const [body, text, cure] of cases) {
    tf.resetDefaultGraph();
    const error = caught(body);
    expect([first(error), error.name]).toEqual([text, 'ValueError']);
    expect(error.message).toMatch(/made at .*\.test\.ts:\d+:\d+/);
    if (cure) expect(error.message).toContain(cure);
  }
});
test('a reshape is not told to reshape its shape', () => {
  says(
    () => tf.reshape(tf.zeros([2, 3]), [4, 2]),
    'ValueError',
    "Cannot reshape a tensor with 6 elements to shape [4,2] (8 elements) for 'Reshape' (op: 'Reshape') with " +
      'input shapes: [2,3], [2] and with input tensors computed as partial shapes: input[1] = [4,2].',
    /tensor: zeros:0 \[2,3\], made at [^]*node is made at .*\n {2}fix: the sizes of a shape, multiplied, .*$/,
  );
});
test('shapes that do not fit when the graph runs', () => {
  const [a, b] = ['a', 'b'].map((name) => tf.placeholder(tf.float32, null, { name }));
  const zeros = (...shape: number[]): tf.NDArray =>
    new tf.NDArray(tf.float32, shape, new Float32Array(shape.reduce((x, y) => x * y, 1)));
  const [p, q] = [a, b].map((t) => {
    const m = tf.identity(t);
    m.setShape([null, null]);
    return m;
  });
  const cases: [tf.Tensor, tf.NDArray, tf.NDArray, string, string | null][] = [
    [
      tf.matmul(p, q),
      zeros(3, 7),
      zeros(100, 10),
      'Matrix size-incompatible: In[0]: [3,7], In[1]: [100,10]',
      'rule: the columns of a, 7, must be the rows of b, 100.',
    ],
    [
      tf.matmul(p, q),
      zeros(3, 7),
      zeros(10, 7),
      'Matrix size-incompatible: In[0]: [3,7], In[1]: [10,7]',
      '{transposeB: true}',
    ],
    [a.add(b), zeros(2, 3), zeros(2, 5), 'Incompatible shapes: [2,3] vs. [2,5]', null],
    [a.add(b), zeros(2, 3), zeros(2), 'Incompatible shapes: [2,3] vs. [2]', 'tf.expandDims(b, 1), which is [2, 1]'],
    [
      tf.reshape(a, [784]).add(b),
      zeros(100),
      zeros(1),
      'Input to reshape is a tensor with 100 values, but the requested shape has 784',
      'each row wants 784 values, and 100 came',
    ],
    [
      tf.reshape(a, [-1, 784]).add(b),
      zeros(100),
      zeros(1),
      'Input to reshape is a tensor with 100 values, but the requested shape requires a multiple of 784',
      'each row wants 784 values',
    ],
  ];
  for (const [fetch, x, y, text, cure] of cases) {
    const error = caught(() =>
      sess.run(fetch, [
        [a, x],
        [b, y],
      ]),
    );
    expect(first(error)).toBe(text);
    expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
    expect(error.message).toMatch(/\[\[node .* \(defined at .*\.test\.ts:\d+:\d+\) \]\]/);
    if (cure) expect(error.message).toContain(cure);
  }
});
