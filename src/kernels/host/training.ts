/**
 * Training ops: they change variables. One rule per optimizer, written for a run of elements, serves the dense
 * and the sparse form, for references and for resources.
 *
 * A variable that nobody else reads at the time is written in place. Large float32 variables are left to the
 * device where it has a kernel of its own (`Device.updateFor`).
 */
import { noHostKernel } from '../kernel-error';
import { asFloats, asNumbers, asOrdered } from '../../base/elements';
import { type DType, type TypedArray, bfloat16, float16, float32 } from '../../base/dtype';
import { bfloatToNumber, halfToNumber, numberToBfloat, numberToHalf } from '../../base/half';
import { cShape, sameShape } from '../../base/shape';
import {
  KernelError,
  type KernelNode,
  type Placement,
  type StatefulKernel,
  type StatefulRow,
  type StatefulTable,
  type UpdateKernel,
  type Value,
  invalid,
} from '../kernel';
import { VariableState, variableOf } from '../variable';
import { type Floats, RULES, type Rule } from './training-rules';
import { NO_VARIABLE } from '../kernel-error';
import { writable, wrongDtype } from './variable-value';

const GRADIENTS: readonly string[] = ['grad', 'delta'];

function kernelOf(rule: Rule, isResource: boolean, isSparse: boolean): StatefulRow {
  const count = rule.state.length;
  const gradAt = count + rule.inputs.findIndex((name) => GRADIENTS.includes(name));
  const names = isSparse
    ? [...rule.inputs.slice(0, gradAt - count + 1), 'indices', ...rule.inputs.slice(gradAt - count + 1)]
    : rule.inputs;
  const update =
    (onDevice: UpdateKernel | null): StatefulKernel =>
    (inputs, node, { placement }) => {
      const variables = inputs.slice(0, count).map((edge) => toUpdate(edge, isResource, inputs[gradAt].dtype));
      check(rule, variables, inputs, names, gradAt, isSparse);
      const { size } = inputs[gradAt];
      const isServed = onDevice !== null && size > 0 && (onDevice.serves?.(inputs) ?? true);
      if (isServed && isFaster(onDevice, rule, inputs[gradAt], placement)) onDevice.run(inputs, node);
      else {
        const number = numberOf(inputs[gradAt].dtype, node);
        const scalars: number[] = [];
        for (let i = count; i < inputs.length; i++)
          if (names[i - count] !== 'indices' && i !== gradAt) scalars.push(scalarOf(inputs[i], number));
        const indices = isSparse ? rowsOf(inputs[gradAt + 1], variables[0].shape![0]) : null;
        const apply = (state: readonly Floats[], grad: Floats): void => {
          if (!indices) return rule.update(state, scalars, grad, 0, 0, grad.length, node);
          const width = indices.length ? grad.length / indices.length : 0;
          for (let i = 0; i < indices.length; i++)
            rule.update(state, scalars, grad, Number(indices[i]) * width, i * width, width, node);
        };
        const grad = asNumbers(inputs[gradAt].read());
        const state = inputs.slice(0, count).map((edge) => asNumbers(writable(edge)));
        const narrow = NARROW.get(inputs[gradAt].dtype);
        if (!narrow) apply(state.map(asFloats), asFloats(grad));
        else {
          // Two bytes per number: worked out in float32, and rounded once.
          const wide = state.map((data) => Float32Array.from(data, number));
          apply(wide, Float32Array.from(grad, number));
          wide.forEach((data, i) => {
            for (let k = 0; k < data.length; k++) state[i][k] = narrow(data[k]);
          });
        }
      }
      return isResource ? [] : [inputs[0].retain()];
    };
  return {
    make(node, { device, placement }) {
      const may = !isSparse && placement !== 'host' && node.attrs['T'] === float32;
      return update((may && device.updateFor?.(node, count)) || null);
    },
  };
}

