/** What is said of a gradient in numbers. */
import { floatsIn } from '../advice/nonfinite';
import type { NDArray } from '../base/ndarray';

export interface Figures {
  readonly shape: readonly number[];
  readonly norm: number;
  readonly max: number;
  readonly zeros: number;
}
export function figuresOf(array: NDArray): Figures {
  const data = floatsIn(array.data, array);
  let [sum, max, zeros] = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const v = Math.abs(data[i]);
    sum += v * v;
    if (!(v <= max)) max = v;
    if (v === 0) zeros++;
  }
  return { shape: array.shape, norm: Math.sqrt(sum), max, zeros: data.length ? zeros / data.length : 0 };
}
