/** What may stand where a tensor is expected, as types; constant.ts converts it. */
import type { Dimension } from '../base/dimension';
import type { TypedArray } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { TensorShape } from '../base/shape';
import type { ScalarTensor } from './fetched';
import type { IndexedSlices } from './indexed-slices';
import type { Tensor } from './operation';

/** Objects that stand for a tensor in a graph: a Variable reads itself. */
export interface Convertible {
  /**
   * The tensor that it stands for.
   *
   * @param asRef  whether as a reference, where there is one
   */
  asTensor(asRef?: boolean): Tensor;
  /** A node of its graph and dtype, of what cannot be had as a reference. */
  sample?(): Tensor;
}
/** A tensor, or what stands for one whatever its elements are. */
export type Whole = Tensor | IndexedSlices | Convertible | TypedArray | NDArray | TensorShape;
export type Lists<E> = E | Whole | readonly Lists<E>[];
/**
 * What stands where a tensor is expected: a tensor, a variable, or data, which become a constant. Data are of one kind:
 * numbers, truth values or strings.
 */
export type TensorLike = NotText | Text;
/** The same without text. */
export type NotText = Numeric | Lists<boolean>;
/** Numbers alone. */
export type Numeric = Lists<number | bigint | Dimension>;
/** The same of text. */
export type Text = Lists<string>;
/** The same and lists of them, of which the run says whether they go together. */
export type Convertibles = TensorLike | readonly Convertibles[];
/** A number, or a tensor of rank 0. */
export type ScalarLike = number | ScalarTensor;
