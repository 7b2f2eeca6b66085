/** Choosing between two tensors, element by element. */
import { ValueError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { type Tensor, ShapeError } from '../graph/graph';
import type { GradFn, Rows, ShapeContext } from '../graph/opdef';
import { broadcastShapes, mergeShapes } from '../graph/shape-fn';
import type { NameOption } from './options';
import { node, reshape, shapeOf, zeros, zerosLike } from './words';

// 1.x: the condition has the shape of the others, or is a scalar, or picks rows: a vector over their first dimension.
function selectShape(c: ShapeContext): TensorShape[] {
  const condition = c.shape(0);
  const shape = mergeShapes(c.shape(1), c.shape(2));
  if (condition.rank === null || condition.rank === 0 || shape.rank === null) return [shape];
  if (condition.rank === 1 && shape.rank > 1) {
    const [rows, first] = [condition.at(0), shape.at(0)];
    if (rows !== null && first !== null && rows !== first) {
      throw new ShapeError(
        `Dimension 0 in both shapes must be equal, but are ${rows} and ${first}. Shapes are [${rows}] and [${first}].`,
      );
    }
    return [shape];
  }
  const both = mergeShapes(shape, condition);
  return [condition.rank === 1 ? shape : both];
}

// dx is dz where the condition holds, dy where it does not.
/** The error for a condition with one value beside it. */
export function oneOfTwo(): ValueError {
  return new ValueError(
    'x and y must both be non-None or both be None.\n  fix: tf.where(condition, x, y) takes from x where the ' +
      'condition holds and from y elsewhere; tf.where(condition) gives the places where it holds.',
  );
}
const selectGrad: GradFn = ({ inputs: [c, x] }, [dz]) => {
  const none = zerosLike(x);
  const gx = node('Select', c, dz, none);
  return [null, gx, node('Select', c, none, dz)];
};
const selectV2Grad: GradFn = (op, [dz]) => {
  const [c, x, y] = op.inputs;
  const none = zeros([], dz.dtype);
  let gx = node('SelectV2', c, dz, none);
  const sx = shapeOf(x);
  const full = shapeOf(op.outputs[0]);
  const sumTo = (g: Tensor, shape: Tensor): Tensor =>
    reshape(apply('Sum', [g, apply('BroadcastGradientArgs', [shape, full])], { keep_dims: true }), shape);
  gx = sumTo(gx, sx);
  const gy = node('SelectV2', c, none, dz);
  return [null, gx, sumTo(gy, shapeOf(y))];
};

export const SELECT = {
  Select: { shape: selectShape, grad: selectGrad },
  SelectV2: {
    grows: 'shapes',
    grad: selectV2Grad,
    shape: (c) => [broadcastShapes(c.shape(0), broadcastShapes(c.shape(1), c.shape(2)))],
  },
} satisfies Rows;

/**
 * Takes from `x` where the condition holds and from `y` where not, with all three broadcast: TensorFlow 2's `where`.
 * 1.x's own is `tf.where`.
 *
 *     tf.whereV2([true, false], 1, 0)   // [1, 0]
 *     tf.whereV2([[true], [false]], [1, 2], 0)   // [[1, 2], [0, 0]]
 *
 * @param condition  bool; alone any dtype, true where not 0
 * @param x          any dtype, or null
 * @param y          x's dtype, or null
 * @returns  x's dtype; the shape that all broadcast to. Without x and y: the positions of the true elements, int64
 * @throws ValueError  if only one of x and y is given, or the shapes do not fit
 */
export const whereV2 = boundOptions(
  'where_v2',
  3,
  function whereV2(
    condition: TensorLike,
    x: TensorLike | null = null,
    y: TensorLike | null = null,
    { name }: NameOption = {},
  ): Tensor {
    if (x === null && y === null) return apply('Where', [condition], {}, name);
    if (x === null || y === null) throw oneOfTwo();
    return apply('SelectV2', [condition, x, y], {}, name);
  },
);
