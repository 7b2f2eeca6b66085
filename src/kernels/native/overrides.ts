/** The ops that the addon cannot run as they stand. Training ops, which change variables, are in update.ts. */
import { type DeviceKernel, type KernelNode, attr } from '../kernel';
import { type NativeDevice, execute, idOf, typeAttr } from './call';
import { orHost } from './guard';

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

/** Of places outside of a sparse tensor's shape, or in no order: 2.x refuses some that 1.15 takes. */
const OF_PLACES =
  'SparseReorder SparseSlice SparseSliceGrad SparseSplit SparseFillEmptyRows SparseFillEmptyRowsGrad ' +
  'SparseReduceSum SparseReduceSumSparse SparseSoftmax SparseAdd SparseAddGrad SparseDenseCwiseAdd ' +
  'SparseDenseCwiseMul SparseDenseCwiseDiv';
const leftToHost: Override = (_, __, own) => orHost(own());

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
  ...Object.fromEntries(OF_PLACES.split(' ').map((type) => [type, leftToHost])),
};
