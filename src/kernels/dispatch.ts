/** Kernels made of kernels: the host's arithmetic on values, and ops that hand on a variable's memory. */
import type { Data } from '../base/dtype';
import { type HostKernelRow, type HostTensor, type KernelNode, type StatefulKernel, Value } from './kernel';
import { VariableBuffer, VariableState, bufferOf } from './variable';

/** The host's kernel on values: what is on the device alone is brought from there. */
export function runOnHost(row: HostKernelRow, node: KernelNode, inputs: readonly Value[]): readonly Value[] {
  if (!row.shapesOnly) for (let i = 0; i < inputs.length; i++) if (inputs[i].data === null) inputs[i].read();
  const result = row.run(inputs as readonly (Value & { data: NonNullable<Value['data']> })[], node);
  return Array.isArray(result)
    ? (result as readonly HostTensor[]).map((tensor) => valueOf(tensor, inputs))
    : [valueOf(result as HostTensor, inputs)];
}
function valueOf({ dtype, shape, data, shared }: HostTensor, inputs: readonly Value[]): Value {
  const out = new Value(dtype, shape, data);
  if (shared) out.shared = true;
  for (let i = 0; i < inputs.length; i++)
    if (inputs[i].data === data || (shared && sameBuffer(inputs[i].data, data))) inputs[i].shared = out.shared = true;
  return out;
}
/** Asked only where a kernel says that it shares: V8 keeps tiny arrays without a buffer, and takes 0.3 µs to make one. */
function sameBuffer(a: Data | null, b: Data): boolean {
  return ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && a.buffer === b.buffer;
}

/** A view of the memory that a reference or a view points at now; any other value as it is. With one reference for the caller. */
function viewOf(value: Value): Value {
  if (value.payload instanceof VariableState) {
    const buffer = bufferOf(value);
    return buffer.view(value.payload.dtype, buffer.shape);
  }
  return value.retain();
}
/** A kernel that hands its inputs on: of references it hands on views. */
export function handingOn(kernel: StatefulKernel, handed: readonly boolean[]): StatefulKernel {
  return (inputs, node, context) => {
    const given: Value[] = [];
    try {
      for (let i = 0; i < inputs.length; i++) given.push(handed[i] ? viewOf(inputs[i]) : inputs[i].retain());
      return kernel(given, node, context);
    } finally {
      for (const value of given) value.release();
    }
  };
}
/** A kernel that gives input 0 another shape, or looks at it and gives it back: of a reference it makes a view. */
export function viewing(row: HostKernelRow, isSame: boolean): StatefulKernel {
  return (inputs, node) => {
    const [x, ...others] = inputs;
    if (x.payload === null) return runOnHost(row, node, inputs);
    const buffer = bufferOf(x);
    const shape = x.payload instanceof VariableBuffer ? x.shape : buffer.shape;
    if (isSame) return [buffer.view(x.dtype.baseDtype, shape)];
    const now = row.alias ? new Value(x.dtype.baseDtype, shape, null) : buffer.readAs(shape);
    try {
      if (!row.alias) now.read();
      for (const value of others) value.read();
      const made = row.run([now, ...others] as readonly (Value & { data: Data })[], node);
      return [buffer.view(x.dtype.baseDtype, (Array.isArray(made) ? made[0] : made).shape)];
    } finally {
      now.release();
    }
  };
}
