/**
 * Checkpoints whose tensors lie on a device that writes and reads them itself: nothing is copied. What a device is told
 * to read was checked, what it wrote is read before it gets its name, and where it fails the host does the same again,
 * and says what is wrong.
 */
import { type DType, string } from '../../base/dtype';
import { OpError } from '../../base/errors';
import type { Piece, TensorSource } from '../../format/checkpoint-source';
import { type Device, type DeviceKernel, KernelError, type KernelNode, type Run, Value } from '../kernel';

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
  if (placement === 'host' || !(device.checkpointKernel || device.room)) return new Map();
  const pieceOf = (name: string, i: number): Piece | null =>
    !specs[i] && source.find(name)?.dtype === dtypes[i] ? source.inOnePiece(name) : null;
  const pieces = tried(() => names.map(pieceOf)) ?? [];
  const large = pieces.flatMap((piece, at) =>
    piece && piece.size >= LARGE ? [{ at, name: names[at], dtype: dtypes[at], piece }] : [],
  );
  if (large.reduce((sum, { piece }) => sum + piece.size, 0) < WORTH) return new Map();
  const values = device.checkpointKernel ? byKernel(prefix, large, node, device) : intoRoom(large, device);
  return new Map(values?.flatMap((value, k) => (value ? [[large[k].at, value]] : [])));
}
interface Large {
  readonly name: string;
  readonly dtype: DType;
  readonly piece: Piece;
}
function byKernel(
  prefix: string,
  tensors: readonly Large[],
  node: KernelNode,
  device: Device,
): readonly Value[] | null {
  const outputTypes = tensors.map(({ dtype }) => dtype);
  const part: KernelNode = { ...node, attrs: { ...node.attrs, dtypes: outputTypes }, outputTypes };
  const kernel = device.checkpointKernel?.(part, [string, string, string]);
  const names = tensors.map(({ name }) => name);
  const inputs = [text(files().resolve(prefix)), vector(names), vector(names.map(() => ''))];
  return kernel ? tried(() => called(kernel, inputs, part)) : null;
}
/** Reads tensors to where the device has its own: no copy, and nothing for the collector. */
function intoRoom(tensors: readonly Large[], device: Device): readonly (Value | null)[] | null {
  const made: (Value | null)[] = [];
  const read = tried(() => {
    for (const { dtype, piece } of tensors) {
      const value = device.room?.(dtype, piece.shape) ?? null;
      made.push(value);
      const data = value && device.view?.(value);
      if (data) piece.read(data);
    }
    return made;
  });
  if (!read) for (const value of made) value?.release();
  return read;
}
