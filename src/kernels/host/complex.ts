/** Arithmetic of complex numbers, which lie as real and imaginary parts in turn: for ops with others for reals. */
import { asFloats, asNumbers } from '../../base/elements';
import { type DType, type Data, bool, complex64, zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTable, type HostTensor, type KernelNode, host } from '../kernel';
import { broadcastShape, broadcastWalk } from './loops';
import { LEAST_32, LEAST_64, zeroing } from './operands';

/** Real and imaginary part. */
export type Complex = readonly [re: number, im: number];
export type Parts = Float32Array | Float64Array;

const add = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
const sub = ([a, b]: Complex, [c, d]: Complex): Complex => [a - c, b - d];
const mul = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
/** The product of 32-bit parts, whose products overflow and round by themselves. */
function mul32([a, b]: Complex, [c, d]: Complex): Complex {
  const round = Math.fround;
  return [round(a * c) - round(b * d), round(a * d) + round(b * c)];
}
const scale = (k: number, [a, b]: Complex): Complex => [k * a, k * b];
const conj = ([a, b]: Complex): Complex => [a, -b];
const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);
const isInfinite = (x: number): boolean => x === Infinity || x === -Infinity;
const isZero = ([a, b]: Complex): boolean => a === 0 && b === 0;
const ZERO: Complex = [0, 0];
const ONE: Complex = [1, 0];
const TIMES_I = ([a, b]: Complex): Complex => [-b, a];
const OVER_I = ([a, b]: Complex): Complex => [b, -a];
/** Smith's division, which does not overflow in between. */
function div([a, b]: Complex, [c, d]: Complex): Complex {
  if (c === 0 && d === 0) return [a / c, b / c];
  if (isInfinite(c) && isInfinite(d) && Number.isFinite(a) && Number.isFinite(b)) {
    const [u, v] = [Math.sign(c), Math.sign(d)];
    return [0 * (a * u + b * v), 0 * (b * u - a * v)];
  }
  if (Math.abs(c) >= Math.abs(d)) {
    const [r, n] = [d / c, c + d * (d / c)];
    return [(a + b * r) / n, (b - a * r) / n];
  }
  const [r, n] = [c / d, c * (c / d) + d];
  return [(a * r + b) / n, (b * r - a) / n];
}
const reciprocal = (z: Complex): Complex => div(ONE, z);
function sqrt([a, b]: Complex): Complex {
  if (a === 0 && b === 0) return [0, b];
  if (isInfinite(b)) return [Infinity, b];
  const t = Math.sqrt(Math.abs(a) / 2 + Math.hypot(a / 2, b / 2));
  return a >= 0 ? [t, b / (2 * t)] : [Math.abs(b) / (2 * t), isNegative(b) ? -t : t];
}
function exp([a, b]: Complex): Complex {
  const e = Math.exp(a);
  return b === 0 ? [e, b] : [e * Math.cos(b), e * Math.sin(b)];
}
const log = ([a, b]: Complex): Complex => [Math.log(Math.hypot(a, b)), Math.atan2(b, a)];
const sinh = ([a, b]: Complex): Complex => [Math.sinh(a) * Math.cos(b), Math.cosh(a) * Math.sin(b)];
const cosh = ([a, b]: Complex): Complex => [Math.cosh(a) * Math.cos(b), Math.sinh(a) * Math.sin(b)];
function tanh([a, b]: Complex): Complex {
  const [sin, cos] = [Math.sin(b), Math.cos(b)];
  if (isInfinite(a)) return [Math.sign(a), 0];
  if (Math.abs(a) > 20) return [Math.sign(a), b === 0 ? b : 4 * sin * cos * Math.exp(-2 * Math.abs(a))];
  const n = Math.sinh(a) ** 2 + cos * cos;
  return [(Math.sinh(a) * Math.cosh(a)) / n, b === 0 ? b : (sin * cos) / n];
}
/** z + k: the sign of an imaginary part of 0, which says on which side of a cut z is, stays. */
const plus = ([a, b]: Complex, k: number): Complex => [a + k, b];
/** log(1 + z), with all digits near 0. */
function log1p(z: Complex): Complex {
  const [a, b] = z;
  if (!(Math.hypot(a, b) < 0.5)) return log(plus(z, 1));
  return [Math.log1p(a * (2 + a) + b * b) / 2, Math.atan2(b, 1 + a)];
}
/** log 2z, for a z whose square may overflow. */
const logTwice = (z: Complex): Complex => plus(log(z), Math.LN2);
// asinh z = log(z + √(z² + 1)), acosh z = log(z + √(z + 1)·√(z - 1)), atanh z = (log(1 + z) - log(1 - z)) / 2
function asinh(z: Complex): Complex {
  if (isNegative(z[0])) return scale(-1, asinh(scale(-1, z)));
  const size = Math.hypot(...z);
  if (size > 1e8) return logTwice(z);
  const square = mul(z, z);
  // z - z³/6 + 3z⁵/40
  if (size < 1e-3) return sub(z, mul(mul(z, square), sub([1 / 6, 0], scale(3 / 40, square))));
  return log(add(z, sqrt(plus(square, 1))));
}
const acosh = (z: Complex): Complex =>
  Math.hypot(...z) > 1e8 ? logTwice(z) : log1p(add(plus(z, -1), mul(sqrt(plus(z, 1)), sqrt(plus(z, -1)))));
