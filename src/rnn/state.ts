/** What cells keep from one step to the next: sizes, and tensors of these sizes. After TensorFlow's rnn_cell_impl. */
import type { DType } from '../base/dtype';
import { isCallable } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { type NamedTuple, madeBy, namedTuple } from '../base/named-tuple';
import { preview } from '../base/preview';
import { TensorShape } from '../base/shape';
import { tupleClass } from '../calls/tuple-class';
import { constantValue, type TensorLike } from '../graph/constant';
import type { Deeper, ElementFor, Made, RankFor } from '../graph/fetched';
import { type ArrayTensor, Tensor } from '../graph/graph';
import { type Structure, mapStructure } from '../flow/structure';
import { wholeNumber } from '../layers/arguments';
import { concat } from '../ops/concat';
import { expandDims } from '../ops/reshape';
import { ints, zeros } from '../ops/words';
import type { VariableScope } from '../variables/variable-scope';

/** The size of a state or an output without its batch: a number or a shape, in lists and objects. */
export type StateSize = Structure<number | TensorShape>;
/** How many rows there are: a number, or a scalar of int32. */
export type BatchSize = number | Tensor;

/** A tensor of [batch, size]: what the cells of this library give and keep. */
export type Rows = ArrayTensor<number, 2>;
/** A tensor that is to be one. @throws ValueError  for another rank */
export function rowsIn(x: Tensor): Rows {
  if (hasRows(x)) return x;
  throw new ValueError(`Expected a tensor of [batch, size], but ${x.name} has shape ${x.shape}.`);
}
function hasRows(x: Tensor): x is Rows {
  return x.shape.rank === null || x.shape.rank === 2;
}
/** The same of all steps: one dimension more. */
export type StepsOf<O> = O extends Tensor ? Made<ElementFor<O>, Deeper<RankFor<O>>> : O;
/** What an LSTM keeps: `c`, the memory, and `h`, the output. */
export type LSTMStateTuple<T = Rows> = NamedTuple<readonly ['c', 'h'], T> & {
  /** The dtype of both. */
  readonly dtype: DType;
};
interface LSTMStateTupleMaker {
  <T = Tensor>(c: T, h: T): LSTMStateTuple<T>;
  <T = Tensor>(parts: { readonly c: T; readonly h: T }): LSTMStateTuple<T>;
  new <T = Tensor>(c: T, h: T): LSTMStateTuple<T>;
  new <T = Tensor>(parts: { readonly c: T; readonly h: T }): LSTMStateTuple<T>;
}
const NAMES = ['c', 'h'] as const;
const STATES = new WeakSet<object>();
/**
 * What an LSTM keeps from one step to the next: a list of two, with names.
 *
 *     const state = tf.nn.rnnCell.LSTMStateTuple(tf.zeros([2, 3]), tf.ones([2, 3]));
 *     state.h                // [[1, 1, 1], [1, 1, 1]]
 *     const [c, h] = state;
 *
 * @param c  the memory
 * @param h  the output
 * @returns  a list of the two, which has `c`, `h` and their `dtype`
 */
export const LSTMStateTuple: LSTMStateTupleMaker = tupleClass('nn.rnn_cell.LSTMStateTuple', ([c, h]) => tupleOf(c, h));
function tupleOf(c: unknown, h: unknown): object {
  const tuple = madeBy(namedTuple(NAMES, [c, h]), ([one, other]) => stateTuple(one, other));
  STATES.add(tuple);
  return Object.defineProperty(tuple, 'dtype', { get: () => dtypeOf(c, h) });
}
/** The same of anything, for what builds nodes. */
export function stateTuple<T>(c: T, h: T): LSTMStateTuple<T> {
  return LSTMStateTuple<T>(c, h);
}
function dtypeOf(c: unknown, h: unknown): DType | undefined {
  if (!(c instanceof Tensor && h instanceof Tensor)) return undefined;
  if (c.dtype !== h.dtype) throw new TypeError_(`Inconsistent internal state: ${c.dtype} vs ${h.dtype}`);
  return c.dtype;
}
export function isStateTuple(x: unknown): x is LSTMStateTuple<unknown> {
  return typeof x === 'object' && x !== null && STATES.has(x);
}

/** Sizes and names as Python prints them. */
export function shownSizes(size: unknown): string {
  if (isStateTuple(size)) return `LSTMStateTuple(c=${shownSizes(size.c)}, h=${shownSizes(size.h)})`;
  return Array.isArray(size) ? `[${size.map(shownSizes).join(', ')}]` : String(size);
}

