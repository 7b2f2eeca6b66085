/** Shapes, and the same elements under another shape: nothing is copied. */
import { numbersIn } from '../../base/nested';
import { copyBox, slotShape, slots, wholeBox } from '../../base/box';
import { type DType, isBig, zerosOf } from '../../base/dtype';
import { type TensorShape, broadcast, cShape, sizeOf, stridesOf } from '../../base/shape';
import {
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  type KernelNode,
  type ShapesKernel,
  attr,
  host,
  hostZeros,
  invalid,
  numbers,
  namesEmpty,
} from '../kernel';
import { readingShapes } from './operands';

/** A vector (or scalar) of whole numbers, int32 or int64. */
export function integers(
  dtype: DType,
  values: readonly number[],
  shape: readonly number[] = [values.length],
): HostTensor {
  const data = zerosOf(dtype, values.length);
  if (isBig(data))
    values.forEach((v, i) => {
      data[i] = BigInt(v);
    });
  else
    values.forEach((v, i) => {
      data[i] = v;
    });
  return host(dtype, shape, data);
}

/** Reads shapes alone. */
function ofShapes(run: ShapesKernel): HostKernelRow {
  return { ...readingShapes(run), only: true };
}
/** Gives input 0 another shape. */
function reshaping(shapeOf: (inputs: readonly HostTensor[], node: KernelNode) => readonly number[]): HostKernelRow {
  return { alias: true, run: (inputs, node) => host(inputs[0].dtype, shapeOf(inputs, node), inputs[0].data) };
}

/** The shape that Reshape makes of a shape. */
export function reshapedTo(
  from: readonly number[],
  sizes: readonly number[],
  sizesShape: readonly number[] = [sizes.length],
): number[] {
  if (sizesShape.length !== 1) return invalid(`sizes input must be 1-D, not ${cShape(sizesShape)}`);
  const hole = sizes.indexOf(-1);
  // Beside a 0 the missing size is told by the other dimensions, those above 0.
  const zero = sizes.includes(0);
  let known = 1;
  sizes.forEach((d, i) => {
    if (d === -1) {
      if (i !== hole) invalid(`Only one input size may be -1, not both ${hole} and ${i}`);
      return;
    }
    if (d < 0) invalid(`Size ${i} must be non-negative, not ${d}`);
    if (d > 0) known *= d;
  });
  const have = zero ? from.reduce((n, d) => n * (d || 1), 1) : sizeOf(from);
  if (hole >= 0 && have % known !== 0 && !(zero && from.includes(0))) {
    invalid(
      `Input to reshape is a tensor with ${have} values, but the requested shape requires a multiple of ${known}`,
    );
  }
  const out = sizes.map((d) => (d === -1 ? Math.floor(have / known) : d));
  if (sizeOf(out) !== sizeOf(from))
    invalid(`Input to reshape is a tensor with ${sizeOf(from)} values, but the requested shape has ${sizeOf(out)}`);
  return out;
}
/** The shape that ExpandDims makes of a shape. */
export function expandedTo(from: readonly number[], dim: readonly number[]): number[] {
  if (dim.length !== 1) return invalid("'dim' must be a tensor with a single value");
  const at = dim[0];
  if (at < -from.length - 1 || at > from.length)
    return invalid(`Tried to expand dim index ${at} for tensor with ${from.length} dimensions.`);
  const axis = at < 0 ? at + from.length + 1 : at;
  return [...from.slice(0, axis), 1, ...from.slice(axis)];
}
/** The shape that Squeeze makes of a shape. */
export function squeezedTo(from: readonly number[], squeezed: readonly number[]): number[] {
  const axes = squeezed.map((axis) => {
    if (axis < -from.length || axis >= from.length)
      invalid(`Tried to squeeze dim index ${axis} for tensor with ${from.length} dimensions.`);
    return axis < 0 ? axis + from.length : axis;
  });
  return from.filter((d, i) => {
    if (!axes.length) return d !== 1;
    if (!axes.includes(i)) return true;
    if (d !== 1) invalid(`Can not squeeze dim[${i}], expected a dimension of 1, got ${d}`);
    return false;
  });
}

