/** Arithmetic of two operands in plain TypeScript, for every dtype. */
import { noHostKernel } from '../kernel-error';
import { asFloats } from '../../base/elements';
import { joinTexts } from '../../base/bytes';
import { isBig, zerosOf } from '../../base/dtype';
import { roundHalf as half } from '../../base/half';
import { broadcastGradientAxes, cShape, sameShape } from '../../base/shape';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type KernelNode,
  type Sized,
  host,
  invalid,
  numbers,
  resultOf,
} from '../kernel';
import { sumInGroups } from '../sum-order';
import { type Big2, type Fn2, binary, binaryKernel } from './loops';
import { ofHalves, withShortFloats } from './operands';
import { DIVISIONS, anyInteger } from './division';
import { withComplex } from './complex';

export { binaryKernel, broadcastWalk, mustBroadcast, unaryKernel } from './loops';

/** C's pow: 1 to any power is 1, and so is -1 to an infinite one. */
const power: Fn2 = (a, b) => (a === 1 || (a === -1 && (b === Infinity || b === -Infinity)) ? 1 : a ** b);
/** By squaring, with the product wrapping as it does in C. */
const intPower: Fn2 = (a, b) => {
  let result = 1;
  for (let base = a, n = b; n > 0; n = Math.floor(n / 2)) {
    if (n & 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
};
const bigPower: Big2 = (a, b) => {
  let result = 1n;
  for (let base = a, n = b; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return result;
};
function powRow(): HostKernelRow {
  const row = binary(power, bigPower, { integer: intPower, cost: 40 });
  return {
    ...row,
    run: (inputs, node) => {
      if (anyInteger(inputs, (v) => v < 0)) invalid('Integers to negative integer powers are not allowed');
      return row.run(inputs, node);
    },
  };
}

const sumOfTwo = binaryKernel(
  (a, b) => a + b,
  (a, b) => a + b,
);
// Of one shape: the parts are added as they lie.
const sumOfComplex: HostKernel = ([a, b]) => {
  const [out, y] = [asFloats(a.data).slice(), asFloats(b.data)];
  for (let i = 0; i < out.length; i++) out[i] += y[i];
  return host(a.dtype, a.shape, out);
};
/** Adds a list. Shapes must be equal. */
const addN: HostKernel = (inputs, node) => {
  const [first] = inputs;
  if (first.dtype.kind === 'opaque') throw noHostKernel(node.type, first.dtype);
  const add = first.dtype.isComplex ? sumOfComplex : sumOfTwo;
  const out = sumInGroups(inputs, (a, b) => resultOf(add([a, b], node)));
  return inputs.length > 1 ? out : host(first.dtype, first.shape, first.data);
};
function sameShapes(inputs: readonly { readonly shape: readonly number[] }[], node: KernelNode): void {
  for (let i = 1; i < inputs.length; i++) {
    if (!sameShape(inputs[0].shape, inputs[i].shape)) {
      invalid(
        `Inputs to operation ${node.name} of type ${node.type} must have the same size and shape.  ` +
          `Input 0: ${cShape(inputs[0].shape)} != input ${i}: ${cShape(inputs[i].shape)}`,
      );
    }
  }
}
function sizesToAccumulate(inputs: readonly { readonly shape: readonly number[] }[]): void {
  if (inputs.some(({ shape }) => !sameShape(shape, inputs[0].shape)))
    invalid('Parameters and update must be the same size');
}
const addNRow: HostKernelRow = {
  run: addN,
  check: sameShapes,
  cost: (inputs: readonly Sized[]) => (inputs.length - 1) * (inputs[0]?.size ?? 0) * 2,
};

function addRow(): HostKernelRow {
  return binary(
    (a, b) => a + b,
    (a, b) => a + b,
    { text: joinTexts },
  );
}

/** Beside an op's kernel what it computes of two halves, each step of which is rounded. */
function inSteps(plain: HostKernelRow, steps: Fn2): HostKernelRow {
  return ofHalves(plain, binaryKernel(steps));
}

const { abs, fround } = Math;
/** 0, with its sign, where it is too small for a float32. */
const flushed = (x: number): number => (abs(x) < 1.1754943508222875e-38 ? x * 0 : x);
const inverseGrad = inSteps(
  binary((y, dy) => (dy === 0 ? 0 : -dy * (y * y)), null, {
    float32: (y, dy) => (dy === 0 ? 0 : -dy * fround(y * y)),
  }),
  (y, dy) => (dy === 0 ? 0 : -dy * half(y * y)),
);

const REAL_KERNELS: HostTable = withShortFloats({
  ...DIVISIONS,
  Add: addRow(),
  AddV2: addRow(),
  Sub: binary(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  Mul: binary(
    (a, b) => a * b,
    (a, b) => a * b,
    { integer: Math.imul },
  ),
  MulNoNan: binary((a, b) => (b === 0 ? 0 : a * b)),
  DivNoNan: binary((a, b) => (b === 0 ? 0 : a / b)),
  Pow: powRow(),
  // As std::max and std::min: an unordered pair gives the first.
  Maximum: binary(
    (a, b) => (a < b ? b : a),
    (a, b) => (a < b ? b : a),
  ),
  Minimum: binary(
    (a, b) => (b < a ? b : a),
    (a, b) => (b < a ? b : a),
  ),
  SquaredDifference: inSteps(
    binary(
      (a, b) => (a - b) * (a - b),
      (a, b) => (a - b) * (a - b),
      { integer: (a, b) => Math.imul(a - b, a - b) },
    ),
    (a, b) => half(a - b) ** 2,
  ),
  Xdivy: binary((a, b) => (a === 0 ? 0 : a / b)),
  Xlogy: inSteps(
    binary((a, b) => (a === 0 ? 0 : a * Math.log(b)), null, { cost: 12 }),
    (a, b) => (a === 0 ? 0 : a * half(Math.log(b))),
  ),
  Xlog1py: { ...binary((a, b) => (a === 0 ? 0 : a * Math.log1p(b)), null, { cost: 13 }), only: true },
  Atan2: binary((a, b) => Math.atan2(a, b), null, { cost: 40 }),

  // Rounded on the way as float32 arithmetic does: what overflows there is infinite, and times 0 NaN.
  TanhGrad: inSteps(
    binary((y, dy) => dy * (1 - y * y), null, { float32: (y, dy) => dy * (1 - fround(y * y)) }),
    (y, dy) => dy * half(1 - half(y * y)),
  ),
  SigmoidGrad: inSteps(
    binary((y, dy) => dy * (y * (1 - y)), null, { float32: (y, dy) => dy * fround(y * (1 - y)) }),
    (y, dy) => dy * half(y * half(1 - y)),
  ),
  // Where nothing comes in nothing goes out, at a pole too.
  SqrtGrad: inSteps(
    binary((y, dy) => (dy === 0 ? 0 : (0.5 * dy) / y), null, {
      float32: (y, dy) => (dy === 0 ? 0 : flushed(fround(0.5 * dy)) / y),
    }),
    (y, dy) => (dy === 0 ? 0 : half(0.5 * dy) * half(1 / y)),
  ),
  // A 0 has no sign: TensorFlow's vectors give it none.
  RsqrtGrad: inSteps(
    binary((y, dy) => (dy === 0 ? 0 : -0.5 * dy * y * y * y + 0), null, {
      float32: (y, dy) => (dy === 0 ? 0 : fround(-0.5 * dy * flushed(fround(fround(y * y) * y))) + 0),
    }),
    (y, dy) => (dy === 0 ? 0 : half(-0.5 * half(dy * y)) * half(y * y) + 0),
  ),
  ReciprocalGrad: inverseGrad,
  InvGrad: inverseGrad,

  AddN: addNRow,
  AccumulateNV2: { ...addNRow, check: sizesToAccumulate },

  BroadcastGradientArgs: {
    only: true,
    run: ([s0, s1]) => {
      [s0, s1].forEach((s, i) => {
        if (s.shape.length !== 1) invalid(`In[${i}] must be a vector.${cShape(s.shape)}`);
      });
      const [a, b] = [numbers(s0), numbers(s1)];
      const axes = broadcastGradientAxes(a, b) ?? invalid(`Incompatible shapes: ${cShape(a)} vs. ${cShape(b)}`);
      return axes.map((list) => {
        const out = zerosOf(s0.dtype, list.length);
        list.forEach((axis, i) => {
          if (isBig(out)) out[i] = BigInt(axis);
          else out[i] = axis;
        });
        return host(s0.dtype, [list.length], out);
      });
    },
  },
});
export const ELEMENTWISE_KERNELS: HostTable = withComplex(REAL_KERNELS);
