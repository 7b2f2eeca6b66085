/** Broadcasting: `tf.broadcastTo`, and how a gradient gets back to the shape of an operand. */
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import { type Dim, type ShapeLike, TensorShape, broadcast, broadcastGradientAxes, pythonTuple } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { IndexedSlices, ShapeError, type Tensor } from '../graph/graph';
import type { GradContext, Rows, ShapeContext } from '../graph/opdef';
import { Key } from '../graph/own';
import { broadcastShapes, inputValues, mergeDim, shapeInput, withRank, withRankAtMost } from '../graph/shape-fn';
import type { NameOption } from './options';
import { shape } from './shape';
import { oncePerGraph, reshape, shapeOf } from './words';

export const BROADCAST = {
  BroadcastTo: {
    grows: 'numbers',
    shape: broadcastToShape,
    grad: broadcastToGrad,
  },
  BroadcastArgs: {
    shape: broadcastArgsShape,
    value: broadcastArgsValue,
  },
  BroadcastGradientArgs: {
    shape: () => [[null], [null]],
    values(c) {
      const [a, b] = inputValues(c);
      const axes = a && b && broadcastGradientAxes(numbersIn(a), numbersIn(b));
      return axes && axes.map((list) => toNDArray(list, a.dtype, [list.length]));
    },
  },
} satisfies Rows;

function broadcastToShape(c: ShapeContext): [TensorShape | null] {
  const from = c.shape(0);
  const sizes = withRank(c, 1, 1).at(0);
  if (sizes !== null) withRankAtMost(c, 0, sizes);
  const to = shapeInput(c, 1);
  if (!to?.dims || !from.dims) return [to];
  const offset = to.dims.length - from.dims.length;
  // TensorFlow compares the dimensions above 1 alone; an empty one is left to the run.
  const merged = to.dims.map((d, i) => {
    const had = i < offset ? null : from.dims![i - offset];
    return had !== null && had > 1 ? mergeDim(had, d) : d;
  });
  return [new TensorShape(merged)];
}
function broadcastToGrad(op: GradContext, [dy]: Tensor[]): (Tensor | null)[] {
  const [x, to] = op.inputs;
  const from = shape(x);
  const axes = applyOp('BroadcastGradientArgs', [to, from]).outputs[1];
  return [reshape(apply('Sum', [dy, axes], { keep_dims: true }), from), null];
}
function broadcastArgsShape(c: ShapeContext): [[Dim]] {
  const [a, b] = [withRank(c, 0, 1).at(0), withRank(c, 1, 1).at(0)];
  return [[a === null || b === null ? null : Math.max(a, b)]];
}
function broadcastArgsValue(c: ShapeContext): NDArray | null {
  const [a, b] = inputValues(c);
  const out = a && b && broadcast(numbersIn(a), numbersIn(b));
  return out && toNDArray(out, a.dtype, [out.length]);
}

/**
 * Repeats a tensor along dimensions that it lacks or has as 1, after NumPy's rules.
 *
 *     tf.broadcastTo([1, 2], [2, 2])   // [[1, 2], [1, 2]]
 *
 * @param input  any dtype
 * @param shape  int32 or int64 sizes, at least as many as input has
 * @returns  input's dtype, `shape`
 * @throws ValueError  if the shapes are known and do not fit
 */
export const broadcastTo = boundOptions(
  'broadcast_to',
  2,
  function broadcastTo(x: TensorLike, shape: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('BroadcastTo', [x, shape], {}, name);
  },
);

/**
 * The shape that two vectors of sizes broadcast to, computed when the graph runs.
 *
 *     tf.broadcastDynamicShape([3, 1], [4])   // [3, 4]
 *
 * @param shapeX  int32 or int64, a vector of sizes
 * @param shapeY  its dtype, another one
 * @returns  their dtype, a vector
 * @throws InvalidArgumentError  when run, if they do not fit
 */
export const broadcastDynamicShape = boundOptions(
  'broadcast_dynamic_shape',
  2,
  function broadcastDynamicShape(x: TensorLike, y: TensorLike): Tensor {
    return apply('BroadcastArgs', [x, y]);
  },
);
/**
 * The shape that two shapes broadcast to, as far as it is known.
 *
 *     tf.broadcastStaticShape([3, 1], [4])   // [3, 4]
 *
 * @param shapeX  a shape, with null for what is not known
 * @param shapeY  another one
 * @returns  the shape
 * @throws ValueError  if they do not fit
 */
export const broadcastStaticShape = boundOptions(
  'broadcast_static_shape',
  2,
  function broadcastStaticShape(x: ShapeLike, y: ShapeLike): TensorShape {
    const [a, b] = [TensorShape.of(x), TensorShape.of(y)];
    try {
      return broadcastShapes(a, b);
    } catch (error) {
      throw error instanceof ShapeError ? new ValueError(`Incompatible shapes for broadcasting: ${a} and ${b}`) : error;
    }
  },
);
// --- broadcasting ---------------------------------------------------------------------------------------

/** What a broadcast did to an operand: its shape, the axes to sum over, and whether there is anything to undo. */
export interface Broadcast {
  readonly shape: Tensor | readonly number[];
  readonly axes: Tensor | readonly number[];
  readonly changed: boolean;
}

/** The nodes of `broadcast_gradient_args` on the shapes of two operands. */
export function broadcastGradientArgs(x: Tensor, y: Tensor): [Broadcast, Broadcast] {
  const [sx, sy] = [shapeOf(x), shapeOf(y)];
  const [rx, ry] = applyOp('BroadcastGradientArgs', [sx, sy]).outputs;
  return [
    { shape: sx, axes: rx, changed: true },
    { shape: sy, axes: ry, changed: true },
  ];
}

/** Axes of pairs of known shapes. */
const KNOWN = new Key<Map<string, [readonly number[], readonly number[]]>>('broadcasts of known shapes');

/** The same with known shapes worked out while building: math_grad's SmartBroadcastGradientArgs. */
export function smartBroadcastGradientArgs(x: Tensor, y: Tensor, grad: Tensor | IndexedSlices): [Broadcast, Broadcast] {
  if (grad instanceof IndexedSlices) return broadcastGradientArgs(x, y);
  const { fullDims: a } = x.shape;
  const { fullDims: b } = y.shape;
  if (!a || !b) {
    const [sx, sy] = [apply('Shape', [x]), apply('Shape', [y])];
    const [rx, ry] = applyOp('BroadcastGradientArgs', [sx, sy]).outputs;
    return [
      { shape: sx, axes: rx, changed: true },
      { shape: sy, axes: ry, changed: true },
    ];
  }
  const axes = oncePerGraph(KNOWN, `${pythonTuple(a)}${pythonTuple(b)}`, () => {
    // The node stays in the graph unused, as it does in TensorFlow's.
    applyOp('BroadcastGradientArgs', [a, b]);
    return broadcastGradientAxes(a, b)!;
  });
  const differs = (t: Tensor): boolean => !grad.shape.isFullyDefined() || !t.shape.equals(grad.shape);
  return [
    { shape: a, axes: axes[0], changed: differs(x) },
    { shape: b, axes: axes[1], changed: differs(y) },
  ];
}
/** Sums a gradient over what broadcasting added, and gives it the operand's shape. */
export function unbroadcast<G extends Tensor | IndexedSlices>(
  grad: G,
  { shape, axes, changed }: Broadcast,
): Tensor | G {
  return changed ? reshape(apply('Sum', [grad, axes]), shape) : grad;
}
