/** `tf.nn.dynamicRnn`: a cell over the steps of a sequence, in a loop. After TensorFlow 1.15's rnn. */
import type { AfterFirst, Names } from '../calls/types';
import { type DType, type DTypeLike, asDtype, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { Assert } from '../flow/assert';
import { apply, graphOf } from '../graph/apply';
import { type TensorLike, toTensor } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import { arrayLeaves, mapTensors, tensorLeaves } from '../flow/leaves';
import { loopVariables } from '../flow/loop';
import { flatten, packAs } from '../flow/structure';
import { TensorArray } from '../flow/tensor-array';
import { cast } from '../ops/cast';
import { equal } from '../ops/compare';
import { concat } from '../ops/concat';
import { maximum, minimum } from '../ops/elementwise';
import { knowingEach } from '../ops/known-calls';
import { range } from '../ops/range';
import { reduceAll, reduceMax, reduceMin } from '../ops/reduce';
import { stack } from '../ops/stack';
import { transpose } from '../ops/transpose';
import { element, ints, rankOf, shapeOf, zeros } from '../ops/words';
import {
  type BatchSize,
  type CellLike,
  type StepsOf,
  assertCell,
  checkedRank,
  joinedShape,
  joinedSizes,
  sizeIn,
  staticSize,
} from './state';
import {
  type Ends,
  type ScopeLike,
  type Started,
  type StaticRnnOptions,
  batchOf,
  inNetScope,
  stateDtype,
  stepWithEnds,
  wholeNumbers,
} from './steps';

/** What `dynamicRnn` takes by name. */
export interface DynamicRnnOptions<S = unknown> extends StaticRnnOptions<S> {
  /** How many steps may run at once; 32 where not given. */
  readonly parallelIterations?: number | null;
  /** Whether what is kept for gradients may leave the device meanwhile. */
  readonly swapMemory?: boolean | null;
  /** Whether inputs and outputs are [time, batch, size] instead of [batch, time, size]. */
  readonly timeMajor?: boolean | null;
}
interface DynamicRnnCall {
  <S, O, X>(
    cell: CellLike<S, O, X>,
    inputs: X | TensorLike,
    options: DynamicRnnOptions<NoInfer<S>> & Started,
  ): [outputs: StepsOf<O>, state: S];
  <S, O, X>(
    cell: CellLike<S, O, X>,
    named: DynamicRnnOptions<NoInfer<S>> & Started & { readonly inputs: X | TensorLike },
  ): [outputs: StepsOf<O>, state: S];
  <S, O, X>(
    named: DynamicRnnOptions<NoInfer<S>> &
      Started & { readonly cell: CellLike<S, O, X>; readonly inputs: X | TensorLike },
  ): [outputs: StepsOf<O>, state: S];
  <S, O, X>(
    cell: CellLike<S, O, X>,
    ...more: Exclude<AfterFirst<Names<'nn.dynamic_rnn'>, Given>, NoStart>
  ): [outputs: StepsOf<O>, state: S];
}
/** Inputs alone, or with lengths: these tell no dtype. */
type NoStart = readonly [unknown] | readonly [unknown, unknown];
type Given = [
  cell: CellLike<unknown, unknown, unknown>,
  inputs: unknown,
  sequenceLength?: TensorLike,
  initialState?: unknown,
  dtype?: DTypeLike,
  parallelIterations?: number,
  swapMemory?: boolean,
  timeMajor?: boolean,
  scope?: ScopeLike,
];
/**
 * A recurrent net: a cell over the steps of sequences, in a loop that a run goes round.
 *
 *     const cell = new tf.nn.rnnCell.BasicLSTMCell(4);
 *     const x = tf.placeholder(tf.float32, [null, 7, 3]);
 *     const [outputs, state] = tf.nn.dynamicRnn(cell, x, { dtype: tf.float32 });
 *     outputs.shape   // (?, 7, 4)
 *     state.h.shape   // (?, 4)
 *
 * @param cell                what is one step: of `tf.nn.rnnCell`
 * @param inputs              [batch, time, size], or lists and objects of such tensors
 * @param sequenceLength      how many steps each row has, [batch]: behind its end, outputs are 0 and the state stays
 * @param initialState        the state before the first step; zeros where not given
 * @param dtype               of state and outputs; it must be given where there is no initial state
 * @param parallelIterations  how many steps may run at once; 32 where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @param timeMajor           whether inputs and outputs are [time, batch, size]
 * @param scope               a variable scope, or its name; `rnn` where not given
 * @returns  the outputs of all steps, [batch, time, outputSize], and the last state
 * @throws TypeError   for what is no cell
 * @throws ValueError  without a dtype or an initial state, or where the inputs' last dimension is not known
 */
export const dynamicRnn = knowingEach<DynamicRnnCall>()('nn.dynamic_rnn', (...given: Given): unknown =>
  dynamicRnnOf(...given),
);

/** The same, for what builds nodes. */
export function dynamicRnnOf(
  ...[cell, inputs, lengths, initialState, dtype, parallel, swapMemory, timeMajor, scope]: Given
): [outputs: unknown, state: unknown] {
  assertCell('cell', cell);
  return inNetScope(scope, () => {
    let flat = flatten(inputs).map((x) => toTensor(x));
    if (!timeMajor) flat = flat.map(swapped);
    const named = lengths === undefined ? null : lengthsOf(lengths);
    const batchSize = batchOf(flat);
    const type = dtype === undefined ? null : asDtype(dtype);
    const state =
      initialState ?? startOf(cell, batchSize, type, 'If there is no initial_state, you must give a dtype.');
    const options = { parallelIterations: parallel || 32, swapMemory: swapMemory ?? false };
    const [outputs, last] = looped(cell, inputs, flat, state, named && checked(named, batchSize), type, options);
    return [timeMajor ? outputs : mapTensors(outputs, swapped), last];
  });
}
/** A cell that may say itself what it starts from. */
interface Starting<S> {
  getInitialState?(given: { readonly batchSize: BatchSize; readonly dtype: DType }): S;
}
/** The state before the first step. */
export function startOf<S>(
  cell: CellLike<S, unknown, never> & Starting<S>,
  batchSize: BatchSize,
  dtype: DType | null,
  without: string,
): S {
  if (!dtype) throw new ValueError(`${without}\n  fix: {dtype: tf.float32}, or {initialState}.`);
  return cell.getInitialState ? cell.getInitialState({ batchSize, dtype }) : cell.zeroState(batchSize, dtype);
}
/** [batch, time, …] as [time, batch, …], and back. */
export function swapped(x: Tensor): Tensor {
  const { shape } = x;
  if (shape.rank !== null && shape.rank < 2) return x;
  const made = transpose(x, concat([[1, 0], range(2, rankOf(x))], 0));
  if (!shape.dims) return made;
  const [batch, time, ...rest] = shape.dims;
  made.setShape(new TensorShape([time, batch, ...rest]));
  return made;
}
function lengthsOf(given: TensorLike): Tensor {
  const lengths = cast(wholeNumbers(given), int32);
  const { rank } = lengths.shape;
  if (rank !== null && rank !== 1)
    throw new ValueError(
      `sequence_length must be a vector of length batch_size, but saw shape: ${lengths.shape}` +
        '\n  fix: one length for each sequence of the batch, in a list.',
    );
  return apply('Identity', [lengths], {}, 'sequence_length');
}
/** The lengths, behind a check that there is one for each row. */
function checked(lengths: Tensor, batchSize: BatchSize): Tensor {
  const shape = shapeOf(lengths);
  const expected = typeof batchSize === 'number' ? ints([batchSize], 'stack') : stack([batchSize]);
  const fits = Assert(reduceAll(equal(shape, expected)), [
    `Expected shape for Tensor ${lengths.name} is `,
    expected,
    ' but saw shape: ',
    shape,
  ]);
  return graphOf([lengths]).controlDependencies([fits], () => apply('Identity', [lengths], {}, 'CheckSeqLen'));
}

const SEQUENCES =
  'sequences are [batch, time, size]: tf.expandDims(x, -1) where a step is one number, ' +
  'tf.expandDims(x, 0) for a batch of one.';
interface LoopSettings {
  readonly parallelIterations: number;
  readonly swapMemory: boolean;
}
function looped(
  cell: CellLike<unknown, unknown, unknown>,
  inputs: unknown,
  flat: readonly Tensor[],
  state: unknown,
  lengths: Tensor | null,
  dtype: DType | null,
  settings: LoopSettings,
): [outputs: unknown, state: unknown] {
  const outputSizes = flatten(cell.outputSize).map(sizeIn);
  const steps = element(shapeOf(flat[0]), 0);
  const batchSize = batchOf(flat);
  const shapes = flat.map(({ shape }) => checkedRank(shape, 3, SEQUENCES));
  const known = knownSizes(shapes);
  const type = (): DType => stateDtype(dtype, state);
  const zeroOutputs = outputSizes.map((size) => zeros(joinedSizes(batchSize, size), type()));
  const ends = lengths && endsOf(lengths, packAs(cell.outputSize, zeroOutputs));
  const start = ints(0, 'time');
  const base = getDefaultGraph().nameScope('dynamic_rnn', (scope) => scope);
  const arrayOf = (name: string, elementShape: TensorShape, elements: DType): TensorArray =>
    new TensorArray(elements, { size: steps, elementShape, tensorArrayName: base + name });
  const outputArrays = outputSizes.map((size, i) =>
    arrayOf(`output_${i}`, new TensorShape([known[1]]).concatenate(staticSize(size)), type()),
  );
  const inputArrays = flat
    .map((x, i) => arrayOf(`input_${i}`, x.shape.slice(1), x.dtype))
    .map((array, i) => array.unstack(flat[i]));
  const body = (at: unknown, written: unknown, before: unknown): unknown => {
    const time = toTensor(at);
    const rows = inputArrays.map((array, i) => shaped(array.read(time), shapes[i].slice(1)));
    const call = (): readonly [unknown, unknown] => cell.apply(packAs(inputs, rows), before);
    const [output, next] = ends ? stepWithEnds(time, ends, before, call, true) : call();
    const values = tensorLeaves(output);
    const kept = arrayLeaves(written).map((array, i) => array.write(time, values[i]));
    return [time.add(1), kept, next];
  };
  // At least one step, so that the arrays know their shapes.
  const bound = minimum(steps, maximum(1, ends?.max ?? steps));
  const loop = { ...settings, maximumIterations: steps };
  const on = (time: unknown): Tensor => toTensor(time).less(bound);
  const [, arrays, last] = loopVariables(on, body, [start, outputArrays, state], loop);
  const outputs = arrayLeaves(arrays).map((array) => array.stack());
  outputs.forEach((y, i) => y.setShape(joinedShape(known, outputSizes[i])));
  return [packAs(cell.outputSize, outputs), last];
}
function shaped(x: Tensor, shape: TensorShape): Tensor {
  x.setShape(shape);
  return x;
}
/** What steps behind the end of a row give. */
function endsOf(lengths: Tensor, zeroOutput: unknown): Ends {
  return { lengths, min: reduceMin(lengths), max: reduceMax(lengths), zeroOutput };
}
/** Steps and rows, as far as they are known. @throws ValueError  where inputs differ in them */
function knownSizes(shapes: readonly TensorShape[]): [steps: number | null, batch: number | null] {
  const sizes = (shape: TensorShape): [number | null, number | null] =>
    shape.dims ? [shape.at(0), shape.at(1)] : [null, null];
  const [steps, batch] = sizes(shapes[0]);
  for (const shape of shapes) {
    if (!shape.slice(2).isFullyDefined())
      throw new ValueError(
        'Input size (depth of inputs) must be accessible via shape inference, but saw value None.' +
          `\n  fix: a placeholder of shape [null, ${steps ?? 'null'}, size].`,
      );
    const [ownSteps, ownBatch] = sizes(shape);
    if (ownSteps !== steps)
      throw new ValueError('Time steps is not the same for all the elements in the input in a batch.');
    if (ownBatch !== batch) throw new ValueError('Batch_size is not the same for all the elements in the input.');
  }
  return [steps, batch];
}
