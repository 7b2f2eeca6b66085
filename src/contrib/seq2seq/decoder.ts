/** What writes a sequence step by step, and the loop that has it do so. After TensorFlow 1.15's seq2seq. */
import { type DType, int32, toDtype } from '../../base/dtype';
import { TypeError_, ValueError } from '../../base/errors';
import { isA } from '../../base/preview';
import { TensorShape } from '../../base/shape';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { type TensorLike, constantValue, convertToTensor, toTensor } from '../../graph/constant';
import { Tensor, getDefaultGraph, pythonType } from '../../graph/graph';
import { flowOf } from '../../flow/context';
import { arrayLeaf, mapTensors } from '../../flow/leaves';
import { loopVariables } from '../../flow/loop';
import { whole } from '../../flow/rows';
import { type Structure, assertSame, flatten, mapStructure, packAs } from '../../flow/structure';
import { TensorArray } from '../../flow/tensor-array';
import { logicalNot, logicalOr } from '../../ops/compare';
import { fill } from '../../ops/fill';
import { knowingAll } from '../../ops/known-calls';
import { reduceAll } from '../../ops/reduce';
import { where } from '../../ops/where';
import { ints, shapeOf, zerosLike } from '../../ops/words';
import { swapped } from '../../rnn/dynamic';
import { type BatchSize, type StateSize, zeroStates } from '../../rnn/state';
import type { ScopeLike } from '../../rnn/steps';
import { variableScope } from '../../variables/scope';

/** What a decoder begins with: which rows are over before the first step, its inputs, and its state. */
export type DecoderStart<S, X> = readonly [finished: Tensor, inputs: X, state: S];
/** What a step of a decoder gives. */
export type DecoderStep<S, O, X> = readonly [outputs: O, nextState: S, nextInputs: X, finished: Tensor];

/** What `step` takes, by name. */
export interface StepNames<S, X> {
  /** How many steps were made before; a scalar of int32. */
  readonly time: Tensor;
  /** What the step before gave for it. */
  readonly inputs: X;
  /** The state that the step before gave. */
  readonly state: S;
  /** The scope of its nodes. */
  readonly name?: string | null;
}
/** What `finalize` takes, by name. */
export interface FinalizeNames<S, O> {
  /** [time, batch, …] */
  readonly outputs: O;
  /** The state after the last step. */
  readonly finalState: S;
  /** How many steps each row had. */
  readonly sequenceLengths: Tensor;
}

/**
 * What decoders are derived from: `initialize` says what the first step takes, `step` makes the nodes of a step, and
 * `tf.contrib.seq2seq.dynamicDecode` goes from one to the next until all rows are over.
 *
 *     type T = tf.Tensor;
 *     class Count extends tf.contrib.seq2seq.Decoder<T, T, T> {
 *       readonly batchSize = 2;
 *       readonly outputSize = new tf.TensorShape([]);
 *       readonly outputDtype = tf.int32;
 *       override initialize(): [T, T, T] {
 *         const zeros = tf.zeros([2], tf.int32);
 *         return [tf.constant([false, false]), zeros, zeros];
 *       }
 *       override step(time: T, inputs: T, state: T): [T, T, T, T] {
 *         const next = inputs.add(time);
 *         return [next, state, next, next.greaterEqual(6)];
 *       }
 *     }
 *     const [outputs] = tf.contrib.seq2seq.dynamicDecode(new Count());
 *     outputs   // [[0, 1, 3, 6], [0, 1, 3, 6]]
 *
 * `Decoder<S, O, X, F>` has states `S`, outputs `O` of a step, inputs `X` and outputs `F` in the end: tensors, or lists
 * and objects of them.
 */
