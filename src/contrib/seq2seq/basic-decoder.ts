/** A decoder that takes samples of what a cell gives. After TensorFlow 1.15's seq2seq. */
import type { DType } from '../../base/dtype';
import { TypeError_ } from '../../base/errors';
import { type NamedTuple, namedParts, namedTuple } from '../../base/named-tuple';
import { isA, preview } from '../../base/preview';
import { TensorShape } from '../../base/shape';
import { type Args, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import { tupleClass } from '../../calls/tuple-class';
import type { Redefinable } from '../../calls/types';
import { inScope } from '../../graph/apply';
import { toTensor } from '../../graph/constant';
import { type ArrayTensor, Tensor, pythonType } from '../../graph/graph';
import { assertLike, mapLeaves, packLike } from '../../flow/leaves';
import { type Structure, flatten } from '../../flow/structure';
import { TensorArray } from '../../flow/tensor-array';
import { Layer } from '../../layers/layer';
import {
  type AnyCell,
  type BatchSize,
  type CellLike,
  type StateSize,
  assertCell,
  sizeIn,
  staticSize,
} from '../../rnn/state';
import { Decoder, type DecoderStart, type DecoderStep, type StepNames } from './decoder';
import { Helper, type OneName } from './helper';

const NAMES = ['rnnOutput', 'sampleId'] as const;
/** What a `BasicDecoder` gives: what its cell gave, and what was taken of it. */
export type BasicDecoderOutput<O = Tensor> = NamedTuple<typeof NAMES, readonly [O, ArrayTensor<number>]>;
interface OutputClass {
  new <O = Tensor>(rnnOutput: O, sampleId: Tensor): BasicDecoderOutput<O>;
  new <O = Tensor>(named: { readonly rnnOutput: O; readonly sampleId: Tensor }): BasicDecoderOutput<O>;
  <O = Tensor>(rnnOutput: O, sampleId: Tensor): BasicDecoderOutput<O>;
  <O = Tensor>(named: { readonly rnnOutput: O; readonly sampleId: Tensor }): BasicDecoderOutput<O>;
}
/**
 * What a `BasicDecoder` gives: a list of two, with names.
 *
 *     const output = tf.contrib.seq2seq.BasicDecoderOutput(tf.ones([2, 3]), tf.zeros([2], tf.int32));
 *     output.sampleId   // [0, 0]
 *
 * @param rnnOutput  what the cell gave, or the layer behind it
 * @param sampleId   what the helper took of it
 * @returns  a list of the two, which has their names
 */
export const BasicDecoderOutput: OutputClass = tupleClass('contrib.seq2seq.BasicDecoderOutput', (parts) =>
  namedTuple(NAMES, parts),
);

/** What comes behind a cell. */
export type OutputLayer = Pick<Layer, 'apply' | 'computeOutputShape'>;
/** @throws TypeError  for what is no layer */
export function checkLayer(layer: OutputLayer | null): void {
  if (layer !== null && !(layer instanceof Layer))
    throw new TypeError_(
      `output_layer must be a Layer, received: <class '${pythonType(layer)}'>\n  fix: new tf.layers.Dense(size).`,
    );
}
/** The dtype of a state: that of its first tensor. @throws TypeError  for one without */
export function stateDtype(state: unknown): DType {
  const first = flatten(state).find((x) => x instanceof Tensor || x instanceof TensorArray);
  if (!first) throw new TypeError_(`initial_state must have a tensor, received: ${preview(state)}`);
  return first.dtype;
}
/** The size of what a cell gives, or the layer behind it. */
export function rnnOutputSize({ outputSize }: Pick<AnyCell, 'outputSize'>, layer: OutputLayer | null): StateSize {
  if (!layer) return outputSize;
  return mapLeaves(outputSize, (each) => {
    const shape = new TensorShape([null]).concatenate(staticSize(sizeIn(each)));
    return layer.computeOutputShape(shape).slice(1);
  });
}
type Taken<S, O, X> = [
  cell: CellLike<S, O, X>,
  helper: Helper<O, X>,
  initialState: NoInfer<S>,
  outputLayer?: OutputLayer | null,
];
const BASIC = constructorOf<Taken<unknown, unknown, unknown>>('contrib.seq2seq.BasicDecoder');
/**
 * A decoder whose steps are those of a cell: a helper takes a sample of what the cell gives, and makes the next input.
 *
 *     const cell = new tf.nn.rnnCell.GRUCell(4);
 *     const embedding = tf.getVariable('embedding', [10, 3]);
 *     const helper = new tf.contrib.seq2seq.GreedyEmbeddingHelper(embedding, [1, 1], 0);
 *     const start = cell.zeroState(2, tf.float32);
 *     const decoder = new tf.contrib.seq2seq.BasicDecoder(cell, helper, start, new tf.layers.Dense(10));
 *     tf.contrib.seq2seq.dynamicDecode(decoder, { maximumIterations: 7 })[0].rnnOutput.shape   // (?, ?, 10)
 */
export class BasicDecoder<S = unknown, O = Tensor, X = Tensor> extends Decoder<S, BasicDecoderOutput<O>, X> {
  private readonly cell: CellLike<S, O, X>;
  private readonly helper: Helper<O, X>;
  private readonly initialState: S;
  private readonly outputLayer: OutputLayer | null;
  /**
   * Makes the decoder.
   *
   * @param cell          what is one step: of `tf.nn.rnnCell`
   * @param helper        says what the inputs are, and when a row is over
   * @param initialState  the state before the first step
   * @param outputLayer   is applied to what the cell gives, as a `tf.layers.Dense`
   * @throws TypeError  for what is no cell, helper or layer
   */
  constructor(
    cell: CellLike<S, O, X>,
    helper: Helper<NoInfer<O>, NoInfer<X>>,
    initialState: NoInfer<S>,
    outputLayer?: OutputLayer | { readonly outputLayer?: OutputLayer | null } | null,
  );
  constructor(...given: Args<'contrib.seq2seq.BasicDecoder', Taken<S, O, X>>);
  constructor(...given: readonly unknown[]) {
    const [cell, helper, initialState, outputLayer = null] = BASIC.take<Taken<S, O, X>>(given);
    super();
    assertCell('cell', cell);
    if (!isA(helper, Helper))
      throw new TypeError_(`helper must be a Helper, received: <class '${pythonType(helper)}'>`);
    checkLayer(outputLayer);
    [this.cell, this.helper, this.initialState, this.outputLayer] = [cell, helper, initialState, outputLayer];
  }
  override get batchSize(): BatchSize {
    return this.helper.batchSize;
  }
  override get outputSize(): StateSize {
    return namedTuple(NAMES, [rnnOutputSize(this.cell, this.outputLayer), this.helper.sampleIdsShape]);
  }
  override get outputDtype(): Structure<DType> {
    const dtype = stateDtype(this.initialState);
    const dtypes = mapLeaves(rnnOutputSize(this.cell, this.outputLayer), () => dtype);
    return namedTuple<typeof NAMES, Structure<DType>>(NAMES, [dtypes, this.helper.sampleIdsDtype]);
  }
  /** What the first step takes. */
  override initialize(name?: OneName): DecoderStart<S, X>;
  override initialize(): DecoderStart<S, X> {
    const [finished, inputs] = this.helper.initialize();
    return [finished, inputs, this.initialState];
  }
  /** The nodes of a step. */
  override step<_ = never>(...named: Redefinable<StepNames<S, X>, _>): DecoderStep<S, BasicDecoderOutput<O>, X>;
  override step(time: Tensor, inputs: X, state: S, name?: string | null): DecoderStep<S, BasicDecoderOutput<O>, X>;
  override step(time: Tensor, inputs: X, state: S, name?: string | null): DecoderStep<S, BasicDecoderOutput<O>, X> {
    const { cell, helper, outputLayer } = this;
    return inScope(name, 'BasicDecoderStep', [time, ...flatten([inputs, state])], () => {
      const [given, cellState] = cell.apply(inputs, state);
      const outputs = outputLayer ? packLike(given, [outputLayer.apply(toTensor(given))]) : given;
      const sampleIds = helper.sample(time, outputs, cellState, null);
      const [finished, nextInputs, nextState] = helper.nextInputs(time, outputs, cellState, sampleIds, null);
      assertLike(nextState, cellState);
      return [namedParts(NAMES, [outputs, sampleIds]), nextState, nextInputs, finished];
    });
  }
}
bindMethods(BasicDecoder, {
  initialize: 'contrib.seq2seq.BasicDecoder.initialize',
  step: 'contrib.seq2seq.BasicDecoder.step',
});