/** Something that has the sizes, the state and the step of a cell. */
export interface CellLike<S = unknown, O = Tensor, X = Tensor> {
  /** The size of its output. */
  readonly outputSize: StateSize;
  /** The size of its state. */
  readonly stateSize: StateSize;
  /** A state of zeros. */
  zeroState(batchSize: BatchSize, dtype: DType): S;
  /** One step. */
  apply(
    inputs: NoInfer<X> | TensorLike,
    state: S,
    scope?: string | VariableScope | null,
  ): readonly [output: O, state: S];
  /** Its nodes: what it takes tells the compiler the kind of the inputs. */
  call?(inputs: X, state: NoInfer<S>): unknown;
}
/** A cell of any state. */
export interface AnyCell {
  /** The size of its output. */
  readonly outputSize: StateSize;
  /** The size of its state. */
  readonly stateSize: StateSize;
  /** A state of zeros. A function in the type: what it gives would be taken for the state of a cell made in place. */
  readonly zeroState: CallableFunction;
  /** One step. */
  readonly apply: CallableFunction;
}
/** @throws TypeError  for what is no cell */
export function assertCell(name: string, cell: unknown): void {
  const made = typeof cell === 'object' && cell !== null ? cell : {};
  const has = (key: string): boolean => key in made;
  const lacks: string[] = [];
  if (!has('outputSize')) lacks.push("'output_size' property is missing");
  if (!has('stateSize')) lacks.push("'state_size' property is missing");
  if (!has('getInitialState') && !has('zeroState'))
    lacks.push("either 'zero_state' or 'get_initial_state' method is required");
  if (!('apply' in made && isCallable(made.apply))) lacks.push('is not callable');
  if (lacks.length)
    throw new TypeError_(
      `The argument '${name}' (${preview(cell)}) is not an RNNCell: ${lacks.join(', ')}.` +
        '\n  fix: new tf.nn.rnnCell.BasicLSTMCell(128), or a class that extends tf.nn.rnnCell.RNNCell.',
    );
}
/** The same shape. @throws ValueError  where it has fewer dimensions than steps need */
export function checkedRank(shape: TensorShape, least: number, cure: string): TensorShape {
  if (shape.dims && shape.dims.length < least)
    throw new ValueError(`Shape ${shape} must have rank at least ${least}\n  fix: ${cure}`);
  return shape;
}

/** What a size may be. */
export type Size = number | TensorShape | Tensor | readonly (number | null)[] | null;
/** A leaf of sizes. @throws TypeError  for what is none */
export function sizeIn(leaf: unknown): Size {
  if (leaf === null || typeof leaf === 'number' || leaf instanceof TensorShape || leaf instanceof Tensor) return leaf;
  throw new TypeError_(`A size is a number, a shape or a tensor of int32, but saw: ${preview(leaf)}`);
}
/** The size of a part as a tensor, or null where it is not known while building. */
function asSizes(size: Size, which: string): Tensor | null {
  if (!(size instanceof Tensor)) {
    const shape = shapeOfSize(size);
    return shape.isFullyDefined() ? ints(shape.fullDims ?? []) : null;
  }
  if (size.shape.rank === 0) return expandDims(size, 0);
  if (size.shape.rank !== 1)
    throw new ValueError(`${which} tensor must be either a scalar or vector, but saw tensor: ${size}`);
  return size;
}
function shapeOfSize(size: Exclude<Size, Tensor>): TensorShape {
  if (size instanceof TensorShape) return size;
  return new TensorShape(typeof size === 'number' ? [size] : size);
}
/** A size as a shape, as far as it is known. */
export function staticSize(size: Size): TensorShape {
  if (!(size instanceof Tensor)) return shapeOfSize(size);
  const known = constantValue(size);
  return known
    ? new TensorShape(Array.from({ length: known.size }, (_, i) => Number(known.data[i])))
    : TensorShape.unknown();
}
/** Two sizes one after the other, as a tensor. */
export function joinedSizes(prefix: Size, suffix: Size): Tensor {
  const p = asSizes(prefix, 'prefix');
  const s = asSizes(suffix, 'suffix');
  if (!p || !s) throw new ValueError(`Provided a prefix or suffix of None: ${preview(prefix)} and ${preview(suffix)}`);
  return concat([p, s], 0);
}
/** The same as a shape, as far as it is known. TensorFlow makes the nodes of a tensor that is a scalar anew. */
export function joinedShape(prefix: Size, suffix: Size): TensorShape {
  const [p, s] = [prefix, suffix].map((size, i) => {
    if (!(size instanceof Tensor)) {
      const shape = shapeOfSize(size);
      if (shape.isFullyDefined()) ints(shape.fullDims ?? []);
      return shape;
    }
    const shape = staticSize(size);
    asSizes(size, i ? 'suffix' : 'prefix');
    return shape;
  });
  return p.concatenate(s);
}
/** Zeros of a state. `S` is what the cell says that it keeps: tensors have taken the places of its sizes. */
export function zeroStates<S>(size: unknown, batchSize: BatchSize, dtype: DType): S {
  return mapStructure(size, (leaf) => {
    const part = sizeIn(leaf);
    const made = zeros(joinedSizes(batchSize, part), dtype);
    made.setShape(joinedShape(batchSize, part));
    return made;
  }) as S;
}
/** The size of a cell. @throws TypeError, ValueError  in the words of a shape, which it is a part of */
export function unitsOf(value: unknown, name = 'num_units'): number {
  const cure = '\n  fix: a whole number of units, as in new BasicLSTMCell(128).';
  if (typeof value === 'string')
    throw new TypeError_(
      `A string has ambiguous TensorShape, please wrap in a list or convert to an int: ${value}${cure}`,
    );
  if (typeof value === 'number' && value > 0 && !Number.isInteger(value))
    throw new ValueError(`Ambiguous dimension: ${value}${cure}`);
  return wholeNumber(value, name);
}
