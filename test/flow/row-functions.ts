/** Functions of a row of three floats, for `tf.vectorizedMap`. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';

export type Fn = (x: tf.Tensor) => tf.Tensor;
const wide = (): tf.Tensor =>
  tf.constant([
    [1, 2, 3],
    [4, 5, 6],
  ]);
const square = (): tf.Tensor =>
  tf.constant([
    [1, 2, 0],
    [0, 1, 3],
    [2, 0, 1],
  ]);
/** A check without the branch that tf.Assert puts around it. */
export const checked = (holds: tf.Tensor, x: tf.Tensor): tf.Operation =>
  applyOp('Assert', [holds.shape.rank ? tf.reduceAll(holds) : holds, [x]]);
/** Functions of a row of three floats. */
export const OF_VECTORS: Readonly<Record<string, Fn>> = {
  'element by element': (x) =>
    tf
      .sin(x)
      .mul(2)
      .add(tf.exp(tf.negative(x))),
  'what is the same for all rows': () => tf.constant([1, 2]).mul(3),
  'a scalar beside a vector': (x) => tf.reduceSum(x).mul([1, 2, 3]).add(x),
  'a scalar of the row beside a matrix': (x) => tf.add(tf.reduceMax(x), wide()),
  'a vector beside a matrix': (x) => tf.maximum(x, wide()),
  sums: (x) =>
    tf.stack([
      tf.reduceSum(x),
      tf.reduceMean(x),
      tf.reduceProd(x),
      tf.reduceMin(x),
      tf.cumsum(x).get(0),
    ] as tf.Tensor[]),
  'sums that keep dimensions': (x) => tf.reduceSum(tf.expandDims(x, 0), -1, { keepdims: true }),
  'products from the left': (x) => tf.matmul(tf.expandDims(x, 0), square()),
  'products from the right': (x) => tf.matmul(wide(), tf.expandDims(x, 1)),
  'products of the row with itself': (x) => tf.matmul(tf.expandDims(x, 1), tf.expandDims(x, 1), { transposeB: true }),
  'products that transpose': (x) => tf.matmul(tf.expandDims(x, 1), square(), { transposeA: true }),
  reshapes: (x) => tf.squeeze(tf.reshape(x, [1, 3, 1])),
  'squeezes one dimension': (x) => tf.squeeze(tf.reshape(x, [1, 3, 1]), [-1]),
  transposes: (x) => tf.transpose(tf.mul(tf.expandDims(x, 1), tf.expandDims(x, 0)).add(square())),
  slices: (x) => tf.concat([tf.slice(x, [1], [2]), tf.slice(x, [0], [1])], 0),
  'strided slices': (x) => tf.stridedSlice(x, [2], [0], [-1]),
  'a place of it': (x) => tf.unstack(x)[1],
  splits: (x) => tf.split(tf.reshape(tf.concat([x, x], 0), [2, 3]), 2)[1],
  tiles: (x) => tf.tile(x, [2]),
  pads: (x) => tf.pad(x, [[1, 2]]),
  'softmax and its kin': (x) => tf.nn.softmax(x).add(tf.nn.logSoftmax(x)),
  'gathers of the row': (x) => tf.gather(x, [2, 0]),
  'gathers by the row': (x) => tf.gather(wide(), tf.cast(tf.mod(x, 2), tf.int32)),
  'gathers along an axis by the row': (x) => tf.gather(wide(), tf.cast(tf.mod(x, 3), tf.int32), { axis: 1 }),
  'gathers of the row by the row': (x) => tf.gather(x, tf.cast(tf.mod(x, 3), tf.int32)),
  'casts and compares': (x) => tf.cast(tf.logicalOr(tf.greater(x, 2), tf.equal(x, 0)), tf.float32),
  selects: (x) => tf.where(tf.greater(x, 1), x, tf.zerosLike(x)),
  fills: (x) => tf.fill([2, 2], tf.reduceSum(x)),
  'shapes and sizes': (x) => tf.add(tf.size(x), tf.shape(x).get(0).mul(tf.rank(x))),
  'one of many': (x) => tf.oneHot(tf.argmax(x), 3),
  losses: (x) =>
    tf.nn.l2Loss(x).add(tf.nn.softmaxCrossEntropyWithLogits({ labels: tf.constant([0, 0, 1]), logits: x })),
  'what waits': (x) => tf.controlDependencies([tf.sin(x)], () => tf.identity(x)),
  'what is checked': (x) => tf.controlDependencies([tf.group(checked(tf.less(x, 100), x))], () => tf.identity(x)),
  'a bias': (x) => tf.nn.biasAdd(tf.expandDims(x, 0), [1, 2, 3]),
  activations: (x) => tf.nn.relu(x.sub(1)).add(tf.tanh(x)).add(tf.sigmoid(x)).add(tf.nn.elu(x.neg())),
};
const ZERO = new tf.NDArray(tf.int32, [], Int32Array.of(0));
/** A variable behind so many rounds of a loop. */
export const times = (n: number, body: Fn, first: tf.Tensor): tf.Tensor =>
  tf.whileLoop(
    (i: tf.Tensor) => i.less(n),
    (i: tf.Tensor, y: tf.Tensor) => [i.add(1), body(y)],
    [ZERO, first],
  )[1] as tf.Tensor;
