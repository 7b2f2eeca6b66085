import { int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { type Args, constructorOf } from '../calls/bind';
import { inScope } from './apply';
import { type TensorLike, constantValueAsShape, convertToTensor } from './constant';
import type { Tensor } from './graph';
import { OfValues } from './of-values';

type Made = [indices: TensorLike, values: TensorLike, denseShape: TensorLike];
const SPARSE_TENSOR = constructorOf<Made>('SparseTensor');
function checkRank(x: Tensor, rank: number): void {
  if (x.shape.rank !== null && x.shape.rank !== rank) throw new ValueError(`Shape ${x.shape} must have rank ${rank}`);
}
function checkSame(a: number | null, b: number | null): void {
  if (a !== null && b !== null && a !== b) throw new ValueError(`Dimensions ${a} and ${b} are not compatible`);
}

/**
 * A tensor most of whose elements are not there: `values[i]` stands at `indices[i]` of a tensor of shape `denseShape`.
 * What takes it says so; elsewhere tensors are wanted.
 *
 *     const labels = new tf.SparseTensor([[0, 1], [1, 0]], [7, 8], [2, 2]);
 *     sess.run(labels).values   // [7, 8]
 */
export class SparseTensor extends OfValues {
  /** Where the values are: int64, shape [values, rank]. */
  readonly indices: Tensor;
  /** The values: a vector. */
  readonly values: Tensor;
  /** The shape of the whole: an int64 vector. */
  readonly denseShape: Tensor;
  /**
   * Puts values and their places together.
   *
   * @param indices     int64, shape [values, rank]
   * @param values      a vector of any dtype
   * @param denseShape  the shape of the whole, int64
   * @throws ValueError  where their shapes are known and do not fit
   */
  constructor(...given: Args<'SparseTensor', Made>) {
    super();
    const [indices, values, denseShape] = SPARSE_TENSOR.take(given);
    [this.indices, this.values, this.denseShape] = inScope(null, 'SparseTensor', [indices, values, denseShape], () => [
      convertToTensor(indices, int64, 'indices'),
      convertToTensor(values, null, 'values'),
      convertToTensor(denseShape, int64, 'dense_shape'),
    ]);
    checkRank(this.indices, 2);
    checkRank(this.values, 1);
    checkRank(this.denseShape, 1);
    checkSame(this.indices.shape.at(0), this.values.shape.at(0));
    checkSame(this.indices.shape.at(1), this.denseShape.shape.at(0));
  }
  /** The shape of the whole, as far as it is known. */
  get shape(): TensorShape {
    return constantValueAsShape(this.denseShape) ?? TensorShape.unknown(this.denseShape.shape.at(0) ?? undefined);
  }
  /** What it is, as TensorFlow writes it. */
  override toString(): string {
    return `SparseTensor(indices=${this.indices}, values=${this.values}, dense_shape=${this.denseShape})`;
  }
}
