/** Tensors laid end to end, stacked, cut and unstacked, on the host. */
import { cut, joined } from '../../base/join';
import { cShape, sameShape, sizeOf } from '../../base/shape';
import {
  type HostKernel,
  type HostTable,
  type HostTensor,
  type KernelNode,
  type Sized,
  attr,
  host,
  invalid,
  numbers,
} from '../kernel';
import { integers } from './shape';

/** An axis made positive, where it is one of `rank` dimensions. */
function positive(axis: number, rank: number): number | null {
  return axis < -rank || axis >= rank ? null : axis < 0 ? axis + rank : axis;
}

/** The axis of a concatenation of these shapes, checked. */
export function concatAxis(shapes: readonly (readonly number[])[], axis: number, shown = axis): number {
  const [first] = shapes;
  const at = positive(axis, first.length);
  if (at === null)
    return invalid(
      `ConcatOp : Expected concatenating dimensions in the range [${-first.length}, ${first.length}), but got ${shown}`,
    );
  shapes.forEach((shape, i) => {
    if (shape.length !== first.length)
      invalid(
        `ConcatOp : Ranks of all input tensors should match: shape[0] = ${cShape(first)} vs. ` +
          `shape[${i}] = ${cShape(shape)}`,
      );
    if (!shape.every((d, k) => k === at || d === first[k]))
      invalid(
        `ConcatOp : Dimensions of inputs should match: shape[0] = ${cShape(first)} vs. shape[${i}] = ${cShape(shape)}`,
      );
  });
  return at;
}
/** TensorFlow 2's kernel takes a vector of one for it, too. */
function checkAxis(shape: readonly number[], name: string): void {
  if (shape.length !== 0) invalid(`${name} tensor should be a scalar integer, but got shape ${cShape(shape)}`);
}
function concat(parts: readonly HostTensor[], axis: HostTensor): HostTensor {
  const at = concatAxis(
    parts.map((p) => p.shape),
    numbers(axis)[0],
  );
  return joined(parts, at);
}

/** The axis of a stack of tensors of these shapes, checked. */
export function packAxis(shapes: readonly (readonly number[])[], node: Pick<KernelNode, 'attrs'>): number {
  const [first] = shapes;
  shapes.forEach((shape, i) => {
    if (!sameShape(shape, first))
      invalid(
        `Shapes of all inputs must match: values[0].shape = ${cShape(first)} != values[${i}].shape = ${cShape(shape)}`,
      );
  });
  const axis = attr(node, 'axis');
  const rank = first.length + 1;
  return positive(axis, rank) ?? invalid(`axis = ${axis} not in [${-rank}, ${rank})`);
}
const pack: HostKernel = (parts, node) => {
  const at = packAxis(
    parts.map((p) => p.shape),
    node,
  );
  const widened = parts.map((p) => host(p.dtype, [...p.shape.slice(0, at), 1, ...p.shape.slice(at)], p.data));
  return joined(widened, at);
};
/** The axis that Unpack takes apart, checked. */
export function unpackAxis(shape: readonly number[], node: Pick<KernelNode, 'attrs'>): number {
  const [axis, num] = [attr(node, 'axis'), attr(node, 'num')];
  const at = positive(axis, shape.length);
  if (at === null) return invalid(`axis = ${axis} not in [${-shape.length}, ${shape.length})`);
  if (shape[at] !== num) invalid(`Input shape axis ${at} must equal ${num}, got shape ${cShape(shape)}`);
  return at;
}
const unpack: HostKernel = ([value], node) => {
  const at = unpackAxis(value.shape, node);
  const shape = value.shape.filter((_, i) => i !== at);
  return cut(value, at, new Array<number>(value.shape[at]).fill(1)).map((part) => ({ ...part, shape }));
};

