/** Static shapes of a node that is being made, and the error where its inputs do not fit. */
import { ValueError } from '../base/errors';
import { rowOf } from './opdef';
import type { Operation } from './operation';
import { shapeCure } from './shape-cure';
import { ShapeError } from './shape-error';

/** Inputs whose values the running shape function has asked for: TensorFlow's errors list them. */
const computed = new Map<number, string>();
const computedShapes = new Map<number, string>();
/** For `constantInput` and `shapeInput`, which shape functions call. */
export function noteComputedInput(index: number, text: string): void {
  computed.set(index, text);
}
export function noteComputedShape(index: number, text: string): void {
  computedShapes.set(index, text);
}

/** Runs the shape function of a node's type. @throws ValueError  if the inputs do not fit */
export function inferShapes(op: Operation): void {
  const { shape: shapesOf } = rowOf(op.type) ?? {};
  if (!shapesOf) return;
  computed.clear();
  computedShapes.clear();
  try {
    shapesOf(op).forEach((shape, i) => op.outputs[i]?.setShape(shape));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const values = [...computed]
      .filter(([i]) => !computedShapes.has(i))
      .sort(([i], [k]) => i - k)
      .map(([i, text]) => `input[${i}] = ${text}`);
    const shapes = [...computedShapes].sort(([i], [k]) => i - k).map(([i, text]) => `input[${i}] = ${text}`);
    throw new ValueError(
      `${error.message} for '${op.name}' (op: '${op.type}') with input shapes: ${op.inputs.map((t) => t.shape.toCString()).join(', ')}` +
        `${values.length ? ` and with computed input tensors: ${values.join(', ')}` : ''}${shapes.length ? ` and with input tensors computed as partial shapes: ${shapes.join(',')}` : ''}.` +
        inputNames(op)
          .map((arg, i) => {
            const t = op.inputs[i];
            return `\n  ${arg}: ${t.name} ${t.shape.toCString()}${t.op.trace.line ? `, made at ${t.op.trace.line}` : ''}`;
          })
          .join('') +
        (op.trace.line ? `\n  the failing node is made at ${op.trace.line}` : '') +
        cureOf(op),
    );
  }
}

/** What the op's definition calls each input: `a`, `b`; `values[0]`, `values[1]`, `axis`. */
export function inputNames(op: Operation): string[] {
  const known = op.def.inputs.length;
  return op.def.inputs
    .flatMap((arg) => {
      if (!arg.numberAttr && !arg.typeListAttr) return [arg.name];
      return Array.from({ length: op.inputs.length - known + 1 }, (_, i) => `${arg.name}[${i}]`);
    })
    .slice(0, op.inputs.length);
}
function cureOf(op: Operation): string {
  const names = inputNames(op);
  const cure = shapeCure(
    op.type,
    op.inputs.map((t, i) => ({ arg: names[i], name: t.name, dims: t.shape.dims })),
    (name) => op.attr(name),
  );
  return cure ? `\n  ${cure}` : '';
}
