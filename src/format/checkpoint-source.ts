/** What a checkpoint is to those who read it, whichever version it has. */
import type { DType } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { Part } from './tensor-slice';

export interface SavedTensor {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
}
export interface TensorSource {
  tensors(): SavedTensor[];
  /** What is saved under a name; null for nothing. */
  find(name: string): SavedTensor | null;
  /** @throws NotFoundError  for no such tensor, DataLossError where it is damaged */
  read(name: string): NDArray;
  /** The same of a part of it. */
  readSlice(name: string, part: Part): NDArray;
  /**
   * The bytes of a tensor that lies in one piece in the file, after all that can be checked without its elements; null
   * for any other.
   */
  sizeInFile(name: string): number | null;
  close(): void;
}
