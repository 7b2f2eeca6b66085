/** Constants, on the host. An unfed placeholder ends up here. */
import { TensorShape } from '../../base/shape';
import { NDArray } from '../../base/ndarray';
import { type HostTable, KernelError, attr, hostZeros, numbers, registerHostKernels } from '../kernel';
import type { DType } from '../../base/dtype';

export const CONSTANT_KERNELS: HostTable = {
  Const: { only: true, once: true, run: (_, node) => { const { dtype, shape, data } = attr<NDArray>(node, 'value'); return { dtype, shape, data, shared: true }; } },
  Placeholder: {
    only: true,
    run: (_, node) => {
      const shape = attr<TensorShape>(node, 'shape');
      const said = shape.rank ? ` and shape ${shape.toCString()}` : '';
      throw new KernelError('InvalidArgument', `You must feed a value for placeholder tensor '${node.name}' with dtype ${attr<DType>(node, 'dtype').cName}${said}`);
    },
  },
  Fill: ([dims, value]) => {
    const out = hostZeros(value.dtype, numbers(dims));
    (out.data as Float32Array).fill((value.data as Float32Array)[0]);
    return out;
  },
};
registerHostKernels(CONSTANT_KERNELS);
