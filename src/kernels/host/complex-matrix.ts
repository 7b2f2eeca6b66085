/** Matrices taken apart, in real and imaginary parts of 64 bits each: real ones are complex ones without the second. */

/** Elements row by row, each its real and its imaginary part. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly parts: Float64Array;
}
export function zeroMatrix(rows: number, columns: number): Matrix {
  return { rows, columns, parts: new Float64Array(2 * rows * columns) };
}
export function identityMatrix(rows: number, columns: number): Matrix {
  const out = zeroMatrix(rows, columns);
  for (let i = 0; i < Math.min(rows, columns); i++) out.parts[2 * (i * columns + i)] = 1;
  return out;
}
export function adjointOf({ rows, columns, parts }: Matrix): Matrix {
  const out = zeroMatrix(columns, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const [from, to] = [2 * (i * columns + j), 2 * (j * rows + i)];
      out.parts[to] = parts[from];
      out.parts[to + 1] = -parts[from + 1];
    }
  return out;
}
/** Rows `from` of `a` lose (re + i·im) times rows `by`, from a column on. */
function loseRow({ columns, parts }: Matrix, from: number, by: number, re: number, im: number, first = 0): void {
  let [a, b] = [2 * (from * columns + first), 2 * (by * columns + first)];
  for (let j = first; j < columns; j++, a += 2, b += 2) {
    const [x, y] = [parts[b], parts[b + 1]];
    parts[a] -= re * x - im * y;
    parts[a + 1] -= re * y + im * x;
  }
}
function swapRows({ columns, parts }: Matrix, a: number, b: number): void {
  if (a === b) return;
  for (let j = 0; j < 2 * columns; j++) {
    const [x, y] = [2 * a * columns + j, 2 * b * columns + j];
    [parts[x], parts[y]] = [parts[y], parts[x]];
  }
}
/** a / b of complex numbers. */
export function quotient(a: number, b: number, c: number, d: number): [re: number, im: number] {
  if (d === 0) return [a / c, b / c];
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
}
function divideRow({ columns, parts }: Matrix, row: number, re: number, im: number): void {
  for (let j = 0, at = 2 * row * columns; j < columns; j++, at += 2)
    [parts[at], parts[at + 1]] = quotient(parts[at], parts[at + 1], re, im);
}

/**
 * Makes a square matrix triangular by rows, the largest of a column first; `beside` goes through the same.
 *
 * @returns  whether an odd number of rows were exchanged; null where a column has nothing left
 */
export function eliminate(a: Matrix, beside: Matrix | null): { readonly isOdd: boolean; readonly isSingular: boolean } {
  const { rows: n, parts } = a;
  const size = (row: number, k: number): number => Math.hypot(parts[2 * (row * n + k)], parts[2 * (row * n + k) + 1]);
  let [isOdd, isSingular] = [false, false];
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let row = k + 1; row < n; row++) if (size(row, k) > size(pivot, k)) pivot = row;
    if (pivot !== k) isOdd = !isOdd;
    swapRows(a, k, pivot);
    if (beside) swapRows(beside, k, pivot);
    if (!size(k, k)) {
      isSingular = true;
      continue;
    }
    const at = 2 * (k * n + k);
    for (let row = k + 1; row < n; row++) {
      const here = 2 * (row * n + k);
      const [re, im] = quotient(parts[here], parts[here + 1], parts[at], parts[at + 1]);
      loseRow(a, row, k, re, im, k);
      if (beside) loseRow(beside, row, k, re, im);
    }
  }
  return { isOdd, isSingular };
}
/** Solves a x = b for a triangular `a`, in the place of `b`. */
export function solveTriangular(a: Matrix, b: Matrix, lower: boolean): Matrix {
  const { rows: n, parts } = a;
  for (let step = 0; step < n; step++) {
    const k = lower ? step : n - 1 - step;
    const at = 2 * (k * n + k);
    divideRow(b, k, parts[at], parts[at + 1]);
    for (let rest = step + 1; rest < n; rest++) {
      const row = lower ? rest : n - 1 - rest;
      const here = 2 * (row * n + k);
      loseRow(b, row, k, parts[here], parts[here + 1]);
    }
  }
  return b;
}
/** The triangle L with L · Lᴴ = a matrix, of which the lower triangle is read; null where there is none. */
export function choleskyOf({ rows: n, parts }: Matrix): Matrix | null {
  const out = zeroMatrix(n, n);
  const l = out.parts;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let [re, im] = [parts[2 * (i * n + j)], parts[2 * (i * n + j) + 1]];
      for (let k = 0; k < j; k++) {
        const [a, b] = [2 * (i * n + k), 2 * (j * n + k)];
        re -= l[a] * l[b] + l[a + 1] * l[b + 1];
        im -= l[a + 1] * l[b] - l[a] * l[b + 1];
      }
      const at = 2 * (i * n + j);
      if (i === j && !(re > 0)) return null;
      if (i === j) l[at] = Math.sqrt(re);
      else [l[at], l[at + 1]] = [re / l[2 * (j * n + j)], im / l[2 * (j * n + j)]];
    }
  return out;
}