export abstract class Decoder<S = unknown, O = unknown, X = unknown, F = O> {
  /** How many rows there are. */
  abstract get batchSize(): BatchSize;
  /** The size of a row's output: a number, a shape, or lists and objects of them. */
  abstract get outputSize(): StateSize;
  /** The dtype of the output, in the same lists and objects. */
  abstract get outputDtype(): Structure<DType>;
  /**
   * What the first step takes.
   *
   * @param name  the scope of its nodes
   * @returns  which rows are over already, the inputs and the state
   */
  abstract initialize(name?: string | null): DecoderStart<S, X>;
  /**
   * The nodes of a step.
   *
   * @param time    how many steps were made before; a scalar of int32
   * @param inputs  what the step before gave for it
   * @param state   the state that the step before gave
   * @param name    the scope of its nodes
   * @returns  outputs, the next state, the next inputs, and which rows are over
   */
  abstract step(time: Tensor, inputs: X, state: S, name?: string | null): DecoderStep<S, O, X>;
  /**
   * What is made of the outputs of all steps, once.
   *
   * @param outputs          [time, batch, …]
   * @param finalState       the state after the last step
   * @param sequenceLengths  how many steps each row had
   * @returns  the outputs and the state that `dynamicDecode` gives: these, where a decoder does not say otherwise
   */
  finalize<_ = never>(...named: Redefinable<FinalizeNames<S, O>, _>): readonly [outputs: F, state: unknown];
  finalize(outputs: O, finalState: S, sequenceLengths: Tensor): readonly [outputs: F, state: unknown];
  finalize(outputs: O, finalState: S): readonly [outputs: F, state: unknown] {
    // A decoder with other outputs in the end has a `finalize` of its own.
    return [outputs as unknown as F, finalState];
  }
  /** Whether it says itself which rows are over, since it changes their order; otherwise what was over stays so. */
  get tracksOwnFinished(): boolean {
    return false;
  }
}
bindMethods(Decoder, { finalize: 'contrib.seq2seq.Decoder.finalize' });

/** What `dynamicDecode` takes by name. */
export interface DecodeOptions {
  /** Whether outputs are [time, batch, …] instead of [batch, time, …]. */
  readonly outputTimeMajor?: boolean | null;
  /** Whether the outputs of rows that are over are zeros, and their states stay. */
  readonly imputeFinished?: boolean | null;
  /** After how many steps it ends in any case: a scalar of int32. */
  readonly maximumIterations?: TensorLike | null;
  /** How many steps may run at once; 32 where not given. */
  readonly parallelIterations?: number | null;
  /** Whether what is kept for gradients may leave the device meanwhile. */
  readonly swapMemory?: boolean | null;
  /** A variable scope, or its name; `decoder` where not given. */
  readonly scope?: ScopeLike | null;
}
type Decoded<S, F> = [finalOutputs: F, finalState: S, finalSequenceLengths: Tensor];
type DecodePlaces = readonly [
  outputTimeMajor?: boolean | null,
  imputeFinished?: boolean | null,
  maximumIterations?: TensorLike | null,
  parallelIterations?: number | null,
  swapMemory?: boolean | null,
  scope?: ScopeLike | null,
];
interface DecodeCall {
  <S, O, X, F>(decoder: Decoder<S, O, X, F>, options?: DecodeOptions): Decoded<S, F>;
  <S, O, X, F>(decoder: Decoder<S, O, X, F>, ...places: DecodePlaces): Decoded<S, F>;
  <S, O, X, F>(named: DecodeOptions & { readonly decoder: Decoder<S, O, X, F> }): Decoded<S, F>;
}
type AnyDecoder = Decoder<unknown, unknown, unknown, unknown>;
/**
 * Has a decoder write: step after step, until all rows are over.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const helper = new tf.contrib.seq2seq.TrainingHelper(tf.ones([2, 5, 3]), [5, 4]);
 *     const decoder = new tf.contrib.seq2seq.BasicDecoder(cell, helper, cell.zeroState(2, tf.float32));
 *     const [outputs, state, lengths] = tf.contrib.seq2seq.dynamicDecode(decoder);
 *     lengths                          // [5, 4]
 *     tf.shape(outputs.rnnOutput)      // [2, 5, 4]
 *
 * @param decoder             what makes a step
 * @param outputTimeMajor     whether outputs are [time, batch, …]; [batch, time, …] where not given
 * @param imputeFinished      whether the outputs of rows that are over are zeros, and their states stay
 * @param maximumIterations   after how many steps it ends in any case: a scalar of int32
 * @param parallelIterations  how many steps may run at once; 32 where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @param scope               a variable scope, or its name; `decoder` where not given
 * @returns  the outputs of all steps in the structure of a step's, the last state, and how many steps each row had
 * @throws TypeError   for what is no decoder
 * @throws ValueError  for a `maximumIterations` that is no scalar, or a step that gives other structures than it takes
 */
