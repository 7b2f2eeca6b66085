/** What the table of differences asks for: kernels that are not used, or only behind a test, or as several nodes. */
import { type DType, type Data, zerosOf } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import type { AttrBytes, NodeBytes } from '../../format/graphdef';
import type { AttrValue } from '../../graph/opdef';
import { type DeviceKernel, KernelError, type KernelNode, type Look, Value } from '../kernel';
import type { OpAttr } from './addon';
import { type NativeDevice, execute, typeAttr } from './call';
import { type Difference, type Part, differencesOf } from './differences';

/** Whether a node may stand in a part that TensorFlow runs as a whole: what is known of its inputs must do. */
export function takes(node: Pick<KernelNode, 'type' | 'attrs' | 'outputTypes'>, look: Look): boolean {
  return differencesOf(node).every(
    ({ instead }) => instead !== 'host' && (typeof instead === 'function' || instead.fits(look)),
  );
}

/** The kernel of a node as the table wants it: null where the host does it, `kernel` where nothing is to be done. */
export function guarded(
  device: NativeDevice,
  node: KernelNode,
  kernel: () => DeviceKernel | null,
): DeviceKernel | null {
  const lines = differencesOf(node);
  if (lines.some(({ instead }) => instead === 'host')) return null;
  const parts = partsOf(lines, node);
  const run = parts ? inParts(device, node, parts) : kernel();
  const tests = lines.flatMap(({ instead }) => (typeof instead === 'object' ? [instead.fits] : []));
  if (!run || !tests.length) return run;
  let at: readonly Value[] = [];
  const look: Look = { shape: (i) => at[i].shape, data: (i) => at[i].data ?? at[i].read() };
  return (inputs, step) => {
    at = inputs;
    const fits = tests.every((test) => test(look));
    at = [];
    if (!fits) throw new KernelError('Unimplemented', `such operands of '${node.type}' are left to the host`);
    return run(inputs, step);
  };
}
function partsOf(lines: readonly Difference[], node: KernelNode): readonly Part[] | null {
  for (const { instead } of lines) if (typeof instead === 'function') return instead(node);
  return null;
}

/** Runs the parts one after the other. */
function inParts(device: NativeDevice, node: KernelNode, parts: readonly Part[]): DeviceKernel {
  const { addon } = device;
  const attrs = parts.map((part): OpAttr[] => [
    ...Object.entries(part.types).map(([name, dtype]) => typeAttr(addon, name, dtype)),
    ...(part.attrs ?? []).map((name) => ({ name, type: addon.TF_ATTR_BOOL, value: node.attrs[name] as boolean })),
  ]);
  return (inputs) => {
    const made: Value[] = [];
    try {
      parts.forEach((part, i) => {
        if (part.value !== undefined) {
          const { dtype } = part.types;
          made.push(new Value(dtype, [], filled(dtype, part.value)));
          return;
        }
        const ids = part.inputs.map((from) => {
          const value = typeof from === 'number' ? inputs[from] : made[from.part];
          device.upload(value);
          return value.handle as number;
        });
        made.push(execute(device, part.op, attrs[i], ids, 1)[0]);
      });
      return [made.pop()!];
    } finally {
      for (const value of made) value.release();
    }
  };
}
/** One float. */
function filled(dtype: DType, value: number): Data {
  const data = zerosOf(dtype, 1);
  if (data instanceof Float32Array || data instanceof Float64Array) data[0] = value;
  return data;
}

/** The nodes of a graph, with the parts in the place of what they stand for: the last of them bears its name. */
export function expanded(nodes: readonly NodeBytes[]): NodeBytes[] {
  return nodes.flatMap((written) => {
    const node = {
      type: written.op,
      name: written.name,
      attrs: Object.fromEntries(Object.entries(written.attr).map(([name, { value }]) => [name, value as AttrValue])),
      outputTypes: [],
    };
    const parts = partsOf(differencesOf(node), node);
    if (!parts) return [written];
    const nameOf = (i: number): string => (i === parts.length - 1 ? written.name : `${written.name}_${i}`);
    return parts.map((part, i): NodeBytes => {
      const attr: Record<string, AttrBytes> = {};
      for (const [name, value] of Object.entries(part.types)) attr[name] = { kind: 'type', value };
      for (const name of part.attrs ?? []) attr[name] = written.attr[name];
      const { dtype } = part.types;
      if (part.value !== undefined)
        attr['value'] = { kind: 'tensor', value: new NDArray(dtype, [], filled(dtype, part.value)) };
      const input = part.inputs.map((from) => (typeof from === 'number' ? written.input[from] : nameOf(from.part)));
      return { name: nameOf(i), op: part.op, input, attr };
    });
  });
}