/** The reflection that leaves one element of a column below `k`, as Eigen makes it: its vector is 1 and then `tail`. */
interface Reflection {
  readonly k: number;
  /** From k + 1 on. */
  readonly tail: Float64Array;
  readonly tau: readonly [re: number, im: number];
}
function reflectionOf({ rows, columns, parts }: Matrix, k: number): { reflection: Reflection; beta: number } {
  const at = 2 * (k * columns + k);
  const [re, im] = [parts[at], parts[at + 1]];
  const tail = new Float64Array(2 * (rows - k - 1));
  let square = 0;
  for (let row = k + 1; row < rows; row++)
    for (let part = 0; part < 2; part++) {
      const x = parts[2 * (row * columns + k) + part];
      tail[2 * (row - k - 1) + part] = x;
      square += x * x;
    }
  if (square <= Number.MIN_VALUE && im * im <= Number.MIN_VALUE)
    return { reflection: { k, tail: tail.fill(0), tau: [0, 0] }, beta: re };
  const size = Math.sqrt(re * re + im * im + square);
  const beta = re >= 0 ? -size : size;
  for (let i = 0; i < tail.length; i += 2) [tail[i], tail[i + 1]] = quotient(tail[i], tail[i + 1], re - beta, im);
  // conj((beta - c0) / beta)
  return { reflection: { k, tail, tau: [(beta - re) / beta, im / beta] }, beta };
}
/** a ← (I − tau·v·v*) a, from a column on. */
function reflect(a: Matrix, { k, tail, tau: [re, im] }: Reflection, first: number): void {
  const { rows, columns, parts } = a;
  for (let j = first; j < columns; j++) {
    const top = 2 * (k * columns + j);
    let [x, y] = [parts[top], parts[top + 1]];
    for (let row = k + 1; row < rows; row++) {
      const [v, at] = [2 * (row - k - 1), 2 * (row * columns + j)];
      x += tail[v] * parts[at] + tail[v + 1] * parts[at + 1];
      y += tail[v] * parts[at + 1] - tail[v + 1] * parts[at];
    }
    const [s, t] = [re * x - im * y, re * y + im * x];
    parts[top] -= s;
    parts[top + 1] -= t;
    for (let row = k + 1; row < rows; row++) {
      const [v, at] = [2 * (row - k - 1), 2 * (row * columns + j)];
      parts[at] -= tail[v] * s - tail[v + 1] * t;
      parts[at + 1] -= tail[v] * t + tail[v + 1] * s;
    }
  }
}
/** Columns at right angles, and a triangle above the diagonal, whose product a matrix is. It is changed. */
export function qrOf(a: Matrix, isFull: boolean): readonly [q: Matrix, r: Matrix] {
  const { rows, columns, parts } = a;
  const least = Math.min(rows, columns);
  const reflections: Reflection[] = [];
  for (let k = 0; k < least; k++) {
    const { reflection, beta } = reflectionOf(a, k);
    reflect(a, reflection, k + 1);
    for (let row = k; row < rows; row++) parts.fill(0, 2 * (row * columns + k), 2 * (row * columns + k) + 2);
    parts[2 * (k * columns + k)] = beta;
    reflections.push(reflection);
  }
  const q = identityMatrix(rows, isFull ? rows : least);
  for (const { k, tail, tau } of reflections.reverse()) reflect(q, { k, tail, tau: [tau[0], -tau[1]] }, 0);
  const r = { rows: isFull ? rows : least, columns, parts: parts.slice(0, 2 * (isFull ? rows : least) * columns) };
  return [q, r];
}
