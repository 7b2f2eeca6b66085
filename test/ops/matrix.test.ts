import type * as tf from 'tfjs-session';
import { sameGraph, sweep } from '../sweep';

sweep('matrix');

const x = (t: typeof tf, ...shape: (number | null)[]): tf.Tensor => t.placeholder(t.float32, shape, { name: 'x' });
sameGraph('matrix', 'diagonals', (t) => {
  t.linalg.diag(x(t, 3));
  t.linalg.diagPart(x(t, 2, 3));
  t.linalg.setDiag(x(t, 3, 3), x(t, 3), { name: 's' });
  t.diag(x(t, 2));
  t.diagPart(x(t, 2, 2));
  t.trace(x(t, 2, 3, 3));
  t.linalg.bandPart(x(t, 3, 3), 1, -1);
  t.cross(x(t, 3), [1, 2, 3], { name: 'c' });
});
sameGraph('matrix', 'gradient of diagonals', (t) => {
  const [a, b] = [x(t, null, 3), x(t, 3)];
  t.gradients([t.matrixDiagPart(a), t.matrixSetDiag(a, b), t.matrixSetDiag(t.matrixDiag(b), b)], [a, b]);
});