export const dynamicDecode = knowingAll<DecodeCall>()(
  'contrib.seq2seq.dynamic_decode',
  (
    decoder: AnyDecoder,
    outputTimeMajor?: boolean,
    imputeFinished?: boolean,
    maximumIterations?: TensorLike,
    parallelIterations?: number,
    swapMemory?: boolean,
    scope?: ScopeLike,
  ): [finalOutputs: unknown, finalState: unknown, finalSequenceLengths: Tensor] => {
    if (!isA(decoder, Decoder))
      throw new TypeError_(`Expected decoder to be type Decoder, but saw: <class '${pythonType(decoder)}'>`);
    return variableScope(scope ?? null, 'decoder', null, (opened) => {
      const inLoop = flowOf(getDefaultGraph().flow.context)?.loop ?? null;
      if (!inLoop && (opened.cachingDevice ?? null) === null) opened.setCachingDevice((op) => op.device);
      const settings = { parallelIterations: parallelIterations ?? 32, swapMemory: swapMemory ?? false };
      const limit = limitOf(maximumIterations);
      const [outputs, state, lengths] = decoded(decoder, imputeFinished ?? false, limit, settings);
      const [last, lastState] = decoder.finalize(outputs, state, lengths);
      return [outputTimeMajor ? last : mapTensors(last, swapped), lastState, lengths];
    });
  },
);
function limitOf(given: TensorLike | undefined): Tensor | null {
  if (given === undefined) return null;
  const limit = convertToTensor(given, int32, 'maximum_iterations');
  if (limit.shape.rank !== 0) throw new ValueError('maximum_iterations must be a scalar');
  return limit;
}
/** Two structures of one form, leaf by leaf. */
function zipped(a: unknown, b: unknown, fn: (a: unknown, b: unknown) => unknown): unknown {
  const others = flatten(b);
  return packAs(
    a,
    flatten(a).map((x, i) => fn(x, others[i])),
  );
}
function decoded(
  decoder: AnyDecoder,
  imputes: boolean,
  limit: Tensor | null,
  settings: { readonly parallelIterations: number; readonly swapMemory: boolean },
): [outputs: unknown, state: unknown, lengths: Tensor] {
  const [finished, inputs, state] = decoder.initialize();
  const sizes = decoder.outputSize;
  const zeros = zipped(sizes, decoder.outputDtype, (size, dtype) =>
    zeroStates(size, decoder.batchSize, toDtype(dtype)),
  );
  const over = limit ? logicalOr(finished, limit.lessEqual(0)) : finished;
  const lengths = zerosLike(over, int32);
  const time = ints(0);
  const arrays = zipped(sizes, decoder.outputDtype, (size, dtype) => {
    const elementShape = knownRows(decoder.batchSize, size);
    return new TensorArray(toDtype(dtype), { size: 0, dynamicSize: true, elementShape });
  });
  const [, written, last, , , counted] = loopVariables(
    (...[, , , , done]) => logicalNot(reduceAll(toTensor(done))),
    (...given) => stepped(decoder, imputes ? zeros : null, given),
    [time, arrays, state, inputs, over, lengths],
    { ...settings, maximumIterations: limit },
  );
  return [mapStructure(written, (array) => arrayLeaf(array).stack()), last, toTensor(counted)];
}
/** The shape of the rows of an output, where its size is a shape. */
function knownRows(batchSize: BatchSize, size: unknown): TensorShape | null {
  if (!(size instanceof TensorShape) || size.rank === 0) return null;
  const known = constantValue(
    convertToTensor(typeof batchSize === 'number' ? whole(batchSize) : batchSize, null, 'batch_size'),
  );
  return new TensorShape([known ? Number(known.item()) : null]).concatenate(size);
}

/** The nodes of a step in the loop. @param zeros  the outputs of rows that are over; null to take what comes */
function stepped(decoder: AnyDecoder, zeros: unknown, given: readonly unknown[]): readonly unknown[] {
  const [at, arrays, state, inputs, over, counted] = given;
  const [time, finished, lengths] = [at, over, counted].map((x) => toTensor(x));
  const [outputs, decoderState, nextInputs, decoderFinished] = decoder.step(time, inputs, state);
  const nextFinished = decoder.tracksOwnFinished ? decoderFinished : logicalOr(decoderFinished, finished);
  const nextLengths = where(logicalNot(finished), fill(shapeOf(lengths), time.add(1)), lengths);
  assertSame(state, decoderState);
  assertSame(arrays, outputs);
  assertSame(inputs, nextInputs);
  const emitted = zeros
    ? zipped(outputs, zeros, (out, zero) => where(finished, toTensor(zero), toTensor(out)))
    : outputs;
  const nextState = zeros ? zipped(decoderState, state, (next, before) => kept(finished, before, next)) : decoderState;
  const written = zipped(arrays, emitted, (array, out) => arrayLeaf(array).write(time, toTensor(out)));
  return [time.add(1), written, nextState, nextInputs, nextFinished, nextLengths];
}
/** The state of rows that are over, as it was; scalars and arrays are always the new ones. */
function kept(finished: Tensor, before: unknown, next: unknown): unknown {
  if (!(before instanceof Tensor && next instanceof Tensor)) return next;
  next.setShape(before.shape);
  return next.shape.rank === 0 ? next : where(finished, before, next);
}
