/** Where nodes were made: the program's line, however far below it. */
import * as tf from '../../src';

const { DropoutWrapper, LSTMCell, MultiRNNCell, ResidualWrapper } = tf.nn.rnnCell;
const cells = () =>
  new MultiRNNCell(
    Array.from({ length: 2 }, () => new DropoutWrapper(new ResidualWrapper(new LSTMCell(4)), { outputKeepProb: 0.5 })),
  );
const x = () => tf.placeholder(tf.float32, [2, 3, 4]);
const options = { dtype: tf.float32 };
const train = (y: tf.Tensor) => new tf.train.AdamOptimizer(0.1).minimize(tf.reduceMean(tf.square(y)));

beforeEach(() => tf.resetDefaultGraph());
test.each<[string, () => unknown]>([
  ['cells in cells in a loop', () => train(tf.nn.dynamicRnn(cells(), x(), options)[0])],
  [
    'cells in cells, unrolled',
    () => train(tf.nn.staticRnn(cells(), tf.unstack(x(), { axis: 1 }), { dtype: tf.float32 })[0][0]),
  ],
  ['two directions', () => train(tf.nn.bidirectionalDynamicRnn(cells(), cells(), x(), options)[0][0])],
  [
    'a layer with a norm in it',
    () =>
      tf.contrib.slim.conv2d(tf.expandDims(x(), 3), 3, [1, 1], {
        normalizerFn: tf.contrib.slim.batchNorm,
      }),
  ],
])('%s', (_, build) => {
  build();
  const made = tf.getDefaultGraph().getOperations();
  expect(made.length).toBeGreaterThan(20);
  expect(made.filter(({ trace }) => !trace.line?.includes('trace.test.ts')).map(({ name }) => name)).toEqual([]);
});
test("what a program's own function makes in a loop has that function's line", () => {
  const twice = (v: tf.Tensor) => v.mul(2);
  const line = /:(\d+):/.exec(twice(tf.constant(1)).op.trace.line ?? '')?.[1];
  tf.variableScope('a', () => tf.mapFn(twice, [1, 2]));
  const inLoop = tf
    .getDefaultGraph()
    .getOperations()
    .filter(({ name }) => name.startsWith('a/map/while/mul'));
  expect(inLoop.map(({ trace }) => /:(\d+):/.exec(trace.line ?? '')?.[1])).toEqual([line, line]);
});
