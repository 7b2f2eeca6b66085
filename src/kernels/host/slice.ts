/** Slices and their gradients, on the host. */
import { boxAt, copyBox, slotShape, wholeBox } from '../../base/box';
import { cShape, isFull, sameShape } from '../../base/shape';
import { StridedError, type StridedBox, stridedBox } from '../../base/strided';
import { type HostTable, type HostTensor, type KernelNode, attr, host, hostZeros, invalid, numbers } from '../kernel';

/** An integer input as kernels of any device see it. */
export interface Integers {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
export function integers(tensor: HostTensor): Integers {
  return { shape: tensor.shape, values: numbers(tensor) };
}

/** The sizes of a slice of an input of some shape: -1 takes the rest. */
export function sliceSizes(
  shape: readonly number[],
  { values: begin, shape: beginShape }: Integers,
  { values: asked, shape: sizeShape }: Integers,
): number[] {
  const rank = shape.length;
  if ([beginShape, sizeShape].some((s) => s.length !== 1 || s[0] !== rank)) {
    return invalid(
      `Expected begin and size arguments to be 1-D tensors of size ${rank}, but got shapes ` +
        `${cShape(beginShape)} and ${cShape(sizeShape)} instead.`,
    );
  }
  const sizes = asked.map((n, i) => (n === -1 ? shape[i] - begin[i] : n));
  shape.forEach((dim, i) => {
    if (dim === 0) {
      if (begin[i] !== 0 || sizes[i] !== 0)
        invalid(
          `Expected begin[${i}] == 0 (got ${begin[i]}) and size[${i}] == 0 (got ${sizes[i]}) when ` +
            `input.dim_size(${i}) == 0`,
        );
      return;
    }
    if (begin[i] < 0 || begin[i] > dim) invalid(`Expected begin[${i}] in [0, ${dim}], but got ${begin[i]}`);
    if (sizes[i] < 0 || begin[i] + sizes[i] > dim)
      invalid(`Expected size[${i}] in [0, ${dim - begin[i]}], but got ${sizes[i]}`);
  });
  return sizes;
}
function slice([input, begins, sizesGiven]: readonly HostTensor[]): HostTensor {
  const begin = integers(begins);
  const sizes = sliceSizes(input.shape, begin, integers(sizesGiven));
  if (sameShape(sizes, input.shape)) return input;
  const out = hostZeros(input.dtype, sizes);
  copyBox(slotShape(input, sizes), boxAt(input, begin.values), wholeBox(out));
  return out;
}

type KnownBox = StridedBox & { readonly sizes: readonly number[]; readonly shape: readonly number[] };
/** The slice that a node's masks and its begin, end and stride inputs describe. */
export function boxOf(
  shape: readonly number[],
  [begin, end, strides]: readonly Integers[],
  node: Pick<KernelNode, 'attrs'>,
): KnownBox {
  if ([begin, end, strides].some((t) => t.shape.length !== 1)) {
    return invalid(
      'Expected begin, end, and strides to be 1D equal size tensors, but got shapes ' +
        `${cShape(begin.shape)}, ${cShape(end.shape)}, and ${cShape(strides.shape)} instead.`,
    );
  }
  try {
    const box = stridedBox(shape, {
      begin: begin.values,
      end: end.values,
      strides: strides.values,
      beginMask: attr(node, 'begin_mask'),
      endMask: attr(node, 'end_mask'),
      ellipsisMask: attr(node, 'ellipsis_mask'),
      newAxisMask: attr(node, 'new_axis_mask'),
      shrinkAxisMask: attr(node, 'shrink_axis_mask'),
    });
    const { sizes, shape: result } = box;
    if (!isFull(sizes) || !isFull(result)) throw new StridedError('The slice of a known shape is known.');
    return { ...box, sizes, shape: result };
  } catch (error) {
    if (error instanceof StridedError) return invalid(error.message);
    throw error;
  }
}

function stridedSlice([input, ...spec]: readonly HostTensor[], node: KernelNode): HostTensor {
  const { begin, strides, sizes, shape } = boxOf(input.shape, spec.map(integers), node);
  if (sameShape(sizes, input.shape) && strides.every((s) => s === 1)) return host(input.dtype, shape, input.data);
  const out = hostZeros(input.dtype, shape);
  copyBox(slotShape(input, sizes), boxAt(input, begin, strides), wholeBox(out, sizes));
  return out;
}

function stridedSliceGrad([shapeGiven, ...rest]: readonly HostTensor[], node: KernelNode): HostTensor {
  const dy = rest[3];
  if (shapeGiven.shape.length !== 1) return invalid(`shape must be 1-D, got shape.shape = ${cShape(shapeGiven.shape)}`);
  const out = hostZeros(dy.dtype, numbers(shapeGiven));
  const { begin, strides, sizes, shape } = boxOf(out.shape, rest.slice(0, 3).map(integers), node);
  if (!sameShape(shape, dy.shape)) return invalid(`shape of dy was ${cShape(dy.shape)} instead of ${cShape(shape)}`);
  copyBox(slotShape(dy, sizes), wholeBox(dy, sizes), boxAt(out, begin, strides));
  return out;
}

export const SLICE_KERNELS: HostTable = {
  Slice: { run: slice, cost: 0.5 },
  StridedSlice: { run: stridedSlice, cost: 0.5 },
  StridedSliceGrad: { run: stridedSliceGrad, cost: 0.7 },
};
