/** Products of tensors over chosen dimensions, made of reshapes, transposes and a matrix product. */
import { worded, isList } from '../base/border';
import { int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { type Dim, MOST_DIMENSIONS } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, isSymbolic, isWeak, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { matmul } from './matmul';
import type { NameOption } from './options';
import { reduceProd } from './reduce';
import {
  castTo,
  concat,
  element,
  gather,
  ints,
  range,
  rankOf,
  reshape,
  select,
  setDifference,
  shapeOf,
  transpose,
} from './words';

/** Dimensions to multiply over: how many (the last of a with the first of b), or two lists, or a tensor of two rows. */
export type ContractionAxes =
  | number
  | readonly [number, number]
  | readonly [readonly number[], readonly number[]]
  | Tensor;
type Axes = readonly number[] | Tensor;
interface Flat {
  readonly matrix: Tensor;
  readonly free: readonly number[] | Tensor;
  readonly known: readonly Dim[] | null;
}
/**
 * The product of two tensors over pairs of dimensions.
 *
 *     tf.tensordot([[1, 2], [3, 4]], [[1, 0], [0, 1]], 1)                  // [[1, 2], [3, 4]]
 *     tf.tensordot([[1, 2], [3, 4]], [[5, 6], [7, 8]], [[1, 0], [0, 1]])   // 69
 *
 * @param a     floats, complex numbers or int32
 * @param b     a's dtype
 * @param axes  a number n: the last n of `a` with the first n of `b`; or [axes of a, axes of b]
 * @returns  a's dtype; a's other dimensions, then b's
 * @throws ValueError  if the lists differ in length, or n exceeds a's rank
 * @throws TypeError  if the dtypes differ
 */
export const tensordot = boundOptions(
  'tensordot',
  3,
  function tensordot(a: NotText, b: NotText, axes: ContractionAxes, { name }: NameOption = {}): Tensor {
    return inScope(name, 'Tensordot', [a, b, axes], (scope) => {
      const x = convertToTensor(a, null, 'a');
      const y = convertToTensor(b, isWeak(b) ? x.dtype.baseDtype : null, 'b');
      const [ax, ay] = contraction(x, axes);
      const left = flattened(x, ax, false);
      const right = flattened(y, ay, true);
      const product = matmul(left.matrix, right.matrix);
      if (Array.isArray(left.free) && Array.isArray(right.free))
        return apply('Reshape', [product, [...left.free, ...right.free]], {}, scope);
      const asTensor = (free: Flat['free']): Tensor => (isList(free) ? ints(free) : free);
      const shape = concat([asTensor(left.free), asTensor(right.free)]);
      const out = apply('Reshape', [product, shape], {}, scope);
      if (left.known && right.known) out.setShape([...left.known, ...right.known]);
      return out;
    });
  },
);
function contraction(a: Tensor, axes: ContractionAxes): readonly [Axes, Axes] {
  if (typeof axes === 'number') {
    const { rank } = a.shape;
    if (!Number.isInteger(axes)) throw new TypeError_(`'axes' must be whole numbers, got ${axes}.`);
    if (axes < 0) throw new ValueError("'axes' must be at least 0.");
    if (axes > MOST_DIMENSIONS) throw new ValueError(`'axes' must not be larger than the number of dimensions.`);
    if (rank === null) {
      const r = rankOf(a);
      const first = r.sub(axes);
      return [range(first, r), range(0, axes)];
    }
    if (axes > rank) throw new ValueError(`'axes' must not be larger than the number of dimensions of tensor ${a}.`);
    return [Array.from({ length: axes }, (_, i) => rank - axes + i), Array.from({ length: axes }, (_, i) => i)];
  }
  if (isList(axes)) {
    const lists: readonly unknown[] = axes;
    if (lists.length !== 2) throw new ValueError("'axes' must be an integer or have length 2.");
    const [ax, ay] = Array.from(lists, (list) =>
      Array.from<unknown, number>(isList(list) ? list : [list], (axis) => {
        if (typeof axis === 'number' && Number.isInteger(axis)) return axis;
        throw new TypeError_(`'axes' must be whole numbers, got ${worded(axis)}.`);
      }),
    );
    if (ax.length !== ay.length)
      throw new ValueError(`Different number of contraction axes 'a' and 'b', ${ax.length} != ${ay.length}.`);
    return [ax, ay];
  }
  const rows = castTo(convertToTensor(axes, isSymbolic(axes) ? null : int32, 'axes'), int32);
  return [element(rows, 0), element(rows, 1)];
}
/** A tensor as a matrix: free dimensions by multiplied ones, or, flipped, the other way round. */
function flattened(a: Tensor, given: Axes, flipped: boolean): Flat {
  const { dims, fullDims: known } = a.shape;
  const product = (list: readonly number[]): number => list.reduce((x, y) => x * y, 1);
  if (dims && isList(given)) {
    const axes = given.map((i) => (i >= 0 ? i : i + dims.length));
    const free = dims.map((_, i) => i).filter((i) => !axes.includes(i));
    if (known) {
      const freeDims = free.map((i) => known[i]);
      const [rows, inner] = [product(freeDims), product(axes.map((i) => known[i]))];
      const turned = transpose(a, flipped ? [...axes, ...free] : [...free, ...axes]);
      return { matrix: reshape(turned, flipped ? [inner, rows] : [rows, inner]), free: freeDims, known: freeDims };
    }
    const axesTensor = ints(axes, 'axes');
    const freeTensor = ints(free, 'free');
    return dynamic(
      a,
      shapeOf(a),
      axesTensor,
      freeTensor,
      flipped,
      free.map((i) => dims[i]),
    );
  }
  const shape = shapeOf(a);
  const rank = rankOf(a);
  const raw = isList(given) ? ints(given, 'axes') : given;
  const positive = raw.greaterEqual(0);
  const axes = select(positive, raw, raw.add(rank));
  return dynamic(a, shape, axes, setDifference(range(0, rank), axes), flipped, null);
}
function dynamic(
  a: Tensor,
  shape: Tensor,
  axes: Tensor,
  free: Tensor,
  flipped: boolean,
  known: readonly Dim[] | null,
): Flat {
  const freeDims = gather(shape, free);
  const axesDims = gather(shape, axes);
  const [rows, inner] = [reduceProd(freeDims), reduceProd(axesDims)];
  const perm = concat(flipped ? [axes, free] : [free, axes]);
  const matrixShape = apply('Pack', [flipped ? [inner, rows] : [rows, inner]], {}, 'stack');
  return { matrix: reshape(transpose(a, perm), matrixShape), free: freeDims, known };
}
