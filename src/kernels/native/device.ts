/** The native device: TensorFlow's own kernels, through the addon. No code per op: an op type and its attributes. */
import { asLongs, asNumbers, asOrdered, asTexts } from '../../base/elements';
import { bytesToText, textToBytes } from '../../base/bytes';
import { type DType, type Data, bool, float32, float64, int32, int64, resource, string, uint8 } from '../../base/dtype';
import { RuntimeError } from '../../base/errors';
import { ADDRESSES } from '../../base/room';
import { errorOf } from '../../base/thrown';
import { type DeviceKernel, KernelError, type KernelNode, type Value } from '../kernel';
import { hostKernel } from '../registry';
import { type Addon, type OpAttr, loadAddon } from './addon';
import { canBeSet, encodeAttr } from './attrs';
import { type NativeDevice, execute, idOf, typeAttr } from './call';
import { loadGraph, placeholder } from './graph-runner';
import { isOverTime, withTimeLimit } from './time-limit';
import { guarded, takes } from './guard';
import { withRoom } from '../room';
import { SIZES } from './sizes';
import { goesAsBits } from './in-bits';
import { forwardsInput } from './forwards-input';
import { type OneNodeGraphs, oneNodeKernel } from './one-node';
import { overrides } from './overrides';
import { REMOVED } from './removed';
import { nativeUpdate } from './update';

/** Dtypes that cross the border, as they are or (float64) by Bitcast; strings for as long as a call takes. */
const CROSSING: ReadonlySet<DType> = new Set([float32, int32, int64, bool, uint8, string, float64]);
/** A call through the addon, measured at 5 µs; up to 11 on older machines. */
const OVERHEAD = 5500;

/** @throws RuntimeError  if the addon cannot be had, with the places that were looked at */
export function openNative(): NativeDevice {
  let addon: Addon;
  try {
    addon = loadAddon();
  } catch (error) {
    throw new RuntimeError(errorOf(error).message);
  }
  const graphs: OneNodeGraphs = new Map();
  const device: NativeDevice = {
    kind: 'native',
    overhead: OVERHEAD,
    flushes: true,
    forwardsInput,
    addon,
    kernelFor: (node, inputTypes) => asking(kernelFor(device, graphs, node, inputTypes), node),
    updateFor: (node, states) => nativeUpdate(device, node, states),
    checkpointKernel: (node, inputTypes) =>
      [...inputTypes, ...node.outputTypes].every((t) => CROSSING.has(t))
        ? oneNodeKernel(device, graphs, node, inputTypes)
        : null,
    read(value) {
      const id = idOf(value);
      if (value.dtype === uint8)
        return (value.data = value.size > BYTES_AT_ONCE ? readManyBytes(device, value) : readBytes(addon, id));
      if (value.dtype !== float64) return (value.data = toHost(addon.tensorDataSync(id)));
      const [bits] = addon.executeOp(
        'Bitcast',
        [typeAttr(addon, 'T', float64), typeAttr(addon, 'type', int64)],
        [id],
        1,
      );
      const words = asLongs(toHost(addon.tensorDataSync(bits.id)));
      addon.deleteTensor(bits.id);
      return (value.data = new Float64Array(words.buffer, words.byteOffset, words.length));
    },
    upload(value) {
      if (value.handle !== null) return;
      value.home = device;
      value.handle = create(addon, value);
    },
    free(value) {
      addon.deleteTensor(idOf(value));
      value.handle = null;
    },
    reshape: (value, shape) => reshaped(addon, value, shape),
    takes: (node, inputTypes, look) =>
      [...inputTypes, ...node.outputTypes].every(
        (t) => t === resource || (CROSSING.has(t.baseDtype) && t.baseDtype !== string),
      ) &&
      // Inside nobody asks for room.
      !Object.hasOwn(SIZES, node.type) &&
      takes(node, look),
    compile: (nodes, { inputs, outputs }, timed = []) => {
      const names = inputs.map(({ name }) => `${name}:0`);
      const kernel = loadGraph(device, [...inputs.map(placeholder), ...withTimeLimit(nodes, timed)], names, outputs);
      return timed.length ? { ...kernel, isOverTime } : kernel;
    },
    tensorsAlive: () => addon.getNumOfTensors(),
  };
  return device;
}

/** The same memory under another shape. */
function reshaped(addon: Addon, value: Value, shape: readonly number[]): number {
  const sizes = addon.createTensor([shape.length], int32.number, Int32Array.from(shape));
  const attrs = [typeAttr(addon, 'T', value.dtype), typeAttr(addon, 'Tshape', int32)];
  const [out] = addon.executeOp('Reshape', attrs, [idOf(value), sizes], 1);
  addon.deleteTensor(sizes);
  return out.id;
}
/** The addon does not read this dtype: it is brought as int32. */
function readBytes(addon: Addon, id: number): Uint8Array {
  const [wide] = addon.executeOp('Cast', [typeAttr(addon, 'SrcT', uint8), typeAttr(addon, 'DstT', int32)], [id], 1);
  const words = asNumbers(toHost(addon.tensorDataSync(wide.id)));
  addon.deleteTensor(wide.id);
  return new Uint8Array(words);
}
/** How many of them at once: as int32 they take four times the memory, and that twice. */
const BYTES_AT_ONCE = 1 << 22;
/** The same of many, part by part. */
function readManyBytes(device: NativeDevice, value: Value): Uint8Array {
  const { addon } = device;
  const out = new Uint8Array(value.size);
  const flat = reshaped(addon, value, [value.size]);
  const attrs = [typeAttr(addon, 'T', uint8), typeAttr(addon, 'Index', int64)];
  const place = (at: number): number =>
    addon.createTensor([1], int64.number, new Int32Array(BigInt64Array.of(BigInt(at)).buffer));
  for (let at = 0; at < out.length; at += BYTES_AT_ONCE) {
    const [begin, size] = [place(at), place(Math.min(BYTES_AT_ONCE, out.length - at))];
    const [part] = addon.executeOp('Slice', attrs, [flat, begin, size], 1);
    out.set(readBytes(addon, part.id), at);
    for (const id of [begin, size, part.id]) addon.deleteTensor(id);
  }
  addon.deleteTensor(flat);
  return out;
}
function toHost(raw: ReturnType<Addon['tensorDataSync']>): Data {
  return Array.isArray(raw) ? raw.map(bytesToText) : raw;
}

