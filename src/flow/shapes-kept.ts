/** The shapes that the variables of a loop keep from one iteration to the next. */
import { type Dim, TensorShape } from '../base/shape';
import { IndexedSlices, type Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { flatten } from './structure';

/** Of a sparse tensor's indices, values and shape: what its rank says, and not how many elements it has. */
export function sparseShapes(rank: Dim): TensorShape[] {
  return [[null, rank], [null], [rank]].map((dims) => new TensorShape(dims));
}
/** A shape for each of the tensors that variables consist of, where nobody says another one. */
export function shapesKept(variables: readonly unknown[], tensors: readonly Tensor[]): TensorShape[] {
  const shapes: TensorShape[] = [];
  for (const leaf of flatten(variables, false)) {
    const own = tensors.slice(shapes.length, shapes.length + countOf(leaf)).map(({ shape }) => shape);
    shapes.push(...(leaf instanceof SparseTensor ? sparseShapes(own[2].dims?.[0] ?? null) : own));
  }
  return shapes;
}
function countOf(leaf: unknown): number {
  return leaf instanceof SparseTensor || leaf instanceof IndexedSlices ? flatten(leaf).length : 1;
}
