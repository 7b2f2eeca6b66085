/** One call through the addon. */
import { type DType, asDtype } from '../../base/dtype';
import { type Device, KernelError, Value } from '../kernel';
import type { Addon, OpAttr } from './addon';

export interface NativeDevice extends Device {
  readonly addon: Addon;
}

export function typeAttr(addon: Addon, name: string, dtype: DType): OpAttr {
  return { name, type: addon.TF_ATTR_TYPE, value: dtype.number };
}

/** Calls an op and wraps what comes back. */
export function execute(
  device: NativeDevice,
  type: string,
  attrs: readonly OpAttr[],
  ids: readonly number[],
  outputs: number,
): Value[] {
  let infos: ReturnType<Addon['executeOp']>;
  try {
    infos = device.addon.executeOp(type, attrs, ids, outputs);
  } catch (error) {
    throw translate(error as Error);
  }
  return infos.map((info) => Value.at(device, asDtype(info.dtype), info.shape, info.id));
}

const CODES: Readonly<Record<number, KernelError['code']>> = {
  1: 'Cancelled',
  3: 'InvalidArgument',
  5: 'NotFound',
  8: 'ResourceExhausted',
  9: 'FailedPrecondition',
  10: 'Aborted',
  11: 'OutOfRange',
  12: 'Unimplemented',
};
/** The addon's error as a kernel's: TensorFlow's sentence, without the eager runtime's frame around it. */
function translate(error: Error): KernelError {
  const [, code, text] = /Invalid TF_Status: (\d+)\s*Message: ([\s\S]*)/.exec(error.message) ?? [
    null,
    '13',
    error.message,
  ];
  const sentence = text
    .replace(/^\{\{function_node [^}]*\}\}\s*/, '')
    .replace(/\s*\[Op:\w+\](\s*name:.*)?\s*$/, '')
    .trim();
  return new KernelError(CODES[Number(code)] ?? 'Internal', sentence);
}
