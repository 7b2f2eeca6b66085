/**
 * Random numbers of the gamma and Poisson distributions on the host: TensorFlow's, but for the rounding of the engine's
 * logarithms and powers. Each result begins in a place of its own in the stream, from which it draws until one fits.
 */
import { asNumbers, setInteger } from '../../base/elements';
import { numbersIn } from '../../base/nested';
import { bitsOfFloats, floatsOfBits, isHalf } from '../../base/half';
import { type DType, int32, int64 } from '../../base/dtype';
import { BLOCK, type Philox } from '../../base/philox';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, hostZeros, invalid } from '../kernel';
import { sampleByA } from './incomplete';
import { binary } from './loops';
import { withZeros } from './operands';
import { DOUBLE, pair, uniformDouble } from './normal-pair';
import { STREAMS, drawing, shapeFrom } from './random';
import { lgamma } from './special';
import { summarize } from './summarize';

/** Blocks of the stream that are kept for one result. */
const RESERVED = 256;

/** What one result is drawn from. A block gives two numbers, of which the later comes first. */
class Draws {
  private readonly words = new Uint32Array(BLOCK);
  private readonly uniforms = new Float64Array(2);
  private readonly normals = new Float64Array(2);
  private left = 0;
  private normalsLeft = 0;
  constructor(private readonly stream: Philox) {}
  /** In [0, 1) */
  uniform(): number {
    if (this.left === 0) {
      const { words } = this;
      this.stream.fill(words);
      this.uniforms[0] = uniformDouble(words[0], words[1]);
      this.uniforms[1] = uniformDouble(words[2], words[3]);
      this.left = 2;
    }
    return this.uniforms[--this.left];
  }
  normal(): number {
    if (this.normalsLeft === 0) {
      this.stream.fill(this.words);
      DOUBLE[1](this.words, 0);
      this.normals.set(pair);
      this.normalsLeft = 2;
    }
    return this.normals[--this.normalsLeft];
  }
}
/** Draws one number. */
type Draw = (from: Draws) => number;

/** Marsaglia and Tsang, 2000; below 1 of α + 1, times a power. */
function gammaOf(alpha: number): Draw {
  if (alpha === 1) return (from) => -Math.log(1 - from.uniform());
  const isSmall = alpha < 1;
  const d = alpha + (isSmall ? 2 / 3 : -1 / 3);
  const c = 1 / 3 / Math.sqrt(d);
  return (from) => {
    for (;;) {
      const x = from.normal();
      const cube = 1 + c * x;
      if (cube <= 0) continue;
      const v = cube * cube * cube;
      const u = from.uniform();
      if (u < 1 - 0.0331 * (x * x) * (x * x) || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v)))
        return d * v * (isSmall ? from.uniform() ** (1 / alpha) : 1);
    }
  };
}
/** Tries after which nothing that is drawn will ever fit: most rates need one or two. */
const TRIES = 1000;
/** Knuth's way below 10, else Hörmann's transformed rejection (1993). TensorFlow draws without end where ours ends. */
function poissonOf(rate: number, dtype: DType): Draw {
  const most = MOST[dtype.name];
  // Integers have what stands for no number in C: the least.
  if (!(rate < Infinity)) return () => (dtype.isInteger ? -(2 ** (8 * dtype.size - 1)) : NaN);
  return rate < 10 ? counted(Math.exp(-rate), most) : rejected(rate, dtype, most);
}
function counted(end: number, most: number): Draw {
  return (from) => {
    let product = 1;
    for (let x = 0; ; x++) {
      product *= from.uniform();
      if (product <= end && x <= most) return x;
    }
  };
}
function rejected(rate: number, dtype: DType, most: number): Draw {
  const log = Math.log(rate);
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  return (from) => {
    for (let tries = 0; tries < TRIES; tries++) {
      const u = from.uniform() - 0.5;
      const v = from.uniform();
      const near = 0.5 - Math.abs(u);
      const k = Math.floor(((2 * a) / near + b) * u + rate + 0.43);
      if (k > most) continue;
      if (near >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
      if (k < 0 || (near < 0.013 && v > near)) continue;
      if (Math.log((v * inverse) / (a / (near * near) + b)) <= -rate + k * log - lgamma(k + 1)) return k;
    }
    return invalid(`rate ${rate} is too large for numbers of dtype ${dtype.name}, which go up to ${most}`);
  };
}

/** The largest number of a dtype. */
const MOST: Readonly<Record<string, number>> = {
  float16: 65504,
  float32: (2 - 2 ** -23) * 2 ** 127,
  float64: Number.MAX_VALUE,
  int32: 2 ** 31 - 1,
  int64: 2 ** 63,
};
const valuesOf = (t: HostTensor): ArrayLike<number> =>
  isHalf(t.dtype) ? floatsOfBits(t.data, t.dtype) : t.dtype === int64 ? numbersIn(t) : asNumbers(t.data);

/** For each parameter so many numbers as the shape says, in the order of results that TensorFlow has. */
function ofEach(of: (parameter: number, dtype: DType) => Draw): HostKernel {
  return ([shape, parameters], node) => {
    const dtype = node.outputTypes[0];
    const dims = shapeFrom(shape);
    const out = hostZeros(dtype, [...dims, ...parameters.shape]);
    const [samples, each] = [sizeOf(dims), valuesOf(parameters)];
    if (!out.data.length) return out;
    const stream = STREAMS.of(node).reserve(RESERVED * samples * each.length);
    const values = isHalf(dtype) ? new Float64Array(out.data.length) : out.data;
    for (let p = 0; p < each.length; p++) {
      const draw = of(each[p], dtype);
      for (let i = p; i < values.length; i += each.length, stream.skip(RESERVED)) {
        const from = new Draws(stream.clone());
        if (dtype === int32 || dtype === int64) setInteger(values, i, draw(from));
        else asNumbers(values)[i] = draw(from);
      }
    }
    if (isHalf(dtype)) out.data = bitsOfFloats(asNumbers(values), dtype);
    return out;
  };
}
/** RandomGamma shows the whole shape that is none. */
const gammas: HostKernel = ([shape, alpha], node) => {
  const { dtype, shape: dims } = shape;
  if (dims.length !== 1)
    invalid(
      'shape must be a vector of {int32,int64}, got shape: ' +
        `Tensor<type: ${dtype.name} shape: ${cShape(dims)} values: ${summarize(shape, 3)}>`,
    );
  return ofEach(gammaOf)([shape, alpha], node);
};

export const GAMMA_KERNELS: HostTable = {
  RandomGamma: drawing(gammas),
  RandomPoissonV2: drawing(ofEach(poissonOf)),
  ...withZeros({ RandomGammaGrad: { ...binary(sampleByA, null, { cost: 400 }), only: true } }),
};
