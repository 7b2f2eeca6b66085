/** Reductions in plain TypeScript, for every dtype: one walk over the input, in memory order, whatever the axes. */
import { noHostKernel } from '../kernel-error';
import { asFloats, asLongs, asNumbers } from '../../base/elements';
import { castData, partType } from '../../base/cast';
import { type DType, type Data, type NumericArray, float64, int32, isBig, limitsOf, zerosOf } from '../../base/dtype';
import { isHalf } from '../../base/half';
import { claim } from '../../base/room';
import { sizeOf, stridesOf } from '../../base/shape';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  host,
  invalid,
  numbers,
  resultOf,
} from '../kernel';
import { type Folds, foldsOf } from './anew';
import { multiplyAt } from './complex';
import { withShortFloats } from './operands';

type Fold<T> = (a: T, b: T) => T;
/** What is left of a shape. */
export function reducedShape(shape: readonly number[], reduced: readonly boolean[], node: KernelNode): number[] {
  const keep = attr(node, 'keep_dims');
  const out: number[] = [];
  for (let i = 0; i < shape.length; i++)
    if (!reduced[i]) out.push(shape[i]);
    else if (keep) out.push(1);
  return out;
}
/** Sums of complex numbers are sums of their parts: they are one more dimension. */
function complexSum(mean: boolean) {
  const ofParts = reduction(mean ? MEAN : SUM).run;
  return (x: HostTensor, reduced: readonly boolean[], node: KernelNode): HostTensor => {
    const axes = Int32Array.from(reduced.flatMap((gone, i) => (gone ? [i] : [])));
    const dtype = partType(x.dtype);
    const inputs = [host(dtype, [...x.shape, 2], x.data), host(int32, [axes.length], axes)];
    return host(x.dtype, reducedShape(x.shape, reduced, node), resultOf(ofParts(inputs, node)).data);
  };
}
function complexProduct(x: HostTensor, reduced: readonly boolean[], node: KernelNode): HostTensor {
  const shape = reducedShape(x.shape, reduced, node);
  if (x.shape.every((d, i) => d === 1 || !reduced[i])) return host(x.dtype, shape, x.data);
  const [data, out] = [asFloats(x.data), asFloats(zerosOf(x.dtype, sizeOf(shape), shape))];
  for (let i = 0; i < out.length; i += 2) out[i] = 1;
  const from = stridesOf(x.shape);
  const to = stridesOf(x.shape.map((n, i) => (reduced[i] ? 1 : n)));
  for (let i = 0, n = sizeOf(x.shape); i < n; i++) {
    let o = 0;
    for (let d = 0; d < from.length; d++) if (!reduced[d]) o += (Math.floor(i / from[d]) % x.shape[d]) * to[d];
    multiplyAt(out, o, data, i);
  }
  return host(x.dtype, shape, out);
}

/** A reduction: from what it starts, how it goes on. */
interface Rule {
  readonly start: (dtype: DType) => number;
  readonly fold: Fold<number>;
  readonly big?: Fold<bigint>;
  /** For integers of 32 bits and fewer, which wrap at each step. */
  readonly integer?: Fold<number>;
  /** For complex numbers: `reduced` marks the dimensions that go. */
  readonly ofComplex?: (x: HostTensor, reduced: readonly boolean[], node: KernelNode) => HostTensor;
  /** From the sum and the number of elements in it. */
  readonly finish?: (acc: Data, count: number, dtype: DType) => void;
}

/** Negative axes made positive, and marked. @throws InvalidArgument  with TensorFlow's words */
export function marked(rank: number, axes: readonly number[]): boolean[] {
  const reduced = new Array<boolean>(rank).fill(false);
  for (const axis of axes) {
    if (axis < -rank || axis >= rank)
      invalid(`Invalid reduction dimension (${axis} for input with ${rank} dimension(s)`);
    reduced[axis < 0 ? axis + rank : axis] = true;
  }
  return reduced;
}

/** Sums are doubles. */
const SUM_BYTES = 8;
function reduction(rule: Rule): HostKernelRow {
  const loops = new Map<DType, Folds>();
  const run: HostKernel = ([x, indices], node) => {
    const { dtype } = x;
    if (dtype.isComplex && rule.ofComplex) return rule.ofComplex(x, marked(x.shape.length, numbers(indices)), node);
    refuseUnordered(dtype, node);
    const reduced = marked(x.shape.length, numbers(indices));
    const outShape = reducedShape(x.shape, reduced, node);
    const shape = x.shape;
    // Nothing to reduce: gradients of broadcasts that did not broadcast come here.
    if (shape.every((d, i) => d === 1 || !reduced[i])) return host(dtype, outShape, x.data);
    const size = sizeOf(outShape);
    claim(size, SUM_BYTES, dtype.cName, outShape);
    const wide = dtype.size === 8 && dtype.isInteger;
    let folds = loops.get(dtype);
    if (!folds)
      loops.set(dtype, (folds = foldsOf(wide ? rule.big : dtype.isInteger && rule.integer ? rule.integer : rule.fold)));
    const start = wide ? startOfBig(rule, dtype) : rule.start(dtype);
    const acc: Data = wide ? zerosOf(dtype, size) : new Float64Array(size);
    if (start !== 0 && start !== 0n) {
      if (typeof start === 'bigint') asLongs(acc).fill(start);
      else asNumbers(acc).fill(start);
    }
    const count = sizeOf(shape);
    if (count) walk(folds, acc, x.data, shape, reduced, start);
    rule.finish?.(acc, size ? count / size : 0, isHalf(node.outputTypes[0]) ? node.outputTypes[0] : dtype);
    if (wide) return host(dtype, outShape, acc);
    const out = zerosOf(dtype, size);
    if (size === 1) asNumbers(out)[0] = asNumbers(acc)[0];
    else asNumbers(out).set(asNumbers(acc));
    return host(dtype, outShape, out);
  };
  return { run, cost: 1.2 };
}
function startOfBig(rule: Rule, dtype: DType): bigint {
  const start = rule.start(dtype);
  return Number.isSafeInteger(start)
    ? BigInt(start)
    : start < 0
      ? -(2n ** 63n)
      : dtype.kind === 'uint'
        ? 2n ** 64n - 1n
        : 2n ** 63n - 1n;
}
export function refuseUnordered(dtype: DType, node: KernelNode): void {
  if (dtype.isComplex || dtype.kind === 'quantized') throw noHostKernel(node.type, dtype);
}

