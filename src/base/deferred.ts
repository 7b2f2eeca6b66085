/** An array whose elements are made when somebody asks for them. */
import type { DType, Data } from './dtype';
import { type NDArray, madeArray } from './ndarray';

export function deferredArray(dtype: DType, shape: readonly number[], make: () => Data): NDArray {
  const array = madeArray(dtype, shape, []);
  const has = { enumerable: true, configurable: true };
  const settle = (value: Data): Data => {
    Object.defineProperty(array, 'elements', { value, writable: true, ...has });
    return value;
  };
  return Object.defineProperty(array, 'elements', { get: () => settle(make()), set: settle, ...has });
}
