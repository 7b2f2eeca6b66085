/** Windows that slide over images: what convolutions and poolings have in common. */
import type { Dim } from './shape';

const PADDINGS = ['SAME', 'VALID', 'EXPLICIT'] as const;
export type Padding = (typeof PADDINGS)[number];

/** What does not fit; its message is TensorFlow's. */
export class WindowError extends Error {}

/** @throws WindowError  if there is no padding of that name */
export function paddingOf(name: string): Padding {
  const found = PADDINGS.find((padding) => padding === name);
  if (!found) throw new WindowError(`No such padding: '${name}'`);
  return found;
}

/** A window along one dimension. */
export interface WindowSpec {
  readonly filter: Dim;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Padding;
  /** Zeros before and after, for EXPLICIT. */
  readonly explicit?: readonly [before: number, after: number];
}

/**
 * How many places a window takes, or null where a size is unknown.
 * VALID: ⌈(input − extent + 1) / stride⌉, SAME: ⌈input / stride⌉, where extent = (filter − 1)·dilation + 1.
 * @throws WindowError  if the window is larger than what it slides over
 */
export function windowPlaces(input: Dim, { filter, stride, dilation, padding, explicit = [0, 0] }: WindowSpec): Dim {
  if (stride <= 0) throw new WindowError(`Stride must be > 0, but got ${stride}`);
  if (dilation < 1) throw new WindowError(`Dilation rate must be >= 1, but got ${dilation}`);
  if (padding === 'SAME') return input === null ? null : Math.ceil(input / stride);
  if (input === null || filter === null) return null;
  const extent = (filter - 1) * dilation + 1;
  const [before, after] = padding === 'EXPLICIT' ? explicit : [0, 0];
  const room = input + before + after;
  if (room < extent) throw new WindowError(`Negative dimension size caused by subtracting ${extent} from ${room}`);
  return Math.floor((room - extent) / stride) + 1;
}

/** A window along one dimension whose sizes are known. */
export interface Window {
  readonly input: number;
  readonly filter: number;
  readonly stride: number;
  readonly dilation: number;
  /** How many places it takes. */
  readonly output: number;
  /** Zeros before and after the input. */
  readonly before: number;
  readonly after: number;
}
/** @throws WindowError  if the window is larger than its input by a stride or more */
export function settleWindow(input: number, filter: number, spec: Omit<WindowSpec, 'filter'>): Window {
  const { stride, dilation, padding, explicit = [0, 0] } = spec;
  const extent = (filter - 1) * dilation + 1;
  let [before, after] = padding === 'EXPLICIT' ? explicit : [0, 0];
  // Rounded towards 0, as C++ does: a window that is larger than its input by less than a stride has no place.
  const output =
    padding === 'SAME' ? Math.ceil(input / stride) : Math.trunc((input + before + after - extent + stride) / stride);
  if (output < 0)
    throw new WindowError(
      `Computed output size would be negative: ${output} [input_size: ${input}, effective_filter_size: ${extent}, ` +
        `stride: ${stride}]`,
    );
  if (padding === 'SAME') {
    const total = Math.max((output - 1) * stride + extent - input, 0);
    before = Math.floor(total / 2);
    after = total - before;
  }
  return { input, filter, stride, dilation, output, before, after };
}
