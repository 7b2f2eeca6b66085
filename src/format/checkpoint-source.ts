/** What a checkpoint is to those who read it, whichever version it has. */
import type { DType, TypedArray } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { Part } from './tensor-slice';

export interface SavedTensor {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}
export interface Piece {
  /** Bytes. */
  readonly size: number;
  readonly shape: readonly number[];
  /**
   * Reads the elements into an array of just that size.
   *
   * @throws DataLossError  where they are damaged
   */
  read(into: TypedArray): void;
}
export interface TensorSource {
  tensors(): SavedTensor[];
  /** What is saved under a name; null for nothing. */
  find(name: string): SavedTensor | null;
  /** @throws NotFoundError  for no such tensor, DataLossError where it is damaged */
  read(name: string): NDArray;
  /** The same of a part of it. */
  readSlice(name: string, part: Part): NDArray;
  /** A tensor that lies in one piece in the file, when all is checked but its elements; null for others. */
  inOnePiece(name: string): Piece | null;
  close(): void;
}
