/** Slices on wasm. What is outside is refused in TensorFlow's words before a kernel sees it. */
import { cShape, sameShape, sizeOf } from '../../base/shape';
import { invalid } from '../kernel';
import { type Integers, boxOf, sliceSizes } from '../host/slice';
import { type Box, boxAt, copyBox, isFew } from './boxes';
import { type Lowering, reshaped } from './lower';
import type { Spot } from './program';
import type { Info, Recipe, Recipes, Tools } from './recipe';

/** A small integer input with its shape. */
export function integersOf(inputs: readonly Info[], index: number, { numbers }: Tools): Integers {
  return { shape: inputs[index].shape, values: numbers(index) };
}
/** A tensor of zeros. */
function zeros(shape: readonly number[], dtype: Info['dtype'], { call }: Tools): Info {
  return call('Fill', {}, { shape, value: 0, dtype });
}
/** The part of a tensor that starts at `begin`. */
export function part(x: Info, begin: readonly number[], size: readonly number[], tools: Tools): Info {
  if (sameShape(size, x.shape)) return x;
  return sizeOf(size) === 0 ? zeros(size, x.dtype, tools) : tools.call('Slice', { x }, { begin, size });
}
function pad(x: Info, paddings: readonly (readonly [number, number])[], { call }: Tools): Info {
  return paddings.every(([a, b]) => a === 0 && b === 0) ? x : call('PadV2', { x }, { paddings, constantValue: 0 });
}

/**
 * `size` elements along an axis with `stride - 1` zeros between them:
 * [outer, n, 1, inner] padded to [outer, n, stride, inner].
 */
function spaced(x: Info, axis: number, stride: number, tools: Tools): Info {
  const [n, outer, inner] = [x.shape[axis], sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis + 1))];
  const apart = pad(
    tools.reshape(x, [outer, n, 1, inner]),
    [
      [0, 0],
      [0, 0],
      [0, stride - 1],
      [0, 0],
    ],
    tools,
  );
  const cut = tools.call(
    'Slice',
    { x: tools.reshape(apart, [outer, n * stride, inner]) },
    { begin: [0, 0, 0], size: [outer, (n - 1) * stride + 1, inner] },
  );
  return tools.reshape(
    cut,
    x.shape.map((d, i) => (i === axis ? (n - 1) * stride + 1 : d)),
  );
}

const strided: Recipe = (inputs, tools) => {
  const [x] = inputs;
  const { call, reshape } = tools;
  const [begin, end, strides] = [1, 2, 3].map((i) => integersOf(inputs, i, tools));
  const box = boxOf(x.shape, [begin, end, strides], tools.node);
  if (sizeOf(box.shape) === 0) return zeros(box.shape, x.dtype, tools);
  if (box.strides.every((s) => s === 1)) return reshape(part(x, box.begin, box.sizes, tools), box.shape);
  // Masks are worked out already: tfjs forgets where the dimensions lie that shrink. An end before the first
  // element needs one.
  const ends = box.begin.map((b, i) => b + box.sizes[i] * box.strides[i]);
  const endMask = ends.reduce((mask, e, i) => mask | (e < 0 ? 1 << i : 0), 0);
  const cut = call(
    'StridedSlice',
    { x },
    {
      begin: box.begin,
      end: ends,
      strides: box.strides,
      beginMask: 0,
      endMask,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    },
  );
  return reshape(cut, box.shape);
};

/** Small integer inputs with their shapes, where they are known. */
export function knownIntegers(
  inputs: readonly Spot[],
  which: readonly number[],
  { numbers }: Lowering,
): Integers[] | null {
  const found = which.flatMap((i) => {
    const values = numbers(i);
    return values ? [{ shape: inputs[i].shape, values }] : [];
  });
  return found.length === which.length ? found : null;
}
/** A box of elements as a tensor of its own. */
function cutOut(box: Box, sizes: readonly number[], shape: readonly number[], { draft }: Lowering): Spot[] | null {
  if (sizeOf(shape) === 0) return null;
  const out = draft.make(shape);
  const whole = boxAt(
    reshaped(out, sizes),
    sizes.map(() => 0),
  );
  if (!isFew(sizes, box, whole)) return null;
  copyBox(draft, sizes, box, whole);
  return [out];
}

export const SLICE_RECIPES: Recipes = {
  Slice: {
    lower(inputs, to) {
      const [x] = inputs;
      const [begin, size] = knownIntegers(inputs, [1, 2], to) ?? [];
      if (!begin || !size) return null;
      const sizes = sliceSizes(x.shape, begin, size);
      return sameShape(sizes, x.shape) ? [x] : cutOut(boxAt(x, begin.values), sizes, sizes, to);
    },
    recipe(inputs, tools) {
      const [x] = inputs;
      const begin = integersOf(inputs, 1, tools);
      const size = sliceSizes(x.shape, begin, integersOf(inputs, 2, tools));
      return part(x, begin.values, size, tools);
    },
  },
  StridedSlice: {
    lower(inputs, to) {
      const [x] = inputs;
      const spec = knownIntegers(inputs, [1, 2, 3], to);
      if (!spec) return null;
      const { begin, strides, sizes, shape } = boxOf(x.shape, spec, to.node);
      return cutOut(boxAt(x, begin, strides), sizes, shape, to);
    },
    recipe: strided,
  },
  // Reversed where the stride goes down, spaced by it, and zeros around.
  StridedSliceGrad(inputs, tools) {
    const dy = inputs[4];
    const {
      values: shape,
      shape: [rank],
    } = integersOf(inputs, 0, tools);
    if (inputs[0].shape.length !== 1) return invalid(`shape must be 1-D, got shape.shape = ${cShape(inputs[0].shape)}`);
    const box = boxOf(
      shape,
      [1, 2, 3].map((i) => integersOf(inputs, i, tools)),
      tools.node,
    );
    if (!sameShape(box.shape, dy.shape))
      return invalid(`shape of dy was ${cShape(dy.shape)} instead of ${cShape(box.shape)}`);
    if (sizeOf(dy.shape) === 0) return zeros(shape, dy.dtype, tools);
    let x = tools.reshape(dy, box.sizes);
    const down = box.strides.flatMap((s, i) => (s < 0 && box.sizes[i] > 1 ? [i] : []));
    if (down.length) x = tools.call('Reverse', { x }, { dims: down });
    for (let i = 0; i < rank; i++)
      if (Math.abs(box.strides[i]) > 1 && box.sizes[i] > 1) x = spaced(x, i, Math.abs(box.strides[i]), tools);
    const first = box.begin.map((b, i) => (box.strides[i] < 0 ? b + (box.sizes[i] - 1) * box.strides[i] : b));
    return pad(
      x,
      first.map((b, i) => [b, shape[i] - b - x.shape[i]] as const),
      tools,
    );
  },
};
