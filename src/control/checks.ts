/** Conditions on tensors: checked at once where the values are known, else by an `Assert` when the graph runs. */
import { float64 } from '../base/dtype';
import { InvalidArgumentError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { textOf } from '../base/preview';
import { broadcast, sizeOf } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, isWeak, pythonValue } from '../graph/constant';
import { type Operation, Tensor } from '../graph/graph';
import { noOp } from '../ops/control';
import { reduceAll } from '../ops/reduce';
import { Assert, type AssertOptions, listed } from '../flow/assert';

/** What the checks take by name. */
export interface CheckOptions extends AssertOptions {
  /** Stands before what the error says. */
  readonly message?: string | null;
  /** What the error shows instead. */
  readonly data?: readonly TensorLike[] | null;
}
type Comparison = (a: number | bigint | string, b: number | bigint | string) => boolean;

/** y as a tensor beside x: numbers take x's dtype. */
function beside(x: Tensor, y: TensorLike): Tensor {
  return convertToTensor(y, isWeak(y) ? x.dtype.baseDtype : null, 'y');
}
function firstOf(x: TensorLike, y: TensorLike): Tensor {
  return convertToTensor(x, isWeak(x) && isSymbolic(y) ? convertToTensor(y).dtype.baseDtype : null, 'x');
}

function binary(sign: string, scopeName: string, type: string, compare: Comparison) {
  return (
    x: TensorLike,
    y: TensorLike,
    { data = null, message = null, summarize, name }: CheckOptions = {},
  ): Operation =>
    inScope(name, scopeName, [x, y, ...listed(data)], () => {
      const a = firstOf(x, y);
      const b = beside(a, y);
      const said = data ?? [
        `Condition x ${sign} y did not hold element-wise:`,
        `x (${a.name}) = `,
        a,
        `y (${b.name}) = `,
        b,
      ];
      const shown = message === null ? said : [message, ...said];
      const condition = reduceAll(apply(type, [a, b]));
      const [known, other] = [pythonValue(a), pythonValue(b)];
      if (known && other && !holdsFor(known, other, compare))
        throw new InvalidArgumentError(null, shown.map(asText).join('\n'));
      return Assert(condition, shown, { summarize });
    });
}
function asText(x: TensorLike): string {
  const value = x instanceof Tensor ? pythonValue(x) : null;
  return value ? (value.rank ? value.toString() : String(value.item())) : textOf(x);
}
function holdsFor(x: NDArray, y: NDArray, compare: Comparison): boolean {
  const shape = broadcast(x.shape, y.shape);
  if (!shape) return false;
  const at = (array: NDArray, position: number): number | bigint | string => {
    let [offset, rest, step] = [0, position, 1];
    for (let d = shape.length - 1, k = array.rank - 1; d >= 0; d--, k--) {
      const index = rest % shape[d];
      rest = Math.floor(rest / shape[d]);
      if (k < 0) continue;
      if (array.shape[k] !== 1) offset += index * step;
      step *= array.shape[k];
    }
    return array.data[offset];
  };
  for (let i = 0, n = sizeOf(shape); i < n; i++) if (!compare(at(x, i), at(y, i))) return false;
  return true;
}

