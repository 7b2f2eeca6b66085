/** Tensors stacked along a new dimension, and taken apart along one. */
import { checkInt, worded, isList } from '../base/border';
import { textOf } from '../base/preview';
import { TypeError_, ValueError } from '../base/errors';
import { joined } from '../base/join';
import { type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inGraphOf, inScope } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { inputValues, mergeInputs, mergedShape, perOutput } from '../graph/shape-fn';
import { allKnown, array } from './known';
import { knowing, knowingOnly } from './known-calls';
import type { StackCall, UnstackCall } from './known-lists';
import { isOptions, type NameOption, isValue } from './options';
import { partValues } from './split';

export const STACK = {
  Pack: {
    grows: 'shapes',
    shape: packShape,
    grad: (op, [dy]) => unstack(dy, op.inputs.length, op.attr('axis')),
    value(c) {
      const values = c.attr('axis') === 0 ? allKnown(inputValues(c)) : null;
      return (
        values &&
        array(
          joined(
            values.map((v) => v.reshape([1, ...v.shape])),
            0,
          ),
        )
      );
    },
    shapesRead: () => [],
    partial: (c) =>
      (c.shape(0).rank ?? 0) === 0
        ? new TensorShape(Array.from({ length: c.inputs }, (_, i) => c.asShape(i)?.at(0) ?? null))
        : null,
  },
  ParallelConcat: { shape: parallelShape },
  Unpack: {
    shape: unpackShape,
    grad: (op, grads) => stack(grads, op.attr('axis')),
    values(c) {
      const { fullDims: dims } = c.output(0);
      const parts = dims && c.attr('axis') === 0 ? partValues(c, c.value(0), 0) : null;
      return parts && dims && parts.map((part) => part.reshape(dims));
    },
  },
} satisfies Rows;

/** An axis of a stacked tensor made positive. */
function stackAxis(c: ShapeContext, rankAfter: number): number {
  const axis = c.attr('axis');
  if (axis < -rankAfter || axis >= rankAfter)
    throw new ShapeError(`Invalid axis: ${axis}; must be in [${-rankAfter},${rankAfter})`);
  return axis < 0 ? axis + rankAfter : axis;
}
function packShape(c: ShapeContext): [TensorShape] {
  const merged = mergeInputs(c);
  if (!merged.dims) return [merged];
  const at = stackAxis(c, merged.dims.length + 1);
  return [new TensorShape([...merged.dims.slice(0, at), c.inputs, ...merged.dims.slice(at)])];
}
/** As the attribute says: each input is one of its rows. */
function parallelShape(c: ShapeContext): [TensorShape] {
  const said = c.attr('shape', 'shape');
  if (!said.fullDims) throw new ShapeError('shape attr must be fully defined.');
  let merged = new TensorShape([1, ...said.fullDims.slice(1)]);
  for (let i = 0; i < c.inputs; i++) {
    const { fullDims } = c.shape(i);
    if (!fullDims) throw new ShapeError('All input shapes must be fully defined.');
    if (fullDims[0] !== 1) throw new ShapeError('Size of first dimension must be 1.');
    merged = mergedShape(c.shape(i), merged, i);
  }
  return [said];
}
function unpackShape(c: ShapeContext): (TensorShape | Dim[])[] {
  const { dims } = c.shape(0);
  if (!dims) return perOutput(c, TensorShape.unknown());
  const at = stackAxis(c, dims.length);
  const [have, want] = [dims[at], c.outputs];
  if (have !== null && have !== want) throw new ShapeError(`Dimension must be ${want} but is ${have}`);
  const rest = dims.filter((_, i) => i !== at);
  return perOutput(c, rest);
}
/** What `stack` takes by name. */
export interface StackOptions extends NameOption {
  /** Where the new dimension goes; 0 where not given. */
  readonly axis?: number;
}
/**
 * Stacks tensors of one shape along a new dimension.
 *
 *     tf.stack([[1, 4], [2, 5]])      // [[1, 4], [2, 5]]
 *     tf.stack([[1, 4], [2, 5]], 1)   // [[1, 2], [4, 5]]
 *
 * @param values  tensors of one dtype and shape
 * @param axis    where the new dimension goes; negative counts from the end; 0 where not given
 * @returns  their dtype; their shape with a new dimension
 * @throws ValueError  if `axis` is outside [−(R+1), R+1) for tensors of rank R, or the shapes differ
 */
