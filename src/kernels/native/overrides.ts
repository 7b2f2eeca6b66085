/** The short list of ops that the addon cannot run as they stand. */
import { float32 } from '../../base/dtype';
import type { DeviceKernel, KernelNode } from '../kernel';
import { type NativeDevice, execute, typeAttr } from './call';

export const overrides: Readonly<Record<string, (device: NativeDevice, node: KernelNode) => DeviceKernel>> = {
  // var - alpha * delta. The reference form cannot run eagerly.
  ApplyGradientDescent: ({ addon, upload, free }) => {
    const T = [typeAttr(addon, 'T', float32)];
    return ([variable, alpha, delta]) => {
      [variable, alpha, delta].forEach(upload);
      const [step] = execute(addon, 'Mul', T, [alpha.handle as number, delta.handle as number], 1);
      const out = execute(addon, 'Sub', T, [variable.handle as number, step.handle as number], 1);
      free(step);
      return out;
    };
  },
};
