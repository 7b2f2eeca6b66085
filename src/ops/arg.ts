/** The place of an extremum along a dimension. */
import { type DTypeLike, asDtype, int64 } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import { type NameOption, isValue, eitherName } from './options';
import { knowing } from './known-calls';
import type { PlaceCall } from './known-dimensions';

function place(): OpRow {
  return { shape: placeShape, grad: () => [null, null] };
}
function placeShape(c: ShapeContext): TensorShape[] {
  withRank(c, 1, 0);
  const { dims } = c.shape(0);
  if (!dims) return [TensorShape.unknown()];
  if (dims.length <= 1) return [TensorShape.scalar()];
  const value = c.value(1);
  if (!value) return [TensorShape.unknown(dims.length - 1)];
  const given = Number(value.data[0]);
  const axis = given < 0 ? given + dims.length : given;
  if (axis < 0 || axis >= dims.length) {
    throw new ShapeError(
      `Dimension (${given}) must be in the range [${-dims.length}, ${dims.length}), ` +
        `where ${dims.length} is the number of dimensions in the input.`,
    );
  }
  return [new TensorShape(dims.filter((_, i) => i !== axis))];
}

export const ARG = {
  ArgMax: place(),
  ArgMin: place(),
} satisfies Rows;

/** What `argmax` and `argmin` take by name. */
export interface PlaceOptions extends NameOption {
  /** The dimension to search along; 0 where not given. */
  readonly axis?: number | Tensor | null;
  /** int64 where not given, or int32. */
  readonly outputType?: DTypeLike;
  /** Old name of `axis`. */
  readonly dimension?: number | Tensor | null;
}
type Axis = number | Tensor | null | undefined;
function placeOf(type: string): (x: NotText, axis?: Axis | PlaceOptions, options?: PlaceOptions) => Tensor {
  return (x, given, options = {}) => {
    const [first, all] = isValue<Axis>(given) ? [given, options] : [null, { ...given, ...options }];
    const axis = eitherName(['axis', 'dimension'], first ?? all.axis, all.dimension);
    return apply(type, [x, axis ?? 0], { output_type: asDtype(all.outputType ?? int64) }, all.name);
  };
}
interface OlderOptions extends NameOption {
  readonly outputType?: DTypeLike | null;
}
function older(type: string) {
  return (input: NotText, dimension: NotText, { outputType, name }: OlderOptions = {}): Tensor =>
    apply(type, [input, dimension], { output_type: outputType ? asDtype(outputType) : undefined }, name);
}
/**
 * The place of the largest element along a dimension; the first where several are largest.
 *
 *     tf.argmax([[1, 9, 3], [7, 2, 5]], 1)   // [1, 0]
 *
 * @param input       numbers, at least rank 1
 * @param axis        the dimension; 0 where not given, negative counts from the end
 * @param dimension   `axis`, by its older name
 * @param outputType  int32 or int64; int64 where not given
 * @returns  `outputType`; the input's shape without `axis`
 * @throws ValueError  if the axis is outside [−rank, rank), or both names of it are given
 */
export const argmax = knowing<PlaceCall>()('argmax', 2, placeOf('ArgMax'));
/**
 * The place of the smallest element along a dimension; the first where several are smallest.
 *
 *     tf.argmin([[1, 9, 3], [7, 2, 5]], 1)   // [0, 1]
 *
 * @param input       numbers, at least rank 1
 * @param axis        the dimension; 0 where not given, negative counts from the end
 * @param dimension   `axis`, by its older name
 * @param outputType  int32 or int64; int64 where not given
 * @returns  `outputType`; the input's shape without `axis`
 * @throws ValueError  if the axis is outside [−rank, rank), or both names of it are given
 */
export const argmin = knowing<PlaceCall>()('argmin', 2, placeOf('ArgMin'));
/**
 * The place of the largest element along a dimension: TensorFlow's older `argmax`, whose dimension must be given.
 *
 *     tf.argMax([1, 9, 3], 0)   // 1
 *
 * @param input       numbers, at least rank 1
 * @param dimension   negative counts from the end
 * @param outputType  int32 or int64; int64 where not given
 * @returns  `outputType`; the input's shape without `dimension`
 * @throws ValueError  if the dimension is outside [−rank, rank)
 */
export const argMax = boundOptions('arg_max', 2, older('ArgMax'));
/**
 * The place of the smallest element along a dimension: TensorFlow's older `argmin`, whose dimension must be given.
 *
 *     tf.argMin([1, 9, 3], 0)   // 0
 *
 * @param input       numbers, at least rank 1
 * @param dimension   negative counts from the end
 * @param outputType  int32 or int64; int64 where not given
 * @returns  `outputType`; the input's shape without `dimension`
 * @throws ValueError  if the dimension is outside [−rank, rank)
 */
export const argMin = boundOptions('arg_min', 2, older('ArgMin'));
