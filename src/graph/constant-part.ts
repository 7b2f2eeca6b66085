/**
 * Values that follow from constants, where no rule of a row says them: computed by the kernels while the graph is
 * built, for shape functions, which know as much in TensorFlow (EvaluateConstantTensor). Never an error, nor for long.
 */
import type { NDArray } from '../base/ndarray';
import { sizeOf } from '../base/sizes';
import { rowOf } from './opdef';
import type { Operation, Tensor } from './operation';

/** Runs a node on known inputs; null where that cannot be done. */
export type Compute = (op: Operation, inputs: readonly NDArray[]) => readonly NDArray[] | null;
let compute: Compute | null = null;
/** For whoever has kernels: they are above graphs. */
export function computeConstantsBy(by: Compute): void {
  compute = by;
}

/** Elements of a tensor on the way: what says a shape is small. */
const MOST = 1 << 16;
/** Products of two elements that a node may take. */
const MOST_PRODUCTS = 1e7;
/** Nodes in a row. */
const DEEPEST = 1000;

const FOLLOWS = new WeakMap<Operation, boolean>();
const VALUES = new WeakMap<Operation, readonly NDArray[] | null>();

/**
 * The value of a tensor that only constants go into, and shapes that are known.
 *
 * @param byRule  what the rows say of a value
 */
export function constantPart(tensor: Tensor, byRule: (tensor: Tensor) => NDArray | null, depth = 0): NDArray | null {
  if (!compute || depth > DEEPEST) return null;
  const from = handedOn(tensor, byRule);
  if (from) return byRule(from) ?? constantPart(from, byRule, depth + 1);
  return follows(tensor, byRule, 0) ? valueOf(tensor, byRule) : null;
}
/** What stands before a Switch that goes this way, or before what brings it into a loop. */
function handedOn({ op, valueIndex }: Tensor, byRule: (tensor: Tensor) => NDArray | null): Tensor | null {
  const { control } = rowOf(op.def);
  if (!control || !op.isComplete) return null;
  if (control === 'enter') return op.inputs[0];
  const way = control === 'switch' ? byRule(op.inputs[1]) : null;
  return way && Number(way.item(0)) === valueIndex ? op.inputs[0] : null;
}
function follows(tensor: Tensor, byRule: (tensor: Tensor) => NDArray | null, depth: number): boolean {
  const { op } = tensor;
  const known = FOLLOWS.get(op);
  if (known !== undefined) return known;
  if (depth > DEEPEST || !op.isComplete) return false;
  const { control, calls, isFed } = rowOf(op.def);
  const isPlain = op.def.effect === 'pure' && !control && !calls && !isFed && isSmall(tensor);
  const found =
    isPlain &&
    (byRule(tensor) !== null ||
      (op.inputs.length > 0 && op.inputs.every((input) => follows(input, byRule, depth + 1))));
  // A second try may find more, where the first went too deep.
  if (found || depth === 0) FOLLOWS.set(op, found);
  return found;
}
/** Whether it is done soon, as far as shapes are known. */
function isSmall({ op, shape }: Tensor): boolean {
  if (shape.fullDims && sizeOf(shape.fullDims) > MOST) return false;
  const inputs = op.inputs.map((input) => input.shape);
  return !(Number(rowOf(op.def).products?.(inputs, shape) ?? 0) > MOST_PRODUCTS);
}
function valueOf(tensor: Tensor, byRule: (tensor: Tensor) => NDArray | null): NDArray | null {
  return byRule(tensor) ?? valuesOf(tensor.op, byRule)?.[tensor.valueIndex] ?? null;
}
function valuesOf(op: Operation, byRule: (tensor: Tensor) => NDArray | null): readonly NDArray[] | null {
  const known = VALUES.get(op);
  if (known !== undefined) return known;
  const inputs: NDArray[] = [];
  for (const input of op.inputs) {
    const value = valueOf(input, byRule);
    if (!value || value.size > MOST) break;
    inputs.push(value);
  }
  const found = inputs.length === op.inputs.length ? compute!(op, inputs) : null;
  VALUES.set(op, found);
  return found;
}
