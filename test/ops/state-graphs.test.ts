/** What the graphs of variables look like: TensorFlow's nodes, and its refusals of shapes that do not fit. */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { apply, applyOp } from '../../src/graph/apply';
import { sameGraph } from '../sweep';
import { said } from '../said';

const x = (...shape: number[]): tf.Tensor => tf.placeholder(tf.float32, shape, { name: 'x' });
const ix = (...shape: number[]): tf.Tensor => tf.placeholder(tf.int32, shape, { name: 'i' });
/** Of data, so that the constant gets the name that it has in TensorFlow. */
const zeros = (shape: number[], options: tf.VariableOptions = {}): tf.Variable =>
  new tf.Variable(new NDArray(tf.float32, shape, new Float32Array(shape.reduce((a, b) => a * b, 1))), {
    name: 'v',
    ...options,
  });

sameGraph('state', 'references', (tf) => {
  const a = zeros([4, 2]);
  tf.assign(a, x(4, 2));
  tf.assignAdd(a, x(4, 2), { name: 'more' });
  tf.assignSub(a, x(4, 2));
  tf.assign(a, tf.placeholder(tf.float32, [3], { name: 'other' }), { validateShape: false });
  a.assign([
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  a.assignAdd(x(4, 2), { useLocking: true });
  a.readValue();
  tf.isVariableInitialized(a);
});
sameGraph('state', 'counting', (tf) => tf.countUpTo(new tf.Variable(0, { name: 'n', dtype: tf.int32 }), 3));
sameGraph('state', 'scatters', (tf) => {
  const a = zeros([4, 2]);
  for (const f of [
    tf.scatterUpdate,
    tf.scatterAdd,
    tf.scatterSub,
    tf.scatterMul,
    tf.scatterDiv,
    tf.scatterMin,
    tf.scatterMax,
  ])
    f(a, ix(3), x(3, 2));
  tf.scatterAdd(a, ix(3), 1);
  tf.scatterNdUpdate(a, ix(3, 1), x(3, 2));
  tf.scatterNdAdd(a, ix(3, 2), x(3));
  tf.scatterNdSub(a, ix(3, 2), x(3));
  a.scatterSub(new tf.IndexedSlices(x(3, 2), ix(3)));
});
sameGraph('state', 'resources', (tf) => {
  const a = zeros([4, 2], { useResource: true });
  a.assign(x(4, 2), { readValue: false });
  a.assignAdd(x(4, 2), { readValue: false });
  a.assignSub(x(4, 2), { readValue: false, name: 'less' });
  a.assign(x(4, 2));
  a.readValue();
  tf.isVariableInitialized(a);
  tf.countUpTo(new tf.Variable(0, { name: 'n', dtype: tf.int32, useResource: true }), 3);
});
sameGraph('state', 'resource scatters', (tf) => {
  const a = zeros([4, 2], { useResource: true });
  for (const f of [
    tf.scatterUpdate,
    tf.scatterAdd,
    tf.scatterSub,
    tf.scatterMul,
    tf.scatterDiv,
    tf.scatterMin,
    tf.scatterMax,
  ])
    f(a, ix(3), x(3, 2));
  tf.scatterNdAdd(a, ix(3, 2), x(3));
  tf.gather(a, ix(3));
});
sameGraph('state', 'variables in arithmetic', (tf) => {
  const [a, b] = [zeros([2, 2]), zeros([2, 2], { useResource: true })];
  const y = a.mul(b).add(1);
  tf.matmul(b, y);
  tf.stack([b, a]);
});
sameGraph('state', 'gradient of a gather from a resource', (tf) => {
  const a = zeros([4, 2], { useResource: true });
  tf.gradients(tf.gather(a, ix(3)), [a]);
});
sameGraph('state', 'gradient to a resource', (tf) => {
  tf.gradients(zeros([2], { useResource: true }).mul(2), tf.trainableVariables());
});
sameGraph('state', 'gradient to a reference', (tf) => {
  tf.gradients(zeros([2]).mul(2), tf.trainableVariables());
});

describe('shapes that do not fit are refused when the graph is built', () => {
  beforeEach(() => tf.resetDefaultGraph());
  const w = (useResource: boolean): tf.Variable => new tf.Variable([1, 2], { name: 'W', useResource });
  test('references', () => {
    expect(said(() => w(false).assign([1, 2, 3]))).toBe(
      'ValueError: Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3]. for ' +
        "'Assign' (op: 'Assign') with input shapes: [2], [3].",
    );
    expect(said(() => w(false).assignAdd(1))).toBe(
      "ValueError: Shapes must be equal rank, but are 1 and 0 for 'AssignAdd' (op: 'AssignAdd') with input " +
        'shapes: [2], [].',
    );
    expect(said(() => tf.scatterAdd(zeros([4, 2]), [0, 1], [1, 2]))).toBe(
      "ValueError: Shapes must be equal rank, but are 1 and 2 for 'ScatterAdd' (op: 'ScatterAdd') with input " +
        'shapes: [4,2], [2], [2].',
    );
    expect(() => tf.assign(tf.constant([1, 2]), [1, 2])).toThrow('is not a variable');
    expect(() => apply('Assign', [tf.constant([1, 2]), [1, 2]])).toThrow(
      "'Assign' Op requires that input 'ref' be a mutable tensor (e.g.: a tf.Variable)",
    );
  });
  test('handles', () => {
    expect(said(() => w(true).assign([1, 2, 3]))).toBe('ValueError: Shapes (2,) and (3,) are incompatible');
    const { handle } = w(true);
    expect(said(() => applyOp('AssignAddVariableOp', [handle, [1, 2, 3]]))).toBe(
      'ValueError: Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3]. for ' +
        "'AssignAddVariableOp' (op: 'AssignAddVariableOp') with input shapes: [], [3].",
    );
    expect(said(() => apply('ReadVariableOp', [handle], { dtype: tf.int32 }))).toBe(
      "ValueError: Trying to read variable with wrong dtype. Expected float got int32 for 'ReadVariableOp' " +
        "(op: 'ReadVariableOp') with input shapes: [].",
    );
    expect(said(() => applyOp('ResourceScatterAdd', [handle, [1, 2], [1, 2, 3]]))).toBe(
      'ValueError: Dimension 0 in both shapes must be equal, but are 3 and 2. Shapes are [3] and [2]. for ' +
        "'ResourceScatterAdd' (op: 'ResourceScatterAdd') with input shapes: [], [2], [3].",
    );
  });
});
