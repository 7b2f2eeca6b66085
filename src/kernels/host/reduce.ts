/** Reductions in plain TypeScript, for every dtype: one walk over the input, in memory order, whatever the axes. */
import { type DType, type Data, isBig, zerosOf } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import {
  type HostKernel,
  type HostKernelRow,
  type HostTable,
  type KernelNode,
  KernelError,
  attr,
  host,
  invalid,
  numbers,
  registerHostKernels,
} from '../kernel';
import { withShortFloats } from './loops';

type Fold<T> = (a: T, b: T) => T;
interface Folds {
  /** acc[o] = the fold of acc[o] with n elements in a row. */
  readonly along: (acc: Data, o: number, x: Data, i: number, n: number, start: unknown) => void;
  /** acc[o + j] = the fold of acc[o + j] with x[i + j], for j below n. */
  readonly across: (acc: Data, o: number, x: Data, i: number, n: number) => void;
  /** `along` for short rows, one after the other. */
  readonly rows: (acc: Data, x: Data, rows: number, n: number) => void;
}
let made = 0;
/** The two loops of a fold, made anew as in loops.ts. Four chains at a time: one would wait for each addition. */
function foldsOf(f: unknown): Folds {
  const id = made++;
  return new Function(
    'f',
    `return {
    along: function along${id}(acc, o, x, i, n, start) {
      let a = acc[o], b = start, c = start, d = start;
      const end = i + n;
      for (; i + 3 < end; i += 4) { a = f(a, x[i]); b = f(b, x[i + 1]); c = f(c, x[i + 2]); d = f(d, x[i + 3]); }
      for (; i < end; i++) a = f(a, x[i]);
      acc[o] = f(f(a, b), f(c, d));
    },
    across: function across${id}(acc, o, x, i, n) { for (let j = 0; j < n; j++) acc[o + j] = f(acc[o + j], x[i + j]); },
    rows: function rows${id}(acc, x, rows, n) {
      for (let r = 0, i = 0; r < rows; r++) { let a = acc[r]; for (const end = i + n; i < end; i++) a = f(a, x[i]); acc[r] = a; }
    },
  };`,
  )(f) as Folds;
}

/** A reduction: from what it starts, how it goes on. */
interface Rule {
  readonly start: (dtype: DType) => number;
  readonly fold: Fold<number>;
  readonly big?: Fold<bigint>;
  /** For short integers, which wrap at each step. */
  readonly int?: Fold<number>;
  /** From the sum and the number of elements in it. */
  readonly finish?: (acc: Data, count: number, dtype: DType) => void;
}

/** Negative axes made positive, and marked. @throws InvalidArgument  with TensorFlow's words */
function marked(rank: number, axes: readonly number[]): boolean[] {
  const reduced = new Array<boolean>(rank).fill(false);
  for (const axis of axes) {
    if (axis < -rank || axis >= rank)
      invalid(`Invalid reduction dimension (${axis} for input with ${rank} dimension(s)`);
    reduced[axis < 0 ? axis + rank : axis] = true;
  }
  return reduced;
}

function reduction(rule: Rule): HostKernelRow {
  const loops = new Map<DType, Folds>();
  const run: HostKernel = ([x, indices], node) => {
    const { dtype, shape } = x;
    refuseUnordered(dtype, node);
    const reduced = marked(shape.length, numbers(indices));
    const keep = attr<boolean>(node, 'keep_dims');
    const outShape: number[] = [];
    for (let i = 0; i < shape.length; i++)
      if (!reduced[i]) outShape.push(shape[i]);
      else if (keep) outShape.push(1);
    // Nothing to reduce: gradients of broadcasts that did not broadcast come here.
    if (shape.every((d, i) => d === 1 || !reduced[i])) return host(dtype, outShape, x.data);
    const size = sizeOf(outShape);
    const wide = dtype.size === 8 && dtype.isInteger;
    let folds = loops.get(dtype);
    if (!folds)
      loops.set(dtype, (folds = foldsOf(wide ? rule.big : dtype.isInteger && rule.int ? rule.int : rule.fold)));
    const start = wide ? startOfBig(rule, dtype) : rule.start(dtype);
    const acc: Data = wide ? zerosOf(dtype, size) : new Float64Array(size);
    if (start !== 0 && start !== 0n) (acc as Float64Array).fill(start as number);
    const count = sizeOf(shape);
    if (count) walk(folds, acc, x.data, shape, reduced, start);
    rule.finish?.(acc, size ? count / size : 0, dtype);
    if (wide) return host(dtype, outShape, acc);
    const out = zerosOf(dtype, size);
    if (size === 1) (out as Float32Array)[0] = (acc as Float64Array)[0];
    else (out as Float32Array).set(acc as Float64Array);
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
function refuseUnordered(dtype: DType, node: KernelNode): void {
  if (dtype.isComplex || dtype.kind === 'quantized')
    throw new KernelError(
      'Unimplemented',
      `No kernel for op type '${node.type}' with ${dtype.name} elements on the host`,
    );
}

/** Rows below this are not worth four chains. */
const SHORT = 24;
/** Dimensions side by side that are all kept or all reduced become one; the innermost is a loop, the others are counted. */
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

function lowest(dtype: DType): number {
  return dtype.isFloating ? -Infinity : dtype.kind === 'uint' ? 0 : -(2 ** (8 * dtype.size - 1));
}
function highest(dtype: DType): number {
  return dtype.isFloating ? Infinity : 2 ** (8 * dtype.size - (dtype.kind === 'uint' ? 0 : 1)) - 1;
}
const zero = (): number => 0;
const one = (): number => 1;
const SUM: Rule = { start: zero, fold: (a, b) => a + b, big: (a, b) => a + b };
const MEAN: Rule = {
  start: zero,
  fold: (a, b) => a + b,
  big: (a, b) => a + b,
  finish: (acc, count, dtype) => {
    if (isBig(acc)) for (let i = 0; i < acc.length; i++) acc[i] = count ? acc[i] / BigInt(count) : 0n;
    else {
      const sums = acc as Float64Array;
      for (let i = 0; i < sums.length; i++)
        sums[i] = dtype.isInteger ? (count ? Math.trunc(sums[i] / count) : 0) : sums[i] / count;
    }
  },
};

// --- places ----------------------------------------------------------------------------------------------

type PlaceLoop = (x: Data, out: Int32Array, outStep: number, outer: number, n: number, inner: number) => void;
/** The place of the first element that beats all before it; NaN beats nothing. */
function placeLoop(better: string): PlaceLoop {
  return new Function(`return function place${made++}(x, out, outStep, outer, n, inner) {
    for (let o = 0, at = 0; o < outer; o++) for (let j = 0; j < inner; j++, at += outStep) {
      let i = o * n * inner + j, best = x[i], place = 0, k = 1;
      for (; best !== best && k < n; k++) { i += inner; best = x[i]; if (best === best) place = k; }
      for (; k < n; k++) { i += inner; const v = x[i]; if (v ${better} best) { best = v; place = k; } }
      out[at] = place;
    }
  };`)() as PlaceLoop;
}
function place(better: '>' | '<'): HostKernelRow {
  const loops = new Map<DType, PlaceLoop>();
  const run: HostKernel = ([x, dimension], node) => {
    refuseUnordered(x.dtype, node);
    if (dimension.shape.length)
      invalid(`dim must be a scalar, but received tensor of shape: ${cShape(dimension.shape)}`);
    const { shape } = x;
    const [rank, given] = [shape.length, Number(dimension.data[0])];
    const axis = given < 0 ? given + rank : given;
    if (axis < 0 || axis >= rank) invalid(`Expected dimension in the range [${-rank}, ${rank}), but got ${given}`);
    if (shape[axis] === 0) invalid(`Reduction axis ${given} is empty in shape ${cShape(shape)}`);
    let loop = loops.get(x.dtype);
    if (!loop) loops.set(x.dtype, (loop = placeLoop(better)));
    const outShape = shape.filter((_, i) => i !== axis);
    const type = attr<DType>(node, 'output_type');
    const out = zerosOf(type, sizeOf(outShape));
    // 64-bit places are written as their lower words.
    const words = isBig(out) ? new Int32Array(out.buffer) : (out as Int32Array);
    loop(x.data, words, isBig(out) ? 2 : 1, sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1)));
    return host(type, outShape, out);
  };
  return { run, cost: 1.5 };
}

