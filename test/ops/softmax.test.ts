import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { devices, expectClose, open, sameGraph, sweep } from '../sweep';

// TensorFlow's second derivative is by the logits alone; it is checked below.
sweep('softmax', {
  firstOrderOnly: ['SoftmaxCrossEntropyWithLogits'],
  firstOrderAlone: [
    'SparseSoftmaxCrossEntropyWithLogits float32[4,3] int32[4]=0,1,2,0',
    'SparseSoftmaxCrossEntropyWithLogits float32[2,3] int64[2]=2,0',
    'SparseSoftmaxCrossEntropyWithLogits float64[2,3] int32[2]=2,0',
    'SparseSoftmaxCrossEntropyWithLogits float32[50,10] int32[50] of unknown shapes',
  ],
});

type T = typeof tf;
const x = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });
const y = (t: T, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'y' });
const xent = (t: T, shape: (number | null)[], more: object = {}): tf.Tensor =>
  t.nn.softmaxCrossEntropyWithLogits({ labels: y(t, ...shape), logits: x(t, ...shape), ...more });
const xent2 = (t: T, shape: (number | null)[], more: object = {}): tf.Tensor =>
  t.nn.softmaxCrossEntropyWithLogitsV2({ labels: y(t, ...shape), logits: x(t, ...shape), ...more });
const sparse = (t: T, shape: (number | null)[], more: object = {}): tf.Tensor =>
  t.nn.sparseSoftmaxCrossEntropyWithLogits({
    labels: t.placeholder(t.int32, shape.slice(0, -1), { name: 'y' }),
    logits: x(t, ...shape),
    ...more,
  });
const named = (t: T, ...names: string[]): tf.Tensor[] =>
  names.map((n) => t.getDefaultGraph().getTensorByName(`${n}:0`));
/** The gradients of what `loss` makes, and those of the first one's square. */
function differentiate(t: T, loss: (t: T) => tf.Tensor, names: string[], order: 1 | 2): void {
  const out = loss(t);
  const xs = named(t, ...names);
  const [g] = t.gradients(out, xs) as tf.Tensor[];
  if (order === 2) t.gradients(g.mul(g), xs);
}

