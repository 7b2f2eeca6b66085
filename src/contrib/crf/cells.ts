/** Cells that go over the tags of a conditional random field, forward and back. After TensorFlow 1.15's contrib.crf. */
import { int32 } from '../../base/dtype';
import { type Args, constructorOf } from '../../calls/bind';
import { type NotText, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { argmax } from '../../ops/arg';
import { apply } from '../../graph/apply';
import { range } from '../../ops/range';
import { reduceMax } from '../../ops/reduce';
import { reduceLogsumexp } from '../../ops/statistics';
import { expandDims, squeeze } from '../../ops/reshape';
import { castTo, element, shapeOf } from '../../ops/words';
import { stack } from '../../ops/stack';
import { RNNCell, type Step } from '../../rnn/cell';

type Taken = [transitionParams: NotText];
const FORWARD = constructorOf<Taken>('contrib.crf.CrfForwardRnnCell');
const DECODE = constructorOf<Taken>('contrib.crf.CrfDecodeForwardRnnCell');
const BACKWARD = constructorOf<[numTags: number]>('contrib.crf.CrfDecodeBackwardRnnCell');

/** A cell whose state is a number for each tag. */
abstract class TagsCell extends RNNCell {
  private readonly transitions: Tensor;
  private readonly tags: number | null;
  constructor(given: NotText) {
    super();
    const transitions = convertToTensor(given);
    this.transitions = expandDims(transitions, 0);
    this.tags = transitions.shape.at(0);
  }
  override get stateSize(): number {
    return this.tags!;
  }
  override get outputSize(): number {
    return this.tags!;
  }
  /** What each tag gets by each tag before: [batch, before, tag]. */
  protected scores(state: Tensor): Tensor {
    return expandDims(state, 2).add(this.transitions);
  }
}
/**
 * The logarithm of the sum over all ways to each tag: one step of the forward algorithm.
 *
 *     const cell = new tf.contrib.crf.CrfForwardRnnCell(tf.zeros([2, 2]));
 *     cell.apply([[1, 2]], tf.zeros([1, 2]))[0]   // [[1.6931472, 2.6931472]]
 */
export class CrfForwardRnnCell extends TagsCell {
  /**
   * Makes the cell.
   *
   * @param transitionParams  what a tag gets behind another one, [tags, tags]
   */
  constructor(...given: Args<'contrib.crf.CrfForwardRnnCell', Taken>) {
    super(FORWARD.take(given)[0]);
  }
  protected override step(inputs: NotText, state: Tensor): Step<Tensor> {
    const next = convertToTensor(inputs).add(reduceLogsumexp(this.scores(state), [1]));
    return [next, next];
  }
}
/**
 * The largest score of all ways to each tag, and the tag before it there: one step of Viterbi's algorithm.
 *
 *     const cell = new tf.contrib.crf.CrfDecodeForwardRnnCell(tf.constant([[0, 1], [2, 0]]));
 *     cell.apply([[1, 2]], tf.zeros([1, 2]))   // [[[1, 0]], [[3, 3]]]
 */
export class CrfDecodeForwardRnnCell extends TagsCell {
  /**
   * Makes the cell.
   *
   * @param transitionParams  what a tag gets behind another one, [tags, tags]
   */
  constructor(...given: Args<'contrib.crf.CrfDecodeForwardRnnCell', Taken>) {
    super(DECODE.take(given)[0]);
  }
  protected override step(inputs: NotText, state: Tensor): Step<Tensor> {
    const scores = this.scores(state);
    const next = convertToTensor(inputs).add(reduceMax(scores, [1]));
    return [castTo(argmax(scores, 1), int32), next];
  }
}
/**
 * The tag before each tag: the way back of Viterbi's algorithm.
 *
 *     const cell = new tf.contrib.crf.CrfDecodeBackwardRnnCell(2);
 *     cell.apply(tf.constant([[1, 0]], tf.int32), tf.constant([[0]], tf.int32))[0]   // [[1]]
 */
export class CrfDecodeBackwardRnnCell extends RNNCell {
  /** How many tags there are. */
  readonly numTags: number;
  /**
   * Makes the cell.
   *
   * @param numTags  how many tags there are
   */
  constructor(...given: Args<'contrib.crf.CrfDecodeBackwardRnnCell', [numTags: number]>) {
    super();
    [this.numTags] = BACKWARD.take(given);
  }
  override get stateSize(): number {
    return 1;
  }
  override get outputSize(): number {
    return 1;
  }
  protected override step(inputs: NotText, given: Tensor): Step<Tensor> {
    const before = convertToTensor(inputs);
    const state = squeeze(given, [1]);
    const rows = range(element(shapeOf(before), 0));
    const at = stack([rows, state], { axis: 1 });
    const next = expandDims(apply('GatherNd', [before, at]), -1);
    return [next, next];
  }
}
