/** Arithmetic of complex numbers, which lie as real and imaginary parts in turn: for ops with others for reals. */
import { asFloats, asNumbers } from '../../base/elements';
import { type DType, type Data, bool, complex64, zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTable, type HostTensor, type KernelNode, host } from '../kernel';
import { broadcastShape, broadcastWalk } from './loops';

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
const isZero = ([a, b]: Complex): boolean => a === 0 && b === 0;
const ZERO: Complex = [0, 0];
const ONE: Complex = [1, 0];
const TIMES_I = ([a, b]: Complex): Complex => [-b, a];
const OVER_I = ([a, b]: Complex): Complex => [b, -a];
/** Smith's division, which does not overflow in between. */
function div([a, b]: Complex, [c, d]: Complex): Complex {
  if (c === 0 && d === 0) return [a / c, b / c];
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
  const t = Math.sqrt((Math.abs(a) + Math.hypot(a, b)) / 2);
  return a >= 0 ? [t, b / (2 * t)] : [Math.abs(b) / (2 * t), b < 0 || Object.is(b, -0) ? -t : t];
}
function exp([a, b]: Complex): Complex {
  const e = Math.exp(a);
  return b === 0 ? [e, b] : [e * Math.cos(b), e * Math.sin(b)];
}
const log = ([a, b]: Complex): Complex => [Math.log(Math.hypot(a, b)), Math.atan2(b, a)];
const sinh = ([a, b]: Complex): Complex => [Math.sinh(a) * Math.cos(b), Math.cosh(a) * Math.sin(b)];
const cosh = ([a, b]: Complex): Complex => [Math.cosh(a) * Math.cos(b), Math.sinh(a) * Math.sin(b)];
function tanh([a, b]: Complex): Complex {
  const n = Math.cosh(2 * a) + Math.cos(2 * b);
  return Number.isFinite(n) ? [Math.sinh(2 * a) / n, Math.sin(2 * b) / n] : [Math.sign(a), 0];
}
// asinh z = log(z + √(z² + 1)), acosh z = log(z + √(z + 1)·√(z - 1)), atanh z = (log(1 + z) - log(1 - z)) / 2
const asinh = (z: Complex): Complex => log(add(z, sqrt(add(mul(z, z), ONE))));
const acosh = (z: Complex): Complex => log(add(z, mul(sqrt(add(z, ONE)), sqrt(sub(z, ONE)))));
const atanh = (z: Complex): Complex => scale(0.5, sub(log(add(ONE, z)), log(sub(ONE, z))));
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
  Log1p: (x) => log(add(x, ONE)),
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
  Sign: (x) => (isZero(x) ? ZERO : scale(1 / Math.hypot(...x), x)),
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
  // The last four take the conjugate of the output by themselves.
  TanhGrad: (y, dy) => mul(dy, sub(ONE, mul(y, y))),
  SigmoidGrad: (y, dy) => mul(dy, mul(y, sub(ONE, y))),
  SqrtGrad: (y, dy) => (isZero(dy) ? ZERO : div(scale(0.5, dy), conj(y))),
  RsqrtGrad: (y, dy) => (isZero(dy) ? ZERO : mul(scale(-0.5, dy), conj(mul(y, mul(y, y))))),
  ReciprocalGrad: (y, dy) => (isZero(dy) ? ZERO : mul(scale(-1, dy), conj(mul(y, y)))),
  InvGrad: (y, dy) => (isZero(dy) ? ZERO : mul(scale(-1, dy), conj(mul(y, y)))),
};
const UNARY_32: typeof UNARY = { Square: (x) => mul32(x, x) };
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
      const complex = UNARY[type] ? unary(type) : BINARY[type] ? binary(type) : null;
      if (!complex) return [type, full];
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
