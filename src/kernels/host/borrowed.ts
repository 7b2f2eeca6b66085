/** Other ops' kernels, for ops that do the same to a variable. */
import type { DType } from '../../base/dtype';
import { type AttrValue, type OpType, opDef } from '../../graph/opdef';
import { runOnDevice, runOnHost } from '../dispatch';
import type { DeviceKernel, HostKernelRow, KernelNode, Run, Value } from '../kernel';
import { hostKernel } from '../registry';

interface Borrowed {
  readonly node: KernelNode;
  readonly host: HostKernelRow;
  readonly device: DeviceKernel | null;
}

const BORROWED = new WeakMap<KernelNode, Borrowed>();
/**
 * Runs another op's kernel: on the device where an operand is there alone or the host would be slower, else on the
 * host. What is borrowed moves elements or adds two, which both do to the bit.
 */
export function compute(
  type: OpType,
  inputs: readonly Value[],
  attrs: Readonly<Record<string, AttrValue>>,
  outputType: DType,
  node: KernelNode,
  run: Run,
): Value {
  const { device, placement } = run;
  let borrowed = BORROWED.get(node);
  if (!borrowed) BORROWED.set(node, (borrowed = borrow()));
  function borrow(): Borrowed {
    const made: KernelNode = { def: opDef(type), type, name: node.name, attrs, outputTypes: [outputType] };
    return {
      node: made,
      host: hostKernel(type)!,
      device:
        placement === 'host'
          ? null
          : device.kernelFor(
              made,
              inputs.map((v) => v.dtype),
            ),
    };
  }
  const onDevice = borrowed.device;
  const takes =
    onDevice &&
    !inputs.some((v) => v.shape.includes(0)) &&
    (placement === 'device' || inputs.some((v) => v.data === null && v.size * 2 > device.overhead));
  const [value] = takes
    ? runOnDevice(onDevice, borrowed.node, borrowed.host, inputs)
    : runOnHost(borrowed.host, borrowed.node, inputs);
  return value;
}
