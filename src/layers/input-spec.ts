/** What a layer expects of its input, and the errors of one that does not fit. */
import { checkList } from '../base/border';
import { type DType, type DTypeLike, asDtype } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import type { Dim } from '../base/shape';
import { type Args, constructorOf, isPlain } from '../calls/bind';
import { flatten } from '../flow/structure';
import { Tensor } from '../graph/graph';

type Axes = Readonly<Record<number, number | null>>;
type Taken = [
  dtype?: DTypeLike,
  shape?: readonly Dim[],
  ndim?: number,
  maxNdim?: number,
  minNdim?: number,
  axes?: Axes,
];
const INPUT_SPEC = constructorOf<Taken>('layers.InputSpec');

/**
 * What a layer expects of its input: dtype, shape, rank or the sizes of some dimensions.
 *
 *     new tf.layers.InputSpec({ minNdim: 2, axes: { '-1': 4 } }).minNdim   // 2
 */
export class InputSpec {
  /** The dtype, or null for any. */
  readonly dtype: DType | null;
  /** The shape, null for any; a null in it stands for any size. */
  readonly shape: readonly Dim[] | null;
  /** The rank, or null for any. */
  readonly ndim: number | null;
  /** The largest rank, or null. */
  readonly maxNdim: number | null;
  /** The least rank, or null. */
  readonly minNdim: number | null;
  /** Sizes by dimension; −1 is the last. */
  readonly axes: Axes;
  /**
   * Makes one; null and what is left out fit anything.
   *
   * @param dtype    of the input
   * @param shape    of the input, which gives the rank too
   * @param ndim     its rank
   * @param maxNdim  the largest rank
   * @param minNdim  the least rank
   * @param axes     sizes by dimension; −1 is the last
   * @throws ValueError  for a dimension that the rank does not have
   */
  constructor(...given: Args<'layers.InputSpec', Taken>) {
    const [dtype, shape, ndim, maxNdim, minNdim, axes = {}] = INPUT_SPEC.take(given);
    this.dtype = dtype === undefined ? null : asDtype(dtype);
    if (shape !== undefined) checkList(shape, 'The shape of an input');
    this.shape = shape ?? null;
    this.ndim = shape ? shape.length : (ndim ?? null);
    this.maxNdim = maxNdim ?? null;
    this.minNdim = minNdim ?? null;
    if (!isPlain(axes)) throw new TypeError_(`axes must be a dict of sizes by dimension, not ${preview(axes)}.`);
    this.axes = axes;
    const places = Object.keys(axes).map(Number);
    if (!places.every(Number.isInteger)) throw new TypeError_('The keys in axes must be integers.');
    const most = this.ndim ?? this.maxNdim;
    const last = Math.max(...places);
    if (most !== null && last > most - 1)
      throw new ValueError(`Axis ${last} is greater than the maximum allowed value: ${most - 1}`);
  }
  /** As Python prints it. */
  toString(): string {
    const words = [
      this.dtype && `dtype=${this.dtype.name}`,
      this.shape && `shape=${listed(this.shape)}`,
      this.ndim && `ndim=${this.ndim}`,
      this.maxNdim && `max_ndim=${this.maxNdim}`,
      this.minNdim && `min_ndim=${this.minNdim}`,
      Object.keys(this.axes).length &&
        `axes={${Object.entries(this.axes)
          .map(([axis, size]) => `${axis}: ${size ?? 'None'}`)
          .join(', ')}}`,
    ];
    return `InputSpec(${words.filter(Boolean).join(', ')})`;
  }
}

const listed = (shape: readonly Dim[]): string => `[${shape.map((d) => d ?? 'None').join(', ')}]`;

/** @throws ValueError  in TensorFlow's words if an input does not fit */
export function checkInput(spec: InputSpec | null, x: Tensor, layer: string): void {
  if (!spec) return;
  const refuse = (text: string): never => {
    throw new ValueError(`Input 0 of layer ${layer} is incompatible with the layer: ${text}`);
  };
  const { dims } = x.shape;
  const { ndim, maxNdim, minNdim } = spec;
  const rank = dims?.length ?? null;
  if ((ndim ?? maxNdim ?? minNdim) !== null && rank === null)
    refuse(
      'its rank is undefined, but the layer requires a defined rank.' +
        '\n  fix: give the placeholder a shape, as [null, 784], or tf.reshape the tensor.',
    );
  const full = dims ? ` Full shape received: ${listed(dims)}` : '';
  if (ndim !== null && rank !== ndim)
    refuse(`expected ndim=${ndim}, found ndim=${rank}.${full}${rankCure(rank, ndim)}`);
  if (maxNdim !== null && rank !== null && rank > maxNdim) refuse(`expected max_ndim=${maxNdim}, found ndim=${rank}`);
  if (minNdim !== null && rank !== null && rank < minNdim)
    refuse(`: expected min_ndim=${minNdim}, found ndim=${rank}.${full}${rankCure(rank, minNdim)}`);
  if (spec.dtype && x.dtype.baseDtype !== spec.dtype)
    refuse(`expected dtype=${spec.dtype.name}, found dtype=${x.dtype.baseDtype.name}`);
  if (!dims) return;
  for (const [axis, size] of Object.entries(spec.axes)) {
    const at = Number(axis);
    const found = dims[at < 0 ? at + dims.length : at];
    if (size !== null && found !== size && found !== null)
      refuse(
        `expected axis ${axis} of input shape to have value ${size} but received input with shape ${listed(dims)}` +
          `\n  likely cause: the layer made its weights for its first input, of ${size}, and gets another.` +
          '\n  fix: a layer of its own for each width.',
      );
  }
  spec.shape?.forEach((d, i) => {
    if (d !== null && dims[i] !== null && d !== dims[i])
      throw new ValueError(
        `Input 0 is incompatible with layer ${layer}: expected shape=${listed(spec.shape!)}, ` +
          `found shape=${listed(dims)}`,
      );
  });
}
/** What pictures and rows are made of others by. */
function rankCure(rank: number | null, wanted: number): string {
  if (wanted === 4 && rank === 2)
    return '\n  fix: pictures are [batch, rows, columns, channels]: tf.reshape(x, [-1, 28, 28, 1]).';
  if (wanted === 4 && rank === 3) return '\n  fix: give the channels a dimension of their own: tf.expandDims(x, -1).';
  if (wanted === 2 && rank === 1) return '\n  fix: rows are [batch, features]: tf.reshape(x, [-1, 1]).';
  return '';
}
/** @throws ValueError  in TensorFlow's words for several tensors, as an LSTM's state has, where a layer takes one */
export function mustBeOne(inputs: unknown, layer: string): void {
  if (!Array.isArray(inputs)) return;
  const leaves = flatten(inputs);
  if (leaves.length < 2 || !leaves.some((leaf) => leaf instanceof Tensor)) return;
  throw new ValueError(
    `Layer ${layer} expects 1 inputs, but it received ${leaves.length} input tensors. Inputs received: ` +
      `[${leaves.map((leaf) => (leaf instanceof Tensor ? leaf.repr() : String(leaf))).join(', ')}]` +
      '\n  fix: one tensor: tf.concat([a, b], 1) puts several side by side; of an LSTM, state.h is its output.',
  );
}
