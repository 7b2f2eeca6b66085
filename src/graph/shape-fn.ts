/** The words that shape functions are written in. They throw ShapeError with TensorFlow's sentences. */
import { type Dim, TensorShape, cShape } from '../base/shape';
import { type Operation, ShapeError } from './graph';
import type { ShapeFn } from './opdef';

/** The shape of an input. */
export function inShape(op: Operation, index: number): TensorShape {
  return op.inputs[index].shape;
}

/** Input `index` must have this rank (or an unknown one). */
export function withRank(op: Operation, index: number, rank: number): TensorShape {
  const shape = inShape(op, index);
  if (shape.rank !== null && shape.rank !== rank)
    throw new ShapeError(`Shape must be rank ${rank} but is rank ${shape.rank}`);
  return shape.rank === null ? TensorShape.unknown(rank) : shape;
}
export function withRankAtLeast(op: Operation, index: number, rank: number): TensorShape {
  const shape = inShape(op, index);
  if (shape.rank !== null && shape.rank < rank)
    throw new ShapeError(`Shape must be at least rank ${rank} but is rank ${shape.rank}`);
  return shape;
}
export function withRankAtMost(op: Operation, index: number, rank: number): TensorShape {
  const shape = inShape(op, index);
  if (shape.rank !== null && shape.rank > rank)
    throw new ShapeError(`Shape must be at most rank ${rank} but is rank ${shape.rank}`);
  return shape;
}
/** Two dimensions that must agree. */
export function mergeDim(a: Dim, b: Dim): Dim {
  if (a !== null && b !== null && a !== b) throw new ShapeError(`Dimensions must be equal, but are ${a} and ${b}`);
  return a ?? b;
}
/** Two shapes that must agree. */
export function mergeShapes(a: TensorShape, b: TensorShape): TensorShape {
  if (!a.dims || !b.dims) return a.dims ? a : b;
  if (a.dims.length !== b.dims.length)
    throw new ShapeError(`Shapes must be equal rank, but are ${a.dims.length} and ${b.dims.length}`);
  a.dims.forEach((d, i) => {
    const e = b.dims![i];
    if (d !== null && e !== null && d !== e)
      throw new ShapeError(
        `Dimension ${i} in both shapes must be equal, but are ${d} and ${e}. Shapes are ${cShape(a.dims!)} and ${cShape(b.dims!)}.`,
      );
  });
  return a.mergeWith(b);
}
/** All inputs must agree, from the last one on, as TensorFlow's merging goes. */
export function mergeInputs(op: Operation): TensorShape {
  let merged = inShape(op, op.inputs.length - 1);
  for (let i = op.inputs.length - 2; i >= 0; i--) {
    try {
      merged = mergeShapes(inShape(op, i), merged);
    } catch (error) {
      throw error instanceof ShapeError
        ? new ShapeError(`${error.message}\n\tFrom merging shape ${i} with other shapes.`)
        : error;
    }
  }
  return merged;
}
/** NumPy's broadcast of two shapes, known in part. */
export function broadcastShapes(a: TensorShape, b: TensorShape): TensorShape {
  if (!a.dims || !b.dims) return TensorShape.unknown();
  const rank = Math.max(a.dims.length, b.dims.length);
  const out: Dim[] = [];
  for (let i = 0; i < rank; i++) {
    const [x, y] = [a, b].map(({ dims }) => {
      const k = i - rank + dims!.length;
      return k < 0 ? 1 : dims![k];
    });
    if (x === null || y === null) {
      // An unknown dimension is either 1 or the other one; beside a known one above 1 it can only fit as that.
      const known = x ?? y;
      out.push(known !== null && known > 1 ? known : null);
    } else if (x === 1 || y === 1 || x === y) out.push(x === 1 ? y : x);
    else throw new ShapeError(`Dimensions must be equal, but are ${x} and ${y}`);
  }
  return new TensorShape(out);
}

// Shape functions that many rows share.
/** Output 0 is like input 0. */
export const unchanged: ShapeFn = (op) => [inShape(op, 0)];
/** All inputs and the output agree. */
export const allSame: ShapeFn = (op) => [op.inputs.map((t) => t.shape).reduce(mergeShapes)];
export const broadcastBinary: ShapeFn = (op) => [broadcastShapes(inShape(op, 0), inShape(op, 1))];
export const scalarShape: ShapeFn = () => [TensorShape.scalar()];
export const noOutputs: ShapeFn = () => [];
/** The shape that the node's `shape` attribute gives. */
export const fromAttr: ShapeFn = (op) => [op.attr<TensorShape>('shape') ?? TensorShape.unknown()];
