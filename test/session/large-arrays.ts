/** Large arrays, and how many of them a run hands to the device. */
import * as tf from '../../src';
import type { Device } from '../../src/kernels/kernel';
import type { NativeDevice } from '../../src/kernels/native/call';

/** Rows and columns of a large array. */
export const N = 200;
/** Large arrays that a run hands to TensorFlow: the native device may compute in the very memory of one. */
export function handedOver(device: Device, body: () => void): number {
  const { addon } = device as NativeDevice;
  const createTensor = addon.createTensor.bind(addon);
  let large = 0;
  Object.defineProperty(addon, 'createTensor', {
    configurable: true,
    value: (...args: Parameters<typeof createTensor>) => {
      if (args[2].length >= N * N) large++;
      return createTensor(...args);
    },
  });
  try {
    body();
  } finally {
    delete (addon as Partial<typeof addon>).createTensor;
  }
  return large;
}
export const filled = (value: number): tf.NDArray =>
  new tf.NDArray(tf.float32, [N, N], new Float32Array(N * N).fill(value));
export const first = (result: unknown): number => (result as tf.NDArray).item() as number;
