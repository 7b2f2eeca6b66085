/** Host data as a graph keeps them. */
import type { DType } from './dtype';
import { NDArray, elementsOf, madeArray } from './ndarray';
import { toNDArray } from './to-ndarray';
import { isTypedArray, plainArray } from './typed-array';

/** An array, as toNDArray makes it, in memory of its own: the caller cannot write to it later, or take it away. */
export function ownNDArray(value: unknown, dtype?: DType | null, shape?: readonly number[] | null): NDArray {
  const given = isTypedArray(value) ? plainArray(value) : value;
  const array = toNDArray(given, dtype, shape);
  const data = elementsOf(array);
  const isCallers = data === (given instanceof NDArray ? elementsOf(given) : given);
  return isCallers ? madeArray(array.dtype, array.shape, data.slice()) : array;
}
