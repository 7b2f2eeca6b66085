/** A step of beam search: the best of what all beams may go on with. After TensorFlow 1.15's seq2seq. */
import { isList } from '../../base/border';
import { float32, int32, int64 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { namedTuple } from '../../base/named-tuple';
import { TensorShape } from '../../base/shape';
import { apply } from '../../graph/apply';
import { type TensorLike, constantValue, convertToTensor, toTensor } from '../../graph/constant';
import { Tensor } from '../../graph/graph';
import { whole } from '../../flow/rows';
import { packLike } from '../../flow/leaves';
import { flatten } from '../../flow/structure';
import { TensorArray } from '../../flow/tensor-array';
import { cast, toInt64 } from '../../ops/cast';
import { equal, logicalNot, logicalOr } from '../../ops/compare';
import { concat } from '../../ops/concat';
import { floormod, truediv } from '../../ops/division';
import { minimum } from '../../ops/elementwise';
import { fill } from '../../ops/fill';
import { oneHot } from '../../ops/one-hot';
import { reduceMean, reduceSum } from '../../ops/reduce';
import { expandDims, reshape } from '../../ops/reshape';
import { logSoftmax } from '../../ops/softmax';
import { topK } from '../../ops/top-k';
import { log } from '../../ops/unary';
import { where } from '../../ops/where';
import { castTo, element, onesLike, scalar, shapeOf, tile } from '../../ops/words';
import { isWrapperState } from './attention-state';
import { type Beams, checkRank, inOrder, knownBatch, sizes } from './beam-order';
import { type BeamSearchDecoderOutput, type BeamSearchDecoderState, OUTPUT_NAMES, beamState } from './beam-tuples';

/** What a search is by. */
export interface Search extends Beams {
  readonly endToken: Tensor;
  readonly lengthPenaltyWeight: TensorLike;
  readonly coveragePenaltyWeight: TensorLike;
}

/** The best beams after a step. @param logits  [batch, beams, words] */
export function searchStep<S>(
  search: Search,
  logits: Tensor,
  nextCellState: S,
  before: BeamSearchDecoderState<S>,
): [output: BeamSearchDecoderOutput, state: BeamSearchDecoderState<S>] {
  const { batch, width, endToken } = search;
  const goesOn = logicalNot(before.finished);
  const steps = masked(logSoftmax(logits), endToken, before.finished);
  const total = expandDims(before.logProbs, 2).add(steps);
  const words = logits.shape.at(-1) || element(shapeOf(logits), -1);
  const lengths = nextLengths(search, words, goesOn, before.lengths);
  const looked = attentionProbs(nextCellState, search.coveragePenaltyWeight);
  const accumulated = looked && summed(before, looked, goesOn);
  const scores = reshape(scored(search, total, lengths, before.finished, accumulated), sizes(batch, -1));
  const [best, places] = topK(scores, { k: convertToTensor(width, int32, 'beam_width') });
  for (const x of [best, places]) x.setShape(new TensorShape([knownBatch(search), width]));
  const range = typeof words === 'number' ? width * words : apply('Mul', [width, words], {}, 'mul');
  const logProbs = inOrder(places, total, search, range, [-1], 'next_beam_probs');
  const ids = castTo(floormod(places, words, { name: 'next_beam_word_ids' }), int32);
  const parents = castTo(truediv(places, words), int32, 'next_beam_parent_ids');
  const ordered = (x: Tensor): Tensor => inOrder(parents, x, search, width, [-1]);
  const wasOver = ordered(before.finished);
  const finished = logicalOr(wasOver, equal(ids, endToken), { name: 'next_beam_finished' });
  const added = cast(logicalNot(wasOver), int64);
  const counted = ordered(before.lengths).add(added);
  const rows = (): readonly [Tensor, number] => [batch.mul(width), -1];
  const kept = accumulated && inOrder(parents, accumulated, search, width, rows(), 'next_accumulated_attention_probs');
  const cells = flatten(nextCellState).map((x) => {
    const shape = rows();
    if (x instanceof TensorArray) return x;
    return checkRank(toTensor(x)) >= 2 ? inOrder(parents, toTensor(x), search, width, shape) : x;
  });
  const state = beamState(packLike(nextCellState, cells), logProbs, finished, counted, kept ?? []);
  return [namedTuple(OUTPUT_NAMES, [best, ids, parents]), state];
}
/** The least finite float32. */
const LEAST = -(2 - 2 ** -23) * 2 ** 127;
/** How likely each word is; of beams that are over the end token alone. */
function masked(probs: Tensor, endToken: Tensor, finished: Tensor): Tensor {
  const words = element(shapeOf(probs), 2);
  const onValue = scalar(0, probs.dtype);
  const row = oneHot(endToken, words, { dtype: probs.dtype, onValue, offValue: LEAST });
  const flat = reshape(row, [1, 1, -1]);
  const over = tile(flat, concat([shapeOf(finished), [1]], 0));
  const mask = tile(expandDims(finished, 2), sizes(1, 1, words));
  return where(mask, over, probs);
}
/** How long each beam is with each word: an end token does not count, nor does anything behind it. */
function nextLengths({ batch, width, endToken }: Search, words: number | Tensor, goesOn: Tensor, now: Tensor): Tensor {
  const indices = fill(sizes(batch, width), endToken);
  const [onValue, offValue] = [0, 1].map((n) => toInt64(whole(n)));
  const added = oneHot(indices, words, { onValue, offValue, dtype: int64 });
  const counts = added.mul(expandDims(cast(goesOn, int64), 2));
  return counts.add(expandDims(now, 2));
}
function summed({ accumulatedAttentionProbs }: BeamSearchDecoderState, looked: Tensor, goesOn: Tensor): Tensor {
  const now = looked.mul(expandDims(cast(goesOn, float32), 2));
  return toTensor(accumulatedAttentionProbs).add(now);
}

/**
 * How much of each place a cell looked at, on average over its mechanisms and layers; null without a coverage penalty.
 *
 * @throws ValueError  where no cell looks at anything
 */
export function attentionProbs(cellState: unknown, coveragePenaltyWeight: TensorLike): Tensor | null {
  if (coveragePenaltyWeight === 0) return null;
  const states = isWrapperState(cellState) ? [cellState] : isList(cellState) ? cellState.filter(isWrapperState) : [];
  const each = states.map(({ alignments }) => averaged(alignments));
  if (!each.length) throw new ValueError('coverage_penalty_weight must be 0.0 if no cell is attentional.');
  return averaged(each.length === 1 ? each[0] : each);
}
function averaged(looked: Tensor | readonly Tensor[]): Tensor {
  if (looked instanceof Tensor) return looked;
  const columns = looked.map((x) => expandDims(x, -1));
  return reduceMean(concat(columns, -1), -1);
}

/** How good beams are: how likely, by their lengths, and by how much of the memory they looked at. */
function scored(
  { lengthPenaltyWeight, coveragePenaltyWeight }: Search,
  total: Tensor,
  lengths: Tensor,
  finished: Tensor,
  accumulated: Tensor | null,
): Tensor {
  const penalty = cast(lengthPenalty(lengths, lengthPenaltyWeight), total.dtype);
  const scores = truediv(total, penalty);
  const weight = convertToTensor(coveragePenaltyWeight, null, 'coverage_penalty_weight');
  if (weight.shape.rank !== 0)
    throw new ValueError(`coverage_penalty_weight should be a scalar, but saw shape: ${weight.shape}`);
  if (Number(constantValue(weight)?.item() ?? 1) === 0) return scores;
  if (!accumulated)
    throw new ValueError('accumulated_attention_probs can be None only if coverage penalty is disabled.');
  // What is masked counts as covered.
  const isMasked = equal(accumulated, 0);
  const probs = where(isMasked, onesLike(accumulated), accumulated);
  const coverage = reduceSum(log(minimum(probs, 1)), 2);
  const ofOver = coverage.mul(cast(finished, float32));
  return scores.add(expandDims(ofOver.mul(weight), 2));
}
/** ((5 + length) / 6) ** weight (Wu et al. 2016). */
function lengthPenalty(lengths: Tensor, weight: TensorLike): TensorLike {
  const factor = convertToTensor(weight, null, 'penalty_factor');
  factor.setShape([]);
  const known = constantValue(factor);
  if (known && Number(known.item()) === 0) return 1;
  const longer = apply('AddV2', [5, cast(lengths, float32)], {}, 'add');
  const least = longer.pow(factor);
  return truediv(least, apply('Pow', [6, factor], {}, 'pow'), { name: 'div' });
}