export const stack = knowingOnly<StackCall>()(
  'stack',
  2,
  function stack(
    values: readonly TensorLike[] | TensorLike,
    axis: number | StackOptions = 0,
    options: StackOptions = {},
  ): Tensor {
    const { axis: at = 0, name }: StackOptions = isValue<number>(axis) ? { axis, ...options } : axis;
    if (typeof at === 'object' && at !== null)
      throw new TypeError_(
        `Expected int for argument 'axis' not ${textOf(at)}.\n  fix: the tensors are one list: tf.stack([a, b], axis).`,
      );
    return inGraphOf([values], () => {
      if (at === 0) {
        try {
          return convertToTensor(values, null, name ?? 'stack');
        } catch (error) {
          // As Python does: Pack says what is wrong.
          if (!isList(values)) throw error;
        }
      }
      if (!Number.isInteger(at)) throw new TypeError_(`axis must be a whole number, not ${worded(at)}.`);
      const list = values as readonly TensorLike[];
      const { dims } = convertToTensor(list[0], null, name ?? 'stack').shape;
      if (dims && (at < -dims.length - 1 || at > dims.length))
        throw new ValueError(`axis = ${at} not in [${-dims.length - 1}, ${dims.length + 1})`);
      return apply('Pack', [list], { axis: at }, name ?? 'stack');
    });
  },
);

/**
 * Stacks tensors of one shape, which is known, along a new first dimension. It has no gradient; `stack` has.
 *
 *     tf.parallelStack([[1, 4], [2, 5]])   // [[1, 4], [2, 5]]
 *
 * @param values  tensors of one dtype and shape
 * @returns  their dtype; their shape with a new dimension in front
 * @throws ValueError  if a shape is not fully known, or they differ
 * @throws TypeError  if the dtypes differ
 */
export const parallelStack = boundOptions(
  'parallel_stack',
  1,
  (values: readonly TensorLike[], { name }: NameOption = {}): Tensor =>
    inScope(name, 'parallel_stack', [values], () => {
      if (!values.length) throw new ValueError('tf.parallelStack of no tensors: give a list of at least one.');
      const { shape } = convertToTensor(values[0]);
      return apply('ParallelConcat', [values.map((value) => apply('ExpandDims', [value, 0]))], {
        shape: new TensorShape([values.length]).concatenate(shape),
      });
    }),
);

/** What `unstack` takes by name. */
export interface UnstackOptions extends StackOptions {
  /** How many there are; the size of the dimension where not given. */
  readonly num?: number | null;
}
/**
 * Cuts a tensor into the tensors along `axis`, each without that dimension.
 *
 *     tf.unstack([[1, 2], [3, 4]])   // [[1, 2], [3, 4]]
 *     tf.unstack([[1, 2], [3, 4]], { axis: 1 })   // [[1, 3], [2, 4]]
 *
 * @param value  any dtype, at least rank 1
 * @param num    how many: the size of the dimension where not given
 * @param axis   the dimension; negative counts from the end; 0 where not given
 * @returns  a list of tensors of value's dtype
 * @throws ValueError  if that size is not known, or `axis` is outside [−R, R)
 */
export const unstack = knowing<UnstackCall>()(
  'unstack',
  3,
  function unstack(
    value: TensorLike,
    num?: number | null | UnstackOptions,
    axis: number | UnstackOptions = 0,
    options: UnstackOptions = {},
  ): Tensor[] {
    const args: UnstackOptions = isOptions<UnstackOptions>(num)
      ? num
      : isValue<number>(axis)
        ? { num, axis, ...options }
        : { num, ...axis };
    const at = args.axis ?? 0;
    return inGraphOf([value], () => {
      let count = args.num ?? null;
      let x = value;
      if (count === null) {
        const t = (x = convertToTensor(value));
        const { dims } = t.shape;
        checkInt(at, 'axis');
        if (dims && (at < -dims.length || at >= dims.length))
          throw new ValueError(`axis = ${at} not in [${-dims.length}, ${dims.length})`);
        count = t.shape.at(at);
        if (count === null) throw new ValueError(`Cannot infer num from shape ${t.shape}`);
      }
      return [...applyOp('Unpack', [x], { num: count, axis: at }, args.name ?? 'unstack').outputs];
    });
  },
);
