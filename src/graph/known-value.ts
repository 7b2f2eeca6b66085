/** What is known of tensors while a graph is built: values, shapes held in values, and where handles lead. */
import type { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { TensorShape } from '../base/shape';
import { constantPart } from './constant-part';
import { rowOf } from './opdef';
import type { Operation, Tensor } from './operation';
import type { HandleData, ValueContext } from './shape-context';
import { type AttrKind, type AttrRead, type AttrValue, read } from '../format/attr';
import type { AttrName, AttrOf } from './attr-reader';

/** How the value of a tensor is found. */
export type ValueOf = (tensor: Tensor) => NDArray | null;

/** What shape and value functions see of an operation of a graph. */
export class OperationContext implements ValueContext {
  constructor(
    protected readonly op: Operation,
    private readonly valueOf: ValueOf = computedValue,
    private readonly shapeOf: (tensor: Tensor) => TensorShape | null = computedAsShape,
  ) {}
  get inputs(): number {
    return this.op.inputs.length;
  }
  get outputs(): number {
    return this.op.outputs.length;
  }
  shape(input: number): TensorShape {
    return this.op.inputs[input].shape;
  }
  value(input: number): NDArray | null {
    return this.valueOf(this.op.inputs[input]);
  }
  asShape(input: number): TensorShape | null {
    return this.shapeOf(this.op.inputs[input]);
  }
  attr<N extends AttrName>(name: N): AttrOf<N>;
  attr<K extends AttrKind>(name: string, kind: K): AttrRead<K>;
  attr(name: string, kind?: AttrKind): AttrValue {
    return read(name, this.op.getAttr(name), kind);
  }
  handle(input: number): HandleData | null {
    return handleOf(this.op.inputs[input]);
  }
  output(index: number): TensorShape {
    return this.op.outputs[index].shape;
  }
}

const DEEPEST = 50;
/**
 * The value of a tensor where it is known while building (constants and shape arithmetic on them), or null.
 *
 *     tf.getStaticValue(tf.constant([1, 2])).toArray()        // [1, 2]
 *     tf.getStaticValue(tf.placeholder(tf.float32, []))       // null
 *
 * @param tensor  a tensor
 * @returns  an array, or null
 */
export function constantValue(tensor: Tensor): NDArray | null {
  return valueAt(tensor, 0);
}
function valueAt(tensor: Tensor, depth: number): NDArray | null {
  const { value, values } = rowOf(tensor.op.def);
  if (depth > DEEPEST || !(value || values) || !tensor.op.isComplete) return null;
  const context = new OperationContext(tensor.op, (t) => valueAt(t, depth + 1));
  if (values) return values(context)?.[tensor.valueIndex] ?? null;
  return value && tensor.valueIndex === 0 ? value(context) : null;
}
/** As `constantValue`, for shape functions: what only constants go into is computed where no row knows a rule. */
export function computedValue(tensor: Tensor): NDArray | null {
  return constantValue(tensor) ?? constantPart(tensor, constantValue);
}
/** Ops that Python's `tensor_util.constant_value` looks into. The shape functions, in C++, know more. */
const LOOKED_INTO: ReadonlySet<string> = new Set([
  'Const',
  'Shape',
  'Size',
  'Rank',
  'Range',
  'Cast',
  'Concat',
  'ConcatV2',
  'Pack',
  'Fill',
  'Equal',
  'NotEqual',
]);
/** As `constantValue`, for functions that make other nodes where Python knows the value: those of gradients. */
export function pythonValue(tensor: Tensor): NDArray | null {
  return pythonValueAt(tensor, 0);
}
function pythonValueAt({ op }: Tensor, depth: number): NDArray | null {
  if (depth > DEEPEST || !LOOKED_INTO.has(op.type) || !op.isComplete) return null;
  return rowOf(op.def).value?.(new OperationContext(op, (t) => pythonValueAt(t, depth + 1))) ?? null;
}
/** What is known of a tensor at a depth of what is followed. */
type Known = (tensor: Tensor, depth: number) => NDArray | null;
/** A 1-D integer tensor read as a shape, with unknown dimensions where they are unknown, or null. */
export function constantValueAsShape(tensor: Tensor): TensorShape | null {
  return partialAt(tensor, 0, valueAt);
}
/**
 * As `constantValueAsShape`, for shape functions: what no rule sees as a shape is computed, where that can be done, and
 * what rules know no rank of.
 */
function computedAsShape(tensor: Tensor): TensorShape | null {
  const known: Known = (t, depth) => valueAt(t, depth) ?? constantPart(t, constantValue);
  const byRules = partialAt(tensor, 0, known, computedVector);
  return byRules?.rank === null ? (computedVector(tensor) ?? byRules) : byRules;
}
function computedVector(tensor: Tensor): TensorShape | null {
  const value = constantPart(tensor, constantValue);
  return value && shapeFromValue(value, () => null, tensor.shape);
}
/** A size in a vector read as a shape that is none, or null: below -1, where that is not taken for an unknown one. */
export function invalidSize({ op, valueIndex }: Tensor, depth = 0): number | null {
  const { shapesRead } = rowOf(op.def);
  if (!shapesRead) {
    const value = computedValue(op.outputs[valueIndex]);
    return (value?.rank === 1 && numbersIn(value).find((d) => d < -1)) || null;
  }
  if (depth > DEEPEST || !op.isComplete) return null;
  for (const i of shapesRead(op.inputs.length)) {
    const found = invalidSize(op.inputs[i], depth + 1);
    if (found !== null) return found;
  }
  return null;
}
/** @param otherwise  asked where no rule says anything of the shape; what a rule says is not bettered */
function partialAt(
  tensor: Tensor,
  depth: number,
  known: Known,
  otherwise: (tensor: Tensor) => TensorShape | null = () => null,
): TensorShape | null {
  const { partial } = rowOf(tensor.op.def);
  const byRule = (): TensorShape | null =>
    partial && depth < DEEPEST && tensor.op.isComplete
      ? partial(
          new OperationContext(
            tensor.op,
            (t) => known(t, depth + 1),
            (t) => partialAt(t, depth + 1, known, otherwise),
          ),
          tensor.valueIndex,
        )
      : null;
  return shapeFromValue(valueAt(tensor, depth), () => byRule() ?? otherwise(tensor), tensor.shape);
}
/** A shape from the value of a vector, else from what is known of it in part, else from its length. */
export function shapeFromValue(
  value: NDArray | null,
  inPart: () => TensorShape | null,
  shape: TensorShape,
): TensorShape | null {
  if (value) {
    if (value.rank > 1) return null;
    return new TensorShape(numbersIn(value).map((d) => (d < 0 ? null : d)));
  }
  const length = shape.at(0);
  return inPart() ?? (shape.rank === 1 && length !== null ? TensorShape.unknown(length) : null);
}
/** What a resource handle leads to, where its origin is known. */
export function handleOf(tensor: Tensor): HandleData | null {
  const outside = tensor.graph.capturing?.origin(tensor);
  if (outside) return handleOf(outside);
  // A loop gives handles back as they came.
  if (tensor.op.def.row.calls === 'while' && tensor.op.isComplete) return handleOf(tensor.op.inputs[tensor.valueIndex]);
  const handle = tensor.op.isComplete && rowOf(tensor.op.def).handle;
  if (!handle || handlesFollowed >= DEEPEST) return null;
  handlesFollowed++;
  try {
    return handle(new OperationContext(tensor.op));
  } finally {
    handlesFollowed--;
  }
}
/** How many handles are being followed: in a loop they lead round and round. */
let handlesFollowed = 0;
