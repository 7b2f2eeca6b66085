/** Constants, on the host. An unfed placeholder ends up here. */
import { numbersIn } from '../../base/nested';
import { type Cells, asNumbers, asOrdered, fillFrom } from '../../base/elements';
import { float32, isBig, zerosOf } from '../../base/dtype';
import { rangeSize } from '../../base/cast';
import { cShape, sizeOf } from '../../base/shape';
import {
  type HostKernel,
  type HostTable,
  type HostTensor,
  KernelError,
  type KernelNode,
  attr,
  host,
  hostZeros,
  invalid,
  numbers,
} from '../kernel';
import { withoutSubnormals } from './operands';
import { element } from './summarize';

function unfed(_: readonly HostTensor[], node: KernelNode): never {
  const shape = attr(node, 'shape');
  const said = shape.rank ? ` and shape ${shape.toCString()}` : '';
  throw new KernelError(
    'InvalidArgument',
    `You must feed a value for placeholder tensor '${node.name}' with dtype ${attr(node, 'dtype').cName}${said}`,
  );
}

/** The shape that Fill makes, checked. */
export function filledShape(dims: readonly number[]): readonly number[] {
  const negative = dims.find((d) => d < 0);
  if (negative !== undefined) return invalid(`Dimension ${negative} must be >= 0`);
  return dims;
}
/** TensorFlow 2's kernel takes a scalar for a vector of one, and such a vector for a scalar. */
function checkFill(dimsShape: readonly number[], valueShape: readonly number[]): void {
  if (dimsShape.length !== 1) invalid(`dims must be a vector, got shape ${cShape(dimsShape)}`);
  if (valueShape.length !== 0) invalid(`value must be a scalar, got shape ${cShape(valueShape)}`);
}
const fill: HostKernel = ([dims, value]) => {
  const shape = filledShape(numbers(dims));
  const out = hostZeros(value.dtype, shape);
  const width = value.dtype.isComplex ? 2 : 1;
  if (width === 1) fillFrom(out.data, value.data);
  else for (let i = 0, to: Cells = out.data; i < to.length; i++) to[i] = value.data[i % width];
  return out;
};

/** The terms are summed one by one in the dtype's own precision, as TensorFlow does. */
const range: HostKernel = ([start, limit, delta]) => {
  const { dtype } = start;
  for (const [name, t] of [
    ['start', start],
    ['limit', limit],
    ['delta', delta],
  ] as const) {
    if (t.shape.length !== 0) return invalid(`${name} must be a scalar, not shape ${cShape(t.shape)}`);
  }
  const [from, to, by] = withoutSubnormals([start, limit, delta]).map((t) => asOrdered(t.data)[0]);
  if (Number(by) === 0) return invalid(`Requires delta != 0: ${element(delta, 0)}`);
  const ends = (): string => `${element(start, 0)}/${element(limit, 0)}`;
  // So that NaN is refused as well.
  if (by > 0 && !(from <= to)) return invalid(`Requires start <= limit when delta > 0: ${ends()}`);
  if (!(by > 0) && !(from >= to)) return invalid(`Requires start >= limit when delta < 0: ${ends()}`);
  const size = rangeSize(dtype, from, to, by);
  const data = zerosOf(dtype, size);
  if (isBig(data)) for (let i = 0, x = BigInt(from), step = BigInt(by); i < size; i++, x += step) data[i] = x;
  else {
    const round = dtype === float32 ? Math.fround : (x: number): number => x;
    for (let i = 0, x = Number(from), step = Number(by); i < size; i++, x = round(x + step)) data[i] = x;
  }
  return host(dtype, [size], data);
};

const linSpace: HostKernel = ([start, stop, num]) => {
  const { dtype } = start;
  for (const [name, t] of [
    ['start', start],
    ['stop', stop],
    ['num', num],
  ] as const) {
    if (t.shape.length !== 0) return invalid(`${name} must be a scalar, not shape ${cShape(t.shape)}`);
  }
  const count = Number(num.data[0]);
  if (count <= 0) return invalid(`Requires num > 0: ${count}`);
  const round = dtype === float32 ? Math.fround : (x: number): number => x;
  const [from, to] = [asNumbers(start.data)[0], asNumbers(stop.data)[0]];
  const step = count > 1 ? round(round(to - from) / (count - 1)) : 0;
  const data = zerosOf(dtype, count);
  for (let i = 0; i < count; i++) data[i] = round(from + round(step * i));
  // The ends are what was given, infinities too.
  data[0] = from;
  if (count > 1) data[count - 1] = to;
  return host(dtype, [count], data);
};

export const CONSTANT_KERNELS: HostTable = {
  Const: {
    only: true,
    once: true,
    run: (_, node) => {
      const { dtype, shape, data } = attr(node, 'value');
      return { dtype, shape, data, shared: true };
    },
  },
  Placeholder: { only: true, run: unfed },
  Fill: {
    run: fill,
    check: ([dims, value]) => checkFill(dims.shape, value.shape),
    cost: ([dims]) => (dims.data ? sizeOf(numbersIn({ data: dims.data })) * 0.25 : 0),
  },
  Range: { only: true, run: range },
  LinSpace: { only: true, run: linSpace },
};
