/** The kernel of a step, put together from what there is for its node: the host's, the device's, or the better one. */
import type { Data } from '../base/dtype';
import { WrongElements } from '../base/elements';
import {
  type DeviceKernel,
  type HostKernelRow,
  type HostTensor,
  type Kernel,
  KernelError,
  type KernelNode,
  hasMany,
  resultOf,
} from './kernel';
import { noKernel } from './kernel-error';
// From where it is made: a module that only hands it on would be asked at each value.
import { type Sized, Value } from './value';
import { VariableBuffer, VariableState, bufferOf } from './variable';

// --- on the host, on the device -------------------------------------------------------------------------------

type Hosted = Value & { readonly data: Data };

/** The host's kernel: what is on the device alone is brought from there. */
export function onHost(row: HostKernelRow, node: KernelNode): Kernel {
  return (inputs) => runOnHost(row, node, inputs);
}
/** Brings what is on the device alone. Handles and variants have no elements. */
function areHosted(values: readonly Value[]): values is readonly Hosted[] {
  for (let i = 0; i < values.length; i++) {
    if (values[i].data !== null) continue;
    if (values[i].home === null) return false;
    values[i].read();
  }
  return true;
}
function hosted(values: readonly Value[], node: KernelNode): readonly Hosted[] {
  if (areHosted(values)) return values;
  throw misread(node, values);
}
/** @throws KernelError  where the kernel is not made for such elements, which a newer client's graph may have */
function resultOnHost(
  row: HostKernelRow,
  node: KernelNode,
  inputs: readonly Value[],
): ReturnType<HostKernelRow['run']> {
  try {
    return row.run(hosted(inputs, node), node);
  } catch (error) {
    throw error instanceof WrongElements ? misread(node, inputs) : error;
  }
}
function misread({ type }: KernelNode, inputs: readonly Value[]): KernelError {
  const dtypes = inputs.map(({ dtype }) => dtype);
  return new KernelError('Unimplemented', noKernel(type, 'the host', dtypes));
}
export function runOnHost(row: HostKernelRow, node: KernelNode, inputs: readonly Value[]): readonly Value[] {
  const result = row.shapesOnly ? row.shapesOnly(inputs, node) : resultOnHost(row, node, inputs);
  const outputs = hasMany(result) ? result.map((tensor) => valueOf(tensor, inputs)) : [valueOf(result, inputs)];
  if (row.alias) outputs[0].fromDevice = inputs[0].fromDevice;
  return outputs;
}
function valueOf({ dtype, shape, data, shared }: HostTensor, inputs: readonly Value[]): Value {
  const out = new Value(dtype, shape, data);
  if (shared) out.shared = true;
  for (let i = 0; i < inputs.length; i++)
    if (inputs[i].data === data || (shared && sameBuffer(inputs[i].data, data))) inputs[i].shared = out.shared = true;
  return out;
}
/** Asked only where a kernel says that it shares: V8 keeps tiny arrays without a buffer; making one takes 0.3 µs. */
function sameBuffer(a: Data | null, b: Data): boolean {
  return ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && a.buffer === b.buffer;
}

/** The device's kernel behind a look at the shapes, and the host's where the device cannot. */
export function onDevice(kernel: DeviceKernel, node: KernelNode, row: HostKernelRow | null): Kernel {
  return (inputs) => runOnDevice(kernel, node, row, inputs);
}
export function runOnDevice(
  kernel: DeviceKernel,
  node: KernelNode,
  row: HostKernelRow | null,
  inputs: readonly Value[],
): readonly Value[] {
  if (row?.elements) for (const i of row.elements) if (inputs[i].data === null) inputs[i].read();
  if (row?.leftToHost?.(inputs, node)) return runOnHost(row, node, inputs);
  try {
    row?.check?.(inputs, node);
    const outputs = kernel(inputs, node);
    if (row?.alias) outputs[0].fromDevice = inputs[0].fromDevice;
    return outputs;
  } catch (error) {
    if (!row || !(error instanceof KernelError)) throw error;
    // Devices word some errors their own way: the host's kernel fails in TensorFlow 1.15's words, or does what the
    // device cannot.
    const outputs = runOnHost(row, node, inputs);
    if (error.code === 'Unimplemented' || error.code === 'NotFound') return outputs;
    throw error;
  }
}

// --- on the better one ----------------------------------------------------------------------------------------

/** Nanoseconds per element, measured on float32: what weighs the host against the device. */
const HOST_COST = 2;
const DEVICE_COST = 0.15;
/** Bringing a value to the host: a copy. Handing one to the device: a copy on wasm; seldom one on native. */
const TO_HOST = { fixed: 700, perElement: 0.35 };
const TO_DEVICE = { fixed: 700, perElement: 0.1 };

/**
 * Where an input comes from. 'host': it is fed; 'both': a constant or a variable, which is soon wherever it is wanted;
 * 'run': it is computed in this run, on the device or not.
 */
export type Origin = 'host' | 'both' | 'run';

/** What the host's arithmetic costs against the device's, by sizes alone: what the two round differently. */
export function belongsOnHost(
  { cost = HOST_COST }: HostKernelRow,
  node: KernelNode,
  inputs: readonly Sized[],
  overhead: number,
): boolean {
  let largest = 1;
  for (let i = 0; i < inputs.length; i++) if (inputs[i].size > largest) largest = inputs[i].size;
  return (typeof cost === 'number' ? largest * cost : cost(inputs, node)) <= overhead + largest * DEVICE_COST;
}
/** `either` for what host and device round differently: rewrites, and where steps before ran, do not count. */
export function bySize(row: HostKernelRow, kernel: DeviceKernel, node: KernelNode, overhead: number): Kernel {
  return (inputs) =>
    belongsOnHost(row, node, inputs, overhead) ? runOnHost(row, node, inputs) : runOnDevice(kernel, node, row, inputs);
}
/**
 * The host's kernel or the device's, whichever is cheaper: of an op whose bits are the same on both. That is a matter
 * of sizes and of where the steps before ran.
 */
