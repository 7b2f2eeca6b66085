/** Rows of a tensor written over, on the host: the input stays as it is, whoever reads it. */
import { slots } from '../../base/box';
import { cShape, sizeOf } from '../../base/shape';
import { type Checked, type HostKernelRow, type HostTable, type HostTensor, host, hostZeros, invalid } from '../kernel';
import { shapeFrom } from './random';
import { type Write, adding, put, taking } from './scatter';

function check([x, i, v]: readonly Checked[]): void {
  if (i.shape.length !== 1) invalid(`i must be a vector. ${cShape(i.shape)}`);
  const said = `${cShape(x.shape)} vs. ${cShape(v.shape)}`;
  if (x.shape.length !== v.shape.length) invalid(`x and v shape doesn't match (ranks differ): ${said}`);
  x.shape.forEach((d, at) => {
    if (at && d !== v.shape[at]) invalid(`x and v shape doesn't match at index ${at} : ${said}`);
  });
  if (i.shape[0] !== v.shape[0])
    invalid(`i and x shape doesn't match at index 0: ${cShape(i.shape)} vs. ${cShape(v.shape)}`);
}
/** Row i of the result is row i modulo the number of rows, however large or small i is. */
const rowsOver = (writeFor: (x: HostTensor) => Write): HostKernelRow => ({
  run([x, indices, updates]) {
    const data = x.data.slice();
    const [rows = 0, ...inner] = x.shape;
    if (!rows) return host(x.dtype, x.shape, data);
    const width = sizeOf(inner) * slots(x);
    const write = writeFor(x)(data, updates.data);
    for (let i = 0; i < indices.data.length; i++) {
      const row = Number(indices.data[i]);
      write((((row % rows) + rows) % rows) * width, i * width, width);
    }
    return host(x.dtype, x.shape, data);
  },
  check,
  // TensorFlow's own would write into what others read.
  only: true,
});

export const INPLACE_KERNELS: HostTable = {
  InplaceUpdate: rowsOver(() => put),
  InplaceAdd: rowsOver(adding),
  InplaceSub: rowsOver(taking),
  DeepCopy: { run: ([x]) => host(x.dtype, x.shape, x.data.slice()), only: true },
  Empty: { run: ([shape], node) => hostZeros(node.outputTypes[0], shapeFrom(shape, 'int32')), only: true },
};
