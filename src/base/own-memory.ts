/** Host data as a graph keeps them. */
import type { DType } from './dtype';
import { NDArray, elementsOf, madeArray } from './ndarray';
import { toNDArray } from './to-ndarray';

/** An array, as toNDArray makes it, in memory of its own: the caller cannot write to it later, or take it away. */
export function ownNDArray(value: unknown, dtype?: DType | null, shape?: readonly number[] | null): NDArray {
  const array = toNDArray(value, dtype, shape);
  const data = elementsOf(array);
  const isCallers = data === (value instanceof NDArray ? elementsOf(value) : value);
  return isCallers ? madeArray(array.dtype, array.shape, data.slice()) : array;
}
