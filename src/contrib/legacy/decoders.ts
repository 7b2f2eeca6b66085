/** Decoders whose steps are nodes of their own. After TensorFlow 1.15's legacy_seq2seq. */
import type { DTypeLike } from '../../base/dtype';
import { Tensor } from '../../graph/graph';
import { knowingAll } from '../../ops/known-calls';
import { copiedCell } from '../../rnn/copied';
import type { CellLike } from '../../rnn/state';
import { staticRnnOf } from '../../rnn/static';
import type { ScopeLike } from '../../rnn/steps';
import { getVariableScope, variableScope } from '../../variables/scope';

/** Makes the next input of the output before and the number of the step. */
export type LoopFunction = (prev: Tensor, i: number) => Tensor;
export type AnyCell = CellLike<unknown, unknown, unknown>;

interface DecoderOptions {
  /** Makes each input but the first of the output before. */
  readonly loopFunction?: LoopFunction | null;
  /** A variable scope, or its name. */
  readonly scope?: ScopeLike | null;
}
interface DecoderCall {
  <S, O, X>(
    decoderInputs: readonly X[],
    initialState: NoInfer<S>,
    cell: CellLike<S, O, X>,
    options?: DecoderOptions,
  ): [outputs: O[], state: S];
  <S, O, X>(
    decoderInputs: readonly X[],
    initialState: NoInfer<S>,
    cell: CellLike<S, O, X>,
    loopFunction?: LoopFunction | null,
    scope?: ScopeLike | null,
  ): [outputs: O[], state: S];
}
/** The decoder, for what builds nodes: an input may be made when its step is. */
export function decoded(
  inputs: Iterable<unknown>,
  initialState: unknown,
  cell: AnyCell,
  loopFunction?: LoopFunction,
  scope?: ScopeLike,
): [outputs: unknown[], state: unknown] {
  return variableScope(scope || 'rnn_decoder', () => {
    let state = initialState;
    const outputs: unknown[] = [];
    for (const given of inputs) {
      const i = outputs.length;
      const before = outputs[i - 1];
      const input =
        loopFunction && before instanceof Tensor
          ? variableScope('loop_function', { reuse: true }, () => loopFunction(before, i))
          : given;
      if (i > 0) getVariableScope().reuseVariables();
      const [output, next] = cell.apply(input, state);
      outputs.push(output);
      state = next;
    }
    return [outputs, state];
  });
}
/**
 * A cell over a list of inputs, from a state on.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(2);
 *     const inputs = tf.unstack(tf.ones([3, 1, 2]));
 *     const [outputs] = tf.contrib.legacySeq2seq.rnnDecoder(inputs, cell.zeroState(1, tf.float32), cell);
 *     outputs.length   // 3
 *
 * @param decoderInputs  a list of tensors [batch, size]
 * @param initialState   the state before the first step
 * @param cell           what is one step
 * @param loopFunction   makes each input but the first of the output before and the number of the step
 * @param scope          a variable scope, or its name; `rnn_decoder` where not given
 * @returns  a list of the outputs, and the last state
 * @throws TypeError  for an argument that it does not take
 */
export const rnnDecoder = knowingAll<DecoderCall>()('contrib.legacy_seq2seq.rnn_decoder', decoded);

type BasicCall = <S, O, X>(
  encoderInputs: readonly X[],
  decoderInputs: readonly X[],
  cell: CellLike<S, O, X>,
  options?: { readonly dtype?: DTypeLike | null; readonly scope?: ScopeLike | null },
) => [outputs: O[], state: S];
/**
 * A net that reads one list of inputs, and another one like it that goes on from the state that it has come to.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(2);
 *     const [read, write] = [tf.unstack(tf.ones([3, 1, 2])), tf.unstack(tf.ones([4, 1, 2]))];
 *     tf.contrib.legacySeq2seq.basicRnnSeq2seq(read, write, cell)[0].length   // 4
 *
 * @param encoderInputs  a list of tensors [batch, size]
 * @param decoderInputs  another one
 * @param cell           what is one step; the net that reads has a copy of it, with weights of its own
 * @param dtype          of the state; float32 where not given
 * @param scope          a variable scope, or its name; `basic_rnn_seq2seq` where not given
 * @returns  a list of the decoder's outputs, and the last state
 * @throws TypeError  for what is no cell
 */
export const basicRnnSeq2seq = knowingAll<BasicCall>()(
  'contrib.legacy_seq2seq.basic_rnn_seq2seq',
  (
    encoderInputs: readonly unknown[],
    decoderInputs: readonly unknown[],
    cell: AnyCell,
    dtype: DTypeLike = 'float32',
    scope?: ScopeLike,
  ): unknown =>
    variableScope(scope || 'basic_rnn_seq2seq', () => {
      const [, state] = staticRnnOf(copiedCell(cell), encoderInputs, undefined, dtype);
      return decoded(decoderInputs, state, cell);
    }),
);

type TiedCall = <S, O, X>(
  encoderInputs: readonly X[],
  decoderInputs: readonly X[],
  cell: CellLike<S, O, X>,
  options?: DecoderOptions & { readonly dtype?: DTypeLike | null },
) => [outputs: O[], state: S];
/**
 * A net that reads one list of inputs, and then another one from the state that it has come to, with the same weights.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(2);
 *     const [read, write] = [tf.unstack(tf.ones([3, 1, 2])), tf.unstack(tf.ones([4, 1, 2]))];
 *     tf.contrib.legacySeq2seq.tiedRnnSeq2seq(read, write, cell)[0].length   // 4
 *
 * @param encoderInputs  a list of tensors [batch, size]
 * @param decoderInputs  another one
 * @param cell           what is one step
 * @param loopFunction   makes each input of the decoder but the first of the output before
 * @param dtype          of the state; float32 where not given
 * @param scope          a variable scope, or its name; `tied_rnn_seq2seq` where not given
 * @returns  a list of the decoder's outputs, and the last state
 * @throws TypeError  for what is no cell
 */
export const tiedRnnSeq2seq = knowingAll<TiedCall>()('contrib.legacy_seq2seq.tied_rnn_seq2seq', tied);
/** The same, for what builds nodes. */
export function tied(
  encoderInputs: readonly unknown[],
  decoderInputs: readonly unknown[],
  cell: AnyCell,
  loopFunction?: LoopFunction,
  dtype: DTypeLike = 'float32',
  scope?: ScopeLike,
): [outputs: unknown[], state: unknown] {
  return variableScope('combined_tied_rnn_seq2seq', () => {
    const named = scope || 'tied_rnn_seq2seq';
    const [, state] = staticRnnOf(cell, encoderInputs, undefined, dtype, undefined, named);
    getVariableScope().reuseVariables();
    return decoded(decoderInputs, state, cell, loopFunction, named);
  });
}