// --- running sums ----------------------------------------------------------------------------------------

function running(fold: Fold<number>, big: Fold<bigint>, start: number): HostKernelRow {
  const run: HostKernel = ([x, axisTensor], node) => {
    refuseUnordered(x.dtype, node);
    if (axisTensor.shape.length) invalid(`ScanOp: axis must be a scalar, not ${cShape(axisTensor.shape)}`);
    const { shape } = x;
    const given = Number(axisTensor.data[0]);
    const axis = given < 0 ? given + shape.length : given;
    if (axis < 0 || axis >= shape.length)
      invalid(`ScanOp: Expected scan axis in the range [${-shape.length}, ${shape.length}), but got ${given}`);
    const [n, inner, outer] = [shape[axis], sizeOf(shape.slice(axis + 1)), sizeOf(shape.slice(0, axis))];
    const [exclusive, reverse] = [attr<boolean>(node, 'exclusive'), attr<boolean>(node, 'reverse')];
    const out = zerosOf(x.dtype, sizeOf(shape));
    const step = reverse ? -inner : inner;
    const scan = <T extends number | bigint>(
      from: { [i: number]: T },
      to: { [i: number]: T },
      f: Fold<T>,
      first: T,
    ): void => {
      for (let o = 0; o < outer; o++) {
        for (let j = 0; j < inner; j++) {
          let acc = first;
          for (let k = 0, i = o * n * inner + j + (reverse ? (n - 1) * inner : 0); k < n; k++, i += step) {
            if (exclusive) {
              to[i] = acc;
              acc = f(acc, from[i]);
            } else to[i] = acc = f(acc, from[i]);
          }
        }
      }
    };
    if (isBig(out)) scan<bigint>(x.data as BigInt64Array, out, big, BigInt(start));
    else scan<number>(x.data as Float32Array, out as Float32Array, fold, start);
    return host(x.dtype, shape, out);
  };
  return { run, cost: 4 };
}

export const REDUCE_KERNELS: HostTable = withShortFloats({
  Sum: reduction(SUM),
  Mean: reduction(MEAN),
  Prod: reduction({
    start: one,
    fold: (a, b) => a * b,
    big: (a, b) => BigInt.asIntN(64, a * b),
    int: (a, b) => Math.imul(a, b),
  }),
  // NaN beats nothing: it is left out, as in TensorFlow 1.x.
  Max: reduction({ start: lowest, fold: (a, b) => (b > a ? b : a), big: (a, b) => (b > a ? b : a) }),
  Min: reduction({ start: highest, fold: (a, b) => (b < a ? b : a), big: (a, b) => (b < a ? b : a) }),
  All: reduction({ start: one, fold: (a, b) => a & b }),
  Any: reduction({ start: zero, fold: (a, b) => a | b }),
  ArgMax: place('>'),
  ArgMin: place('<'),
  Cumsum: running(
    (a, b) => a + b,
    (a, b) => a + b,
    0,
  ),
  Cumprod: running(
    (a, b) => a * b,
    (a, b) => a * b,
    1,
  ),
});
registerHostKernels(REDUCE_KERNELS);
