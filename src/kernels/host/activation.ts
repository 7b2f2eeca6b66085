/** Activations and their gradients in plain TypeScript. */
import { asLongs, asNumbers } from '../../base/elements';
import { type Data, type NumericArray, float16, float64, isBig, zerosOf } from '../../base/dtype';
import { roundHalf } from '../../base/half';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostKernelRow, type HostTable, type KernelNode, attr, host, invalid } from '../kernel';
import { leastOf, withShortFloats } from './operands';

type Loop1 = (x: NumericArray, out: NumericArray, node: KernelNode) => void;
type Loop2 = (g: NumericArray, y: NumericArray, out: NumericArray, node: KernelNode) => void;

/** An activation. The loop is written out in each, so that nothing is called per element. */
function activation(cost: number, run: Loop1, big: ((x: bigint) => bigint) | null = null): HostKernelRow {
  return {
    cost,
    run([x], node) {
      const out = zerosOf(x.dtype, sizeOf(x.shape), x.shape);
      if (isBig(out)) for (let i = 0, from = asLongs(x.data); i < out.length; i++) out[i] = big!(from[i]);
      else run(asNumbers(x.data), asNumbers(out), node);
      return host(x.dtype, x.shape, out);
    },
  };
}
/** A gradient, from the incoming one and the features (or outputs). */
function gradient(cost: number, run: Loop2, big: ((g: bigint, y: bigint) => bigint) | null = null): HostKernelRow {
  return {
    cost,
    check: sameShapes,
    run([g, y], node) {
      const out: Data = zerosOf(g.dtype, sizeOf(g.shape), g.shape);
      if (isBig(out))
        for (let i = 0, from = asLongs(g.data), at = asLongs(y.data); i < out.length; i++)
          out[i] = big!(from[i], at[i]);
      else run(asNumbers(g.data), asNumbers(y.data), asNumbers(out), node);
      return host(y.dtype, y.shape, out);
    },
  };
}
function sameShapes([g, y]: readonly { readonly shape: readonly number[] }[], node: KernelNode): void {
  if (!sameShape(g.shape, y.shape)) {
    invalid(
      `Inputs to operation ${node.name} of type ${node.type} must have the same size and shape.  ` +
        `Input 0: ${cShape(g.shape)} != input 1: ${cShape(y.shape)}`,
    );
  }
}

/**
 * max(x, 0), where NaN stays NaN. Signs are as good as random, so that branches on them cost 5 ns each; on the
 * bits of a float it takes none: the sign, spread over all bits, clears a number but not a NaN.
 */
function relu(x: NumericArray, out: NumericArray): void {
  if (x.length < 128 || !(x instanceof Float32Array)) {
    for (let i = 0; i < out.length; i++) {
      const v = x[i];
      out[i] = v <= 0 ? 0 : v;
    }
    return;
  }
  const [from, to] = [
    new Int32Array(x.buffer, x.byteOffset, x.length),
    new Int32Array(out.buffer, out.byteOffset, out.length),
  ];
  for (let i = 0; i < to.length; i++) {
    const bits = from[i];
    to[i] = bits & (~(bits >> 31) | ((0x7f800000 - (bits & 0x7fffffff)) >> 31));
  }
}

/** What is above it is infinite on the way, as in arithmetic of the dtype. */
function largest(out: NumericArray): number {
  return out instanceof Float32Array ? 3.4028234663852886e38 : Number.MAX_VALUE;
}

/**
 * How each step of a kernel is rounded, for a dtype. e^x - 1 is 0 near 0, as that is in the dtype, and the gradient
 * of such an output is the one of x >= 0.
 */
function roundingOf({ attrs: { T } }: KernelNode): (x: number) => number {
  if (T === float64) return (x) => x;
  return T === float16 ? roundHalf : Math.fround;
}

/** The same of halves alone. */
function halvesOf(node: KernelNode): (x: number) => number {
  return node.attrs.T === float16 ? roundingOf(node) : (x) => x;
}

// Klambauer et al. 2017, with TensorFlow's digits.
const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.7580993408473768;

