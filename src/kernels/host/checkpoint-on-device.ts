/**
 * Checkpoints whose tensors lie on a device that writes and reads them itself: nothing is copied. What a device is told
 * to read was checked, what it wrote is read before it gets its name, and where it fails the host does the same again,
 * and says what is wrong.
 */
import { type DType, string } from '../../base/dtype';
import { OpError } from '../../base/errors';
import type { TensorSource } from '../../format/checkpoint-source';
import { type DeviceKernel, KernelError, type KernelNode, type Run, Value } from '../kernel';

const formats = () => require('../../format/checkpoint') as typeof import('../../format/checkpoint');
const files = () => require('../../format/files') as typeof import('../../format/files');

/** Bytes for which it is worth a graph for the one node, which takes 8 ms to load when it is new. */
const WORTH = 1 << 24;
/** Bytes of a tensor for which it is. */
const LARGE = 1 << 16;
/** What lies on the host alone is copied to the device: a small part of it all. */
const MOST_ON_HOST = 0.25;

const bytesOf = ({ dtype, size }: Value): number => size * dtype.size;
const total = (values: readonly Value[]): number => values.reduce((sum, value) => sum + bytesOf(value), 0);

/** What a body gives; null where a device or a file failed. */
function tried<T>(body: () => T): T | null {
  try {
    return body();
  } catch (error) {
    if (error instanceof KernelError || error instanceof OpError) return null;
    throw error;
  }
}
/** Calls a device's kernel and takes away what was brought to the device for it alone. */
function called(kernel: DeviceKernel, inputs: readonly Value[], node: KernelNode): readonly Value[] {
  const brought = inputs.filter(({ handle }) => handle === null);
  try {
    return kernel(inputs, node);
  } finally {
    for (const value of new Set(brought)) if (value.handle !== null) value.home?.free(value);
  }
}
const text = (text: string): Value => new Value(string, [], [text]);
const vector = (texts: string[]): Value => new Value(string, [texts.length], texts);

/**
 * Lets the device write a checkpoint of version 2.
 *
 * @param inputs  names, specifications and tensors
 * @returns       whether it did
 */
export function saveFromDevice(prefix: string, inputs: readonly Value[], node: KernelNode, { device }: Run): boolean {
  const [there, here] = [true, false].map((is) =>
    inputs.filter((value) => (value.home === device && value.handle !== null) === is),
  );
  const size = total(there);
  if (!device.checkpointKernel || size < WORTH || total(here) > size * MOST_ON_HOST) return false;
  const kernel = device.checkpointKernel(node, [string, ...inputs.map(({ dtype }) => dtype.baseDtype)]);
  if (!kernel) return false;
  return (
    tried(() => {
      formats().adoptV2(prefix, (aside) => called(kernel, [text(files().resolve(aside)), ...inputs], node));
      return true;
    }) ?? false
  );
}

/** What RestoreV2 is asked for. */
export interface Wanted {
  readonly names: readonly string[];
  readonly specs: readonly string[];
  readonly dtypes: readonly DType[];
}
/**
 * The large tensors of a checkpoint of version 2, read by the device.
 *
 * @returns  by their places among the names; none where the host is to read them all
 */
export function restoredOnDevice(
  prefix: string,
  source: TensorSource,
  { names, specs, dtypes }: Wanted,
  node: KernelNode,
  { device, placement }: Run,
): ReadonlyMap<number, Value> {
  const sizeOf = (name: string, i: number): number =>
    !specs[i] && source.find(name)?.dtype === dtypes[i] ? (source.sizeInFile(name) ?? 0) : 0;
  const sizes = device.checkpointKernel && placement !== 'host' ? tried(() => names.map(sizeOf)) : null;
  const large = sizes?.flatMap((size, i) => (size >= LARGE ? [i] : [])) ?? [];
  if (!sizes || large.reduce((sum, i) => sum + sizes[i], 0) < WORTH) return new Map();
  const outputTypes = large.map((i) => dtypes[i]);
  const part: KernelNode = { ...node, attrs: { ...node.attrs, dtypes: outputTypes }, outputTypes };
  const kernel = device.checkpointKernel?.(part, [string, string, string]);
  const inputs = [text(files().resolve(prefix)), vector(large.map((i) => names[i])), vector(large.map(() => ''))];
  const values = kernel && tried(() => called(kernel, inputs, part));
  return new Map(values?.map((value, k) => [large[k], value]));
}
