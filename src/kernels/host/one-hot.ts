/** One-hot rows, on the host. */
import { type Cells, fillFrom } from '../../base/elements';
import { slots } from '../../base/box';
import { cShape, sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, attr, hostZeros, invalid } from '../kernel';
import { indexData } from './gather';

function oneHot([indices, depthGiven, on, off]: readonly HostTensor[], node: KernelNode): HostTensor {
  const rank = indices.shape.length + 1;
  const given = attr(node, 'axis');
  if (given < -1 || given >= rank)
    return invalid(`Expected axis to be -1 or between [0, ${rank}).  But received: ${given}`);
  for (const [name, t] of [
    ['depth', depthGiven],
    ['on_value', on],
    ['off_value', off],
  ] as const) {
    if (t.shape.length !== 0) return invalid(`${name} must be a scalar, but got: ${cShape(t.shape)}`);
  }
  const depth = Number(depthGiven.data[0]);
  if (depth < 0) return invalid(`depth must be non-negative, got: ${depth}`);
  const axis = given < 0 ? rank - 1 : given;
  const before = sizeOf(indices.shape.slice(0, axis));
  const after = sizeOf(indices.shape.slice(axis));
  const out = hostZeros(on.dtype, [...indices.shape.slice(0, axis), depth, ...indices.shape.slice(axis)]);
  const unit = slots(on);
  const [data, none, one]: readonly Cells[] = [out.data, off.data, on.data];
  for (let k = 0; k < unit; k++) {
    const [no, yes] = [none[k], one[k]];
    if (unit === 1) fillFrom(out.data, off.data);
    else for (let i = k; i < data.length; i += unit) data[i] = no;
    const index = indexData(indices);
    for (let b = 0; b < before; b++) {
      for (let a = 0; a < after; a++) {
        // An index outside of the depth leaves its row off.
        const i = index[b * after + a];
        if (i >= 0 && i < depth) data[((b * depth + i) * after + a) * unit + k] = yes;
      }
    }
  }
  return out;
}

export const ONE_HOT_KERNELS: HostTable = { OneHot: { run: oneHot, cost: 20 } };
