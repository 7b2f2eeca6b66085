/** Matrix products in plain TypeScript: for tiny ones, and for dtypes that a device lacks. */
import { zerosOf } from '../../base/dtype';
import { cShape } from '../../base/shape';
import { type HostTable, type HostTensor, type Value, attr, host, invalid, registerHostKernels } from '../kernel';
import type { KernelNode } from '../kernel';

/** c[m,n] = a[m,k] b[k,n], each operand read through its two strides. */
function product(a: ArrayLike<number>, b: ArrayLike<number>, c: Float64Array | Float32Array, m: number, k: number, n: number, [ai, ak]: number[], [bk, bj]: number[]): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[i * ai + p * ak] * b[p * bk + j * bj];
      c[i * n + j] = sum;
    }
  }
}

function matmul([a, b]: readonly HostTensor[], node: KernelNode): HostTensor {
  const [ta, tb] = [attr<boolean>(node, 'transpose_a'), attr<boolean>(node, 'transpose_b')];
  if (a.shape.length !== 2) return invalid(`In[0] is not a matrix. Instead it has shape ${cShape(a.shape)}`);
  if (b.shape.length !== 2) return invalid(`In[1] is not a matrix. Instead it has shape ${cShape(b.shape)}`);
  const [m, k] = ta ? [a.shape[1], a.shape[0]] : a.shape;
  const [k2, n] = tb ? [b.shape[1], b.shape[0]] : b.shape;
  if (k !== k2) return invalid(`Matrix size-incompatible: In[0]: ${cShape(a.shape)}, In[1]: ${cShape(b.shape)}`);
  const out = zerosOf(a.dtype, m * n);
  product(a.data as Float32Array, b.data as Float32Array, out as Float32Array, m, k, n, ta ? [1, a.shape[1]] : [a.shape[1], 1], tb ? [1, b.shape[1]] : [b.shape[1], 1]);
  return host(a.dtype, [m, n], out);
}
const cost = ([a, b]: readonly Value[]): number => a.size * (b.shape[1] ?? 1) * 1.2;

export const MATMUL_KERNELS: HostTable = { MatMul: { run: matmul, cost } };
registerHostKernels(MATMUL_KERNELS);