function atanh(z: Complex): Complex {
  const [a, b] = z;
  if (isInfinite(a) || isInfinite(b)) return [0 * Math.sign(a), Math.atan2(isNegative(b) ? -1 : 1, 0)];
  return scale(0.5, sub(log1p(z), log1p(scale(-1, z))));
}
/** z / |z|, by a reciprocal of |z| that is 0 where it is below the least normal number. */
function signAbove(least: number): (z: Complex) => Complex {
  return (z) => {
    const k = 1 / Math.hypot(...z);
    return isZero(z) ? ZERO : scale(k < least ? 0 : k, z);
  };
}
function pow(x: Complex, y: Complex): Complex {
  if (!isZero(x)) return exp(mul(y, log(x)));
  return y[0] > 0 ? ZERO : [y[0] < 0 ? Infinity : NaN, NaN];
}

const UNARY: Readonly<Record<string, (x: Complex) => Complex>> = {
  Neg: (x) => scale(-1, x),
  Conj: conj,
  Square: (x) => mul(x, x),
  Sqrt: sqrt,
  Rsqrt: (x) => reciprocal(sqrt(x)),
  Reciprocal: reciprocal,
  Inv: reciprocal,
  Exp: exp,
  Expm1: (x) => sub(exp(x), ONE),
  Log: log,
  Log1p: log1p,
  Sigmoid: (x) => reciprocal(add(ONE, exp(scale(-1, x)))),
  // sin z = sinh(iz) / i, cos z = cosh(iz), tan z = tanh(iz) / i
  Sin: (x) => OVER_I(sinh(TIMES_I(x))),
  Cos: (x) => cosh(TIMES_I(x)),
  Tan: (x) => OVER_I(tanh(TIMES_I(x))),
  Sinh: sinh,
  Cosh: cosh,
  Tanh: tanh,
  Asinh: asinh,
  Acosh: acosh,
  Atanh: atanh,
  Sign: signAbove(LEAST_64),
};
const BINARY: Readonly<Record<string, (x: Complex, y: Complex) => Complex>> = {
  Add: add,
  AddV2: add,
  Sub: sub,
  Mul: mul,
  MulNoNan: (x, y) => (isZero(y) ? ZERO : mul(x, y)),
  Div: div,
  RealDiv: div,
  TruncateDiv: div,
  DivNoNan: (x, y) => (isZero(y) ? ZERO : div(x, y)),
  Pow: pow,
  SquaredDifference: (x, y) => mul(sub(x, y), conj(sub(x, y))),
  Xdivy: (x, y) => (isZero(x) ? ZERO : div(x, y)),
  Xlogy: (x, y) => (isZero(x) ? ZERO : mul(x, log(y))),
  Xlog1py: (x, y) => (isZero(x) ? ZERO : mul(x, log1p(y))),
  // The last four take the conjugate of the output by themselves.
  TanhGrad: (y, dy) => mul(dy, sub(ONE, mul(y, y))),
  SigmoidGrad: (y, dy) => mul(dy, mul(y, sub(ONE, y))),
  SqrtGrad: (y, dy) => (isZero(dy) ? ZERO : div(scale(0.5, dy), conj(y))),
  RsqrtGrad: (y, dy) => (isZero(dy) ? ZERO : mul(scale(-0.5, dy), conj(mul(y, mul(y, y))))),
  ReciprocalGrad: (y, dy) => (isZero(dy) ? ZERO : mul(scale(-1, dy), conj(mul(y, y)))),
  InvGrad: (y, dy) => (isZero(dy) ? ZERO : mul(scale(-1, dy), conj(mul(y, y)))),
};
const UNARY_32: typeof UNARY = { Square: (x) => mul32(x, x), Sign: signAbove(LEAST_32) };
const BINARY_32: typeof BINARY = { Mul: mul32, MulNoNan: (x, y) => (isZero(y) ? ZERO : mul32(x, y)) };
const at = (x: Parts, i: number): Complex => [x[2 * i], x[2 * i + 1]];
const timesFor = (parts: Parts): typeof mul => (parts instanceof Float32Array ? mul32 : mul);
function put(out: Parts, i: number, [re, im]: Complex): void {
  out[2 * i] = re;
  out[2 * i + 1] = im;
}
function unary(type: string): (inputs: readonly HostTensor[]) => HostTensor {
  return ([x]) => {
    const fn = (x.dtype === complex64 && UNARY_32[type]) || UNARY[type];
    const n = sizeOf(x.shape);
    const [from, out] = [asFloats(x.data), asFloats(zerosOf(x.dtype, n))];
    for (let i = 0; i < n; i++) put(out, i, fn(at(from, i)));
    return host(x.dtype, x.shape, out);
  };
}
const resultFor = (dtype: DType, shape: readonly number[]): Data => zerosOf(dtype, sizeOf(shape), shape);
function binary(type: string): HostKernel {
  return ([a, b]) => {
    const fn = (a.dtype === complex64 && BINARY_32[type]) || BINARY[type];
    const [x, y] = [asFloats(a.data), asFloats(b.data)];
    const out = asFloats(resultFor(a.dtype, broadcastShape(a, b)));
    const shape = broadcastWalk(a, b, (o, i, j) => put(out, o, fn(at(x, i), at(y, j))));
    return host(a.dtype, shape, out);
  };
}
/** Whether they are equal (`holds`), or not. */
export function complexEquality(holds: boolean): HostKernel {
  return ([a, b]) => {
    const [x, y] = [asFloats(a.data), asFloats(b.data)];
    const out = asNumbers(resultFor(bool, broadcastShape(a, b)));
    const shape = broadcastWalk(a, b, (o, i, j) => {
      const same = x[2 * i] === y[2 * j] && x[2 * i + 1] === y[2 * j + 1];
      out[o] = same === holds ? 1 : 0;
    });
    return host(bool, shape, out);
  };
}
/** The same kernels, for complex numbers too where this file has their arithmetic. */
export function withComplex(table: HostTable): HostTable {
  return Object.fromEntries(
    Object.entries(table).map(([type, row]): [string, HostKernelRow] => {
      const full = typeof row === 'function' ? { run: row } : row;
      const own = UNARY[type] ? unary(type) : BINARY[type] ? binary(type) : null;
      if (!own) return [type, full];
      const complex = zeroing(type, own);
      const run = (inputs: readonly HostTensor[], node: KernelNode): ReturnType<HostKernel> =>
        (inputs[0].dtype.isComplex ? complex : full.run)(inputs, node);
      return [type, { ...full, run }];
    }),
  );
}

/** out[o] *= x[i]: what products along dimensions are made of. */
export function multiplyAt(out: Parts, o: number, x: Parts, i: number): void {
  put(out, o, timesFor(out)(at(out, o), at(x, i)));
}
/** out[o] += a[i] · b[j] */
export function addProductAt(out: Parts, o: number, a: Parts, i: number, b: Parts, j: number): void {
  put(out, o, add(at(out, o), mul(at(a, i), at(b, j))));
}
/** The numbers with the other sign of their imaginary parts. */
export function conjugated(x: HostTensor): HostTensor {
  return unary('Conj')([x]);
}
