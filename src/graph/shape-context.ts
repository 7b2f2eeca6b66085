/** What shape functions see of a node: no node and no graph, so that whoever knows these few things can ask them. */
import type { DType } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { TensorShape } from '../base/shape';
import type { AttrReader } from './attr-reader';

/** What a resource handle leads to. */
export interface HandleData {
  /** Absent where only a shape is known. */
  readonly dtype?: DType;
  readonly shape: TensorShape;
  /** Of a table, whose values the others are of: its keys. */
  readonly key?: { readonly dtype: DType; readonly shape: TensorShape };
}

export interface ShapeContext extends AttrReader {
  /** How many inputs there are. */
  readonly inputs: number;
  readonly outputs: number;
  shape(input: number): TensorShape;
  /** The value of an input where it is known before the graph runs. */
  value(input: number): NDArray | null;
  /** The value of an integer vector read as a shape, with unknown dimensions where they are unknown. */
  asShape(input: number): TensorShape | null;
  /** What an input leads to, where it is a resource handle whose origin is known. */
  handle(input: number): HandleData | null;
}
/** For functions that tell values: shapes are settled then. */
export interface ValueContext extends ShapeContext {
  /** The static shape of an output. */
  output(index: number): TensorShape;
}

/** For what is known of a run before it begins, and TensorFlow does not say of a graph. */
export interface PlanContext extends ValueContext {
  /** The node that made what an input leads to, where that lives for a step. */
  origin(input: number): PlanContext | null;
  /** The value of whatever is put into what an input leads to, where that is always the same. */
  held(input: number): NDArray | null;
}

/** Output shapes of an op whose inputs and attributes stand. Throw ShapeError for a mismatch. */
export type ShapeFn = (c: ShapeContext) => readonly (TensorShape | readonly (number | null)[] | null)[];
/** The value of output 0 where it is known. */
export type ValueFn = (c: ValueContext) => NDArray | null;
/** As ValueFn, of all outputs. */
export type ValuesFn = (c: ValueContext) => readonly (NDArray | null)[] | null;
/** An output seen as a shape, known in part: as ValueFn, for shape arithmetic. */
export type PartialFn = (c: ValueContext, output: number) => TensorShape | null;
/** What output 0 leads to, where it is a resource handle. */
export type HandleFn = (c: ShapeContext) => HandleData | null;
/** The shape of each element that it puts into what input 0 leads to. */
export type PutFn = (c: ShapeContext) => TensorShape;
/** As ValueFn, where a plan is made. */
export type PlanValueFn = (c: PlanContext) => NDArray | null;
