/**
 * Loops over typed arrays. Each is made anew for its kernel and element type: V8 then sees one function and one
 * kind of array in it, and inlines the function.
 */
import { noHostKernel } from '../kernel-error';
import { type DType, type Data, bool, float32, zerosOf } from '../../base/dtype';
import { broadcast, cShape, sameShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTensor, host, invalid } from '../kernel';
import { type BinaryLoop, type UnaryLoop, binaryLoop, unaryLoop } from './anew';

export type Fn1 = (x: number) => number;
export type Big1 = (x: bigint) => bigint;
export type Fn2 = (a: number, b: number) => number;
export type Big2 = (a: bigint, b: bigint) => bigint;

/** Functions that differ from the plain one for some element types. */
export interface Variants<F, B> {
  /** For 64-bit integers. */
  readonly big?: B;
  /** For float32, where rounding in between matters or less precision is enough. */
  readonly float32?: F;
  /** For integers of 32 bits and fewer: the product of two does not fit a double. */
  readonly integer?: F;
  /** True where quantized elements are taken as the integers that they are. */
  readonly quantized?: boolean;
  /** For texts. */
  readonly text?: Text2;
}
type Text2 = (a: string, b: string) => string;
function pick<F, B>(dtype: DType, fn: F, variants: Variants<F, B>, type: string): F | B | Text2 {
  if (dtype.isComplex || (dtype.kind === 'quantized' && !variants.quantized)) throw noHostKernel(type, dtype);
  if (dtype.size === 8 && dtype.isInteger) {
    if (!variants.big) throw noHostKernel(type, dtype);
    return variants.big;
  }
  if (dtype.kind === 'string' && variants.text) return variants.text;
  return (dtype === float32 ? variants.float32 : dtype.isInteger ? variants.integer : undefined) ?? fn;
}

