/** Element-wise arithmetic in plain TypeScript, for every dtype. */
import { type Data, isBig, zerosOf } from '../../base/dtype';
import { broadcast, cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, host, hostZeros, invalid, registerHostKernels } from '../kernel';

type Fn2 = (a: number, b: number) => number;
type Big2 = (a: bigint, b: bigint) => bigint;

/** Walks two broadcast operands: `each(out, a, b)` gets flat positions. */
export function broadcastWalk(a: HostTensor, b: HostTensor, each: (o: number, i: number, j: number) => void): readonly number[] {
  if (sameShape(a.shape, b.shape)) {
    const n = sizeOf(a.shape);
    for (let i = 0; i < n; i++) each(i, i, i);
    return a.shape;
  }
  const shape = broadcast(a.shape, b.shape);
  if (!shape) return invalid(`Incompatible shapes: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
  const steps = (t: HostTensor): number[] => {
    const out = new Array<number>(shape.length).fill(0);
    for (let i = t.shape.length - 1, s = 1; i >= 0; i--) { if (t.shape[i] !== 1) out[i + shape.length - t.shape.length] = s; s *= t.shape[i]; }
    return out;
  };
  const [sa, sb] = [steps(a), steps(b)];
  const at = new Array<number>(shape.length).fill(0);
  const n = sizeOf(shape);
  for (let o = 0, i = 0, j = 0; o < n; o++) {
    each(o, i, j);
    for (let d = shape.length - 1; d >= 0; d--) {
      i += sa[d]; j += sb[d];
      if (++at[d] < shape[d]) break;
      i -= sa[d] * shape[d]; j -= sb[d] * shape[d];
      at[d] = 0;
    }
  }
  return shape;
}

/** A broadcasting kernel from a function of two numbers (and one of two bigints for 64-bit integers). */
export function binaryKernel(fn: Fn2, big: Big2 | null = null): HostKernel {
  return ([a, b]) => {
    const shape = sameShape(a.shape, b.shape) ? a.shape : broadcast(a.shape, b.shape);
    if (!shape) return invalid(`Incompatible shapes: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
    const data = zerosOf(a.dtype, sizeOf(shape));
    if (isBig(data)) {
      if (!big) return invalid(`${a.dtype.name} is not supported here`);
      const [x, y] = [a.data as BigInt64Array, b.data as BigInt64Array];
      broadcastWalk(a, b, (o, i, j) => { data[o] = big(x[i], y[j]); });
    } else {
      const [x, y, z] = [a.data as Float32Array, b.data as Float32Array, data as Float32Array];
      if (sameShape(a.shape, b.shape)) for (let i = 0; i < z.length; i++) z[i] = fn(x[i], y[i]);
      else broadcastWalk(a, b, (o, i, j) => { z[o] = fn(x[i], y[j]); });
    }
    return host(a.dtype, shape, data);
  };
}
export function unaryKernel(fn: (x: number) => number, big: ((x: bigint) => bigint) | null = null): HostKernel {
  return ([x]) => {
    const out = hostZeros(x.dtype, x.shape);
    if (isBig(out.data)) for (let i = 0; i < out.data.length; i++) out.data[i] = big!((x.data as BigInt64Array)[i]);
    else for (let i = 0, data = out.data as Float32Array, from = x.data as Float32Array; i < data.length; i++) data[i] = fn(from[i]);
    return out;
  };
}

export const ELEMENTWISE_KERNELS: HostTable = {
  Add: addKernel(), AddV2: addKernel(),
  Sub: binaryKernel((a, b) => a - b, (a, b) => a - b),
  Mul: binaryKernel((a, b) => a * b, (a, b) => a * b),
  Neg: unaryKernel((x) => -x, (x) => -x),
  Exp: { run: unaryKernel(Math.exp), cost: 12 },
};
function addKernel(): HostKernel {
  const numbersKernel = binaryKernel((a, b) => a + b, (a, b) => a + b);
  return (inputs, node) => {
    const [a, b] = inputs;
    if (a.dtype.kind !== 'string') return numbersKernel(inputs, node);
    const out: Data = [];
    const shape = broadcastWalk(a, b, (o, i, j) => { (out as string[])[o] = (a.data as string[])[i] + (b.data as string[])[j]; });
    return host(a.dtype, shape, out);
  };
}
registerHostKernels(ELEMENTWISE_KERNELS);
