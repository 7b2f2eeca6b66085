/** The ops that the addon cannot run as they stand. Training ops, which change variables, are in update.ts. */
import { type DeviceKernel, type KernelNode, attr } from '../kernel';
import { type NativeDevice, execute, idOf, typeAttr } from './call';

/** The kernel to use instead; null where the host must do it, undefined where nothing is special after all. */
type Override = (device: NativeDevice, node: KernelNode) => DeviceKernel | null | undefined;

export const overrides: Readonly<Record<string, Override>> = {
  // TensorFlow rewrites it when it places a graph; as a single op it has no kernel.
  AccumulateNV2: (device, node) => {
    const { addon, upload } = device;
    const attrs = [
      typeAttr(addon, 'T', attr(node, 'T', 'type')),
      { name: 'N', type: addon.TF_ATTR_INT, value: attr(node, 'N') },
    ];
    return (inputs) => {
      inputs.forEach(upload);
      return execute(device, 'AddN', attrs, inputs.map(idOf), 1);
    };
  },
};