/** The shape of two operands together. @throws InvalidArgument  with TensorFlow's words */
export function broadcastShape(
  a: { readonly shape: readonly number[] },
  b: { readonly shape: readonly number[] },
): readonly number[] {
  if (sameShape(a.shape, b.shape)) return a.shape;
  return broadcast(a.shape, b.shape) ?? invalid(`Incompatible shapes: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
}

/** Runs a loop over two operands of shapes that broadcast to `shape`: once where it can, by stretches where it must. */
export function broadcastLoop(loop: BinaryLoop, a: HostTensor, b: HostTensor, z: Data, shape: readonly number[]): void {
  const n = sizeOf(shape);
  if (n === 0) return;
  const [na, nb] = [sizeOf(a.shape), sizeOf(b.shape)];
  if (na === n && nb === n) {
    loop(a.data, 0, 1, b.data, 0, 1, z, 0, n);
    return;
  }
  if (nb === 1) {
    loop(a.data, 0, na === 1 ? 0 : 1, b.data, 0, 0, z, 0, n);
    return;
  }
  if (na === 1) {
    loop(a.data, 0, 0, b.data, 0, 1, z, 0, n);
    return;
  }
  // Dimensions side by side that broadcast alike become one. The innermost is the loop's, the others are counted here.
  const sizes: number[] = [];
  const [xs, ys]: [number[], number[]] = [[], []];
  let [sx, sy] = [1, 1];
  for (let i = 1, before = -1; i <= shape.length; i++) {
    const size = shape[shape.length - i];
    if (size === 1) continue;
    const [hasX, hasY] = [(a.shape[a.shape.length - i] ?? 1) !== 1, (b.shape[b.shape.length - i] ?? 1) !== 1];
    const kind = (hasX ? 1 : 0) + (hasY ? 2 : 0);
    if (kind === before) sizes[sizes.length - 1] *= size;
    else {
      sizes.push(size);
      xs.push(hasX ? sx : 0);
      ys.push(hasY ? sy : 0);
      before = kind;
    }
    if (hasX) sx *= size;
    if (hasY) sy *= size;
  }
  const inner = sizes[0];
  const at = new Array<number>(sizes.length).fill(0);
  for (let o = 0, i = 0, j = 0; o < n; o += inner) {
    loop(a.data, i, xs[0], b.data, j, ys[0], z, o, inner);
    for (let d = 1; d < sizes.length; d++) {
      i += xs[d];
      j += ys[d];
      if (++at[d] < sizes[d]) break;
      i -= xs[d] * sizes[d];
      j -= ys[d] * sizes[d];
      at[d] = 0;
    }
  }
}

/** A loop per element type, made when it is first needed. */
function loopsOf<F, B, L>(
  make: (f: F | B | Text2) => L,
  fn: F,
  variants: Variants<F, B>,
): (dtype: DType, type: string) => L {
  const loops = new Map<DType, L>();
  // What was asked for last is had without the map, which takes longer than a loop over a few elements.
  let lastDtype: DType | null = null;
  let lastLoop: L;
  return (dtype, type) => {
    if (dtype === lastDtype) return lastLoop;
    let loop = loops.get(dtype);
    if (!loop) loops.set(dtype, (loop = make(pick(dtype, fn, variants, type))));
    lastDtype = dtype;
    return (lastLoop = loop);
  };
}
/** A broadcasting kernel from a function of two numbers; its result has the operands' dtype. */
export function binaryKernel(fn: Fn2, big: Big2 | null = null, variants: Variants<Fn2, Big2> = {}): HostKernel {
  const loopFor = loopsOf<Fn2, Big2, BinaryLoop>(binaryLoop, fn, { ...variants, big: big ?? undefined });
  return (inputs, node) => {
    // By index: taking a list apart goes through its iterator.
    const a = inputs[0];
    const b = inputs[1];
    const shape = broadcastShape(a, b);
    const out = zerosOf(a.dtype, sizeOf(shape), shape);
    broadcastLoop(loopFor(a.dtype, node.type), a, b, out, shape);
    return host(a.dtype, shape, out);
  };
}
/** Refuses operands that do not broadcast, on a device too. */
export const mustBroadcast = ([a, b]: readonly { readonly shape: readonly number[] }[]): void => {
  broadcastShape(a, b);
};
/** A row from a function of two numbers. */
export function binary(
  fn: Fn2,
  big: Big2 | null = null,
  { cost, ...variants }: Variants<Fn2, Big2> & { readonly cost?: number } = {},
): HostKernelRow {
  return { run: binaryKernel(fn, big, variants), check: mustBroadcast, checksItself: true, cost };
}
/** A broadcasting test of two elements: 1 where it holds. Strings are compared by `fn` too. */
export function comparisonKernel(fn: Fn2, big: (a: bigint, b: bigint) => number): HostKernel {
  const loopFor = loopsOf<Fn2, (a: bigint, b: bigint) => number, BinaryLoop>(binaryLoop, fn, { big, quantized: true });
  return (inputs, node) => {
    const a = inputs[0];
    const b = inputs[1];
    const shape = broadcastShape(a, b);
    const out = zerosOf(bool, sizeOf(shape), shape);
    broadcastLoop(loopFor(a.dtype, node.type), a, b, out, shape);
    return host(bool, shape, out);
  };
}
/** A kernel from a function of one number; its result has the operand's dtype, or is bool. */
export function unaryKernel(
  fn: Fn1,
  big: Big1 | null = null,
  { result, ...variants }: Variants<Fn1, Big1> & { readonly result?: DType } = {},
): HostKernel {
  const loopFor = loopsOf<Fn1, Big1, UnaryLoop>(unaryLoop, fn, { ...variants, big: big ?? undefined });
  return (inputs, node) => {
    const x = inputs[0];
    const n = sizeOf(x.shape);
    const out = zerosOf(result ?? x.dtype, n);
    loopFor(x.dtype, node.type)(x.data, out, n);
    return host(result ?? x.dtype, x.shape, out);
  };
}

/** Walks two broadcast operands: `each(out, a, b)` gets flat positions. For kernels off the hot path. */
export function broadcastWalk(
  a: HostTensor,
  b: HostTensor,
  each: (o: number, i: number, j: number) => void,
): readonly number[] {
  const shape = broadcastShape(a, b);
  broadcastLoop(
    (_, xo, xs, __, yo, ys, ___, zo, n) => {
      for (let i = 0; i < n; i++) each(zo + i, xo + i * xs, yo + i * ys);
    },
    a,
    b,
    [],
    shape,
  );
  return shape;
}
