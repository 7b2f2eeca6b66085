/** Decoders of symbols that look at what was read. After TensorFlow 1.15's legacy_seq2seq. */
import type { DTypeLike } from '../../base/dtype';
import { optionalDtype } from '../../base/to-ndarray';
import { convertToTensor, toTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { wholeNumber } from '../../layers/arguments';
import { embeddingLookup } from '../../nn/embedding';
import { concat } from '../../ops/concat';
import { knowingAll } from '../../ops/known-calls';
import { reshape } from '../../ops/reshape';
import { copiedCell } from '../../rnn/copied';
import type { CellLike } from '../../rnn/state';
import { staticRnnOf } from '../../rnn/static';
import type { ScopeLike } from '../../rnn/steps';
import { getVariable } from '../../variables/get-variable';
import { variableScope } from '../../variables/scope';
import { EmbeddingWrapper, OutputProjectionWrapper } from '../cells/projections';
import { attending } from './attention';
import type { Symbols } from './embedding';
import { type Decoded, type FeedPrevious, type Projection, fedAs, likeliest } from './feed-previous';

interface Options<F> {
  /** How many times each step looks; 1 where not given. */
  readonly numHeads?: number | null;
  /** Weights and biases that make symbols of outputs. */
  readonly outputProjection?: Projection | null;
  /** Whether each input but the first is what the decoder gave before. */
  readonly feedPrevious?: F | null;
  /** Of weights and states; the scope's where not given. */
  readonly dtype?: DTypeLike | null;
  /** A variable scope, or its name. */
  readonly scope?: ScopeLike | null;
  /** Whether it looks before its first step too. */
  readonly initialStateAttention?: boolean | null;
}
type DecoderCall = <S>(
  decoderInputs: Symbols,
  initialState: NoInfer<S>,
  attentionStates: Tensor,
  cell: CellLike<S>,
  numSymbols: number,
  embeddingSize: number,
  options?: Options<boolean> & {
    readonly outputSize?: number | null;
    readonly updateEmbeddingForPrevious?: boolean | null;
  },
) => [outputs: Tensor[], state: S];
function attendingSymbols(
  inputs: Symbols,
  initialState: unknown,
  states: Tensor,
  cell: CellLike<unknown>,
  symbols: number,
  size: number,
  numHeads: number = 1,
  outputSize: number = wholeNumber(cell.outputSize, 'output_size'),
  projection?: Projection,
  feeds: boolean = false,
  updates: boolean = true,
  dtype?: DTypeLike,
  named?: ScopeLike,
  looksFirst: boolean = false,
): Decoded {
  if (projection) convertToTensor(projection[1], optionalDtype(dtype)).shape.assertIsCompatibleWith([symbols]);
  return variableScope(named || 'embedding_attention_decoder', { dtype }, () => {
    const table = getVariable('embedding', [symbols, size]);
    const loop = feeds ? likeliest(table, projection, updates) : undefined;
    const vectors = inputs.map((each) => embeddingLookup(table, each));
    const how = [outputSize, numHeads, loop, undefined, undefined, looksFirst] as const;
    return attending(vectors, initialState, states, cell, ...how);
  });
}
/**
 * A decoder of symbols that looks at what was read.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const symbols = [tf.constant([1], tf.int32), tf.constant([2], tf.int32)];
 *     const [read, start] = [tf.ones([1, 5, 3]), cell.zeroState(1, tf.float32)];
 *     const decoder = tf.contrib.legacySeq2seq.embeddingAttentionDecoder;
 *     decoder(symbols, start, read, cell, 6, 2, { outputSize: 6, feedPrevious: true })[0][1].shape   // (1, 6)
 *
 * @param decoderInputs               a list of symbols, [batch] of whole numbers
 * @param initialState                the state before the first step
 * @param attentionStates             what is looked at, [batch, places, size]
 * @param cell                        what is one step
 * @param numSymbols                  how many symbols there are
 * @param embeddingSize               the size of a vector
 * @param numHeads                    how many times each step looks; 1 where not given
 * @param outputSize                  the size of the outputs; the cell's where not given
 * @param outputProjection            weights and biases that make symbols of outputs
 * @param feedPrevious                whether each input but the first is what the step before made likeliest
 * @param updateEmbeddingForPrevious  whether gradients go into the vectors of what is fed so; true where not given
 * @param dtype                       of weights and states; the scope's where not given
 * @param scope                       a variable scope, or its name; `embedding_attention_decoder` where not given
 * @param initialStateAttention       whether it looks before its first step too
 * @returns  a list of the outputs, and the last state
 * @throws ValueError  for a projection of another size, or as `attentionDecoder`
 */
export const embeddingAttentionDecoder = knowingAll<DecoderCall>()(
  'contrib.legacy_seq2seq.embedding_attention_decoder',
  attendingSymbols,
);

type Seq2seqCall = <S>(
  encoderInputs: Symbols,
  decoderInputs: Symbols,
  cell: CellLike<S>,
  numEncoderSymbols: number,
  numDecoderSymbols: number,
  embeddingSize: number,
  options?: Options<FeedPrevious>,
) => [outputs: Tensor[], state: S];
/**
 * A net that reads symbols, and one that writes others and looks at all that was read in each of its steps.
 *
 *     const symbols = (...each: number[]) => each.map((id) => tf.constant([id], tf.int32));
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const { embeddingAttentionSeq2seq } = tf.contrib.legacySeq2seq;
 *     const [outputs] = embeddingAttentionSeq2seq(symbols(1, 2), symbols(0, 3, 4), cell, 6, 5, 3);
 *     outputs[2].shape   // (1, 5)
 *
 * @param encoderInputs          a list of symbols that are read, [batch] of whole numbers
 * @param decoderInputs          a list of those that are written
 * @param cell                   what is one step; the net that reads has a copy of it, with weights of its own
 * @param numEncoderSymbols      how many symbols there are to read
 * @param numDecoderSymbols      how many symbols there are to write
 * @param embeddingSize          the size of a vector
 * @param numHeads               how many times each step looks; 1 where not given
 * @param outputProjection       weights and biases that make symbols of outputs; a projection is made where not given
 * @param feedPrevious           whether each input of the decoder but the first is what it gave before: a boolean, or a
 *                               scalar of booleans
 * @param dtype                  of weights and states; the scope's where not given
 * @param scope                  a variable scope, or its name; `embedding_attention_seq2seq` where not given
 * @param initialStateAttention  whether it looks before its first step too
 * @returns  a list of the outputs, and the last state
 * @throws ValueError  for a projection of another size, or as `attentionDecoder`
 */
export const embeddingAttentionSeq2seq = knowingAll<Seq2seqCall>()(
  'contrib.legacy_seq2seq.embedding_attention_seq2seq',
  (
    encoderInputs: Symbols,
    decoderInputs: Symbols,
    cell: CellLike<unknown>,
    numEncoderSymbols: number,
    symbols: number,
    size: number,
    numHeads: number = 1,
    projection?: Projection,
    feedPrevious: FeedPrevious = false,
    dtype?: DTypeLike,
    named?: ScopeLike,
    looksFirst: boolean = false,
  ): Decoded =>
    variableScope(named || 'embedding_attention_seq2seq', { dtype }, (scope) => {
      const reader = new EmbeddingWrapper(copiedCell(cell), numEncoderSymbols, size);
      const [outputs, start] = staticRnnOf(reader, encoderInputs, undefined, scope.dtype);
      const width = wholeNumber(cell.outputSize, 'output_size');
      const read = outputs.map((each) => reshape(toTensor(each), [-1, 1, width]));
      const states = concat(read, 1);
      const writer = projection ? cell : new OutputProjectionWrapper(cell, symbols);
      const made = projection ? undefined : symbols;
      return fedAs(
        feedPrevious,
        decoderInputs.length,
        () => start,
        (feeds, updates) => {
          const how = [numHeads, made, projection, feeds, updates, undefined, undefined, looksFirst] as const;
          return attendingSymbols(decoderInputs, start, states, writer, symbols, size, ...how);
        },
      );
    }),
);
