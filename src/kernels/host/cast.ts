/** Changing the dtype, by value or by bits, in plain TypeScript. */
import { asOrdered } from '../../base/elements';
import { castData } from '../../base/cast';
import { bfloat16, float32, zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { floatsOfBits } from '../../base/half';
import { type HostTable, type HostTensor, type KernelNode, KernelError, attr, host, invalid } from '../kernel';
import { withZeros, withoutSubnormals } from './operands';

function cast([x]: readonly HostTensor[], node: KernelNode): HostTensor {
  const to = attr(node, 'DstT').baseDtype;
  if (x.dtype === to) return x;
  // Text, handles and variants are no numbers.
  if (x.dtype.size === 0 || to.size === 0)
    throw new KernelError('Unimplemented', `Cast ${x.dtype.cName} to ${to.cName} is not supported`);
  // Its bits go to float32 as they are, and from there as float32 goes.
  if (x.dtype === bfloat16 && to !== float32) {
    const [wide] = withoutSubnormals([host(float32, x.shape, floatsOfBits(x.data, bfloat16))]);
    return host(to, x.shape, castData(wide.data, float32, to));
  }
  return host(to, x.shape, castData(x.data, x.dtype, to));
}

function bitcast([x]: readonly HostTensor[], node: KernelNode): HostTensor {
  const to = attr(node, 'type').baseDtype;
  const { dtype, shape } = x;
  let out = shape;
  if (dtype.size > to.size) out = [...shape, dtype.size / to.size];
  else if (dtype.size < to.size) {
    const ratio = to.size / dtype.size;
    if (shape[shape.length - 1] !== ratio) {
      invalid(`Cannot bitcast from ${dtype.number} to ${to.number}`);
    }
    out = shape.slice(0, -1);
  }
  const source = asOrdered(x.data);
  const data = asOrdered(zerosOf(to, sizeOf(out)));
  // Copied: the bytes may not lie where a wider element could start.
  new Uint8Array(data.buffer).set(new Uint8Array(source.buffer, source.byteOffset, source.byteLength));
  return host(to, out, data);
}

export const CAST_KERNELS: HostTable = withZeros({
  Cast: { run: cast, cost: 1.5 },
  Bitcast: { run: bitcast, cost: 0.5 },
});
