/**
 * Loops that are compiled anew for each kernel and type of elements. V8 keeps what it learns of a function by its text:
 * a loop that many kernels share sees many functions and kinds of arrays, and takes five times as long for an element
 * as one that sees a single kind and has the function inlined.
 */
import type { Data } from '../../base/dtype';
import { compiled } from '../../base/platform';

let made = 0;

/**
 * A copy of a function that refers to nothing but its arguments. The number makes its text new. Where code from strings
 * is refused the function itself does it: the same operations in the same order, only slower.
 */
export function anew<F extends (...args: never[]) => unknown>(make: F): F {
  return (compiled(`(${make}); // ${made++}`) ?? make) as F;
}

/** z[zo + i] = f(x[xo + i·xs], y[yo + i·ys]) for i below n; steps are 0 or 1. */
export type BinaryLoop = (
  x: Data,
  xo: number,
  xs: number,
  y: Data,
  yo: number,
  ys: number,
  z: Data,
  zo: number,
  n: number,
) => void;
export type UnaryLoop = (x: Data, z: Data, n: number) => void;

export function binaryLoop(f: unknown): BinaryLoop {
  return anew(
    (f: (a: unknown, b: unknown) => never): BinaryLoop =>
      (x, xo, xs, y, yo, ys, z, zo, n) => {
        if (xs === 1 && ys === 1) {
          if (xo === 0 && yo === 0 && zo === 0) for (let i = 0; i < n; i++) z[i] = f(x[i], y[i]);
          else for (let i = 0; i < n; i++) z[zo + i] = f(x[xo + i], y[yo + i]);
        } else if (ys === 0 && xs === 1) {
          const b = y[yo];
          for (let i = 0; i < n; i++) z[zo + i] = f(x[xo + i], b);
        } else if (xs === 0 && ys === 1) {
          const a = x[xo];
          for (let i = 0; i < n; i++) z[zo + i] = f(a, y[yo + i]);
        } else {
          const v = f(x[xo], y[yo]);
          for (let i = 0; i < n; i++) z[zo + i] = v;
        }
      },
  )(f as never);
}
export function unaryLoop(f: unknown): UnaryLoop {
  return anew(
    (f: (x: unknown) => never): UnaryLoop =>
      (x, z, n) => {
        for (let i = 0; i < n; i++) z[i] = f(x[i]);
      },
  )(f as never);
}

export interface Folds {
  /** acc[o] = the fold of acc[o] with n elements in a row. */
  readonly along: (acc: Data, o: number, x: Data, i: number, n: number, start: unknown) => void;
  /** acc[o + j] = the fold of acc[o + j] with x[i + j], for j below n. */
  readonly across: (acc: Data, o: number, x: Data, i: number, n: number) => void;
  /** `along` for short rows, one after the other. */
  readonly rows: (acc: Data, x: Data, rows: number, n: number) => void;
}
/** The loops of a fold, made anew. Four chains at a time: one would wait for each addition. */
export function foldsOf(fold: unknown): Folds {
  return anew(
    (f: (a: unknown, b: unknown) => never): Folds => ({
      along(acc, o, x, i, n, start) {
        let a: unknown = acc[o];
        let b = start;
        let c = start;
        let d = start;
        const end = i + n;
        for (; i + 3 < end; i += 4) {
          a = f(a, x[i]);
          b = f(b, x[i + 1]);
          c = f(c, x[i + 2]);
          d = f(d, x[i + 3]);
        }
        for (; i < end; i++) a = f(a, x[i]);
        acc[o] = f(f(a, b), f(c, d));
      },
      across(acc, o, x, i, n) {
        for (let j = 0; j < n; j++) acc[o + j] = f(acc[o + j], x[i + j]);
      },
      rows(acc, x, rows, n) {
        for (let r = 0, i = 0; r < rows; r++) {
          let a: unknown = acc[r];
          for (const end = i + n; i < end; i++) a = f(a, x[i]);
          acc[r] = a as never;
        }
      },
    }),
  )(fold as never);
}
