/** One call through the addon. */
import { type DType, asDtype } from '../../base/dtype';
import { errorOf } from '../../base/thrown';
import { type Device, KernelError, Value } from '../kernel';
import type { Addon, OpAttr } from './addon';

export interface NativeDevice extends Device {
  readonly addon: Addon;
}

export function typeAttr(addon: Addon, name: string, dtype: DType): OpAttr {
  return { name, type: addon.TF_ATTR_TYPE, value: dtype.number };
}

/** The addon's number for a value that lies there. */
export function idOf({ handle }: Value): number {
  if (typeof handle !== 'number') throw new KernelError('Internal', 'a value that is not on the native device');
  return handle;
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
    throw translate(errorOf(error));
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
/** The addon's error as a kernel's: TensorFlow's sentence, without the frame that the runtime puts around it. */
export function translate(error: Error): KernelError {
  const ofOp = /Invalid TF_Status: (\d+)\s*Message: ([\s\S]*)/.exec(error.message);
  // A session's error comes without its code. What a kernel refuses are its arguments.
  const ofSession = /^Session fail to run with error: ([\s\S]*)/.exec(error.message);
  const text = ofOp?.[2] ?? ofSession?.[1] ?? error.message;
  const code = ofOp
    ? CODES[Number(ofOp[1])]
    : ofSession
      ? /^OOM/.test(text)
        ? 'ResourceExhausted'
        : 'InvalidArgument'
      : null;
  const sentence = text
    .replace(/^\{\{function_node [^}]*\}\}\s*/, '')
    .replace(/\s*\[Op:\w+\](\s*name:.*)?\s*$/, '')
    .replace(/\s*\[\[\{\{node [^}]*\}\}[\s\S]*$/, '')
    .trim();
  return new KernelError(code ?? 'Internal', sentence);
}
