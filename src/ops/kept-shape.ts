/** The shapes that the gradient of a reduction works with. */
import { float32, int32 } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { apply } from '../graph/apply';
import { constantNode } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { Key } from '../graph/own';
import { castTo, ints, oncePerGraph, range, scoped, shapeOf, sizeOf } from './words';

/** `x // max(y, 1)` of shapes: 0 by 0 is 0. */
export function safeDivide(x: Tensor | readonly number[], y: Tensor | readonly number[]): Tensor {
  const divisor = apply('Maximum', [y, 1], { T: int32 });
  return apply('FloorDiv', [x, divisor], {}, 'floordiv');
}
/** The shape that `keep_dims` leaves: 1 in place of what was reduced, worked out by nodes. */
export function keptShape(shape: Tensor, axes: Tensor): Tensor {
  const dims = castTo(shape, int32);
  const wanted = castTo(axes, int32);
  const rank = sizeOf(dims);
  const positive = wanted.add(rank).mod(rank);
  const count = shapeOf(positive);
  return apply('DynamicStitch', [
    [range(0, rank), positive],
    [dims, apply('Fill', [count, 1], { T: int32 })],
  ]);
}
/** Per shape and axes. */
const KNOWN = new Key<Map<string, readonly [readonly number[], readonly number[]]>>('reductions of known shapes');
/**
 * The kept shape and how often to repeat the gradient, as numbers. The nodes that TensorFlow evaluates for them stay in
 * the graph unused.
 */
export function knownReduction(
  dims: readonly number[],
  axes: readonly number[],
): readonly [readonly number[], readonly number[]] {
  return oncePerGraph(KNOWN, `${dims.join()};${axes.join()}`, () => {
    keptShape(converted(dims), converted(axes));
    const reduced = new Set(axes.map((a) => (a + dims.length) % dims.length));
    const kept = dims.map((d, i) => (reduced.has(i) ? 1 : d));
    safeDivide(dims, kept);
    return [kept, dims.map((d, i) => Math.floor(d / Math.max(kept[i], 1)))];
  });
}
/** An empty tuple is float32 to Python, and cast. */
function converted(values: readonly number[]): Tensor {
  return scoped('Cast', (scope) => {
    if (values.length) return ints(values, 'x');
    const none = constantNode(new NDArray(float32, [0], new Float32Array(0)), 'x');
    return apply('Cast', [none], { DstT: int32 }, scope);
  });
}