const NARROW: ReadonlyMap<DType, (x: number) => number> = new Map([
  [float16, numberToHalf],
  [bfloat16, numberToBfloat],
]);
/** An element as a number. */
function numberOf(dtype: DType, node: KernelNode): (x: number) => number {
  if (!dtype.isFloating) throw noHostKernel(node.type, dtype);
  return dtype === float16 ? halfToNumber : dtype === bfloat16 ? bfloatToNumber : (x) => x;
}
/** A scalar: one of the elements' dtype, or a count of steps. */
function scalarOf(input: Value, number: (x: number) => number): number {
  const [value] = input.read();
  return typeof value === 'bigint' ? Number(value) : number(Number(value));
}
/** The rows to change. @throws InvalidArgument  if one is outside */
function rowsOf(indices: Value, rows: number): TypedArray {
  const data = asOrdered(indices.read());
  data.forEach((row, i) => {
    if (!(row >= 0 && row < rows)) invalid(`Index ${row} at offset ${i} in indices is out of range`);
  });
  return data;
}

/** The variable that an edge leads to, with a value of this dtype. */
function toUpdate(edge: Value, isResource: boolean, dtype: DType): VariableState {
  const { payload } = edge;
  const state = payload instanceof VariableState && payload.initialized ? payload : null;
  if (!state && isResource) throw new KernelError('Internal', NO_VARIABLE);
  if (!state)
    throw new KernelError('FailedPrecondition', `Attempting to use uninitialized value ${variableOf(edge).place.name}`);
  if (state.dtype !== dtype) invalid(wrongDtype('read', dtype, state.dtype));
  return state;
}
function check(
  rule: Rule,
  variables: readonly VariableState[],
  inputs: readonly Value[],
  names: readonly string[],
  gradAt: number,
  isSparse: boolean,
): void {
  const shape = variables[0].shape!;
  const differ = (name: string, other: readonly number[]): void => {
    if (!sameShape(shape, other))
      invalid(`var and ${name} do not have the same shape${cShape(shape)} ${cShape(other)}`);
  };
  for (let i = 1; i < variables.length; i++) differ(rule.state[i], variables[i].shape!);
  names.forEach((name, i) => {
    const input = inputs[variables.length + i];
    if (name !== 'indices' && !GRADIENTS.includes(name) && input.shape.length > 0)
      invalid(`${name} is not a scalar: ${cShape(input.shape)}`);
  });
  const grad = inputs[gradAt];
  if (!isSparse) {
    differ(names[gradAt - variables.length], grad.shape);
    return;
  }
  if (shape.length === 0) invalid('var must be at least 1 dimensional');
  if (inputs[gradAt + 1].shape.length !== 1) invalid('indices must be one-dimensional');
  for (let d = 1; d < shape.length; d++)
    if (shape[d] !== grad.shape[d]) invalid(`var and grad must match in dimension ${d}`);
  if (grad.shape[0] !== inputs[gradAt + 1].shape[0])
    invalid('grad must be the same size as indices in the first dimension.');
}

/** Whether the device's kernel is faster than the host's arithmetic: by size alone, for they may round apart. */
function isFaster(kernel: UpdateKernel, rule: Rule, grad: Value, placement: Placement): boolean {
  if (placement === 'device') return true;
  return grad.size * rule.cost > kernel.overhead;
}

const DENSE = ['GradientDescent', 'Adam', 'AdamWithAmsgrad', 'AdaMax', 'AddSign', 'PowerSign'];
/** Those that there are for resources alone. */
const OF_RESOURCES = ['KerasMomentum', 'AdamWithAmsgrad'];
export const TRAINING_KERNELS: StatefulTable = Object.fromEntries(
  Object.entries(RULES).flatMap(([name, rule]) =>
    (OF_RESOURCES.includes(name) ? [true] : [false, true]).flatMap((isResource) =>
      (DENSE.includes(name) ? [false] : [false, true]).map((isSparse): [string, StatefulRow] => [
        `${isResource ? 'Resource' : ''}${isSparse ? 'Sparse' : ''}Apply${name}`,
        kernelOf(rule, isResource, isSparse),
      ]),
    ),
  ),
);
