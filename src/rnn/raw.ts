/** `tf.nn.rawRnn`: a net whose next inputs a function makes, from what the step before gave. */
import { isCallable } from '../base/border';
import { type DType, int32 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { TensorShape } from '../base/shape';
import { toTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { arrayLeaf, tensorLeaves } from '../flow/leaves';
import { loopVariables } from '../flow/loop';
import { assertSame, flatten, mapStructure, packAs } from '../flow/structure';
import { TensorArray } from '../flow/tensor-array';
import { logicalNot, logicalOr } from '../ops/compare';
import { knowingAll } from '../ops/known-calls';
import { reduceAll } from '../ops/reduce';
import { element, scalar, shapeOf, zeros } from '../ops/words';
import { type CellLike, type Size, assertCell, joinedSizes, sizeIn, staticSize } from './state';
import { type ScopeLike, copyThrough, inNetScope, tensorsOf } from './steps';

/** What a loop function gives. */
export type RawStep<S, X, E, L> = readonly [
  /** Which rows are over, [batch] of bool. */
  elementsFinished: Tensor,
  /** What the next step takes. */
  nextInput: X,
  /** The state that the next step takes; before the first one the initial state. */
  nextState: S,
  /** What is kept of the step; before the first one what such a thing is like, null for the cell's output. */
  emitOutput: E | null,
  /** What the function keeps for itself, or null. */
  nextLoopState: L | null,
];
/** Makes what the next step takes: called before the first one with nulls, and then in every step. */
export type LoopFn<S, O, X, E, L> = (
  time: Tensor,
  cellOutput: O | null,
  cellState: S | null,
  loopState: L | null,
) => RawStep<S, X, E, L>;
/** What `rawRnn` takes by name. */
export interface RawRnnOptions {
  /** How many steps may run at once; 32 where not given. */
  readonly parallelIterations?: number | null;
  /** Whether what is kept for gradients may leave the device meanwhile. */
  readonly swapMemory?: boolean | null;
  /** A variable scope, or its name; `rnn` where not given. */
  readonly scope?: ScopeLike | null;
}
type RawRnnCall = <S, O, X, E, L>(
  cell: CellLike<S, O, X>,
  loopFn: LoopFn<S, O, X, E, L>,
  options?: RawRnnOptions,
) => [emitTa: TensorArray, finalState: S, finalLoopState: L | null];
type Cell = CellLike<unknown, unknown, unknown>;
type AnyLoopFn = LoopFn<unknown, unknown, unknown, unknown, unknown>;
/**
 * A recurrent net whose inputs, states and outputs a function of yours makes, from what each step gives.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(3);
 *     const [outputs] = tf.nn.rawRnn(cell, (time, output: tf.Tensor | null, state: tf.Tensor | null) => [
 *       tf.fill([2], time.greaterEqual(4)),
 *       output ?? tf.ones([2, 3]),
 *       state ?? cell.zeroState(2, tf.float32),
 *       output,
 *       null,
 *     ]);
 *     tf.shape(outputs.stack())   // [4, 2, 3]
 *
 * @param cell                what is one step: of `tf.nn.rnnCell`
 * @param loopFn              takes time, output, state and its own state; gives which rows are over, the next input and
 *   state, what is kept, and its own next state
 * @param parallelIterations  how many steps may run at once; 32 where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @param scope               a variable scope, or its name; `rnn` where not given
 * @returns  an array of what was kept (or arrays, in its structure), the last state, and the function's own last state
 * @throws TypeError  for what is no cell or no function
 */
export const rawRnn = knowingAll<RawRnnCall>()(
  'nn.raw_rnn',
  (cell: Cell, loopFn: AnyLoopFn, parallelIterations?: number, swapMemory?: boolean, scope?: ScopeLike): unknown => {
    assertCell('cell', cell);
    if (!isCallable(loopFn)) throw new TypeError_('loop_fn must be a callable');
    const settings = { parallelIterations: parallelIterations || 32, swapMemory: swapMemory ?? false };
    return inNetScope(scope, () => looped(cell, loopFn, settings));
  },
);

/** What is kept of the steps: its structure, with sizes and dtypes. */
interface Emits {
  readonly structure: unknown;
  readonly sizes: readonly Size[];
  readonly dtypes: readonly DType[];
}
function emitsOf(cell: Cell, given: unknown, states: readonly Tensor[]): Emits {
  if (given === null || given === undefined) {
    const sizes = flatten(cell.outputSize).map(sizeIn);
    return { structure: cell.outputSize, sizes, dtypes: sizes.map(() => states[0].dtype) };
  }
  const parts = tensorsOf(given);
  return {
    structure: given,
    sizes: parts.map((x) => (x.shape.isFullyDefined() ? x.shape : shapeOf(x))),
    dtypes: parts.map(({ dtype }) => dtype),
  };
}
function looped(
  cell: Cell,
  loopFn: AnyLoopFn,
  settings: { readonly parallelIterations: number; readonly swapMemory: boolean },
): readonly [emits: unknown, state: unknown, loopState: unknown] {
  const start = scalar(0, int32);
  const [over, firstInput, givenState, emitted, firstLoopState] = loopFn(start, null, null, null);
  const keepsState = firstLoopState !== null && firstLoopState !== undefined;
  const loopState = keepsState ? firstLoopState : scalar(0, int32);
  const inputs = tensorsOf(firstInput);
  const rows = new TensorShape(inputs[0].shape.dims ? [inputs[0].shape.at(0)] : [null]);
  for (const { shape } of inputs) if (shape.dims) rows.mergeWith([shape.at(0)]);
  const known = rows.at(0);
  const batchSize = known ?? element(shapeOf(inputs[0]), 0);
  assertSame(givenState, cell.stateSize);
  const states = flatten(givenState).map((s) => toTensor(s));
  const { structure, sizes, dtypes } = emitsOf(cell, emitted, states);
  const arrays = sizes.map((size, i) => {
    const elementShape = new TensorShape([known]).concatenate(staticSize(size));
    return new TensorArray(dtypes[i], { dynamicSize: true, elementShape, size: 0, name: `rnn_output_${i}` });
  });
  const zeroEmit = packAs(
    structure,
    sizes.map((size, i) => zeros(joinedSizes(batchSize, size), dtypes[i])),
  );
  const body = (...[at, over, input, written, state, own]: unknown[]): unknown => {
    const [time, isOver] = [toTensor(at), toTensor(over)];
    const [output, cellState] = cell.apply(input, state);
    assertSame(state, cellState);
    assertSame(cell.outputSize, output);
    const nextTime = time.add(1);
    const [nextOver, nextInput, nextState, emit, nextOwn] = loopFn(nextTime, output, cellState, own);
    assertSame(state, nextState);
    assertSame(input, nextInput);
    assertSame(written, emit);
    const copied = (before: unknown, next: unknown): unknown => {
      const all = flatten(before);
      const made = flatten(next).map((x, i) => copyThrough(isOver, all[i], x));
      return packAs(before, made);
    };
    const kept = tensorLeaves(copied(zeroEmit, emit));
    const goesOn = copied(state, nextState);
    let i = 0;
    const all = mapStructure(written, (array) => arrayLeaf(array).write(time, kept[i++]));
    return [nextTime, logicalOr(isOver, nextOver), nextInput, all, goesOn, nextOwn ?? own];
  };
  const goes = (_time: unknown, isOver: unknown): Tensor => logicalNot(reduceAll(toTensor(isOver)));
  const variables = [start, over, firstInput, packAs(structure, arrays), packAs(givenState, states), loopState];
  const [emits, last, own] = loopVariables(goes, body, variables, settings).slice(-3);
  return [emits, last, keepsState ? own : null];
}