const equalTo = binary('==', 'assert_equal', 'Equal', (a, b) => a === b);
/**
 * An operation that fails unless `x[i] == y[i]` for all i.
 *
 *     sess.run(tf.assertEqual([1, 2], [1, 2]))   // null
 *     tf.assertEqual([1, 2], [1, 3])             // throws InvalidArgumentError
 *
 * @param x          numbers
 * @param y          x's dtype; a shape that broadcasts with x's
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertEqual = boundOptions(
  'assert_equal',
  2,
  function assertEqual(x: TensorLike, y: TensorLike, options: CheckOptions = {}): Operation {
    // TensorFlow opens the scope once to look whether the two are the same, and again to compare.
    const same = inScope(options.name, 'assert_equal', [x, y], () => (x === y && isSymbolic(x) ? noOp() : null));
    return same ?? equalTo(x, y, options);
  },
);
/**
 * An operation that fails unless `x[i] != y[i]` for all i.
 *
 *     sess.run(tf.assertNoneEqual([1, 2], [2, 1]))   // null
 *
 * @param x          numbers
 * @param y          x's dtype; a shape that broadcasts with x's
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertNoneEqual = boundOptions(
  'assert_none_equal',
  2,
  binary('!=', 'assert_none_equal', 'NotEqual', (a, b) => a !== b),
);
/**
 * An operation that fails unless `x[i] < y[i]` for all i.
 *
 *     sess.run(tf.assertLess([1, 2], 3))   // null
 *
 * @param x          numbers
 * @param y          x's dtype; a shape that broadcasts with x's
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertLess = boundOptions(
  'assert_less',
  2,
  binary('<', 'assert_less', 'Less', (a, b) => a < b),
);
/**
 * An operation that fails unless `x[i] <= y[i]` for all i.
 *
 *     sess.run(tf.assertLessEqual([1, 3], 3))   // null
 *
 * @param x          numbers
 * @param y          x's dtype; a shape that broadcasts with x's
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertLessEqual = boundOptions(
  'assert_less_equal',
  2,
  binary('<=', 'assert_less_equal', 'LessEqual', (a, b) => a <= b),
);
/**
 * An operation that fails unless `x[i] > y[i]` for all i.
 *
 *     sess.run(tf.assertGreater([4, 5], 3))   // null
 *
 * @param x          numbers
 * @param y          x's dtype; a shape that broadcasts with x's
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertGreater = boundOptions(
  'assert_greater',
  2,
  binary('>', 'assert_greater', 'Greater', (a, b) => a > b),
);
/**
 * An operation that fails unless `x[i] >= y[i]` for all i.
 *
 *     sess.run(tf.assertGreaterEqual([3, 5], 3))   // null
 *
 * @param x          numbers
 * @param y          x's dtype; a shape that broadcasts with x's
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertGreaterEqual = boundOptions(
  'assert_greater_equal',
  2,
  binary('>=', 'assert_greater_equal', 'GreaterEqual', (a, b) => a >= b),
);

function sign(
  text: string,
  scopeName: string,
  check: (x: Tensor, zero: Tensor, options: CheckOptions) => Operation,
  joined = false,
) {
  return (given: TensorLike, { data = null, message = null, summarize, name }: CheckOptions = {}): Operation =>
    inScope(name, scopeName, [given, ...listed(data)], () => {
      const x = convertToTensor(given, null, 'x');
      const [condition, named] = [`Condition x ${text} 0 did not hold element-wise:`, `x (${x.name}) = `];
      const shown = data ?? [message ?? '', ...(joined ? [condition + named] : [condition, named]), x];
      return check(x, convertToTensor(0, x.dtype.baseDtype), { data: shown, summarize });
    });
}
/**
 * An operation that fails unless all elements are above 0.
 *
 *     sess.run(tf.assertPositive([1, 2]))   // null
 *
 * @param x          real numbers
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertPositive = boundOptions(
  'assert_positive',
  1,
  sign('>', 'assert_positive', (x, zero, options) => assertLess(zero, x, options)),
);
/**
 * An operation that fails unless all elements are below 0.
 *
 *     sess.run(tf.assertNegative([-1, -2]))   // null
 *
 * @param x          real numbers
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertNegative = boundOptions(
  'assert_negative',
  1,
  sign('<', 'assert_negative', (x, zero, options) => assertLess(x, zero, options)),
);
/**
 * An operation that fails unless no element is below 0.
 *
 *     sess.run(tf.assertNonNegative([0, 2]))   // null
 *
 * @param x          real numbers
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertNonNegative = boundOptions(
  'assert_non_negative',
  1,
  sign('>=', 'assert_non_negative', (x, zero, options) => assertLessEqual(zero, x, options)),
);
/**
 * An operation that fails unless no element is above 0.
 *
 *     sess.run(tf.assertNonPositive([0, -2]))   // null
 *
 * @param x          real numbers
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertNonPositive = boundOptions(
  'assert_non_positive',
  1,
  sign('<=', 'assert_non_positive', (x, zero, options) => assertLessEqual(x, zero, options), true),
);

const EPSILON = { single: 2 ** -23, double: 2 ** -52 };
/**
 * An operation that fails unless `|x - y| < atol + rtol * |y|` for all elements.
 *
 *     sess.run(tf.assertNear([1], [1.0000001]))   // null
 *
 * @param x          floats
 * @param y          x's dtype and shape
 * @param rtol       the relative tolerance; ten times the least step at 1 where not given
 * @param atol       the absolute tolerance; likewise
 * @param data       what the error shows instead
 * @param summarize  how many elements of each tensor it shows; 3 where not given
 * @param message    stands before what the error says
 * @returns  an operation
 * @throws InvalidArgumentError  at once where the values are known, else when it runs
 */
export const assertNear = boundOptions(
  'assert_near',
  2,
  function assertNear(
    given: TensorLike,
    other: TensorLike,
    {
      rtol,
      atol,
      data = null,
      message = null,
      summarize,
      name,
    }: CheckOptions & { readonly rtol?: number | null; readonly atol?: number | null } = {},
  ): Operation {
    return inScope(name, 'assert_near', [given, other, ...listed(data)], () => {
      const x = firstOf(given, other);
      const y = convertToTensor(other, x.dtype.baseDtype, 'y');
      const limit = 10 * (x.dtype.baseDtype === float64 ? EPSILON.double : EPSILON.single);
      const relative = convertToTensor(rtol ?? limit, x.dtype.baseDtype, 'rtol');
      const absolute = convertToTensor(atol ?? limit, x.dtype.baseDtype, 'atol');
      const shown = data ?? [
        message ?? '',
        `x and y not equal to tolerance rtol = ${relative}, atol = ${absolute}`,
        `x (${x.name}) = `,
        x,
        `y (${y.name}) = `,
        y,
      ];
      const most = absolute.add(relative.mul(y.abs()));
      return Assert(reduceAll(apply('Less', [x.sub(y).abs(), most])), shown, { summarize });
    });
  },
);
