/** Systems of equations whose matrices have three diagonals, solved on the host, each of a batch after the other. */
import { asFloats } from '../../base/elements';
import { sameShape, sizeOf } from '../../base/shape';
import { type Checked, type HostKernel, type HostTable, attr, hostZeros, invalid } from '../kernel';
import { quotient } from './complex-matrix';

/** A number by its real and imaginary part. */
type Complex = readonly [re: number, im: number];
/** Arithmetic that rounds each step as a dtype does. */
interface Arithmetic {
  /** a − f·b */
  less(a: Complex, f: Complex, b: Complex): Complex;
  over(a: Complex, b: Complex): Complex;
}
const REAL = (round: (x: number) => number): Arithmetic => ({
  less: ([a], [f], [b]) => [round(a - round(f * b)), 0],
  over: ([a], [b]) => [round(a / b), 0],
});
const COMPLEX = (round: (x: number) => number): Arithmetic => ({
  less: ([a, b], [f, g], [c, d]) => [round(a - round(f * c - g * d)), round(b - round(f * d + g * c))],
  over([a, b], [c, d]) {
    const [re, im] = quotient(a, b, c, d);
    return [round(re), round(im)];
  },
});
const isZero = ([re, im]: Complex): boolean => re === 0 && im === 0;
const sizeOfNumber = ([re, im]: Complex): number => Math.hypot(re, im);
const ZERO: Complex = [0, 0];

/** The diagonals of a matrix, and rows of right-hand sides. */
interface System {
  readonly above: readonly Complex[];
  readonly main: readonly Complex[];
  readonly below: readonly Complex[];
  readonly sides: readonly (readonly Complex[])[];
}
const SCALAR = 'The matrix is not invertible: it is a scalar with value zero.';
const SINGULAR = 'The matrix is not invertible.';
const UNPIVOTED = 'The matrix is either not invertible, or requires pivoting. Try setting partial_pivoting = True.';

/** Without exchanging rows. */
function inOrder({ above, main, below, sides }: System, { less, over }: Arithmetic): Complex[][] {
  const factors: Complex[] = [];
  const x: Complex[][] = [];
  main.forEach((diagonal, i) => {
    const pivot = i ? less(diagonal, below[i], factors[i - 1]) : diagonal;
    if (isZero(pivot)) invalid(UNPIVOTED);
    factors.push(over(above[i], pivot));
    x.push(sides[i].map((side, k) => over(i ? less(side, below[i], x[i - 1][k]) : side, pivot)));
  });
  for (let i = main.length - 2; i >= 0; i--) x[i] = x[i].map((value, k) => less(value, factors[i], x[i + 1][k]));
  return x;
}
/** Of two rows the one with the larger number in front first, as LAPACK's gtsv does it. */
function pivoting({ above, main, below, sides }: System, { less, over }: Arithmetic): Complex[][] {
  const last = main.length - 1;
  /** What is left of each row: its diagonal, and two beside it. */
  const left: [Complex, Complex, Complex][] = [[main[0], above[0], ZERO]];
  const x: Complex[][] = [[...sides[0]]];
  for (let i = 0; i < last; i++) {
    const [first, second] = left[i];
    const next = i + 1;
    const beside = next < last ? above[next] : ZERO;
    if (sizeOfNumber(first) >= sizeOfNumber(below[next])) {
      if (isZero(first)) invalid(SINGULAR);
      const factor = over(below[next], first);
      left.push([less(main[next], factor, second), beside, ZERO]);
      x.push(sides[next].map((side, k) => less(side, factor, x[i][k])));
    } else {
      const factor = over(first, below[next]);
      left[i] = [below[next], main[next], beside];
      left.push([less(second, factor, main[next]), less(ZERO, factor, beside), ZERO]);
      x.push(sides[next].map((side, k) => less(x[i][k], factor, side)));
      x[i] = [...sides[next]];
    }
  }
  if (isZero(left[last][0])) invalid(SINGULAR);
  for (let i = last; i >= 0; i--)
    x[i] = x[i].map((value, k) => {
      const [diagonal, one, two] = left[i];
      const rest = i < last ? less(value, one, x[i + 1][k]) : value;
      return over(i < last - 1 ? less(rest, two, x[i + 2][k]) : rest, diagonal);
    });
  return x;
}
function check([diagonals, rhs]: readonly Checked[]): void {
  [diagonals, rhs].forEach(({ shape }, i) => {
    if (shape.length < 2 && !i) invalid(`Input tensor ${i} must have rank >= 2, got ${shape.length}`);
    if (shape.length !== diagonals.shape.length) invalid('All input tensors must have the same rank.');
  });
  if (!sameShape(diagonals.shape.slice(0, -2), rhs.shape.slice(0, -2)))
    invalid('All input tensors must have the same outer dimensions.');
  const [rows, n] = diagonals.shape.slice(-2);
  if (rows !== 3) invalid(`Expected diagonals to be provided as a matrix with 3 rows, got ${rows} rows.`);
  const [sides] = rhs.shape.slice(-2);
  if (n !== sides) invalid(`Expected the same number of left-hand sides and right-hand sides, got ${n} and ${sides}.`);
}
const solve: HostKernel = ([diagonals, rhs], node) => {
  const { dtype, shape } = rhs;
  const [n, columns] = shape.slice(-2);
  const width = dtype.isComplex ? 2 : 1;
  const arithmetic = (width === 2 ? COMPLEX : REAL)(dtype.size / width === 4 ? Math.fround : (x) => x);
  const [given, sides] = [asFloats(diagonals.data), asFloats(rhs.data)];
  const numberOf = (from: Float32Array | Float64Array, i: number): Complex =>
    width === 2 ? [from[2 * i], from[2 * i + 1]] : [from[i], 0];
  const out = hostZeros(dtype, shape);
  const elements = asFloats(out.data);
  const method = attr(node, 'partial_pivoting', 'bool') ? pivoting : inOrder;
  const count = n ? sizeOf(shape.slice(0, -2)) : 0;
  for (let b = 0; b < count; b++) {
    const diagonal = (row: number): Complex[] =>
      Array.from({ length: n }, (_, i) => numberOf(given, (b * 3 + row) * n + i));
    const [above, main, below] = [0, 1, 2].map(diagonal);
    if (n === 1 && isZero(main[0])) invalid(SCALAR);
    const at = (i: number, k: number): number => (b * n + i) * columns + k;
    const rows = main.map((_, i) => Array.from({ length: columns }, (__, k) => numberOf(sides, at(i, k))));
    method({ above, main, below, sides: rows }, arithmetic).forEach((row, i) =>
      row.forEach((value, k) => {
        for (let part = 0; part < width; part++) elements[at(i, k) * width + part] = value[part];
      }),
    );
  }
  return out;
};

export const TRIDIAGONAL_KERNELS: HostTable = { TridiagonalSolve: { run: solve, only: true, check } };
