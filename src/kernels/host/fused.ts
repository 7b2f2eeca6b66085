/** A product or a convolution, then a bias, then perhaps an activation, as one op. */
import { asNumbers } from '../../base/elements';
import { cShape } from '../../base/shape';
import {
  type HostKernelRow,
  type HostTable,
  KernelError,
  type KernelNode,
  attr,
  host,
  invalid,
  resultOf,
} from '../kernel';
import { hostKernel, rowIn } from '../registry';
import { withShortFloats } from './operands';
import { MATMUL_KERNELS } from './matmul';

/** The activation after the bias, or null. @throws KernelError  for what TensorFlow has no kernel for either */
export function fusedActivation(node: Pick<KernelNode, 'type' | 'attrs'>): string | null {
  const ops = attr(node, 'fused_ops');
  const what = node.type === '_FusedMatMul' ? 'MatMul' : 'Conv2D';
  if (!ops.length) return invalid(`Fused ${what} must have at least one fused op.`);
  const known =
    ops[0] === 'BiasAdd' && (ops.length === 1 || (ops.length === 2 && ['Relu', 'Relu6', 'Elu'].includes(ops[1])));
  if (!known) throw new KernelError('Unimplemented', `Fusion is not implemented: [${ops}]`);
  return ops[1] ?? null;
}
type Shaped = readonly { readonly shape: readonly number[] }[];
function checkBias([, right, bias]: Shaped, node: KernelNode): void {
  fusedActivation(node);
  if (bias.shape.length !== 1) invalid(`bias must be 1-dimensional${cShape(bias.shape)}`);
  const columns = right.shape[right.shape.length - (node.attrs['transpose_b'] === true ? 2 : 1)];
  if (bias.shape[0] !== columns)
    invalid(
      `Must provide as many biases as the last dimension of the input tensor: ${cShape(bias.shape)} vs. ${columns}`,
    );
}

/** A kernel, with a bias for each element of the last dimension. */
export function fused({ run, check, leftToHost, cost }: HostKernelRow): HostKernelRow {
  return {
    cost,
    leftToHost,
    check(inputs, node) {
      check?.(inputs, node);
      checkBias(inputs, node);
    },
    run(inputs, node) {
      const out = resultOf(run(inputs, node));
      const [sums, bias] = [asNumbers(out.data), asNumbers(inputs[2].data)];
      for (let i = 0; i < sums.length; ) for (let j = 0; j < bias.length; j++, i++) sums[i] += bias[j];
      const activation = fusedActivation(node);
      return activation === null ? host(out.dtype, out.shape, sums) : hostKernel(activation)!.run([out], node);
    },
  };
}

export const FUSED_KERNELS: HostTable = withShortFloats({
  _FusedMatMul: fused(rowIn(MATMUL_KERNELS, 'MatMul')),
});
