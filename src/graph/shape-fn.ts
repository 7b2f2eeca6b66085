/** The words that shape functions are written in. They throw ShapeError with TensorFlow's sentences. */
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { numbersIn } from '../base/nested';
import { type Dim, TensorShape, cShape } from '../base/shape';
import type { ShapeContext, ShapeFn } from './shape-context';
import { ShapeError } from './shape-error';

/** The shapes of all inputs. */
export function inputShapes(c: ShapeContext): TensorShape[] {
  return Array.from({ length: c.inputs }, (_, i) => c.shape(i));
}
/** The same shape for every output. */
export function perOutput<S>(c: ShapeContext, shape: S): S[] {
  return new Array<S>(c.outputs).fill(shape);
}
/** The values of all inputs, where they are known. */
export function inputValues(c: ShapeContext): (NDArray | null)[] {
  return Array.from({ length: c.inputs }, (_, i) => c.value(i));
}
/** The values of an integer input as numbers, or null. */
export function numbers(c: ShapeContext, index: number): number[] | null {
  const value = c.value(index);
  return value && numbersIn(value);
}
/** @throws ShapeError  for an input that is known to be none */
export function checkScalar(c: ShapeContext, index: number): void {
  const { rank } = c.shape(index);
  if (rank !== null && rank !== 0) throw new ShapeError(`Input must be scalar but has rank ${rank}`);
}
/** A dimension that a scalar input gives; null where it is not known. @throws ShapeError  if it is none */
export function dimFromScalar(c: ShapeContext, index: number): Dim {
  const value = numbers(c, index);
  if (!value) return null;
  checkScalar(c, index);
  const [size] = value;
  if (size < 0)
    throw new ShapeError(`Dimension size, given by scalar input ${index}, must be non-negative but is ${size}`);
  return size;
}
/** A vector read as a partly known shape, where a graph is built a valid one. @throws ShapeError  if it is none */
export function shapeInput(c: ShapeContext, index: number): TensorShape | null {
  const { rank } = c.shape(index);
  if (rank !== null && rank !== 1) throw new ShapeError(`Shape must be rank 1 but is rank ${rank}`);
  return c.asShape(index);
}

/** An int attribute as TensorFlow's C++ reads it. @throws ShapeError  where 32 bits do not hold it */
export function fitsInt32(c: ShapeContext, name: string): number {
  const value = c.attr(name, 'int');
  if (value !== (value | 0)) throw new ShapeError(`Attr ${name} has value ${value} out of range for an int32`);
  return value;
}
/** Input `index` must have this rank (or an unknown one). */
export function withRank(c: ShapeContext, index: number, rank: number): TensorShape {
  const shape = c.shape(index);
  if (shape.rank !== null && shape.rank !== rank)
    throw new ShapeError(`Shape must be rank ${rank} but is rank ${shape.rank}`);
  return shape.rank === null ? TensorShape.unknown(rank) : shape;
}
export function withRankAtLeast(c: ShapeContext, index: number, rank: number): TensorShape {
  const shape = c.shape(index);
  if (shape.rank !== null && shape.rank < rank)
    throw new ShapeError(`Shape must be at least rank ${rank} but is rank ${shape.rank}`);
  return shape;
}
export function withRankAtMost(c: ShapeContext, index: number, rank: number): TensorShape {
  const shape = c.shape(index);
  if (shape.rank !== null && shape.rank > rank)
    throw new ShapeError(`Shape must be at most rank ${rank} but is rank ${shape.rank}`);
  return shape;
}
/** Two dimensions that must agree. */
export function mergeDim(a: Dim, b: Dim): Dim {
  if (a !== null && b !== null && a !== b) throw new ShapeError(`Dimensions must be equal, but are ${a} and ${b}`);
  return a ?? b;
}
/** Refuses a dimension that is known to be another. */
export function checkDim(dim: Dim, wanted: number): void {
  if (dim !== null && dim !== wanted) throw new ShapeError(`Dimension must be ${wanted} but is ${dim}`);
}
/** Two shapes that must agree. */
export function mergeShapes(a: TensorShape, b: TensorShape): TensorShape {
  if (!a.dims || !b.dims) return a.dims ? a : b;
  if (a.dims.length !== b.dims.length)
    throw new ShapeError(`Shapes must be equal rank, but are ${a.dims.length} and ${b.dims.length}`);
  const { dims } = b;
  const merged = a.dims.map((d, i) => {
    const e = dims[i];
    if (d !== null && e !== null && d !== e)
      throw new ShapeError(
        `Dimension ${i} in both shapes must be equal, but are ${d} and ${e}. ` +
          `Shapes are ${cShape(a.dims!)} and ${cShape(dims)}.`,
      );
    return d ?? e;
  });
  return new TensorShape(merged);
}
/** What is known of a tensor's shape and what a program says of it. @throws ValueError  if the two disagree */
export function statedShape(known: TensorShape, said: TensorShape): TensorShape {
  try {
    return mergeShapes(known, said);
  } catch (error) {
    throw error instanceof ShapeError ? new ValueError(error.message) : error;
  }
}
/** All inputs must agree, from the last one on, as TensorFlow's merging goes. */
export function mergeInputs(c: ShapeContext): TensorShape {
  let merged = c.shape(c.inputs - 1);
  for (let i = c.inputs - 2; i >= 0; i--) merged = mergedShape(c.shape(i), merged, i);
  return merged;
}
/** The shape of an input with those of others. */
export function mergedShape(shape: TensorShape, others: TensorShape, input: number): TensorShape {
  try {
    return mergeShapes(shape, others);
  } catch (error) {
    throw error instanceof ShapeError
      ? new ShapeError(`${error.message}\n\tFrom merging shape ${input} with other shapes.`)
      : error;
  }
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
export const unchanged: ShapeFn = (c) => [c.shape(0)];
/** All inputs and the output agree. */
export const allSame: ShapeFn = (c) => [inputShapes(c).reduce(mergeShapes)];
export const broadcastBinary: ShapeFn = (c) => [broadcastShapes(c.shape(0), c.shape(1))];
export const scalarShape: ShapeFn = () => [TensorShape.scalar()];
export const noOutputs: ShapeFn = () => [];
/** The shape that the node's `shape` attribute gives. */
export const fromAttr: ShapeFn = (c) => [c.attr('shape')];
