/** Windows of known sizes, for kernels: what does not fit is an error of the run. */
import { type Window, WindowError, settleWindow } from '../../base/window';
import { invalid } from '../kernel';

/** @throws InvalidArgument  in TensorFlow's words, for a size that its kernels do not count in 32 bits */
export function checkCounted(size: number, what: string): void {
  if (size >= 2 ** 31 - 1) invalid(`${what} too large`);
}
/** @throws InvalidArgument  in TensorFlow's words, if a window is larger than what it slides over */
export function windowAlong(...[input, filter, spec]: Parameters<typeof settleWindow>): Window {
  try {
    return settleWindow(input, filter, spec);
  } catch (error) {
    if (error instanceof WindowError) return invalid(error.message);
    throw error;
  }
}
