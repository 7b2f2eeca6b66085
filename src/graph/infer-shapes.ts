/** Static shapes of a node that is being made, and the error where its inputs do not fit. */
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { cNumber } from '../base/plain-number';
import { TensorShape } from '../base/shape';
import { OperationContext, invalidSize } from './known-value';
import { messageCure } from './message-cure';
import { rowOf } from './opdef';
import type { Operation } from './operation';
import { shapeCure } from './shape-cure';
import { ShapeError } from './shape-error';

/** TensorFlow's errors do not print larger values. */
const MOST_SHOWN = 64;
/** Remembers what the shape function has asked for: TensorFlow's errors list it. */
class AskedContext extends OperationContext {
  private values: Map<number, string> | null = null;
  private shapes: Map<number, string> | null = null;

  override value(input: number): NDArray | null {
    const value = super.value(input);
    if (value && value.size <= MOST_SHOWN) (this.values ??= new Map()).set(input, `<${summary(value, 0, 0)}>`);
    return value;
  }
  override asShape(input: number): TensorShape | null {
    const bad = invalidSize(this.op.inputs[input]);
    if (bad !== null) throw new ShapeError(`Invalid value in tensor used for shape: ${bad}`, 'without the node');
    const shape = super.asShape(input);
    if (shape?.dims) (this.shapes ??= new Map()).set(input, shape.toCString());
    return shape;
  }
  /** ` and with computed input tensors: input[1] = <2 3>`, or nothing. */
  asked(): string {
    const values = listed([...(this.values ?? [])].filter(([i]) => !this.shapes?.has(i)));
    const shapes = listed([...(this.shapes ?? [])]);
    return (
      (values.length ? ` and with computed input tensors: ${values.join(', ')}` : '') +
      (shapes.length ? ` and with input tensors computed as partial shapes: ${shapes.join(',')}` : '')
    );
  }
}
function listed(entries: readonly (readonly [number, string])[]): string[] {
  return [...entries].sort(([i], [k]) => i - k).map(([i, text]) => `input[${i}] = ${text}`);
}
/** `1 2`, `[1 2][3 4]`: the elements from `axis` on, as TensorFlow's errors write them. */
function summary(value: NDArray, axis: number, at: number): string {
  if (axis === value.rank) return cNumber(value.item(at));
  const step = value.shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const parts = Array.from({ length: value.shape[axis] }, (_, i) => summary(value, axis + 1, at + i * step));
  return axis === value.rank - 1 ? parts.join(' ') : parts.map((p) => `[${p}]`).join('');
}

/** Runs the shape function of a node's type. @throws ValueError  if the inputs do not fit */
export function inferShapes(op: Operation): void {
  const shapesOf = rowOf(op.def).shape;
  if (!shapesOf) return;
  const context = new AskedContext(op);
  try {
    shapesOf(context).forEach((shape, i) => op.outputs[i]?.infer(TensorShape.of(shape)));
  } catch (error) {
    throw error instanceof ShapeError ? explained(op, error, context.asked()) : error;
  }
}
function explained(op: Operation, { message, form }: ShapeError, asked: string): ValueError {
  const { line } = op.trace;
  if (form === 'without the node')
    return new ValueError(`${message}${line ? `\n  for '${op.name}' (op: '${op.type}'), made at ${line}` : ''}`);
  const shapes = op.inputs.map((t) => (t.shape.dims ? t.shape.toCString() : '?')).join(', ');
  const operands = inputNames(op).map((arg, i) => {
    const t = op.inputs[i];
    return `\n  ${arg}: ${t.name} ${t.shape.toCString()}${t.op.trace.line ? `, made at ${t.op.trace.line}` : ''}`;
  });
  return new ValueError(
    `${message} for '${op.name}' (op: '${op.type}') with input shapes: ${shapes}${asked}.${operands.join('')}` +
      (line ? `\n  the failing node is made at ${line}` : '') +
      cureOf(op, message),
  );
}

/** What the op's definition calls each input: `a`, `b`; `values[0]`, `values[1]`, `axis`. */
export function inputNames(op: Operation): string[] {
  return op.def.inputs.flatMap(({ name, numberAttr, typeListAttr }) => {
    const counted = numberAttr ?? typeListAttr;
    if (!counted) return [name];
    const count = op.findAttr(counted);
    return Array.from({ length: Array.isArray(count) ? count.length : Number(count) }, (_, i) => `${name}[${i}]`);
  });
}
function cureOf(op: Operation, message: string): string {
  const names = inputNames(op);
  const cure = shapeCure(
    op.type,
    op.inputs.map((t, i) => ({ arg: names[i], name: t.name, dims: t.shape.dims })),
    (name) => op.findAttr(name),
  );
  const found = cure ?? messageCure(message);
  return found ? `\n  ${found}` : '';
}
