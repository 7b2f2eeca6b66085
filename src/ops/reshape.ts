/** The same elements under another shape. */
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { type Dim, type ShapeLike, TensorShape, shapeAttr } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { GradContext, Rows, ShapeContext, ValueContext } from '../graph/opdef';
import { mergeShapes, shapeInput } from '../graph/shape-fn';
import { knowing } from './known-calls';
import type { ExpandCall, SqueezeCall } from './known-dimensions';
import type { ReshapeCall } from './known-sizes';
import { isOptions, type NameOption, isValue, AXIS_OR_DIM, eitherName } from './options';
import { shapeOf } from './words';

export const RESHAPE = {
  Reshape: {
    shape: (c) => [reshapedShape(c.shape(0), shapeInput(c, 1))],
    grad: (op, [dy]) => [likeInput(op, dy), null],
    value: sameElements,
  },
  ExpandDims: {
    shape: expandedShape,
    grad: (op, [dy]) => [likeInput(op, dy), null],
    value: sameElements,
  },
  Squeeze: {
    shape: squeezedShape,
    grad: (op, [dy]) => likeInput(op, dy),
    value: sameElements,
  },
  EnsureShape: {
    shape(c) {
      const wanted = c.attr('shape');
      const { rank } = c.shape(0);
      if (rank !== null && wanted.rank !== null && rank !== wanted.rank)
        throw new ShapeError(`Shape must be rank ${wanted.rank} but is rank ${rank}`);
      return [mergeShapes(wanted, c.shape(0))];
    },
    grad: (_, [dy]) => dy,
  },
} satisfies Rows;

/** The value of input 0 under the shape of output 0. */
function sameElements(c: ValueContext): NDArray | null {
  const { fullDims: dims } = c.output(0);
  const value = dims && c.value(0);
  return value && dims && value.reshape(dims);
}
/** The gradient in the shape of input 0. */
function likeInput(op: GradContext, dy: Tensor): Tensor {
  return reshape(dy, shapeOf(op.inputs[0]));
}

function product(dims: readonly Dim[]): number {
  return dims.reduce<number>((a, b) => a * (b ?? 1), 1);
}
function divided(a: number, b: number): number {
  if (a % b !== 0) throw new ShapeError(`Dimension size must be evenly divisible by ${b} but is ${a}`);
  return a / b;
}
/** What is known of a reshaped tensor: with one unknown dimension on either side the other side may tell it. */
function reshapedShape(from: TensorShape, to: TensorShape | null): TensorShape | null {
  if (!to?.dims || !from.dims) return to;
  const [holes, lacks] = [from, to].map(({ dims }) => dims!.flatMap((d, i) => (d === null ? [i] : [])));
  const [have, want] = [product(from.dims), product(to.dims)];
  // A zero decides the number of elements whatever the unknown dimensions are.
  const [open, wanting] = [have === 0 ? 0 : holes.length, want === 0 ? 0 : lacks.length];
  if (open > 1 || wanting > 1) return to;
  if (!open && !wanting) {
    if (have !== want)
      throw new ShapeError(
        `Cannot reshape a tensor with ${have} elements to shape ${to.toCString()} (${want} elements)`,
      );
    return to;
  }
  const fill = (d: Dim): TensorShape => new TensorShape(to.dims!.map((x, i) => (i === lacks[0] ? d : x)));
  if (!open) return want > 0 ? fill(divided(have, want)) : to;
  // The input's unknown dimension must make up the difference.
  if (!wanting) {
    if (have !== 0) divided(want, have);
    return to;
  }
  return to;
}

function expandedShape(c: ShapeContext): [TensorShape | Dim[] | null] {
  const { dims } = c.shape(0);
  const dim = c.value(1);
  if (dim && dim.size !== 1) throw new ShapeError("'dim' input must be a tensor with a single value");
  if (!dim || !dims) return [null];
  const at = Number(dim.item());
  if (at < -dims.length - 1 || at > dims.length)
    throw new ShapeError(`dim ${at} not in the interval [${-dims.length - 1}, ${dims.length}].`);
  const axis = at < 0 ? at + dims.length + 1 : at;
  return [[...dims.slice(0, axis), 1, ...dims.slice(axis)]];
}

function squeezedShape(c: ShapeContext): [TensorShape | Dim[] | null] {
  const { dims } = c.shape(0);
  if (!dims) return [null];
  const axes = c.attr('squeeze_dims').map((axis, i) => {
    if (axis < -dims.length || axis >= dims.length)
      throw new ShapeError(`squeeze_dims[${i}] not in [${-dims.length},${dims.length}).`);
    return axis < 0 ? axis + dims.length : axis;
  });
  if (!axes.length && dims.includes(null)) return [null];
  return [
    dims.filter((d, i) => {
      if (!axes.length) return d !== 1;
      if (!axes.includes(i)) return true;
      if (d !== null && d !== 1) throw new ShapeError(`Can not squeeze dim[${i}], expected a dimension of 1, got ${d}`);
      return false;
    }),
  ];
}

