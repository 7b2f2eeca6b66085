/** Sizes before memory is asked for: what cannot be had is refused in TensorFlow's words. */
import { InvalidArgumentError, ResourceExhaustedError } from './errors';
import { memory } from './platform';
import { cShape } from './shape';

/** Elements up to this many need no question. */
export const FEW = 1 << 24;
export function isFew(length: number): boolean {
  return length >= 0 && length <= FEW;
}
/** What V8 can number in one array. */
const MOST = 2 ** 32 - 1;

/** Number of elements. @throws InvalidArgumentError  where 64 bits do not hold it */
export function checkedSize(shape: readonly number[]): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i];
  if (n >= 2 ** 63)
    throw new InvalidArgumentError(null, `Shape ${cShape(shape)} would have more than 2**63 - 1 elements`);
  return n;
}

/**
 * The share of the memory that one tensor may take: it may lie on the host and on the device, and whoever fetches it
 * has it once more, beside what it was made of.
 */
const SHARE = 1 / 4;
/**
 * Asks for the memory of so many elements.
 *
 * @param bytes  of an element
 * @param shape  theirs, where it is known, for the message
 * @throws ResourceExhaustedError  where that is more than its share of what the process may have; InvalidArgumentError
 * for no size at all
 */
export function claim(length: number, bytes: number, type: string, shape: readonly number[] = [length]): void {
  if (isFew(length)) return;
  if (shape.some((d) => d < 0) || !(length >= 0))
    throw new InvalidArgumentError(null, `Dimension ${shape.find((d) => !(d >= 0)) ?? length} must be >= 0`);
  checkedSize(shape);
  if (length > MOST || length * bytes > memory() * SHARE) throw exhausted(type, shape);
}
/** TensorFlow's sentence, and how much it was. */
export function exhausted(type: string, shape: readonly number[]): ResourceExhaustedError {
  return new ResourceExhaustedError(
    null,
    `OOM when allocating tensor with shape${cShape(shape)} and type ${type} on ` +
      '/job:localhost/replica:0/task:0/device:CPU:0 by allocator cpu',
  );
}
