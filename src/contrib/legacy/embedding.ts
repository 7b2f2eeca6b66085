/** Sequence to sequence of symbols, by vectors of a table. After TensorFlow 1.15's legacy_seq2seq. */
import type { DTypeLike } from '../../base/dtype';
import { TensorShape } from '../../base/shape';
import { tensorLeaves } from '../../flow/leaves';
import { type TensorLike, toTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { embeddingLookup } from '../../nn/embedding';
import { knowingAll } from '../../ops/known-calls';
import { element, shapeOf } from '../../ops/words';
import { copiedCell } from '../../rnn/copied';
import type { CellLike } from '../../rnn/state';
import { staticRnnOf } from '../../rnn/static';
import type { ScopeLike } from '../../rnn/steps';
import { getVariable } from '../../variables/get-variable';
import { variableScope } from '../../variables/scope';
import { EmbeddingWrapper, OutputProjectionWrapper } from '../cells/projections';
import { decoded, tied } from './decoders';
import { type Decoded, type FeedPrevious, type Projection, checkProjection, fedAs, likeliest } from './feed-previous';

export type { Projection } from './feed-previous';
/** Steps of symbols: a list of [batch], whole numbers. */
export type Symbols = readonly TensorLike[];
interface DecoderOptions {
  /** Weights and biases that make symbols of outputs. */
  readonly outputProjection?: Projection | null;
  /** Whether each input but the first is what the decoder gave before. */
  readonly feedPrevious?: boolean | null;
  /** Whether gradients go into the vectors of what is fed so; true where not given. */
  readonly updateEmbeddingForPrevious?: boolean | null;
  /** A variable scope, or its name. */
  readonly scope?: ScopeLike | null;
}
type DecoderCall = <S>(
  decoderInputs: Symbols,
  initialState: NoInfer<S>,
  cell: CellLike<S>,
  numSymbols: number,
  embeddingSize: number,
  options?: DecoderOptions,
) => [outputs: Tensor[], state: S];
/** The decoder, for what builds nodes: its vectors are looked up where its steps are. */
export function decodedSymbols(
  inputs: Symbols,
  initialState: unknown,
  cell: CellLike<unknown>,
  symbols: number,
  size: number,
  projection?: Projection,
  feeds: boolean = false,
  updates: boolean = true,
  named?: ScopeLike,
): Decoded {
  return variableScope(named || 'embedding_rnn_decoder', (scope) => {
    if (projection) checkProjection(projection, symbols, scope.dtype);
    const table = getVariable('embedding', [symbols, size]);
    const loop = feeds ? likeliest(table, projection, updates) : undefined;
    function* vectors(): Generator<Tensor> {
      for (const each of inputs) yield embeddingLookup(table, each);
    }
    return decoded(vectors(), initialState, cell, loop);
  });
}
/**
 * A decoder of symbols: each step takes the vector of its symbol, or of the one that the step before made likeliest.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const symbols = [tf.constant([1], tf.int32), tf.constant([2], tf.int32)];
 *     const start = cell.zeroState(1, tf.float32);
 *     const { embeddingRnnDecoder } = tf.contrib.legacySeq2seq;
 *     const [outputs] = embeddingRnnDecoder(symbols, start, cell, 4, 3, { feedPrevious: true });
 *     outputs[1].shape   // (1, 4)
 *
 * @param decoderInputs                a list of symbols, [batch] of whole numbers
 * @param initialState                 the state before the first step
 * @param cell                         what is one step
 * @param numSymbols                   how many symbols there are
 * @param embeddingSize                the size of a vector
 * @param outputProjection             weights and biases that make symbols of outputs
 * @param feedPrevious                 whether each input but the first is what the step before made likeliest
 * @param updateEmbeddingForPrevious   whether gradients go into the vectors of what is fed so; true where not given
 * @param scope                        a variable scope, or its name; `embedding_rnn_decoder` where not given
 * @returns  a list of the outputs, and the last state
 * @throws ValueError  for a projection of another size
 */
export const embeddingRnnDecoder = knowingAll<DecoderCall>()(
  'contrib.legacy_seq2seq.embedding_rnn_decoder',
  decodedSymbols,
);

interface SymbolOptions {
  /** Weights and biases that make symbols of outputs; a projection is made where not given. */
  readonly outputProjection?: Projection | null;
  /** Whether each input of the decoder but the first is what it gave before: a boolean, or a scalar of booleans. */
  readonly feedPrevious?: FeedPrevious | null;
  /** Of the states; the scope's where not given. */
  readonly dtype?: DTypeLike | null;
  /** A variable scope, or its name. */
  readonly scope?: ScopeLike | null;
}
type RnnCall = <S>(
  encoderInputs: Symbols,
  decoderInputs: Symbols,
  cell: CellLike<S>,
  numEncoderSymbols: number,
  numDecoderSymbols: number,
  embeddingSize: number,
  options?: SymbolOptions,
) => [outputs: Tensor[], state: S];
/**
 * A net that reads symbols, and one that writes others from the state that it has come to.
 *
 *     const symbols = (...each: number[]) => each.map((id) => tf.constant([id], tf.int32));
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const [outputs] = tf.contrib.legacySeq2seq.embeddingRnnSeq2seq(symbols(1, 2), symbols(0, 3, 4), cell, 6, 5, 3);
 *     outputs[2].shape   // (1, 5)
 *
 * @param encoderInputs      a list of symbols that are read, [batch] of whole numbers
 * @param decoderInputs      a list of those that are written
 * @param cell               what is one step; the net that reads has a copy of it, with weights of its own
 * @param numEncoderSymbols  how many symbols there are to read
 * @param numDecoderSymbols  how many symbols there are to write
 * @param embeddingSize      the size of a vector
 * @param outputProjection   weights and biases that make symbols of outputs; a projection is made where not given
 * @param feedPrevious       whether each input of the decoder but the first is what it gave before: a boolean, or a
 *                           scalar of booleans
 * @param dtype              of the states; the scope's where not given
 * @param scope              a variable scope, or its name; `embedding_rnn_seq2seq` where not given
 * @returns  a list of the outputs, and the last state
 * @throws ValueError  for a projection of another size
 */
export const embeddingRnnSeq2seq = knowingAll<RnnCall>()(
  'contrib.legacy_seq2seq.embedding_rnn_seq2seq',
  (
    encoderInputs: Symbols,
    decoderInputs: Symbols,
    cell: CellLike<unknown>,
    numEncoderSymbols: number,
    numDecoderSymbols: number,
    embeddingSize: number,
    projection?: Projection,
    feedPrevious: FeedPrevious = false,
    dtype?: DTypeLike,
    named?: ScopeLike,
  ): Decoded =>
    variableScope(named || 'embedding_rnn_seq2seq', (scope) => {
      if (dtype !== undefined) scope.setDtype(dtype);
      const reader = new EmbeddingWrapper(copiedCell(cell), numEncoderSymbols, embeddingSize);
      const [, start] = staticRnnOf(reader, encoderInputs, undefined, scope.dtype);
      const writer = projection ? cell : new OutputProjectionWrapper(cell, numDecoderSymbols);
      return fedAs(
        feedPrevious,
        decoderInputs.length,
        () => start,
        (feeds, updates) =>
          decodedSymbols(decoderInputs, start, writer, numDecoderSymbols, embeddingSize, projection, feeds, updates),
      );
    }),
);

type TiedCall = <S>(
  encoderInputs: Symbols,
  decoderInputs: Symbols,
  cell: CellLike<S>,
  numSymbols: number,
  embeddingSize: number,
  options?: SymbolOptions & { readonly numDecoderSymbols?: number | null },
) => [outputs: Tensor[], state: S];
/**
 * The same with one table and one cell for both.
 *
 *     const symbols = (...each: number[]) => each.map((id) => tf.constant([id], tf.int32));
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const [outputs] = tf.contrib.legacySeq2seq.embeddingTiedRnnSeq2seq(symbols(1, 2), symbols(0, 3), cell, 5, 3);
 *     outputs[1].shape   // (1, 5)
 *
 * @param encoderInputs      a list of symbols that are read, [batch] of whole numbers
 * @param decoderInputs      a list of those that are written
 * @param cell               what is one step
 * @param numSymbols         how many symbols there are
 * @param embeddingSize      the size of a vector
 * @param numDecoderSymbols  the size of the outputs; `numSymbols` where not given
 * @param outputProjection   weights and biases that make symbols of outputs; a projection is made where not given
 * @param feedPrevious       whether each input of the decoder but the first is what it gave before: a boolean, or a
 *                           scalar of booleans
 * @param dtype              of the states; the scope's where not given
 * @param scope              a variable scope, or its name; `embedding_tied_rnn_seq2seq` where not given
 * @returns  a list of the outputs, and the last state
 * @throws ValueError  for a projection of another size
 */
export const embeddingTiedRnnSeq2seq = knowingAll<TiedCall>()(
  'contrib.legacy_seq2seq.embedding_tied_rnn_seq2seq',
  (
    encoderInputs: Symbols,
    decoderInputs: Symbols,
    cell: CellLike<unknown>,
    symbols: number,
    size: number,
    numDecoderSymbols?: number,
    projection?: Projection,
    feedPrevious: FeedPrevious = false,
    dtype?: DTypeLike,
    named?: ScopeLike,
  ): Decoded =>
    variableScope(named || 'embedding_tied_rnn_seq2seq', { dtype }, (scope) => {
      const type = scope.dtype;
      if (projection) checkProjection(projection, symbols, type);
      const table = getVariable('embedding', [symbols, size], { dtype: type });
      const [read, written] = [encoderInputs, decoderInputs].map((all) => all.map((x) => embeddingLookup(table, x)));
      const both = projection ? cell : new OutputProjectionWrapper(cell, numDecoderSymbols ?? symbols);
      const like = (): unknown => both.zeroState(rowsOf(encoderInputs), type);
      return fedAs(feedPrevious, decoderInputs.length, like, (feeds, updates) =>
        tied(read, written, both, feeds ? likeliest(table, projection, updates) : undefined, type),
      );
    }),
);
/** How many rows symbols have. */
function rowsOf(steps: Symbols): number | Tensor {
  const [first, ...others] = tensorLeaves(steps.map((each) => toTensor(each)));
  const rows = new TensorShape([first.shape.at(0)]);
  for (const { shape } of others) rows.mergeWith([shape.at(0)]);
  return rows.at(0) ?? element(shapeOf(first), 0);
}