export const ACTIVATION_KERNELS: HostTable = withShortFloats({
  Relu: activation(1.2, relu, (x) => (x > 0n ? x : 0n)),
  // Times 0 where it is cut off: an infinite gradient turns to NaN, as in TensorFlow.
  ReluGrad: gradient(
    1.2,
    (g, y, out) => {
      for (let i = 0; i < out.length; i++) out[i] = g[i] * Number(y[i] > 0);
    },
    (g, y) => (y > 0n ? g : 0n),
  ),
  Relu6: activation(
    2,
    (x, out) => {
      relu(x, out);
      for (let i = 0; i < out.length; i++) if (out[i] > 6) out[i] = 6;
    },
    (x) => (x <= 0n ? 0n : x >= 6n ? 6n : x),
  ),
  Relu6Grad: gradient(
    1.5,
    (g, y, out) => {
      for (let i = 0; i < out.length; i++) out[i] = g[i] * (Number(y[i] > 0) & Number(y[i] < 6));
    },
    (g, y) => (y > 0n && y < 6n ? g : 0n),
  ),
  LeakyRelu: activation(1.5, (x, out, node) => {
    const slopes = [roundingOf(node)(attr(node, 'alpha')), 1];
    for (let i = 0; i < out.length; i++) out[i] = x[i] * slopes[Number(x[i] > 0)];
  }),
  LeakyReluGrad: gradient(1.5, (g, x, out, node) => {
    const slopes = [roundingOf(node)(attr(node, 'alpha')), 1];
    for (let i = 0; i < out.length; i++) out[i] = g[i] * slopes[Number(x[i] > 0)];
  }),
  Elu: activation(15, (x, out, node) => {
    const round = roundingOf(node);
    const least = leastOf(out);
    for (let i = 0; i < out.length; i++) {
      const v = x[i];
      out[i] = v <= -least ? round(Math.exp(v)) - 1 : v;
    }
  }),
  // From the outputs y: e^x = y + 1.
  EluGrad: gradient(1.5, (g, y, out) => {
    for (let i = 0; i < out.length; i++) out[i] = y[i] < 0 ? (y[i] + 1) * g[i] : g[i];
  }),
  Selu: activation(15, (x, out, node) => {
    const round = roundingOf(node);
    const [scale, below] = [round(SELU_SCALE), round(SELU_SCALE_ALPHA)];
    for (let i = 0; i < out.length; i++) {
      const v = x[i];
      out[i] = v < 0 ? below * round(round(Math.exp(v)) - 1) : scale * v;
    }
  }),
  SeluGrad: gradient(1.5, (g, y, out, node) => {
    // Of the dtype, so that it is 0 where y is the least that Selu gives.
    const round = roundingOf(node);
    const [scale, least] = [round(SELU_SCALE), round(SELU_SCALE_ALPHA)];
    for (let i = 0; i < out.length; i++) out[i] = y[i] < 0 ? g[i] * round(y[i] + least) : g[i] * scale;
  }),
  // Of |x| only, so that the exponential does not overflow.
  Softplus: activation(25, (x, out) => {
    for (let i = 0; i < out.length; i++) {
      const v = x[i];
      out[i] = v > 0 ? v + Math.log1p(Math.exp(-v)) : Math.log1p(Math.exp(v));
    }
  }),
  SoftplusGrad: gradient(10, (g, x, out, node) => {
    const [most, round] = [largest(out), halvesOf(node)];
    for (let i = 0; i < out.length; i++) {
      const e = round(Math.exp(-x[i]));
      out[i] = g[i] / round((e > most ? Infinity : e) + 1);
    }
  }),
  Softsign: activation(3, (x, out, node) => {
    const round = halvesOf(node);
    for (let i = 0; i < out.length; i++) {
      const v = x[i];
      out[i] = v / round(Math.abs(v) + 1);
    }
  }),
  SoftsignGrad: gradient(3, (g, x, out, node) => {
    const [most, round] = [largest(out), halvesOf(node)];
    for (let i = 0; i < out.length; i++) {
      const d = round(1 + Math.abs(x[i]));
      out[i] = g[i] / (d * d > most ? Infinity : round(d * d));
    }
  }),
});