/**
 * The same elements, in the same order, under another shape.
 *
 *     tf.reshape([1, 2, 3, 4], [2, 2])    // [[1, 2], [3, 4]]
 *     tf.reshape([[1, 2], [3, 4]], [-1])   // [1, 2, 3, 4]
 *
 * @param tensor  any dtype and shape
 * @param shape   int32 or int64 sizes, known now or when the graph runs; one may be -1, for what is left
 * @returns  the tensor's dtype, `shape`
 * @throws ValueError  if the sizes are known and do not fit
 * @throws InvalidArgumentError  when run, if they turn out not to
 */
export const reshape = knowing<ReshapeCall>()(
  'reshape',
  2,
  function reshape(x: TensorLike, shape: TensorLike, { name }: NameOption = {}): Tensor {
    return apply('Reshape', [x, shape], {}, name);
  },
);

/**
 * Adds a dimension of 1 at `axis`.
 *
 *     tf.expandDims([1, 2], 0)              // [[1, 2]]
 *     tf.expandDims(tf.zeros([2, 3]), -1)   // shape (2, 3, 1)
 *
 * @param input  any dtype and shape
 * @param axis   the place of the new dimension in the result; negative counts from the end
 * @param dim    `axis`, by its older name
 * @returns  input's dtype; its shape with a 1 put in
 * @throws ValueError  if the axis is outside [−rank − 1, rank]
 */
export const expandDims = knowing<ExpandCall>()(
  'expand_dims',
  2,
  function expandDims(x: TensorLike, axis: TensorLike | AxisOption, { name, ...more }: AxisOption = {}): Tensor {
    const given: AxisOption = isValue<TensorLike>(axis) ? { axis, name, ...more } : axis;
    const at = eitherName(AXIS_OR_DIM, given.axis, given.dim);
    if (at === null)
      throw new ValueError(
        'Must specify an axis argument to tf.expand_dims()' +
          '\n  fix: say where the new dimension goes: tf.expandDims(x, 0) in front, tf.expandDims(x, -1) at the end.',
      );
    return apply('ExpandDims', [x, at], {}, given.name);
  },
);
/** What `expandDims` takes by name. */
export interface AxisOption extends NameOption {
  /** Where the new dimension goes. */
  readonly axis?: TensorLike /** `axis`, by its older name. */;
  /** `axis`, by its older name. */
  readonly dim?: TensorLike;
}

/**
 * Removes dimensions of 1: those at `axis`, or all of them.
 *
 *     tf.squeeze([[[1], [2]]])      // [1, 2]
 *     tf.squeeze([[[1], [2]]], 0)   // [[1], [2]]
 *
 * @param input        any dtype and shape
 * @param axis         one dimension or several; negative ones count from the end
 * @param squeezeDims  `axis`, by its older name
 * @returns  input's dtype; its shape without those dimensions
 * @throws ValueError  if a dimension at `axis` is known and is not 1
 */
export const squeeze = knowing<SqueezeCall>()(
  'squeeze',
  2,
  function squeeze(
    x: TensorLike,
    axis?: number | readonly number[] | null | SqueezeOptions,
    options: SqueezeOptions = {},
  ): Tensor {
    const args: SqueezeOptions = isOptions<SqueezeOptions>(axis) ? axis : { axis, ...options };
    const axes = eitherName(['axis', 'squeeze_dims'], args.axis, args.squeezeDims) ?? undefined;
    return apply('Squeeze', [x], { squeeze_dims: typeof axes === 'number' ? [axes] : axes }, args.name);
  },
);
/** What `squeeze` takes by name. */
export interface SqueezeOptions extends NameOption {
  /** The dimensions to remove; all of size 1 where not given. */
  readonly axis?: number | readonly number[] | null;
  /** `axis`, by its older name. */
  readonly squeezeDims?: number | readonly number[];
}

/**
 * The tensor itself, with a shape that is checked when the graph runs.
 *
 *     const x = tf.placeholder(tf.float32, null);
 *     tf.ensureShape(x, [null, 2])   // shape (null, 2)
 *
 * @param x      any dtype and shape
 * @param shape  sizes, null for any; null for any shape
 * @returns  x's dtype; its shape as far as both say it
 * @throws ValueError  if what is known of the tensor's shape contradicts it
 * @throws InvalidArgumentError  when run, if it has another shape
 */
export const ensureShape = boundOptions(
  'ensure_shape',
  2,
  function ensureShape(x: TensorLike, shape: ShapeLike, { name }: NameOption = {}): Tensor {
    return apply('EnsureShape', [x], { shape: shapeAttr(TensorShape.of(shape)) }, name);
  },
);
