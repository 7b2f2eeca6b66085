/** Matrix products in plain TypeScript: for tiny ones, and for dtypes that a device lacks. */
import { zerosOf } from '../../base/dtype';
import { broadcast, cShape, sizeOf, stridesOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, type Sized, attr, host, invalid } from '../kernel';
import { conjugated } from './complex';
import { withShortFloats } from './operands';
import { type Place, multiply } from './product';

type Shaped = readonly { readonly shape: readonly number[] }[];
function checkMatmul([a, b]: Shaped, node: KernelNode): void {
  if (a.shape.length !== 2) invalid(`In[0] is not a matrix. Instead it has shape ${cShape(a.shape)}`);
  if (b.shape.length !== 2) invalid(`In[1] is not a matrix. Instead it has shape ${cShape(b.shape)}`);
  if (a.shape[attr(node, 'transpose_a') ? 0 : 1] !== b.shape[attr(node, 'transpose_b') ? 1 : 0]) {
    invalid(`Matrix size-incompatible: In[0]: ${cShape(a.shape)}, In[1]: ${cShape(b.shape)}`);
  }
}
/** Rows, columns, and where they lie, of the last two dimensions. */
function layout(shape: readonly number[], transposed: boolean): { rows: number; columns: number; place: Place } {
  const [rows, columns] = shape.slice(-2);
  return transposed
    ? { rows: columns, columns: rows, place: { at: 0, row: 1, column: columns } }
    : { rows, columns, place: { at: 0, row: columns, column: 1 } };
}
function matmul([a, b]: readonly HostTensor[], node: KernelNode): HostTensor {
  const [x, y] = [layout(a.shape, attr(node, 'transpose_a')), layout(b.shape, attr(node, 'transpose_b'))];
  const out = zerosOf(a.dtype, x.rows * y.columns, [x.rows, y.columns]);
  multiply(a, b, out, x.place, y.place, 0, { m: x.rows, k: x.columns, n: y.columns });
  return host(a.dtype, [x.rows, y.columns], out);
}

function checkBatches([a, b]: Shaped, node: KernelNode): void {
  const [ax, ay] = [attr(node, 'adj_x'), attr(node, 'adj_y')];
  const enough = (): void =>
    [a, b].forEach((x, i) => {
      if (x.shape.length < 2) invalid(`In[${i}] ndims must be >= 2: ${x.shape.length}`);
    });
  if (node.type === 'BatchMatMul') {
    if (a.shape.length !== b.shape.length)
      invalid(`In[0] and In[1] has different ndims: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
    enough();
    for (let i = 0; i < a.shape.length - 2; i++) {
      if (a.shape[i] !== b.shape[i])
        invalid(`In[0].dim(${i}) and In[1].dim(${i}) must be the same: ${cShape(a.shape)} vs ${cShape(b.shape)}`);
    }
  } else {
    enough();
    if (!broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2)))
      invalid(`In[0] and In[1] must have compatible batch dimensions: ${cShape(a.shape)} vs. ${cShape(b.shape)}`);
  }
  const [d2, d3] = [a.shape[a.shape.length - (ax ? 2 : 1)], b.shape[b.shape.length - (ay ? 1 : 2)]];
  if (d2 !== d3)
    invalid(
      `In[0] mismatch In[1] shape: ${d2} vs. ${d3}: ${cShape(a.shape)} ${cShape(b.shape)} ${ax ? 1 : 0} ${ay ? 1 : 0}`,
    );
}
function batchMatmul(inputs: readonly HostTensor[], node: KernelNode): HostTensor {
  const adjoint = (t: HostTensor, name: string): HostTensor =>
    t.dtype.isComplex && attr(node, name, 'bool') ? conjugated(t) : t;
  const [a, b] = [adjoint(inputs[0], 'adj_x'), adjoint(inputs[1], 'adj_y')];
  const [x, y] = [layout(a.shape, attr(node, 'adj_x')), layout(b.shape, attr(node, 'adj_y'))];
  const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2))!;
  const [m, k, n] = [x.rows, x.columns, y.columns];
  const out = zerosOf(a.dtype, sizeOf(batch) * m * n, [...batch, m, n]);
  const offset = (shape: readonly number[], at: readonly number[]): number => {
    const outer = shape.slice(0, -2);
    const strides = stridesOf(outer);
    return (
      outer.reduce((sum, d, i) => sum + (d === 1 ? 0 : at[i + at.length - outer.length] * strides[i]), 0) *
      shape[shape.length - 1] *
      shape[shape.length - 2]
    );
  };
  const at = new Array<number>(batch.length).fill(0);
  for (let i = 0; i < sizeOf(batch); i++) {
    multiply(a, b, out, { ...x.place, at: offset(a.shape, at) }, { ...y.place, at: offset(b.shape, at) }, i * m * n, {
      m,
      k,
      n,
    });
    for (let d = batch.length - 1; d >= 0; d--) {
      if (++at[d] < batch[d]) break;
      at[d] = 0;
    }
  }
  return host(a.dtype, [...batch, m, n], out);
}

/** Nanoseconds of a product of two elements. */
const PER_PRODUCT = 0.9;
function cost(inputs: readonly Sized[], node: KernelNode): number {
  const [a, b] = inputs;
  const flipped = node.attrs['transpose_b'] === true || node.attrs['adj_y'] === true;
  const columns = b.shape[b.shape.length - (flipped ? 2 : 1)] ?? 1;
  return 300 + Math.max(a.size * columns, b.size) * PER_PRODUCT;
}

export const MATMUL_KERNELS: HostTable = withShortFloats({
  MatMul: { run: matmul, check: checkMatmul, cost },
  BatchMatMul: { run: batchMatmul, check: checkBatches, cost },
  BatchMatMulV2: { run: batchMatmul, check: checkBatches, cost },
});
