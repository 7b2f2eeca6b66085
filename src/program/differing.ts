/** Where arrays differ, as `tf.test.TestCase` says it. */
import { isBig } from '../base/dtype';
import { numbersOf } from '../base/nested';
import type { NDArray } from '../base/ndarray';
import { sameShape } from '../base/shape';
import { pythonTuple } from '../base/shape-text';

/** What of two arrays is not as it should be; null where all is. */
export type Judge = (a: NDArray, b: NDArray) => string | null;
/** Elements above it are not printed. */
const MOST = 500;

/** Whether shapes agree. */
export const sameShapes: Judge = (a, b) => {
  if (sameShape(a.shape, b.shape)) return null;
  const contents = b.size < MOST ? ` with contents ${b}` : '';
  return `Shape mismatch: expected ${pythonTuple(a.shape)}, got ${pythonTuple(b.shape)}${contents}.`;
};
/** Whether all elements are the same; NaN is NaN. */
export const equalArrays: Judge = (a, b) => {
  const wrong = sameShapes(a, b);
  if (wrong !== null) return wrong;
  const [x, y] = [elements(a), elements(b)];
  return differing(a, x, y, (i) => x[i] === y[i] || (x[i] !== x[i] && y[i] !== y[i]), 'equal');
};
/** Whether |a - b| is at most `atol + rtol * |b|`. */
export function closeArrays(rtol: number, atol: number): Judge {
  return (a, b) => {
    const wrong = sameShapes(a, b);
    if (wrong !== null) return wrong;
    const [x, y] = [numbers(a), numbers(b)];
    const isClose = (i: number): boolean =>
      Object.is(x[i], y[i]) || x[i] === y[i] || Math.abs(x[i] - y[i]) <= atol + rtol * Math.abs(y[i]);
    const said = differing(a, x, y, isClose, 'close');
    if (said === null) return null;
    const far = x.map((_, i) => i).filter((i) => !isClose(i));
    return (
      `${said}\nnot close dif = [${listed(far.map((i) => Math.abs(x[i] - y[i])))}]` +
      `\nnot close tol = [${listed(far.map((i) => atol + rtol * Math.abs(y[i])))}]`
    );
  };
}

type Element = number | bigint | string;
function elements(array: NDArray): readonly Element[] {
  return Array.isArray(array.data) || isBig(array.data) ? [...array.data] : numbers(array);
}
function numbers({ dtype, data, size }: NDArray): number[] {
  return Array.from({ length: size }, (_, i) => numbersOf(dtype, data, 'assertAllClose')(i));
}
/** The places at which two arrays differ, and what is there. */
function differing(
  { shape, dtype }: NDArray,
  a: readonly Element[],
  b: readonly Element[],
  isSame: (i: number) => boolean,
  word: string,
): string | null {
  const far = a.map((_, i) => i).filter((i) => !isSame(i));
  if (far.length === 0) return null;
  const where = shape.length ? `not ${word} where = [${listed(far.map((i) => `[${placeOf(i, shape)}]`))}]\n` : '';
  return (
    `${where}not ${word} lhs = [${listed(far.map((i) => a[i]))}]\nnot ${word} rhs = [${listed(far.map((i) => b[i]))}]` +
    `\ndtype = ${dtype.name}, shape = ${pythonTuple(shape)}`
  );
}
function placeOf(i: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  for (let at = shape.length - 1, left = i; at >= 0; at--) {
    place.unshift(left % shape[at]);
    left = Math.floor(left / shape[at]);
  }
  return place;
}
const listed = (values: readonly Element[]): string =>
  values.slice(0, 20).join(', ') + (values.length > 20 ? `, … of ${values.length}` : '');
