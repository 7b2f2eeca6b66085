/** The bits of integers, on the host. */
import type { HostKernelRow, HostTable } from '../kernel';
import { binary, binaryKernel, mustBroadcast, unaryKernel } from './loops';

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

export const BITWISE_KERNELS: HostTable = {
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