/** Rows below this are not worth four chains. */
const SHORT = 24;
/** Dimensions side by side that are all kept or all reduced become one; the innermost is a loop, others are counted. */
function walk(
  { along, across, rows }: Folds,
  acc: Data,
  x: Data,
  shape: readonly number[],
  reduced: readonly boolean[],
  start: unknown,
): void {
  const sizes: number[] = [];
  const gone: boolean[] = [];
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] === 1) continue;
    if (sizes.length && gone[gone.length - 1] === reduced[i]) sizes[sizes.length - 1] *= shape[i];
    else {
      sizes.push(shape[i]);
      gone.push(reduced[i]);
    }
  }
  if (!sizes.length) {
    sizes.push(1);
    gone.push(false);
  }
  const steps: number[] = [];
  for (let d = 0, step = 1; d < sizes.length; d++) {
    steps.push(gone[d] ? 0 : step);
    if (!gone[d]) step *= sizes[d];
  }
  const inner = sizes[0];
  if (gone[0] && sizes.length === 2 && inner < SHORT) {
    rows(acc, x, sizes[1], inner);
    return;
  }
  const at = new Array<number>(sizes.length).fill(0);
  const total = sizeOf(sizes);
  for (let i = 0, o = 0; i < total; i += inner) {
    if (gone[0]) along(acc, o, x, i, inner, start);
    else across(acc, o, x, i, inner);
    for (let d = 1; d < sizes.length; d++) {
      o += steps[d];
      if (++at[d] < sizes[d]) break;
      o -= steps[d] * sizes[d];
      at[d] = 0;
    }
  }
}

const lowest = (dtype: DType): number => (dtype.isFloating ? -Infinity : Number(limitsOf(dtype)[0]));
const highest = (dtype: DType): number => (dtype.isFloating ? Infinity : Number(limitsOf(dtype)[1]));
const zero = (): number => 0;
const one = (): number => 1;
const SUM: Rule = { start: zero, fold: (a, b) => a + b, big: (a, b) => a + b, integer: (a, b) => (a + b) | 0 };
/** What is beyond the largest number of the dtype is infinite before it is divided. */
function dividedBy(sums: NumericArray, count: number, dtype: DType): void {
  const largest = Number(limitsOf(dtype)[1]);
  for (let i = 0; i < sums.length; i++) {
    const sum = sums[i];
    const isBeyond = Math.abs(dtype === float64 ? sum : Math.fround(sum)) > largest;
    sums[i] = (isBeyond ? sum * Infinity : sum) / count;
  }
}
const MEAN: Rule = {
  ...SUM,
  finish: (acc, count, dtype) => {
    if (isBig(acc)) for (let i = 0; i < acc.length; i++) acc[i] = count ? acc[i] / BigInt(count) : 0n;
    else {
      const sums = asNumbers(acc);
      if (!dtype.isInteger) dividedBy(sums, count, dtype);
      else {
        // Sums wrap around before they are divided, and so does their count.
        const wrapped = asNumbers(castData(Int32Array.from(sums), int32, dtype));
        const [by] = asNumbers(castData(Int32Array.of(count), int32, dtype));
        for (let i = 0; i < sums.length; i++) sums[i] = by ? Math.trunc(wrapped[i] / by) : 0;
      }
    }
  },
};

export const SUM_ROW: HostKernelRow = reduction({ ...SUM, ofComplex: complexSum(false) });
export const REDUCE_KERNELS: HostTable = withShortFloats({
  Sum: SUM_ROW,
  Mean: reduction({ ...MEAN, ofComplex: complexSum(true) }),
  Prod: reduction({
    ofComplex: complexProduct,
    start: one,
    fold: (a, b) => a * b,
    big: (a, b) => BigInt.asIntN(64, a * b),
    integer: Math.imul,
  }),
  // NaN beats nothing: it is left out, as in TensorFlow 1.x.
  Max: reduction({ start: lowest, fold: (a, b) => (b > a ? b : a), big: (a, b) => (b > a ? b : a) }),
  Min: reduction({ start: highest, fold: (a, b) => (b < a ? b : a), big: (a, b) => (b < a ? b : a) }),
  All: reduction({ start: one, fold: (a, b) => a & b }),
  Any: reduction({ start: zero, fold: (a, b) => a | b }),
});
