/** What the table of differences asks for: kernels that are not used, or only behind a test, or as several nodes. */
import { type DeviceKernel, KernelError, type KernelNode, type Look, Value } from '../kernel';
import { hostKernel } from '../registry';
import type { OpAttr } from './addon';
import { encodeAttr } from './attrs';
import { type NativeDevice, execute, idOf, typeAttr } from './call';
import { differencesOf, partsOf } from './differences';
import { type Part, filled } from '../parts';

/** Whether a node may stand in a part that TensorFlow runs as a whole: what is known of its inputs must do. */
export function takes(node: Pick<KernelNode, 'type' | 'attrs' | 'outputTypes'>, look: Look): boolean {
  return differencesOf(node).every(
    ({ instead }) => instead !== 'host' && (typeof instead !== 'object' || instead.fits(look, node)),
  );
}

/**
 * The kernel of a node as the table wants it: null where the host does it, `kernel` where nothing is to be done,
 * `inGraph` where a graph gives it another one than a single op.
 */
export function guarded(
  device: NativeDevice,
  node: KernelNode,
  kernel: () => DeviceKernel | null,
  inGraph: () => DeviceKernel | null,
): DeviceKernel | null {
  const lines = differencesOf(node);
  if (!lines.length) return kernel();
  if (lines.some(({ instead }) => instead === 'host')) return null;
  const parts = partsOf(lines, node);
  const own = lines.some(({ instead }) => instead === 'graph') ? () => orHost(inGraph()) : kernel;
  const run = parts ? inParts(device, node, parts) : own();
  const tests = lines.flatMap(({ instead }) => (typeof instead === 'object' ? [instead.fits] : []));
  if (!run || !tests.length) return run;
  let at: readonly Value[] = [];
  const look: Look = { shape: (i) => at[i].shape, data: (i) => at[i].data ?? at[i].read() };
  const tested: DeviceKernel = (inputs, step) => {
    at = inputs;
    const fits = tests.every((test) => test(look, node));
    at = [];
    if (!fits) refuse(node.type);
    return run(inputs, step);
  };
  return run.overhead === undefined ? tested : Object.assign(tested, { overhead: run.overhead });
}
/** Operands over which the kernel is not used: the host's is, where there is one. */
function refuse(type: string): never {
  if (hostKernel(type)) throw new KernelError('Unimplemented', `such operands of '${type}' are left to the host`);
  throw new KernelError(
    'InvalidArgument',
    `${type} cannot have such operands: TensorFlow's kernel goes wrong over them`,
  );
}
/** What the kernel fails at is the host's: graphs fail where single ops do not, 2.x where 1.15 does not. */
export function orHost(kernel: DeviceKernel | null): DeviceKernel | null {
  if (!kernel) return null;
  const run: DeviceKernel = (inputs, step) => {
    try {
      return kernel(inputs, step);
    } catch (error) {
      throw error instanceof KernelError ? new KernelError('Unimplemented', error.message) : error;
    }
  };
  return Object.assign(run, { overhead: kernel.overhead });
}
/** Runs the parts one after the other. */
function inParts(device: NativeDevice, node: KernelNode, parts: readonly Part[]): DeviceKernel {
  const { addon } = device;
  const attrs = parts.map((part): OpAttr[] => [
    ...Object.entries(part.types).map(([name, dtype]) => typeAttr(addon, name, dtype)),
    ...Object.entries(part.ints ?? {}).map(([name, value]): OpAttr => ({ name, type: addon.TF_ATTR_INT, value })),
    ...(part.attrs ?? []).flatMap((name) => encodeAttr(addon, name, node.def.attr(name)!.kind, node.attrs[name]) ?? []),
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
          return idOf(value);
        });
        made.push(execute(device, part.op, attrs[i], ids, 1)[0]);
      });
      return [made.pop()!];
    } finally {
      for (const value of made) value.release();
    }
  };
}