function create(addon: Addon, value: Value): number {
  const { data, dtype, shape } = value;
  // Where it gets no memory for its copy, the addon ends the process.
  if (value.size * dtype.size > ADDRESSES)
    throw new KernelError('Unimplemented', `${value.size} elements of ${dtype.name} are left to the host`);
  // What is too short would be read beyond its end.
  if (data === null || data.length !== value.size)
    throw new KernelError(
      'Internal',
      `${value.size} elements of ${dtype.name} were to be handed over, not ${data?.length}`,
    );
  if (dtype === string) return addon.createTensor(shape, dtype.number, asTexts(data).map(textToBytes));
  if (dtype !== int64 && dtype !== float64) return addon.createTensor(shape, dtype.number, asNumbers(data));
  const wide = asOrdered(data);
  const id = addon.createTensor(shape, int64.number, new Int32Array(wide.buffer, wide.byteOffset, wide.length * 2));
  if (dtype === int64) return id;
  const [out] = addon.executeOp('Bitcast', [typeAttr(addon, 'T', int64), typeAttr(addon, 'type', float64)], [id], 1);
  addon.deleteTensor(id);
  return out.id;
}

/** A kernel of an op without a row, which asks for room where its result may be large. */
function asking(kernel: DeviceKernel | null, { type }: KernelNode): DeviceKernel | null {
  return kernel && Object.hasOwn(SIZES, type) ? withRoom(kernel, 'numbers', SIZES[type]) : kernel;
}
function kernelFor(
  device: NativeDevice,
  graphs: OneNodeGraphs,
  node: KernelNode,
  inputTypes: readonly DType[],
): DeviceKernel | null {
  const types = [...inputTypes, ...node.outputTypes];
  // What the host has no kernel for goes over as its bits where it does not cross as it is.
  const inBits = !types.every((t) => CROSSING.has(t));
  if (inBits && (hostKernel(node.type) || !types.every((t) => CROSSING.has(t) || goesAsBits(t)))) return null;
  // What keeps something without our knowledge would keep it in the addon, where no session could free or reset it, and
  // may wait there for ever.
  const keeps = node.def.isStateful || node.def.inputs.some(({ isRef }) => isRef);
  if (keeps && !hostKernel(node.type)) return null;
  const inGraph = (): DeviceKernel | null => oneNodeKernel(device, graphs, node, inputTypes);
  const alone = !inBits && !REMOVED.has(node.type);
  const kernel = (): DeviceKernel | null => (alone ? plainKernel(device, node) : null) ?? inGraph();
  const own = (): DeviceKernel | null => guarded(device, node, kernel, inGraph);
  const override = overrides[node.type]?.(device, node, own);
  if (override !== undefined) return override;
  if (!types.includes(string)) return own();
  // The host has its strings where they are to be read.
  return hostKernel(node.type) ? null : guarded(device, node, () => ofStrings(device, kernel()), inGraph);
}
/**
 * A kernel that takes or gives strings. The addon empties the strings of a tensor when it deletes that, also where
 * another tensor has the same memory: an input that was handed on, or a constant of TensorFlow's. So no tensor of
 * strings outlives the call that made it.
 */
function ofStrings(device: NativeDevice, kernel: DeviceKernel | null): DeviceKernel | null {
  if (!kernel) return null;
  const run: DeviceKernel = (inputs, node) => {
    let outputs: readonly Value[] = [];
    try {
      outputs = kernel(inputs, node);
      for (const value of outputs) if (value.dtype === string) value.read();
      return outputs;
    } finally {
      for (const value of [...inputs, ...outputs])
        if (value.dtype === string && value.handle !== null) device.free(value);
    }
  };
  return kernel.overhead === undefined ? run : Object.assign(run, { overhead: kernel.overhead });
}
/** TensorFlow's kernel as it is; null for a node with attributes that the addon cannot set. */
function plainKernel(device: NativeDevice, node: KernelNode): DeviceKernel | null {
  for (const { name, kind } of node.def.attrs) {
    const value = node.attrs[name];
    if (value !== undefined && !canBeSet(kind, value)) return null;
  }
  const count = node.outputTypes.length;
  const ids: number[] = [];
  let attrs: OpAttr[] | null = null;
  return (inputs) => {
    // Many kernels are never asked: the host does what is small.
    attrs ??= encodeAttrs(device.addon, node);
    ids.length = inputs.length;
    for (let i = 0; i < inputs.length; i++) {
      device.upload(inputs[i]);
      ids[i] = idOf(inputs[i]);
    }
    return execute(device, node.type, attrs, ids, count);
  };
}

/** The attributes as the addon takes them, where all can be set. */
function encodeAttrs(addon: Addon, node: KernelNode): OpAttr[] {
  return node.def.attrs.flatMap(({ name, kind }) => {
    const value = node.attrs[name];
    return value === undefined ? [] : (encodeAttr(addon, name, kind, value) ?? []);
  });
}
