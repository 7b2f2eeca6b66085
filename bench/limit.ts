/** The limit: the large kernels of a step alone on the device, from device memory to device memory. */
import { float32, int32 } from '../src/base/dtype';
import { opDef } from '../src/graph/opdef';
import { openDevice } from '../src/kernels/devices';
import { type Device, type KernelNode, Value } from '../src/kernels/kernel';
import { weights } from './data';
import type { Work } from './work';
import { serve } from './serve';

const ATTRS = {
  strides: [1, 1, 1, 1],
  padding: 'SAME',
  data_format: 'NHWC',
  dilations: [1, 1, 1, 1],
  explicit_paddings: [],
  use_cudnn_on_gpu: true,
};
const array = (shape: readonly number[]): Value =>
  new Value(
    float32,
    shape,
    weights(
      shape[0],
      shape.reduce((p, q) => p * q),
      0.1,
    ),
  );
const sizes = (shape: readonly number[]): Value => new Value(int32, [shape.length], Int32Array.from(shape));
/**
 * Inputs and attributes of each type, from shapes as in plan.ts: of the input, the filter, and the gradient of the
 * output.
 */
const KERNELS: Readonly<
  Record<
    Work['type'],
    (shapes: Work['shapes']) => { readonly inputs: readonly Value[]; readonly attrs: KernelNode['attrs'] }
  >
> = {
  MatMul: (shapes) => ({ inputs: shapes.map(array), attrs: { transpose_a: false, transpose_b: false } }),
  Conv2D: (shapes) => ({ inputs: shapes.map(array), attrs: ATTRS }),
  Conv2DBackpropFilter: ([x, filter, dy]) => ({ inputs: [array(x), sizes(filter), array(dy)], attrs: ATTRS }),
  Conv2DBackpropInput: ([x, filter, dy]) => ({ inputs: [sizes(x), array(filter), array(dy)], attrs: ATTRS }),
};

function call(device: Device, { type, shapes }: Work): () => void {
  const { inputs, attrs } = KERNELS[type](shapes);
  const node: KernelNode = {
    def: opDef(type),
    type,
    name: type,
    attrs: { ...attrs, T: float32 },
    outputTypes: [float32],
  };
  const kernel = device.kernelFor(
    node,
    inputs.map((v) => v.dtype),
  )!;
  return () => {
    for (const value of kernel(inputs, node)) device.free(value);
  };
}

void serve<{ readonly limit: readonly Work[] }>(
  () =>
    ({ limit }) => {
      const device = openDevice();
      const calls = limit.map((work) => call(device, work));
      return {
        step: () => {
          for (const run of calls) run();
          return null;
        },
      };
    },
  () => ({}),
);