/** A shape that has to fit what EnsureShape was told. */
export function checkedShape(shape: readonly number[], wanted: TensorShape, node: KernelNode): readonly number[] {
  if (wanted.isCompatibleWith(shape)) return shape;
  return invalid(
    `Shape of tensor ${node.inputs?.[0]?.name.replace(/:0$/, '') ?? node.name} ${cShape(shape)} is ` +
      `not compatible with expected shape ${wanted.toCString()}.`,
  );
}
/** For each dimension of what BroadcastTo makes the input's size (1 where it lacks it). */
function broadcastedTo(
  from: readonly number[],
  to: readonly number[],
  sizesShape: readonly number[] = [to.length],
): number[] {
  if (sizesShape.length !== 1)
    return invalid(`shape must be a vector of {int32,int64}, got shape ${cShape(sizesShape)}`);
  const negative = to.find((d) => d < 0);
  if (negative !== undefined) return invalid(`Dimension ${negative} must be >= 0`);
  const offset = to.length - from.length;
  if (offset < 0)
    return invalid(`Rank of input (${from.length}) must be no greater than rank of output shape (${to.length}).`);
  // Where nothing is made, nothing is compared.
  if (!to.includes(0) && !from.every((d, i) => d === to[i + offset] || d === 1)) {
    if (broadcast(from, to))
      return invalid(`Unable to broadcast tensor of shape ${cShape(from)} to tensor of shape ${cShape(to)}`);
    return invalid(`Incompatible shapes: ${cShape(from)} vs. ${cShape(to)}`);
  }
  return to.map((_, i) => (i < offset ? 1 : from[i - offset]));
}
function broadcastTo([x, sizes]: readonly HostTensor[]): HostTensor {
  const to = numbers(sizes);
  const from = broadcastedTo(x.shape, to, sizes.shape);
  if (to.includes(0)) return hostZeros(x.dtype, to);
  const steps = stridesOf(from).map((step, i) => (from[i] === 1 ? 0 : step));
  const out = hostZeros(x.dtype, to);
  const width = slots(x);
  copyBox(
    slotShape(x, to),
    { data: x.data, at: 0, steps: width === 2 ? [...steps.map((step) => 2 * step), 1] : steps },
    wholeBox(out),
  );
  return out;
}

export const SHAPE_KERNELS: HostTable = {
  Shape: ofShapes(([x], node) => integers(attr(node, 'out_type'), x.shape)),
  ShapeN: ofShapes((inputs, node) => inputs.map((x) => integers(attr(node, 'out_type'), x.shape))),
  Size: ofShapes(([x], node) => integers(attr(node, 'out_type'), [sizeOf(x.shape)], [])),
  Rank: ofShapes(([x], node) => integers(node.outputTypes[0], [x.shape.length], [])),
  Reshape: reshaping(([x, sizes]) => reshapedTo(x.shape, numbers(sizes), sizes.shape)),
  ExpandDims: reshaping(([x, dim]) => expandedTo(x.shape, numbers(dim))),
  Squeeze: reshaping(([x], node) => squeezedTo(x.shape, attr(node, 'squeeze_dims'))),
  EnsureShape: reshaping(([x], node) => checkedShape(x.shape, attr(node, 'shape'), node)),
  BroadcastTo: {
    run: broadcastTo,
    // TensorFlow 2's kernel compares shapes where nothing is made, too.
    leftToHost: ([, sizes]) => namesEmpty(sizes),
    cost: ([x, sizes]) => (sizes.data ? sizeOf(numbersIn({ data: sizes.data })) : x.size),
  },
  BroadcastArgs: {
    only: true,
    run([a, b]) {
      for (const [i, t] of [a, b].entries())
        if (t.shape.length !== 1) return invalid(`In[${i}] must be a vector.${cShape(t.shape)}`);
      const out = broadcast(numbers(a), numbers(b));
      return out
        ? integers(a.dtype, out)
        : invalid(`Incompatible shapes: ${cShape(numbers(a))} vs. ${cShape(numbers(b))}`);
    },
  },
  InvertPermutation: {
    only: true,
    run([x]) {
      if (x.shape.length !== 1) return invalid(`invert_permutation expects a 1D vector.`);
      const perm = numbers(x);
      const out = new Array<number>(perm.length).fill(-1);
      perm.forEach((to, i) => {
        if (to < 0 || to >= perm.length) invalid(`${to} is not between 0 and ${perm.length}`);
        if (out[to] !== -1) invalid(`${to} is duplicated in the input.`);
        out[to] = i;
      });
      return integers(x.dtype, out);
    },
  },
};
