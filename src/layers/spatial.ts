/** What layers of lines, pictures and volumes take, in Python's order. */
import type { DTypeLike } from '../base/dtype';
import type { ClassTaken, WeightsTaken } from './arguments';

/** One number for all dimensions of space, or one for each. */
export type Size = number | readonly number[];
/** What a convolution is made with. */
export type Convolved<S> = [
  filters: number,
  kernelSize: S,
  strides?: S,
  padding?: 'same' | 'valid' | 'SAME' | 'VALID',
  dataFormat?: string,
  dilationRate?: S,
  ...WeightsTaken,
  ...ClassTaken,
];
/** What its transpose is. */
export type Transposed = [
  filters: number,
  kernelSize: Size,
  strides?: Size,
  padding?: 'same' | 'valid' | 'SAME' | 'VALID',
  dataFormat?: string,
  ...WeightsTaken,
  ...ClassTaken,
];
/** What a pool is. */
export type PoolTaken = [
  poolSize: Size,
  strides: Size,
  padding?: 'same' | 'valid' | 'SAME' | 'VALID',
  dataFormat?: string,
  name?: string,
  dtype?: DTypeLike,
];
