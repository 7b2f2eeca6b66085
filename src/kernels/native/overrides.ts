/** The ops that the addon cannot run as they stand. Training ops, which change variables, are in update.ts. */
import { asNumbers } from '../../base/elements';
import { type DeviceKernel, type KernelNode, Value, attr } from '../kernel';
import { type NativeDevice, execute, idOf, typeAttr } from './call';

/**
 * The kernel to use instead; null where the host must do it, undefined where nothing is special after all.
 *
 * @param own  gives TensorFlow's kernel, null where there is none
 */
type Override = (
  device: NativeDevice,
  node: KernelNode,
  own: () => DeviceKernel | null,
) => DeviceKernel | null | undefined;

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
  // 1.15 transposes a complex sparse matrix there, and leaves the conjugate away.
  SparseTensorDenseMatMul: (_, node, own) => {
    if (!attr(node, 'adjoint_a', 'bool') || !node.outputTypes[0].isComplex) return undefined;
    const kernel = own();
    if (!kernel) return null;
    return ([indices, values, ...rest], node) => {
      const other = conjugated(values);
      try {
        return kernel([indices, other, ...rest], node);
      } finally {
        other.release();
      }
    };
  },
};
function conjugated(value: Value): Value {
  const data = asNumbers(value.read()).slice();
  for (let i = 1; i < data.length; i += 2) data[i] = -data[i];
  return new Value(value.dtype, value.shape, data);
}
