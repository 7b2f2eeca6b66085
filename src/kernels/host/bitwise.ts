/** The bits of integers, on the host. */
import { asOrdered } from '../../base/elements';
import { uint8 } from '../../base/dtype';
import { cShape } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTable, host, invalid } from '../kernel';
import { binary, binaryKernel, mustBroadcast, unaryKernel } from './loops';
import { withShortFloats } from './operands';

/** A shift by less than 0, or by as many bits as there are and more, is one by 0, or by all bits but one. */
function shift(fn: (a: number, by: number) => number, big: (a: bigint, by: bigint) => bigint): HostKernelRow {
  const kernels = [1, 2, 4, 8].map((bytes) => {
    const most = 8 * bytes - 1;
    return binaryKernel(
      (a, by) => fn(a, Math.min(Math.max(by, 0), most)),
      (a, by) => big(a, by < 0n ? 0n : by > 63n ? 63n : by),
    );
  });
  return {
    run: (inputs, node) => kernels[Math.log2(inputs[0].dtype.size)](inputs, node),
    check: mustBroadcast,
    checksItself: true,
  };
}

/** Eight elements as a byte: which are above the threshold, the first as its highest bit; truth values as they are. */
const pack: HostKernel = ([input, threshold]) => {
  const { shape, dtype } = input;
  if (!shape.length) return invalid('Input should be at least a vector, but saw a scalar.');
  if (threshold.shape.length) return invalid(`Compare must be a scalar, but saw shape: ${cShape(threshold.shape)}`);
  const columns = shape[shape.length - 1];
  if (columns % 8) return invalid(`Inner dimension of input should be divisible by 8, but saw shape: ${cShape(shape)}`);
  const [x, [least]] = [asOrdered(input.data), asOrdered(threshold.data)];
  const out = new Uint8Array(x.length / 8);
  for (let i = 0; i < x.length; i++) if (dtype.isBool ? x[i] : x[i] > least) out[i >> 3] |= 0x80 >> (i & 7);
  return host(uint8, [...shape.slice(0, -1), columns / 8], out);
};

export const BITWISE_KERNELS: HostTable = {
  ...withShortFloats({ CompareAndBitpack: { run: pack, only: true } }),
  BitwiseAnd: binary(
    (a, b) => a & b,
    (a, b) => a & b,
  ),
  BitwiseOr: binary(
    (a, b) => a | b,
    (a, b) => a | b,
  ),
  BitwiseXor: binary(
    (a, b) => a ^ b,
    (a, b) => a ^ b,
  ),
  LeftShift: shift(
    (a, by) => a << by,
    (a, by) => a << by,
  ),
  RightShift: shift(
    (a, by) => Math.floor(a / 2 ** by),
    (a, by) => a >> by,
  ),
  Invert: unaryKernel(
    (x) => ~x,
    (x) => ~x,
  ),
};
