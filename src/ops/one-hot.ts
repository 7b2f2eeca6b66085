/** One-hot rows. */
import { asDtype, type DType, type DTypeLike, float32 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { type Dim, TensorShape } from '../base/shape';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, isWeak, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Rows, ShapeContext } from '../graph/opdef';
import { checkScalar, dimFromScalar, fitsInt32 } from '../graph/shape-fn';
import { knowing } from './known-calls';
import type { OneHotCall } from './known-dimensions';
import { isOptions, type NameOption } from './options';

export const ONE_HOT = {
  OneHot: {
    grows: 'numbers',
    shape: oneHotShape,
  },
} satisfies Rows;

function oneHotShape(c: ShapeContext): (TensorShape | readonly Dim[])[] {
  const axis = fitsInt32(c, 'axis');
  if (axis < -1) throw new ShapeError('axis must be >= -1');
  const depth = dimFromScalar(c, 1);
  // TensorFlow leaves a depth that is fed to its kernel; here the line that made the node is told.
  checkScalar(c, 1);
  const { dims } = c.shape(0);
  if (!dims) return [TensorShape.unknown()];
  const rank = dims.length + 1;
  const at = (axis + rank) % rank;
  return [[...dims.slice(0, at), depth, ...dims.slice(at)]];
}
/** What `oneHot` takes by name. */
export interface OneHotOptions extends NameOption {
  /** In place of 1: fills where the index points. */
  readonly onValue?: TensorLike | null;
  /** In place of 0: fills the rest. */
  readonly offValue?: TensorLike | null;
  /** Where the new dimension goes; the last by default. */
  readonly axis?: number | null;
  /** The dtype of the result; float32 where nothing says otherwise. */
  readonly dtype?: DTypeLike | null;
}
/**
 * A new dimension of size `depth` that is 1 at each index and 0 elsewhere; all 0 for an index outside of it.
 *
 *     tf.oneHot([0, 2, -1], 3)   // [[1, 0, 0], [0, 0, 1], [0, 0, 0]]
 *
 * @param indices   integers: uint8, int32 or int64, any shape
 * @param depth     size of the new dimension: a number or an int32 scalar
 * @param onValue   in place of 1: a scalar
 * @param offValue  in place of 0
 * @param axis      where the new dimension goes; the last place where not given
 * @param dtype     float32 where neither this nor a value is given
 * @returns  `dtype`; the shape of `indices` with `depth` put in
 * @throws TypeError  if the dtypes of `onValue`, `offValue` and `dtype` differ
 * @throws ValueError  if the axis is outside of the shape
 */
export const oneHot = knowing<OneHotCall>()(
  'one_hot',
  6,
  function oneHot(
    indices: TensorLike,
    depth: TensorLike,
    onValue?: TensorLike | OneHotOptions | null,
    offValue?: TensorLike | null,
    axis?: number | null,
    dtype?: DTypeLike | null,
    options: OneHotOptions = {},
  ): Tensor {
    const args: OneHotOptions = isOptions<OneHotOptions>(onValue)
      ? { ...onValue, ...options }
      : { onValue, offValue, axis, dtype, ...options };
    return inScope(args.name, 'one_hot', [indices, depth, args.onValue, args.offValue], (scope) => {
      const wanted = args.dtype ? asDtype(args.dtype).baseDtype : null;
      const typed = (value: TensorLike | null | undefined): DType | null => {
        if (value === null || value === undefined) return null;
        // A number takes the dtype that was asked for; TensorFlow converts it once to see its type.
        return convertToTensor(value, isWeak(value) ? wanted : null).dtype.baseDtype;
      };
      const [on, off] = [typed(args.onValue), typed(args.offValue)];
      for (const [name, found] of [
        ['on_value', on],
        ['off_value', off],
      ] as const) {
        if (found && wanted && found !== wanted)
          throw new TypeError_(`dtype ${found} of ${name} does not match dtype parameter ${wanted}`);
      }
      const type = wanted ?? on ?? off ?? float32;
      const fill = (value: TensorLike | null | undefined, number: number, name: string): TensorLike =>
        value ?? convertToTensor(number, type, name);
      const [yes, no] = [fill(args.onValue, 1, 'on_value'), fill(args.offValue, 0, 'off_value')];
      if (on && off && on !== off)
        throw new TypeError_(`dtype ${on} of on_value does not match dtype ${off} of off_value`);
      return apply('OneHot', [indices, depth, yes, no], { axis: args.axis, T: type }, scope);
    });
  },
);