sameGraph('softmax', 'softmax', (t) => {
  t.nn.softmax(x(t, 2, 3));
  t.nn.softmax(x(t, 2, 3), { axis: 1, name: 's' });
  t.nn.logSoftmax(x(t, null, 3));
  t.nn.softmax([1, 2]);
});
sameGraph('softmax', 'softmax along another axis', (t) => {
  t.nn.softmax(x(t, 2, 3, 4), 1);
  t.nn.logSoftmax(x(t, null, 3), { axis: 0, name: 'l' });
  t.nn.softmax(x(t, 2, 3, 4), { dim: -2 });
});
sameGraph('softmax', 'cross-entropy', (t) => xent(t, [null, 10]));
sameGraph('softmax', 'cross-entropy of known shape', (t) => xent(t, [4, 10], { name: 'loss' }));
sameGraph('softmax', 'cross-entropy of rank 3', (t) => xent(t, [null, 5, 10]));
sameGraph('softmax', 'cross-entropy of unknown shape', (t) =>
  t.nn.softmaxCrossEntropyWithLogits({ labels: t.placeholder(t.float32), logits: t.placeholder(t.float32) }),
);
sameGraph('softmax', 'cross-entropy along another axis', (t) => xent(t, [4, 10, null], { dim: 1 }));
sameGraph('softmax', 'cross-entropy of constants', (t) =>
  t.nn.softmaxCrossEntropyWithLogits({ labels: [[0, 1]], logits: [[1, 2]] }),
);
sameGraph('softmax', 'cross-entropy of double labels', (t) =>
  t.nn.softmaxCrossEntropyWithLogits({ labels: t.placeholder(t.float64, [null, 3]), logits: x(t, null, 3) }),
);
sameGraph('softmax', 'cross-entropy, version 2', (t) => {
  xent2(t, [null, 10]);
  xent2(t, [4, 10], { axis: 0, name: 'v2' });
});
sameGraph('softmax', 'sparse cross-entropy', (t) => {
  sparse(t, [null, 10]);
  sparse(t, [4, 10], { name: 'loss' });
});
sameGraph('softmax', 'sparse cross-entropy of rank 3', (t) => sparse(t, [2, 5, 10]));
sameGraph('softmax', 'sparse cross-entropy of rank 3 and unknown size', (t) => sparse(t, [null, null, 10]));
sameGraph('softmax', 'sparse cross-entropy of rank 3, gradient', (t) =>
  differentiate(t, () => sparse(t, [2, 5, 10]), ['x'], 1),
);
sameGraph('softmax', 'sparse cross-entropy of rank 1', (t) => {
  const labels = t.placeholder(t.int32, []);
  t.nn.sparseSoftmaxCrossEntropyWithLogits({ labels, logits: x(t, 10) });
});
sameGraph('softmax', 'gradient of the cross-entropy', (t) => differentiate(t, () => xent(t, [null, 10]), ['x'], 1));
sameGraph('softmax', 'gradient of the mean cross-entropy', (t) =>
  differentiate(t, () => t.reduceMean(xent(t, [null, 10])), ['x'], 1),
);
sameGraph('softmax', 'gradient of the cross-entropy, version 2', (t) =>
  differentiate(t, () => xent2(t, [null, 10]), ['x', 'y'], 1),
);
sameGraph('softmax', 'second gradient of the cross-entropy', (t) =>
  differentiate(t, () => xent(t, [null, 10]), ['x'], 2),
);
sameGraph('softmax', 'gradient of the sparse cross-entropy', (t) =>
  differentiate(t, () => sparse(t, [null, 10]), ['x'], 1),
);
sameGraph('softmax', 'second gradient of softmax', (t) =>
  differentiate(t, () => t.nn.softmax(x(t, null, 10)), ['x'], 2),
);
sameGraph('softmax', 'second gradient of log-softmax', (t) =>
  differentiate(t, () => t.nn.logSoftmax(x(t, null, 10)), ['x'], 2),
);

