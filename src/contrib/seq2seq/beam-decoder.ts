/** A decoder that keeps the best few sequences of each row. After TensorFlow 1.15's seq2seq. */
import { type DType, bool, int32, int64 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { namedParts, namedTuple } from '../../base/named-tuple';
import { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { inScope } from '../../graph/apply';
import { type TensorLike, convertToTensor, toTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { condTensor } from '../../flow/cond';
import { mapLeaves, mapTensors, packLike } from '../../flow/leaves';
import { type Structure, flatten, mapStructure } from '../../flow/structure';
import { TensorArray } from '../../flow/tensor-array';
import { gatherTree } from '../../ops/beams';
import { cast } from '../../ops/cast';
import { concat } from '../../ops/concat';
import { zeros } from '../../ops/fill';
import { oneHot } from '../../ops/one-hot';
import { reduceAll, reduceMax } from '../../ops/reduce';
import { expandDims, reshape } from '../../ops/reshape';
import { scalar, shapeOf, sizeOf, sliced, tile } from '../../ops/words';
import { type CellLike, type StateSize, assertCell, sizeIn, staticSize } from '../../rnn/state';
import { wholeNumbers } from '../../rnn/steps';
import { type OutputLayer, checkLayer, rnnOutputSize, stateDtype } from './basic-decoder';
import { arrayInOrder, checkRank, knownBatch, sizes } from './beam-order';
import { type Search, attentionProbs, searchStep } from './beam-step';
import {
  type BeamSearchDecoderOutput,
  type BeamSearchDecoderState,
  FINAL_NAMES,
  type FinalBeamSearchDecoderOutput,
  OUTPUT_NAMES,
  beamState,
} from './beam-tuples';
import { Decoder, type DecoderStart, type DecoderStep, type FinalizeNames, type StepNames } from './decoder';
import { type Embedding, embeddingOf } from './embedding-helpers';
import type { OneName } from './helper';

type Taken<S> = [
  cell: CellLike<S>,
  embedding: Embedding,
  startTokens: TensorLike,
  endToken: TensorLike,
  initialState: NoInfer<S>,
  beamWidth: number,
  outputLayer?: OutputLayer | null,
  lengthPenaltyWeight?: TensorLike,
  coveragePenaltyWeight?: TensorLike,
  reorderTensorArrays?: boolean,
];
const BEAM = constructorOf<Taken<unknown>>('contrib.seq2seq.BeamSearchDecoder');
type State<S> = BeamSearchDecoderState<S>;
type Outputs = BeamSearchDecoderOutput;
type Final = readonly [FinalBeamSearchDecoderOutput, State<unknown>];
/**
 * A decoder that keeps the best few sequences of each row, its beams: each step tries every word behind each beam, and
 * goes on with the best of all. States, and memories of attention, are made for so many beams by
 * `tf.contrib.seq2seq.tileBatch`.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const embedding = tf.getVariable('embedding', [10, 3]);
 *     const start = tf.contrib.seq2seq.tileBatch(tf.ones([2, 4]), 5);
 *     const layer = new tf.layers.Dense(10);
 *     const decoder = new tf.contrib.seq2seq.BeamSearchDecoder(cell, embedding, [1, 1], 0, start, 5, layer);
 *     const [outputs] = tf.contrib.seq2seq.dynamicDecode(decoder, { maximumIterations: 7 });
 *     outputs.predictedIds.shape   // (2, ?, 5)
 */
export class BeamSearchDecoder<S = unknown> extends Decoder<State<S>, Outputs, Tensor, FinalBeamSearchDecoderOutput> {
  private readonly cell: CellLike<S>;
  private readonly embed: (ids: Tensor) => Tensor;
  private readonly outputLayer: OutputLayer | null;
  private readonly search: Search;
  private readonly reorders: boolean;
  private readonly initialCellState: S;
  private readonly startInputs: Tensor;
  private readonly finished: Tensor;
  /**
   * Makes the decoder.
   *
   * @param cell                   what is one step: of `tf.nn.rnnCell`
   * @param embedding              a table of vectors, or a function that makes inputs of ids
   * @param startTokens            what each row begins with, [batch] of whole numbers
   * @param endToken               what ends a row: a scalar
   * @param initialState           the state before the first step, [batch · beams, …]: from `tileBatch`
   * @param beamWidth              how many beams a row has
   * @param outputLayer            is applied to what the cell gives, as a `tf.layers.Dense`
   * @param lengthPenaltyWeight    how much longer sequences are favoured; 0 where not given
   * @param coveragePenaltyWeight  how much sequences that looked at all of the memory are favoured; 0 where not given
   * @param reorderTensorArrays    whether arrays in the state are put in the order of the beams, and stacked; true
   *   where not given
   * @throws TypeError   for what is no cell or no layer
   * @throws ValueError  for start tokens that are no vector, an end token that is no scalar, or states that are not
   *   for so many beams
   */
  constructor(...given: Args<'contrib.seq2seq.BeamSearchDecoder', Taken<S>>) {
    super();
    const [cell, embedding, startTokens, end, initial, width, layer, byLength, byCoverage, reorders] =
      BEAM.take<Taken<S>>(given);
    assertCell('cell', cell);
    checkLayer(layer ?? null);
    [this.cell, this.outputLayer, this.reorders] = [cell, layer ?? null, reorders ?? true];
    this.embed = embeddingOf(embedding);
    const start = convertToTensor(startTokens, int32, 'start_tokens');
    if (start.shape.rank !== 1) throw new ValueError('start_tokens must be a vector');
    const endToken = convertToTensor(end, int32, 'end_token');
    if (endToken.shape.rank !== 0) throw new ValueError('end_token must be a scalar');
    const batch = sizeOf(wholeNumbers(startTokens));
    const [lengthPenaltyWeight, coveragePenaltyWeight] = [byLength ?? 0, byCoverage ?? 0];
    this.search = { batch, width, endToken, lengthPenaltyWeight, coveragePenaltyWeight };
    this.initialCellState = this.bySize(initial, (x, size) => this.split(x, size));
    this.startInputs = this.embed(tile(expandDims(start, 1), [1, width]));
    const first = zeros(sizes(batch), int32);
    this.finished = oneHot(first, width, { onValue: false, offValue: true, dtype: bool });
  }
  override get batchSize(): Tensor {
    return this.search.batch;
  }
  override get tracksOwnFinished(): boolean {
    return true;
  }
  override get outputSize(): StateSize {
    const { width } = this.search;
    return namedTuple(
      OUTPUT_NAMES,
      [0, 1, 2].map(() => new TensorShape([width])),
    );
  }
  override get outputDtype(): Structure<DType> {
    const dtype = stateDtype(this.initialCellState);
    const scores = mapLeaves(rnnOutputSize(this.cell, this.outputLayer), () => dtype);
    return namedTuple<typeof OUTPUT_NAMES, Structure<DType>>(OUTPUT_NAMES, [scores, int32, int32]);
  }
  /** What the first step takes. */
  override initialize(name?: OneName): DecoderStart<State<S>, Tensor>;
  override initialize(): DecoderStart<State<S>, Tensor> {
    const { batch, width, coveragePenaltyWeight } = this.search;
    const dtype = stateDtype(this.initialCellState);
    const first = zeros(sizes(batch), int32);
    const [onValue, offValue] = [0, -Infinity].map((n) => scalar(n, dtype));
    // Of beams that are all the same one may go on.
    const logProbs = oneHot(first, width, { onValue, offValue, dtype });
    const looked = attentionProbs(this.initialCellState, coveragePenaltyWeight);
    const lengths = zeros(sizes(batch, width), int64);
    const state = beamState(this.initialCellState, logProbs, this.finished, lengths, looked ?? []);
    return [this.finished, this.startInputs, state];
  }
  /** The nodes of a step. */
  override step<_ = never>(
    ...named: Redefinable<StepNames<State<S>, Tensor>, _>
  ): DecoderStep<State<S>, Outputs, Tensor>;
  override step(
    time: Tensor,
    inputs: Tensor,
    state: State<S>,
    name?: string | null,
  ): DecoderStep<State<S>, Outputs, Tensor>;
  override step(
    time: Tensor,
    inputs: Tensor,
    state: State<S>,
    name?: string | null,
  ): DecoderStep<State<S>, Outputs, Tensor> {
    const { cell, outputLayer } = this;
    return inScope(name, 'BeamSearchDecoderStep', [time, ...flatten([inputs, state])], () => {
      const merged = mapTensors(inputs, (x) => this.merged(x, x.shape.slice(2)));
      const before = this.bySize(state.cellState, (x, size) =>
        checkRank(x) >= 2 ? this.merged(x, staticSize(sizeIn(size))) : x,
      );
      const [given, next] = cell.apply(merged, before);
      const apart = mapTensors(given, (x) => this.split(x, x.shape.slice(1)));
      const nextCellState = this.bySize(next, (x, size) => this.split(x, size));
      const logits = outputLayer ? outputLayer.apply(apart) : apart;
      const [output, nextState] = searchStep(this.search, logits, nextCellState, state);
      const { finished } = nextState;
      const nextInputs = condTensor(
        reduceAll(finished),
        () => this.startInputs,
        () => this.embed(output.predictedIds),
      );
      return [output, nextState, nextInputs, finished];
    });
  }
  /** What each beam wrote: the words of the steps by whom they go on from. */
  override finalize<_ = never>(...named: Redefinable<FinalizeNames<State<S>, Outputs>, _>): Final;
  override finalize(outputs: Outputs, finalState: State<S>, sequenceLengths?: Tensor): Final;
  override finalize(outputs: Outputs, finalState: State<S>): Final {
    const most = cast(reduceMax(finalState.lengths, 1), int32);
    const { predictedIds, parentIds } = outputs;
    const written = gatherTree(predictedIds, parentIds, most, this.search.endToken);
    return [namedParts(FINAL_NAMES, [written, outputs]), this.reordered(finalState, parentIds)];
  }
  private reordered(state: State<S>, parentIds: Tensor): State<unknown> {
    if (!this.reorders) return state;
    const cellState = mapStructure(state.cellState, (x) =>
      x instanceof TensorArray ? arrayInOrder(x, this.search, parentIds, state.lengths) : x,
    );
    const { logProbs, finished, lengths, accumulatedAttentionProbs } = state;
    return beamState(cellState, logProbs, finished, lengths, accumulatedAttentionProbs);
  }
  /** A state of what is made of its tensors and their sizes; arrays stay as they are. */
  private bySize<T>(state: T, fn: (x: Tensor, size: unknown) => Tensor): T {
    const each = flatten(this.cell.stateSize);
    const made = flatten(state).map((x, i) => (x instanceof TensorArray ? x : fn(toTensor(x), each[i])));
    return packLike(state, made);
  }
  /** [batch, beams, …] of [batch · beams, …]. */
  private split(x: Tensor, size: unknown): Tensor {
    if (checkRank(x) === 0) return x;
    const { batch, width } = this.search;
    const shape = shapeOf(x);
    const made = reshape(x, concat([sizes(batch, width), sliced(shape, 1, null)], 0));
    const wanted = new TensorShape([knownBatch(this.search), width]).concatenate(staticSize(sizeIn(size)));
    if (!made.shape.isCompatibleWith(wanted))
      throw new ValueError(
        'Unexpected behavior when reshaping between beam width and batch size.  The reshaped tensor has shape: ' +
          `${made.shape}.  We expected it to have shape (batch_size, beam_width, depth) == ${wanted}.  Perhaps you ` +
          'forgot to create a zero_state with batch_size=encoder_batch_size * beam_width?' +
          '\n  fix: tf.contrib.seq2seq.tileBatch(state, beamWidth).',
      );
    made.setShape(wanted);
    return made;
  }
  /** [batch · beams, …] of [batch, beams, …]. */
  private merged(x: Tensor, rest: TensorShape): Tensor {
    const { batch, width } = this.search;
    const shape = shapeOf(x);
    const known = knownBatch(this.search);
    const rows = batch.mul(width);
    const made = reshape(x, concat([sizes(rows), sliced(shape, 2, null)], 0));
    made.setShape(new TensorShape([known === null ? null : known * width]).concatenate(rest));
    return made;
  }
}
bindMethods(BeamSearchDecoder, {
  initialize: 'contrib.seq2seq.BeamSearchDecoder.initialize',
  step: 'contrib.seq2seq.BeamSearchDecoder.step',
  finalize: 'contrib.seq2seq.BeamSearchDecoder.finalize',
});
