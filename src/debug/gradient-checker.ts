/** Compares symbolic gradients with differences of values: TensorFlow's `tf.test.compute_gradient`. */
import { type DType, float32, float64, zerosOf } from '../base/dtype';
import { asFloats } from '../base/elements';
import { ValueError } from '../base/errors';
import { asList, isList } from '../base/nested';
import { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { sameShape, sizeOf } from '../base/shape';
import { boundOptions, boundOverloads } from '../calls/bind';
import { gradientsOf } from '../gradients/gradients';
import { apply } from '../graph/apply';
import { constantNode } from '../graph/constant';
import { type Operation, type Tensor, IndexedSlices } from '../graph/graph';
import type { Grad } from '../graph/opdef';
import type { FeedValue } from '../session/feed';
import type { FeedKey } from '../graph/runner';
import { type Session, getDefaultSession } from '../session/session';

type ArrayLike = NDArray | Float32Array | Float64Array | number | readonly unknown[];
/** What the gradient checks take by name. */
export interface GradientCheckOptions {
  /** Where to compare; random values in [0, 1) where not given. */
  readonly xInitValue?: ArrayLike | readonly ArrayLike[] | null;
  /** How far x is moved to either side. */
  readonly delta?: number;
  /** Operations to run first, such as initializers. */
  readonly initTargets?: readonly Operation[] | null;
  /** Values for other placeholders. */
  readonly extraFeedDict?: readonly (readonly [FeedKey, FeedValue])[] | null;
}
/** dy/dx as matrices of one row per element of x and one column per element of y. */
export type Jacobians = readonly [theoretical: NDArray, numeric: NDArray];

/**
 * The Jacobian of `y` with respect to `x`, from the graph's gradients and from differences, in the default session.
 *
 *     const x = tf.constant([1, 2]);
 *     const y = x.square();
 *     const options = { xInitValue: new Float32Array([1, 2]) };
 *     const [theoretical] = sess.asDefault(() => tf.test.computeGradient(x, [2], y, [2], options));
 *     theoretical.toArray()   // [[2, 0], [0, 4]]
 *
 * @param x              a tensor, or a list of them
 * @param xShape         its shape; a list of shapes for a list
 * @param y              a tensor of floats
 * @param yShape         its shape
 * @param xInitValue     where to compare; random values in [0, 1) where not given
 * @param delta          how far x is moved to either side; 0.001 where not given
 * @param initTargets    operations to run first
 * @param extraFeedDict  what else is fed
 * @returns  a pair of matrices with one row per element of x and one column per element of y; a list of pairs for a
 *   list
 * @throws ValueError  without a default session, or for a dtype that is not floating point
 */
export const computeGradient = boundOverloads('test.compute_gradient', 4, jacobian);
function jacobian(
  x: Tensor,
  xShape: readonly number[],
  y: Tensor,
  yShape: readonly number[],
  options?: GradientCheckOptions,
): Jacobians;
function jacobian(
  x: readonly Tensor[],
  xShape: readonly (readonly number[])[],
  y: Tensor,
  yShape: readonly number[],
  options?: GradientCheckOptions,
): Jacobians[];
function jacobian(...given: Parameters<typeof jacobiansOf>): Jacobians | Jacobians[] {
  const found = jacobiansOf(...given);
  return isList(given[0]) ? found : found[0];
}
function jacobiansOf(
  x: Tensor | readonly Tensor[],
  xShape: readonly number[] | readonly (readonly number[])[],
  y: Tensor,
  yShape: readonly number[],
  options: GradientCheckOptions = {},
): Jacobians[] {
  const sess = getDefaultSession();
  if (!sess)
    throw new ValueError('No default session is registered.\n  fix: sess.asDefault(() => tf.test.computeGradient(…)).');
  const xs = asList(x);
  const shapes = xs.map((_, i) => [isList(x) ? xShape[i] : xShape].flat(2));
  const { xInitValue } = options;
  const starts: readonly unknown[] = !isList(x) ? [xInitValue] : Array.isArray(xInitValue) ? xInitValue : [];
  const probes = xs.map((each) => probeOf(each, y, yShape));
  for (const op of options.initTargets ?? []) op.run(null, sess);
  return xs.map((each, i) => jacobians(sess, each, shapes[i], y, yShape, probes[i], starts[i] ?? null, options));
}

/**
 * The largest difference between the two Jacobians of `computeGradient`.
 *
 *     const x = tf.constant([1, 2]);
 *     const y = x.square();
 *     sess.asDefault(() => tf.test.computeGradientError(x, [2], y, [2]) < 0.01)   // true
 *
 * @param x              a tensor, or a list of them
 * @param xShape         its shape; a list of shapes for a list
 * @param y              a tensor of floats
 * @param yShape         its shape
 * @param xInitValue     where to compare; random values in [0, 1) where not given
 * @param delta          how far x is moved to either side; 0.001 where not given
 * @param initTargets    operations to run first
 * @param extraFeedDict  what else is fed
 * @returns  a number
 * @throws ValueError  without a default session, or for a dtype that is not floating point
 */
export const computeGradientError = boundOptions('test.compute_gradient_error', 4, largestDifference);
function largestDifference(
  x: Tensor | readonly Tensor[],
  xShape: readonly number[] | readonly (readonly number[])[],
  y: Tensor,
  yShape: readonly number[],
  options: GradientCheckOptions = {},
): number {
  let error = 0;
  for (const [theoretical, numeric] of jacobiansOf(x, xShape, y, yShape, options)) {
    const [a, b] = [asFloats(theoretical.data), asFloats(numeric.data)];
    for (let i = 0; i < a.length; i++) {
      const d = Math.abs(a[i] - b[i]);
      if (!(d <= error)) error = d;
    }
  }
  return error;
}

/** What is fed for dy, and the gradient that comes of it. */
interface Probe {
  readonly dy: Tensor;
  readonly dx: Grad;
}
function probeOf(x: Tensor, y: Tensor, yShape: readonly number[]): Probe {
  return x.graph.asDefault(() => {
    const dtype = y.dtype.baseDtype;
    const dy = constantNode(toNDArray(new Array<number>(sizeOf(yShape)).fill(1), dtype, yShape));
    // Fed through an Identity: where dx is dy itself it could not be fetched otherwise.
    return { dy, dx: gradientsOf(y, x, { gradYs: [apply('Identity', [dy])] })[0] };
  });
}

function jacobians(
  sess: Session,
  x: Tensor,
  xShape: readonly number[],
  y: Tensor,
  yShape: readonly number[],
  probe: Probe,
  start: unknown,
  options: GradientCheckOptions,
): Jacobians {
  for (const [name, t] of [
    ['x', x],
    ['y', y],
  ] as const) {
    if (t.dtype.baseDtype !== float32 && t.dtype.baseDtype !== float64)
      throw new ValueError(`Don't support type ${t.dtype.baseDtype.name} for ${name}`);
  }
  const at = start === null ? random(x.dtype.baseDtype, xShape) : toNDArray(start, x.dtype.baseDtype);
  if (!sameShape(at.shape, xShape)) throw new ValueError(`x_shape = [${xShape}], init_data shape = [${at.shape}]`);
  const extra = options.extraFeedDict ?? [];
  const run = (fetch: Tensor, feeds: readonly (readonly [FeedKey, FeedValue])[]): NDArray => {
    const value = sess.run(fetch, [...extra, ...feeds]) as unknown;
    return value instanceof NDArray ? value : toNDArray(value, fetch.dtype.baseDtype);
  };
  return [
    theoretical(run, x, at, yShape, y.dtype.baseDtype, probe),
    numeric(run, x, at, y, sizeOf(yShape), options.delta ?? 1e-3),
  ];
}
type Run = (fetch: Tensor, feeds: readonly (readonly [FeedKey, FeedValue])[]) => NDArray;

/** Column by column: dy is 1 in one place and 0 elsewhere. */
function theoretical(
  run: Run,
  x: Tensor,
  at: NDArray,
  yShape: readonly number[],
  yType: DType,
  { dy, dx }: Probe,
): NDArray {
  const [rows, columns] = [at.size, sizeOf(yShape)];
  const out = asFloats(zerosOf(at.dtype, rows * columns));
  if (!dx) return new NDArray(at.dtype, [rows, columns], out);
  const data = asFloats(zerosOf(yType, columns));
  for (let column = 0; column < columns; column++) {
    data.fill(0);
    data[column] = 1;
    const feeds = [
      [x, at],
      [dy, new NDArray(yType, yShape, data.slice())],
    ] as const;
    if (dx instanceof IndexedSlices) {
      const [indices, values] = [run(dx.indices, feeds), asFloats(run(dx.values, feeds).data)];
      const width = rows / at.shape[0];
      for (let i = 0; i < indices.size; i++)
        for (let k = 0; k < width; k++)
          out[(Number(indices.data[i]) * width + k) * columns + column] += values[i * width + k];
    } else {
      const values = asFloats(run(dx, feeds).data);
      for (let row = 0; row < rows; row++) out[row * columns + column] = values[row];
    }
  }
  return new NDArray(at.dtype, [rows, columns], out);
}
/** Row by row: x is moved a little to either side in one place. */
function numeric(run: Run, x: Tensor, at: NDArray, y: Tensor, columns: number, delta: number): NDArray {
  const out = asFloats(zerosOf(at.dtype, at.size * columns));
  const moved = (row: number, by: number): Float32Array | Float64Array => {
    const data = asFloats(at.data).slice();
    data[row] += by;
    return asFloats(run(y, [[x, new NDArray(at.dtype, at.shape, data)]]).data);
  };
  for (let row = 0; row < at.size; row++) {
    const [above, below] = [moved(row, delta), moved(row, -delta)];
    for (let column = 0; column < columns; column++)
      out[row * columns + column] = (above[column] - below[column]) / (2 * delta);
  }
  return new NDArray(at.dtype, [at.size, columns], out);
}
function random(dtype: DType, shape: readonly number[]): NDArray {
  const data = asFloats(zerosOf(dtype, sizeOf(shape)));
  for (let i = 0; i < data.length; i++) data[i] = Math.random();
  return new NDArray(dtype, shape, data);
}