const run = (build: () => tf.Tensor | tf.Tensor[]): unknown => {
  const graph = new tf.Graph();
  const sess = open(graph, devices()[0]);
  try {
    return sess.run(graph.asDefault(build) as tf.Tensor);
  } finally {
    sess.close();
  }
};
const caught = (build: () => unknown): Error => {
  try {
    new tf.Graph().asDefault(build);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not throw');
};

test('the cross-entropies take labels and logits by name alone', () => {
  const call = tf.nn.softmaxCrossEntropyWithLogits as unknown as (...args: unknown[]) => tf.Tensor;
  const error = caught(() => call(tf.constant([[1, 0]]), tf.constant([[1, 2]])));
  expect(error.message).toBe(
    'Only call `softmax_cross_entropy_with_logits` with named arguments (labels=..., logits=..., ...)' +
      '\n  fix: tf.nn.softmaxCrossEntropyWithLogits({labels, logits})',
  );
  expect(error.name).toBe('ValueError');
  for (const [fn, name] of [
    [tf.nn.sparseSoftmaxCrossEntropyWithLogits, 'sparse_softmax_cross_entropy_with_logits'],
    [tf.nn.sigmoidCrossEntropyWithLogits, 'sigmoid_cross_entropy_with_logits'],
  ] as const) {
    expect(caught(() => (fn as unknown as typeof call)(tf.constant([1]))).message.split('\n')[0]).toBe(
      `Only call \`${name}\` with named arguments (labels=..., logits=..., ...)`,
    );
  }
  // Python's second form has nothing in front to catch positions.
  expect(tf.nn.softmaxCrossEntropyWithLogitsV2([[1, 0]], [[1, 2]]).shape.dims).toEqual([1]);
  expect(caught(() => tf.nn.softmaxCrossEntropyWithLogits({ labels: [1] } as never)).message).toContain(
    'Both labels and logits must be provided.',
  );
  // @ts-expect-error positional arguments are a type error
  expect(() => tf.nn.softmaxCrossEntropyWithLogits([[1, 0]], [[1, 2]])).toThrow('Only call');
});

test('a label outside the classes says which, and what the logits allow', () => {
  expect(() =>
    run(() =>
      tf.nn.sparseSoftmaxCrossEntropyWithLogits({
        labels: [1, 7],
        logits: tf.constant([
          [1, 2, 3],
          [1, 2, 3],
        ]),
      }),
    ),
  ).toThrow('Received a label value of 7 which is outside the valid range of [0, 3).  Label values: 1 7');
});

test('sparse cross-entropy says how labels and logits differ in rank', () => {
  expect(caught(() => sparse(tf, [2, 3], { labels: tf.placeholder(tf.int32, [2, 3]) })).message.split('\n')[0]).toBe(
    'Rank mismatch: Rank of labels (received 2) should equal rank of logits minus 1 (received 2).',
  );
  expect(caught(() => sparse(tf, [2, 3], { labels: tf.placeholder(tf.int32, [4]) })).message).toBe(
    'Shape mismatch: The shape of labels (received (4,)) should equal the shape of logits except for the last ' +
      'dimension (received (2, 3)).',
  );
  expect(caught(() => sparse(tf, [], { labels: tf.placeholder(tf.int32, []) })).message).toBe(
    'Logits cannot be scalars - received shape ().',
  );
});

test('the sparse cross-entropy has no second derivative, and says so', () => {
  expect(caught(() => differentiate(tf, () => sparse(tf, [4, 3]), ['x'], 2)).message).toContain(
    'Currently there is no way to take the second derivative of sparse_softmax_cross_entropy_with_logits',
  );
});

test('the second derivative by the logits is that of the softmax', () => {
  const [second, expected] = run(() => {
    const [logits, labels, v] = [
      tf.constant(
        [
          [1, 2, 3],
          [0, -1, 1],
        ],
        tf.float64,
      ),
      tf.constant(
        [
          [0.2, 0.3, 0.5],
          [1, 0, 0],
        ],
        tf.float64,
      ),
      tf.constant(
        [
          [1, 2, -1],
          [0.5, 1, 3],
        ],
        tf.float64,
      ),
    ];
    const [g] = tf.gradients(tf.nn.softmaxCrossEntropyWithLogits({ labels, logits }), logits) as tf.Tensor[];
    const [h] = tf.gradients(g.mul(v), logits) as tf.Tensor[];
    // (diag(s) − s·sᵀ)·v
    const s = tf.nn.softmax(logits);
    return [h, s.mul(v.sub(tf.reduceSum(s.mul(v), 1, { keepdims: true })))];
  }) as NDArray[];
  expectClose(second, { dtype: 'float64', shape: [2, 3], data: Array.from(expected.data as Float64Array) });
});

test('softmax along an inner axis equals softmax of the transposed', () => {
  const [a, b] = run(() => {
    const z = tf.constant([
      [
        [1, 2],
        [3, 5],
        [0, 1],
      ],
    ]);
    return [tf.nn.softmax(z, 1), tf.transpose(tf.nn.softmax(tf.transpose(z, [0, 2, 1])), [0, 2, 1])];
  }) as NDArray[];
  expectClose(a, { dtype: 'float32', shape: [1, 3, 2], data: Array.from(b.data as Float32Array) });
  expect(caught(() => tf.nn.softmax(x(tf, 2, 3), 2)).message.split('\n')[0]).toBe(
    'Dimension (2) must be in the range [-2, 2) where 2 is the number of dimensions in the input.',
  );
});

test('the loss of confident logits neither overflows nor loses its digits', () => {
  const loss = run(() =>
    tf.nn.softmaxCrossEntropyWithLogits({
      labels: [
        [0, 1],
        [1, 0],
      ],
      logits: [
        [1000, -1000],
        [1e-3, -1e-3],
      ],
    }),
  ) as NDArray;
  expectClose(loss, { dtype: 'float32', shape: [2], data: [2000, Math.log(1 + Math.exp(-2e-3))] }, 1e-6);
});
