/** Arithmetic of two operands in plain TypeScript, for every dtype. */
import { type Data, isBig, zerosOf } from '../../base/dtype';
import { broadcastGradientAxes, cShape, sameShape, sizeOf } from '../../base/shape';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  KernelError,
  type Value,
  host,
  invalid,
  numbers,
  registerHostKernels,
} from '../kernel';
import {
  type Big2,
  type Fn2,
  type Variants,
  binaryKernel,
  broadcastShape,
  broadcastWalk,
  withShortFloats,
} from './loops';

export { binaryKernel, broadcastWalk, unaryKernel } from './loops';

/** Refuses operands that do not broadcast, on a device too. */
export const mustBroadcast = ([a, b]: readonly { readonly shape: readonly number[] }[]): void => {
  broadcastShape(a, b);
};

function binary(
  fn: Fn2,
  big: Big2 | null = null,
  { cost, ...variants }: Variants<Fn2, Big2> & { readonly cost?: number } = {},
): HostKernelRow {
  return { run: binaryKernel(fn, big, variants), check: mustBroadcast, cost };
}
/** Division of integers: a zero among the divisors is an error. */
function division(fn: Fn2, big: Big2, variants: Variants<Fn2, Big2> & { readonly cost?: number } = {}): HostKernelRow {
  const row = binary(fn, big, variants);
  return {
    ...row,
    run: (inputs, node) => {
      if (anyInteger(inputs, (v) => Number(v) === 0)) invalid('Integer division by zero');
      return row.run(inputs, node);
    },
  };
}
/** Whether the second operand, where it is of integers, has such an element, and something meets it. Shapes that do not fit are an error before that. */
function anyInteger([x, y]: readonly HostTensor[], test: (v: number | bigint) => boolean): boolean {
  if (!y.dtype.isInteger || broadcastShape(x, y).includes(0)) return false;
  const data = y.data as Int32Array;
  for (let i = 0; i < data.length; i++) if (test(data[i])) return true;
  return false;
}
/** Rounds the quotient as float32 arithmetic does: 1 / 0.1 is 10 there, and not a little less. */
const quotient32: Fn2 = (a, b) => Math.fround(a / b);
const floorMod: Fn2 = (a, b) => {
  const r = a % b;
  return a < 0 === b < 0 ? r : (r + b) % b;
};
const bigFloorMod: Big2 = (a, b) => {
  const r = a % b;
  return a < 0n === b < 0n ? r : (r + b) % b;
};
const bigFloorDiv: Big2 = (a, b) => (a - bigFloorMod(a, b)) / b;

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
  const row = binary(power, bigPower, { int32: intPower, cost: 40 });
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
/** Adds a list. Shapes must be equal. */
const addN: HostKernel = (inputs, node) => {
  sameShapes(inputs, node);
  const [first] = inputs;
  if (first.dtype.isComplex || first.dtype.kind === 'opaque')
    throw new KernelError(
      'Unimplemented',
      `No kernel for op type '${node.type}' with ${first.dtype.name} elements on the host`,
    );
  let out = first;
  for (let i = 1; i < inputs.length; i++) out = sumOfTwo([out, inputs[i]], node) as HostTensor;
  return inputs.length > 1 ? out : host(first.dtype, first.shape, first.data);
};
function sameShapes(inputs: readonly { readonly shape: readonly number[] }[], node: KernelNode): void {
  for (let i = 1; i < inputs.length; i++) {
    if (!sameShape(inputs[0].shape, inputs[i].shape)) {
      invalid(
        `Inputs to operation ${node.name} of type ${node.type} must have the same size and shape.  Input 0: ${cShape(inputs[0].shape)} != input ${i}: ${cShape(inputs[i].shape)}`,
      );
    }
  }
}
const addNRow: HostKernelRow = {
  run: addN,
  check: sameShapes,
  cost: (inputs: readonly Value[]) => (inputs.length - 1) * (inputs[0]?.size ?? 0) * 2,
};

function addRow(): HostKernelRow {
  const row = binary(
    (a, b) => a + b,
    (a, b) => a + b,
  );
  return {
    ...row,
    run: (inputs, node) => {
      const [a, b] = inputs;
      if (a.dtype.kind !== 'string') return row.run(inputs, node);
      const out: Data = new Array<string>(sizeOf(broadcastShape(a, b)));
      const shape = broadcastWalk(a, b, (o, i, j) => {
        (out as string[])[o] = (a.data as string[])[i] + (b.data as string[])[j];
      });
      return host(a.dtype, shape, out);
    },
  };
}

export const ELEMENTWISE_KERNELS: HostTable = withShortFloats({
  Add: addRow(),
  AddV2: addRow(),
  Sub: binary(
    (a, b) => a - b,
    (a, b) => a - b,
  ),
  Mul: binary(
    (a, b) => a * b,
    (a, b) => a * b,
    { int32: (a, b) => Math.imul(a, b) },
  ),
  MulNoNan: binary((a, b) => (b === 0 ? 0 : a * b)),
  RealDiv: binary((a, b) => a / b),
  Div: division(
    (a, b) => a / b,
    (a, b) => a / b,
    { int32: (a, b) => Math.trunc(a / b) },
  ),
  TruncateDiv: division(
    (a, b) => Math.trunc(a / b),
    (a, b) => a / b,
  ),
  FloorDiv: division((a, b) => Math.floor(a / b), bigFloorDiv, { float32: (a, b) => Math.floor(quotient32(a, b)) }),
  DivNoNan: binary((a, b) => (b === 0 ? 0 : a / b)),
  Mod: division(
    (a, b) => a % b,
    (a, b) => a % b,
    { cost: 12 },
  ),
  TruncateMod: division(
    (a, b) => a % b,
    (a, b) => a % b,
    { cost: 12 },
  ),
  FloorMod: division(floorMod, bigFloorMod, {
    cost: 15,
    float32: (a, b) => {
      const r = a % b;
      return a < 0 === b < 0 ? r : Math.fround(r + b) % b;
    },
  }),
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
  SquaredDifference: binary(
    (a, b) => (a - b) * (a - b),
    (a, b) => (a - b) * (a - b),
    { int32: (a, b) => Math.imul(a - b, a - b) },
  ),
  Xdivy: binary((a, b) => (a === 0 ? 0 : a / b)),
  Xlogy: binary((a, b) => (a === 0 ? 0 : a * Math.log(b)), null, { cost: 12 }),
  Atan2: binary((a, b) => Math.atan2(a, b), null, { cost: 40 }),

  TanhGrad: binary((y, dy) => dy * (1 - y * y)),
  SigmoidGrad: binary((y, dy) => dy * y * (1 - y)),
  SqrtGrad: binary((y, dy) => (0.5 * dy) / y),
  RsqrtGrad: binary((y, dy) => -0.5 * dy * y * y * y),
  ReciprocalGrad: binary((y, dy) => -dy * y * y),
  InvGrad: binary((y, dy) => -dy * y * y),

  AddN: addNRow,
  AccumulateNV2: addNRow,

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
registerHostKernels(ELEMENTWISE_KERNELS);
