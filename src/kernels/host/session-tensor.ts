/** Tensors that stay in the session: see session-tensors.ts. */
import { string } from '../../base/dtype';
import { KernelError, type StatefulTable, Value, attr, invalid } from '../kernel';
import { own } from './variable-value';

export const SESSION_TENSOR_KERNELS: StatefulTable = {
  GetSessionHandle: ([value], node, { tensors }) => [new Value(string, [], [tensors.add(node.name, own(value))])],
  GetSessionTensor([handle], node, { tensors }) {
    const value = tensors.get(handleIn(handle));
    const dtype = attr(node, 'dtype');
    if (value.dtype !== dtype)
      throw new KernelError(
        'Internal',
        `Output 0 of type ${value.dtype.cName} does not match declared output type ${dtype.cName} for node ` +
          `{{node ${node.name}}}`,
        `the tensor was kept as ${value.dtype.cName}: tf.getSessionTensor(handle, tf.${value.dtype.name}).`,
      );
    return [value.retain()];
  },
  DeleteSessionTensor([handle], _, { tensors }) {
    tensors.delete(handleIn(handle));
    return [];
  },
};
function handleIn(value: Value): string {
  if (value.size !== 1) invalid('a handle of a tensor should be a scalar.');
  return String(value.read()[0]);
}
