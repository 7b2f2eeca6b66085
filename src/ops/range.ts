/** Numbers in steps: `tf.range`, `tf.linspace`. */
import { type DType, float32, float64, int32, int64 } from '../base/dtype';
import { AssertionError } from '../base/errors';
import { castData, rangeSize } from '../base/cast';
import { NDArray } from '../base/ndarray';
import { cNumber } from '../base/plain-number';
import { optionalDtype } from '../base/to-ndarray';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, type ScalarLike, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { inputValues } from '../graph/shape-fn';
import { LARGEST_KNOWN } from './known';
import { knowing } from './known-calls';
import type { LinspaceCall, RangeCall } from './known-sizes';
import { type DtypeOption, isOptions, type NameOption, isValue } from './options';

export const RANGE = {
  Range: {
    grows: 'numbers',
    shape: rangeShape,
    value(c) {
      const [start, limit, delta] = inputValues(c);
      const size = c.output(0).at(0);
      if (!start || !limit || !delta || size === null || size > LARGEST_KNOWN) return null;
      const [from, by] = [Number(start.item()), Number(delta.item())];
      const { dtype } = start;
      const exact = Float64Array.from({ length: size }, (_, i) => from + i * by);
      return new NDArray(dtype, [size], castData(exact, float64, dtype));
    },
  },
  LinSpace: {
    grows: 'numbers',
    shape(c) {
      scalarsNamed(c, ['start', 'stop', 'num']);
      const num = c.value(2)?.item();
      if (num !== undefined && Number(num) <= 0) throw new ShapeError(`Requires num > 0: ${num}`);
      return [[num === undefined ? null : Number(num)]];
    },
  },
} satisfies Rows;

function scalarsNamed(c: ShapeContext, names: readonly string[]): void {
  names.forEach((name, i) => {
    const { rank } = c.shape(i);
    if (rank) throw new ShapeError(`Shape must be rank 0 but is rank ${rank}\n\t for '${name}'`);
  });
}
function isReal(x: unknown): x is number | bigint {
  return typeof x === 'number' || typeof x === 'bigint';
}
function rangeShape(c: ShapeContext): (number | null)[][] {
  scalarsNamed(c, ['start', 'limit', 'delta']);
  const [first, last, step] = [0, 1, 2].map((i) => c.value(i));
  const [start, limit, delta] = [first?.item(), last?.item(), step?.item()];
  if (!first || !isReal(start) || !isReal(limit) || !isReal(delta)) return [[null]];
  const ends = `${cNumber(start)}/${cNumber(limit)}`;
  if (start > limit && delta > 0) throw new ShapeError(`Requires start <= limit when delta > 0: ${ends}`);
  if (start < limit && delta < 0) throw new ShapeError(`Requires start >= limit when delta < 0: ${ends}`);
  if (Number(delta) === 0) throw new ShapeError('Requires delta != 0');
  const size = rangeSize(first.dtype, start, limit, delta);
  // What 64 bits do not hold, and NaN, becomes the least of them in C++.
  if (!(size < 2 ** 63)) throw new ShapeError(`Dimension ${-(2n ** 63n)} must be >= 0`, 'without the node');
  return [[size]];
}
/**
 * The numbers from `start` up to but without `limit`, in steps of `delta`. With one argument, from 0 up to it.
 *
 *     tf.range(5)           // [0, 1, 2, 3, 4]
 *     tf.range(3, 1, -0.5)  // [3, 2.5, 2, 1.5]
 *
 * @param start  a number or a scalar tensor of real numbers
 * @param limit  where to end
 * @param delta  the step, not 0; 1 where not given
 * @param dtype  the element type
 * @returns  a vector of `dtype`; int32 where there is none and all numbers are whole, else the widest dtype of the
 *   three
 * @throws ValueError  if the steps lead away from `limit`
 */
export const range = knowing<RangeCall>()(
  'range',
  3,
  function range(
    start: ScalarLike | TensorLike,
    limit?: ScalarLike | TensorLike | null | DtypeOption,
    delta: ScalarLike | TensorLike | DtypeOption = 1,
    options: DtypeOption = {},
  ): Tensor {
    const args = isOptions<DtypeOption>(limit) ? limit : isOptions<DtypeOption>(delta) ? delta : options;
    const by = isValue<TensorLike>(delta) ? delta : 1;
    const oneSided = limit === null || limit === undefined || !isValue<TensorLike>(limit);
    const [from, to] = oneSided ? [0, start] : [start, limit];
    const dtype = optionalDtype(args.dtype);
    return inScope(args.name ?? 'range', 'Range', [from, to, by], (scope) => {
      const made = (
        [
          ['start', from],
          ['limit', to],
          ['delta', by],
        ] as const
      ).map(([name, x]) => convertToTensor(x, dtype ?? dtypeOfNumber(x), name));
      if (dtype) return apply('Range', made, {}, scope);
      if (made.some((t) => !HIERARCHY.includes(t.dtype.baseDtype)))
        throw new AssertionError(
          `range takes int32, int64, float32 and float64, got ${made.map((t) => t.dtype.name).join(', ')}.` +
            '\n  fix: numbers: tf.range(5), tf.range(0, 5, 1).',
        );
      const widest = HIERARCHY[Math.max(...made.map((t) => HIERARCHY.indexOf(t.dtype.baseDtype)))];
      return apply(
        'Range',
        made.map((t) => (t.dtype.baseDtype === widest ? t : apply('Cast', [t], { DstT: widest }))),
        {},
        scope,
      );
    });
  },
);
const HIERARCHY: readonly DType[] = [int32, int64, float32, float64];
function dtypeOfNumber(x: TensorLike): DType | null {
  if (typeof x !== 'number') return null;
  return !Number.isInteger(x) ? float32 : Math.abs(x) < 2 ** 31 ? int32 : int64;
}

/**
 * `num` numbers from `start` to `stop`, both among them, evenly spaced.
 *
 *     tf.linspace(10, 12, 3)   // [10, 11, 12]
 *
 * @param start  a float
 * @param stop   start's dtype
 * @param num    how many: a number, or an int32 or int64 scalar
 * @returns  start's dtype, shape [num]
 * @throws ValueError  if `num` is known to be below 1
 */
export const linspace = knowing<LinspaceCall>()(
  'linspace',
  3,
  function linspace(start: TensorLike, stop: TensorLike, num: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('LinSpace', [start, stop, num], {}, name);
  },
);
/**
 * `num` numbers from `start` to `stop`: `linspace` by its older name.
 *
 *     tf.linSpace(10, 12, 3)   // [10, 11, 12]
 *
 * @param start  a float
 * @param stop   start's dtype
 * @param num    how many: a number, or an int32 or int64 scalar
 * @returns  start's dtype, shape [num]
 * @throws ValueError  if `num` is known to be below 1
 */
export const linSpace = linspace;