export function either(
  row: HostKernelRow,
  kernel: DeviceKernel,
  node: KernelNode,
  overhead: number,
  origins: readonly Origin[],
): Kernel {
  if (row.alias)
    return (inputs) =>
      aliasIsCheaper(inputs, overhead) ? runOnHost(row, node, inputs) : runOnDevice(kernel, node, row, inputs);
  const { counts, isComputed } = weighed(origins);
  const { cost = HOST_COST, shapesOnly } = row;
  const few = typeof cost === 'number' ? overhead / cost : -1;
  // Weighs the arithmetic on the host against a trip to the device, with what must be moved for either.
  return (inputs) => {
    // Of scalars, which are many, all is known at once: the host takes less than the trip alone.
    if (areFew(inputs, few)) return runOnHost(row, node, inputs);
    let largest = 1;
    let toHost = 0;
    let toDevice = 0;
    for (let i = 0; i < inputs.length; i++) {
      const { size } = inputs[i];
      if (size > largest) largest = size;
      if (shapesOnly || !counts[i]) continue;
      if (isComputed[i] && inputs[i].fromDevice) toHost += TO_HOST.fixed + size * TO_HOST.perElement;
      else toDevice += TO_DEVICE.fixed + size * TO_DEVICE.perElement;
    }
    const work = typeof cost === 'number' ? largest * cost : cost(inputs, node);
    return work + toHost <= overhead + toDevice + largest * DEVICE_COST
      ? runOnHost(row, node, inputs)
      : runOnDevice(kernel, node, row, inputs);
  };
}
/** Whether none has more elements than these, and none was computed on the device. */
function areFew(inputs: readonly Value[], few: number): boolean {
  for (let i = 0; i < inputs.length; i++) if (inputs[i].fromDevice || inputs[i].size > few) return false;
  return true;
}
/** Which inputs cost something to move, and which may be on the device alone. */
interface Weighed {
  readonly counts: readonly boolean[];
  readonly isComputed: readonly boolean[];
}
/** Kernels of one or two inputs, which are most, share what is said of these: by the first, and by the second. */
const WEIGHED = new Map<Origin | undefined, Map<Origin | undefined, Weighed>>();
function weighed(origins: readonly Origin[]): Weighed {
  const [first, second, third] = origins;
  if (third) return weigh(origins);
  let known = WEIGHED.get(first);
  if (!known) WEIGHED.set(first, (known = new Map()));
  let made = known.get(second);
  if (!made) known.set(second, (made = weigh(origins)));
  return made;
}
function weigh(origins: readonly Origin[]): Weighed {
  return { counts: origins.map((o) => o !== 'both'), isComputed: origins.map((o) => o === 'run') };
}
/** Nothing is computed, so no bit hangs on where it is done: memory is handed on where it lies. */
function aliasIsCheaper(inputs: readonly Value[], overhead: number): boolean {
  let [toHost, toDevice] = [0, 0];
  for (const { data, handle, size } of inputs) {
    if (data === null) toHost += TO_HOST.fixed + size * TO_HOST.perElement;
    else if (handle === null) toDevice += TO_DEVICE.fixed + size * TO_DEVICE.perElement;
  }
  // The device's copy is not handed on from the host: it would have to be made again.
  return toHost + (inputs[0].handle === null ? 0 : inputs[0].size * TO_DEVICE.perElement) <= overhead + toDevice;
}

// --- views of variables ---------------------------------------------------------------------------------------

/** A view of the memory that a reference points at now; any other value as it is. With one reference for the caller. */
function viewOf(value: Value): Value {
  if (value.payload instanceof VariableState) {
    const buffer = bufferOf(value);
    return buffer.view(value.payload.dtype, buffer.shape);
  }
  return value.retain();
}
/** The kernel of an op that does nothing but hand its one input on. */
export const handOn: Kernel = (inputs) => [viewOf(inputs[0])];
/** A kernel that hands inputs on: of references it hands on views. */
export function handingOn(kernel: Kernel, handed: readonly boolean[]): Kernel {
  return (inputs, run) => {
    const given: Value[] = [];
    try {
      for (let i = 0; i < inputs.length; i++) given.push(handed[i] ? viewOf(inputs[i]) : inputs[i].retain());
      return kernel(given, run);
    } finally {
      for (const value of given) value.release();
    }
  };
}
/** The elements of what only gets another shape: nobody looks at them. */
const UNREAD: Data = [];
/** A kernel that gives input 0 another shape, or looks at it and gives it back: of a reference it makes a view. */
export function viewing(row: HostKernelRow, node: KernelNode, isSame: boolean): Kernel {
  return (inputs) => {
    const [x, ...others] = inputs;
    if (x.payload === null) return runOnHost(row, node, inputs);
    const buffer = bufferOf(x);
    const shape = x.payload instanceof VariableBuffer ? x.shape : buffer.shape;
    if (isSame) return [buffer.view(x.dtype.baseDtype, shape)];
    const now = row.alias ? new Value(x.dtype.baseDtype, shape, UNREAD) : buffer.readAs(shape);
    try {
      const made = row.run(hosted([now, ...others], node), node);
      return [buffer.view(x.dtype.baseDtype, resultOf(made).shape)];
    } finally {
      now.release();
    }
  };
}
