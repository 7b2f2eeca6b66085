/** The ops that the addon cannot run as they stand. Training ops, which change variables, are in update.ts. */
import type { DType } from '../../base/dtype';
import type { DeviceKernel, KernelNode } from '../kernel';
import { type NativeDevice, execute, typeAttr } from './call';

/** The kernel to use instead; null where the host must do it, undefined where nothing is special after all. */
type Override = (device: NativeDevice, node: KernelNode) => DeviceKernel | null | undefined;

export const overrides: Readonly<Record<string, Override>> = {
  // TensorFlow rewrites it when it places a graph; as a single op it has no kernel.
  AccumulateNV2: (device, node) => {
    const { addon, upload } = device;
    const attrs = [
      typeAttr(addon, 'T', node.attrs['T'] as DType),
      { name: 'N', type: addon.TF_ATTR_INT, value: node.attrs['N'] as number },
    ];
    return (inputs) => {
      inputs.forEach(upload);
      return execute(
        device,
        'AddN',
        attrs,
        inputs.map((x) => x.handle as number),
        1,
      );
    };
  },
};