/** The axis and sizes that Split cuts by, checked. */
export function splitSizes(shape: readonly number[], axis: number, ways: number): { at: number; sizes: number[] } {
  const at = positive(axis, shape.length);
  if (at === null)
    return invalid(`-input rank(-${shape.length}) <= split_dim < input rank (${shape.length}), but got ${axis}`);
  if (shape[at] % ways !== 0)
    invalid(
      `Number of ways to split should evenly divide the split dimension, but got split_dim ${at} ` +
        `(size = ${shape[at]}) and num_split ${ways}`,
    );
  return { at, sizes: new Array<number>(ways).fill(shape[at] / ways) };
}
function mustBeScalar({ shape }: { readonly shape: readonly number[] }): void {
  if (shape.length !== 0) invalid(`split_dim must be a scalar but has rank ${shape.length}`);
}
const split: HostKernel = ([dim, value], node) => {
  const { at, sizes } = splitSizes(value.shape, numbers(dim)[0], node.outputTypes.length);
  return cut(value, at, sizes);
};
/** The axis and sizes that SplitV cuts by, checked. */
export function splitVSizes(
  shape: readonly number[],
  axis: number,
  given: readonly number[],
  givenShape: readonly number[],
  ways: number,
): { at: number; sizes: number[] } {
  const at = positive(axis, shape.length);
  if (givenShape.length !== 1 || given.length !== ways)
    return invalid(
      'size of the split_tensor must be 1-D and have the same elements as outputs got ' +
        `${givenShape.length} -D and ${given.length} elements`,
    );
  if (at === null)
    return invalid(`-input rank(-${shape.length}) <= split_dim < input rank (${shape.length}), but got ${axis}`);
  if (ways === 1 && given[0] !== shape[at] && given[0] !== -1)
    invalid(
      'If there is only one output, it must have the same size as the input. ' +
        `Input size: ${shape[at]} output size: ${given[0]}`,
    );
  const open = given.filter((n) => n === -1).length;
  if (open > 1) invalid('There can only be one -1 in the input.');
  const total = given.reduce((sum, n) => (n === -1 ? sum : sum + n), 0);
  if (open ? total > shape[at] : total !== shape[at]) {
    invalid(
      'Determined shape must either match input shape along split_dim exactly if fully specified, or ' +
        `be less than the size of the input along split_dim if not fully specified.  Got: ${total}`,
    );
  }
  const negative = given.findIndex((n) => n < -1);
  if (negative >= 0) invalid(`Split size at index ${negative} must be >= 0. Got: ${given[negative]}`);
  return { at, sizes: given.map((n) => (n === -1 ? shape[at] - total : n)) };
}
/** TensorFlow 2's kernel takes the first of several. */
function checkSplitDim({ shape }: { readonly shape: readonly number[] }): void {
  if (sizeOf(shape) !== 1) invalid('split_dim_tensor must have exactly one element.');
}
const splitV: HostKernel = ([value, given, dim], node) => {
  const { at, sizes } = splitVSizes(value.shape, numbers(dim)[0], numbers(given), given.shape, node.outputTypes.length);
  return cut(value, at, sizes);
};

/** Where each of the tensors begins in their concatenation. */
const concatOffset: HostKernel = ([dim, ...shapes]) => {
  if (dim.shape.length !== 0)
    return invalid(`Concat dim tensor should be a scalar integer, but got shape ${cShape(dim.shape)}`);
  shapes.forEach((s, i) => {
    if (s.shape.length !== 1) invalid(`input ${i + 1} should be a vector, but got shape ${cShape(s.shape)}`);
  });
  const rank = shapes[0].shape[0];
  const at = positive(numbers(dim)[0], rank);
  if (at === null) return invalid(`Concat dim is out of range: ${numbers(dim)[0]} vs. ${rank}`);
  const first = numbers(shapes[0]);
  let offset = 0;
  return shapes.map((s, i) => {
    const sizes = numbers(s);
    if (sizes.length !== rank) invalid(`input ${i} should contain ${rank} elements, but got ${sizes.length}`);
    const differing = sizes.findIndex((d, k) => k !== at && d !== first[k]);
    if (differing >= 0) {
      invalid(
        `All dimensions except ${at} must match. Input ${i} has shape [${sizes.join(' ')}] and ` +
          `doesn't match input 0 with shape [${first.join(' ')}].`,
      );
    }
    const begin = integers(
      s.dtype,
      sizes.map((_, k) => (k === at ? offset : 0)),
    );
    offset += sizes[at];
    return begin;
  });
};

/** Nanoseconds per element that is copied. */
const COPY = 0.6;
const cost = (inputs: readonly Sized[]): number =>
  inputs.reduce((sum, v) => sum + v.size, 0) * COPY + 20 * inputs.length;

export const CONCAT_KERNELS: HostTable = {
  ConcatV2: {
    cost,
    run: (inputs) => concat(inputs.slice(0, -1), inputs[inputs.length - 1]),
    check: (inputs) => checkAxis(inputs[inputs.length - 1].shape, 'axis'),
  },
  Concat: {
    cost,
    run: ([axis, ...parts]) => concat(parts, axis),
    check: ([axis]) => checkAxis(axis.shape, 'concat_dim'),
  },
  ConcatOffset: { only: true, run: concatOffset },
  Pack: { cost, run: pack },
  // TensorFlow takes it apart before it runs a graph, and has no kernel for it alone.
  ParallelConcat: { only: true, run: (parts) => joined(parts, 0) },
  Unpack: { cost, run: unpack },
  Split: { cost, run: split, check: ([dim]) => mustBeScalar(dim) },
  SplitV: { cost, run: splitV, check: ([, , dim]) => checkSplitDim(dim) },
};
