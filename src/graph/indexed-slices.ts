import { worded } from '../base/border';
import { TypeError_ } from '../base/errors';
import { TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import { OfValues } from './of-values';
import { Tensor } from './operation';

type Made = [values: Tensor, indices: Tensor, denseShape?: Tensor];
const INDEXED_SLICES = constructorOf<Made>('IndexedSlices');
function checkPart(name: string, part: unknown): void {
  if (part instanceof Tensor) return;
  throw new TypeError_(`The ${name} of IndexedSlices must be a Tensor, not ${worded(part)}.`);
}

/**
 * The sparse gradient of a gather: rows `values[i]` of a tensor of shape `denseShape`, at `indices[i]`.
 *
 *     const table = tf.constant([[1, 2], [3, 4]]);
 *     const [rows] = tf.gradients(tf.gather(table, [1]), [table]);
 *     rows.indices   // [1]
 */
export class IndexedSlices extends OfValues {
  /** The rows. */
  readonly values: Tensor;
  /** The place of each row. */
  readonly indices: Tensor;
  /** The shape of the whole, where it is known. */
  readonly denseShape: Tensor | null;
  /**
   * Puts rows and their places together.
   *
   * @param values      the rows
   * @param indices     int32 or int64, a place for each row
   * @param denseShape  the shape of the whole, where it is known
   */
  constructor(...given: Args<'IndexedSlices', Made>) {
    super();
    const [values, indices, denseShape = null] = INDEXED_SLICES.take(given);
    checkPart('values', values);
    checkPart('indices', indices);
    if (denseShape !== null) checkPart('denseShape', denseShape);
    [this.values, this.indices, this.denseShape] = [values, indices, denseShape];
  }
  /** The dense tensor's; how many rows it has is not known here. */
  get shape(): TensorShape {
    return this.values.shape.dims ? new TensorShape([null, ...this.values.shape.dims.slice(1)]) : this.values.shape;
  }
  /** What it is, as TensorFlow writes it. */
  override toString(): string {
    const denseShape = this.denseShape ? `, dense_shape=${this.denseShape}` : '';
    return `IndexedSlices(indices=${this.indices}, values=${this.values}${denseShape})`;
  }
}
