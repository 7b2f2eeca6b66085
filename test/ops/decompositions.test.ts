import * as tf from '../../src';
import { sameGraph, sweep } from '../sweep';

// The gradient of Cholesky is made symmetric, as if the upper half were looked at too; those of determinants go by the
// inverse of the adjoint, whose own gradient TensorFlow takes as if it were that of the matrix.
sweep('decompositions', { firstOrderOnly: ['Cholesky', 'MatrixDeterminant', 'LogMatrixDeterminant'] });

const matrix = (...shape: readonly number[]): tf.Tensor => tf.placeholder(tf.float32, shape, { name: 'x' });
const sides = (): tf.Tensor => tf.ones([3, 2]);
const graphs: Readonly<Record<string, () => unknown>> = {
  matrixInverse: () => {
    const x = matrix(3, 3);
    tf.gradients(tf.matrixInverse(x, true, { name: 'a' }), x);
  },
  determinant: () => {
    const x = matrix(2, 3, 3);
    tf.gradients(tf.matrixDeterminant(x), x);
  },
  matrixSolve: () => {
    const x = matrix(3, 3);
    tf.gradients(tf.matrixSolve(x, sides()), x);
  },
  triangularSolve: () => {
    const x = matrix(3, 3);
    tf.gradients(tf.matrixTriangularSolve(x, sides(), false), x);
  },
  cholesky: () => {
    const x = matrix(3, 3);
    tf.gradients(tf.cholesky(x), x);
  },
  choleskySolve: () => tf.choleskySolve(matrix(3, 3), sides()),
  qr: () => {
    const x = matrix(4, 3);
    tf.gradients(tf.qr(x)[0], x);
  },
  slogdet: () => {
    const x = matrix(3, 3);
    tf.gradients(tf.linalg.slogdet(x).logAbsDeterminant, x);
  },
  adjoint: () => tf.linalg.adjoint(tf.placeholder(tf.complex64, [2, 3], { name: 'x' })),
  orthogonal: () => tf.getVariable('w', [2, 2, 8], { initializer: tf.initializers.orthogonal(0.5, 7) }),
};
for (const [name, build] of Object.entries(graphs)) sameGraph('decompositions', name, build);

test('the gradient of qr needs a square triangle of a known shape', () => {
  const gradient =
    (x: tf.Tensor, fullMatrices = false) =>
    () =>
      tf.gradients(tf.qr(x, { fullMatrices })[0], x);
  expect(gradient(matrix(2, 3))).toThrow('QrGrad not implemented when ncols > nrows or full_matrices is true');
  expect(gradient(matrix(3, 2), true)).toThrow('QrGrad not implemented when ncols > nrows or full_matrices is true');
  expect(gradient(tf.placeholder(tf.float32, [null, 2]))).toThrow('QrGrad not implemented with dynamic shapes.');
  const z = tf.placeholder(tf.complex64, [2, 2]);
  expect(() => tf.gradients(tf.real(tf.qr(z)[0]), z)).toThrow("QrGrad not implemented for dtype: <dtype: 'complex64'>");
});
test('an orthogonal variable has columns at right angles, or rows, and the gain as their length', () => {
  using sess = new tf.Session();
  const lengths = ([3, 2] as const).map((columns) => {
    const shape = [2, columns === 3 ? 1 : 2, columns];
    const w = tf.getVariable(`w${columns}`, shape, { initializer: tf.orthogonalInitializer(2, 3) });
    const flat = tf.reshape(w, [-1, columns]);
    return tf.round(
      columns === 3 ? tf.matmul(flat, flat, { transposeB: true }) : tf.matmul(flat, flat, { transposeA: true }),
    );
  });
  sess.run(tf.globalVariablesInitializer());
  const four = [
    [4, 0],
    [0, 4],
  ];
  for (const found of sess.run(lengths)) expect(tf.NDArray.prototype.toArray.call(found)).toEqual(four);
  expect(() => tf.getVariable('v', [2], { initializer: tf.orthogonalInitializer() })).toThrow(
    'at least two-dimensional',
  );
});