export const slope = (y: tf.Tensor, x: tf.Tensor): tf.Tensor => tf.convertToTensor(tf.gradients(y, x)[0] as tf.Tensor);
/** Functions with loops in them, and with gradients. */
export const OF_LOOPS: Readonly<Record<string, Fn>> = {
  'a loop that is as long for all rows': (x) => times(3, (y) => y.mul(x), x),
  'a loop that each row leaves by itself': (x) =>
    tf.whileLoop(
      (y: tf.Tensor) => tf.reduceSum(y).less(100),
      (y: tf.Tensor) => [y.mul(2).add(x)],
      [x],
    ) as unknown as tf.Tensor,
  'what becomes rows in a loop': (x) => times(2, (y) => y.mul(tf.reduceSum(x)), tf.constant([1, 2])),
  'what becomes rows by what becomes rows': (x) =>
    tf.whileLoop(
      (i: tf.Tensor) => i.less(2),
      (i: tf.Tensor, y: tf.Tensor, z: tf.Tensor) => [i.add(1), y.add(z), z.mul(x)],
      [ZERO, tf.zeros([3]), tf.ones([3])],
    )[1] as tf.Tensor,
  'a loop in a loop': (x) => times(2, (y) => times(2, (z) => z.add(x), y).mul(y), x),
  'a loop of as many rounds as the row says': (x) =>
    tf.whileLoop(
      (i: tf.Tensor) => i.less(tf.cast(x.get(2), tf.int32)),
      (i: tf.Tensor, y: tf.Tensor) => [i.add(1), y.mul(x)],
      [ZERO, tf.ones([3])],
    )[1] as tf.Tensor,
  'a fold': (x) => tf.foldl((a: tf.Tensor, e: tf.Tensor) => a.mul(2).add(e), x),
  'a scan': (x) => tf.scan((a: tf.Tensor, e: tf.Tensor) => a.mul(e), x),
  'a map': (x) => tf.mapFn((e: tf.Tensor) => e.mul(e), x),
  'an array': (x) => new tf.TensorArray(tf.float32, 2).write(0, x).write(1, x.mul(2)).stack(),
  'a slope': (x) => slope(tf.reduceSum(tf.sin(x).mul(x)), x),
  'a slope of a product': (x) =>
    slope(tf.reduceSum(tf.tanh(tf.matmul(tf.expandDims(x, 0), square()))).mul(tf.reduceSum(x)), x),
  'a slope of a loss': (x) =>
    slope(tf.nn.softmaxCrossEntropyWithLogitsV2({ labels: tf.constant([0, 0, 1]), logits: x }), x),
  'a slope of a loop': (x) => slope(tf.reduceSum(times(3, (y) => y.mul(x), x)), x),
  'a slope of an array': (x) =>
    slope(tf.reduceSum(new tf.TensorArray(tf.float32, 2).write(0, x).write(1, x.mul(x)).stack()), x),
  'a slope of what an array has': (x) => {
    const a = new tf.TensorArray(tf.float32, 2, { clearAfterRead: false }).write(0, x).write(1, x.mul(x));
    return slope(tf.reduceSum(a.read(1).mul(a.read(0)).mul(a.read(1))), x);
  },
  'a slope by what is the same for all': (x) => {
    const w = tf.constant([1, 2, 3]);
    const a = new tf.TensorArray(tf.float32, 1).write(0, w);
    return slope(tf.reduceSum(a.read(0).mul(x)), w);
  },
  'a slope of a map': (x) => slope(tf.reduceSum(tf.mapFn((e: tf.Tensor) => e.mul(e), x)), x),
  'a slope of a scan': (x) => slope(tf.reduceSum(tf.scan((a: tf.Tensor, e: tf.Tensor) => a.mul(e), x)), x),
  'a slope of a fold': (x) => slope(tf.reduceSum(tf.foldl((a: tf.Tensor, e: tf.Tensor) => a.mul(e), x)), x),
  'a second slope': (x) => slope(tf.reduceSum(slope(tf.reduceSum(tf.sin(x)), x).mul(x)), x),
};
