/** Attention that only goes forward. After TensorFlow 1.15's seq2seq. */
import { type DTypeLike, int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { type Args, bound, constructorOf } from '../../calls/bind';
import { bindMethods } from '../../calls/methods';
import type { Redefinable } from '../../calls/types';
import { reflected } from '../../graph/algebra';
import { inScope } from '../../graph/apply';
import { type NotText, type TensorLike, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { scan } from '../../flow/scan';
import { cast } from '../../ops/cast';
import { clipByValue } from '../../ops/clip';
import { concat } from '../../ops/concat';
import { ones, zeros } from '../../ops/fill';
import { oneHot } from '../../ops/one-hot';
import { randomNormal } from '../../ops/random';
import { reshape } from '../../ops/reshape';
import { cumprod, cumsum } from '../../ops/running';
import { getItem } from '../../ops/subscript';
import { transpose } from '../../ops/transpose';
import { exp, log, sigmoid } from '../../ops/unary';
import { shapeOf } from '../../ops/words';
import type { ZeroNames } from '../../rnn/cell';
import type { BatchSize } from '../../rnn/state';
import { getVariable } from '../../variables/get-variable';
import { variableScope } from '../../variables/scope';
import { BaseAttention, type MechanismParts, sizeIn } from './attention';
import { bahdanauScore, luongScore } from './attention-scores';

/** The least number above 0 that has all its digits, by dtype. */
const TINY: Readonly<Record<string, number>> = { float16: 2 ** -14, float32: 2 ** -126, float64: 2 ** -1022 };

/**
 * Products of the elements so far, by the sum of their logarithms: gradients stay finite where elements are 0.
 *
 *     tf.contrib.seq2seq.safeCumprod([1, 0.5, 0.5])   // [1, 0.5, 0.25]
 *
 * @param x          floats in [0, 1]
 * @param axis       the dimension; 0 where not given
 * @param exclusive  whether an element's own value is left out
 * @param reverse    whether it goes from the end
 * @param name       of the sums
 * @returns  x's dtype and shape
 * @throws TypeError  for text
 */
export const safeCumprod = bound(
  'contrib.seq2seq.safe_cumprod',
  (given: TensorLike, axis?: number | Tensor, exclusive?: boolean, reverse?: boolean, name?: string): Tensor =>
    inScope(null, 'SafeCumprod', [given], () => {
      const x = convertToTensor(given, null, 'x');
      const least = TINY[x.dtype.baseDtype.name] ?? TINY.float32;
      return exp(cumsum(log(clipByValue(x, least, 1)), axis ?? 0, { exclusive, reverse, name }));
    }),
);

/** How `monotonicAttention` works its weights out. */
export type MonotonicMode = 'recursive' | 'parallel' | 'hard';
/**
 * How much each place is looked at, where a query goes on from where the one before stood (Raffel et al. 2017).
 *
 *     const [p, before] = [tf.constant([[0, 1, 0.5]]), tf.constant([[1, 0, 0]])];
 *     tf.contrib.seq2seq.monotonicAttention(p, before, 'hard')   // [[0, 1, 0]]
 *
 * @param pChooseI           how likely each place is taken, [batch, places]
 * @param previousAttention  what the query before looked at, [batch, places]
 * @param mode               'recursive' place by place, 'parallel' at once, but not exact near 0, or 'hard' where
 *   `pChooseI` is 0 or 1
 * @returns  [batch, places]
 * @throws ValueError  for another mode
 */
export const monotonicAttention = bound(
  'contrib.seq2seq.monotonic_attention',
  (pChooseI: TensorLike, previousAttention: TensorLike, mode: MonotonicMode): Tensor => {
    const p = convertToTensor(pChooseI, null, 'p_choose_i');
    const before = convertToTensor(previousAttention, null, 'previous_attention');
    const others = (): Tensor => reflected(1, 'sub', p);
    if (mode === 'recursive') return recursive(p, before);
    if (mode === 'parallel') {
      const passed = safeCumprod(others(), { axis: 1, exclusive: true });
      return p.mul(passed).mul(cumsum(before.div(clipByValue(passed, 1e-10, 1)), 1));
    }
    if (mode === 'hard') {
      const reached = p.mul(cumsum(before, 1));
      return reached.mul(cumprod(reflected(1, 'sub', reached), 1, { exclusive: true }));
    }
    throw new ValueError("mode must be 'recursive', 'parallel', or 'hard'.");
  },
);
function recursive(p: Tensor, before: Tensor): Tensor {
  const rows = sizeIn(p, 0);
  const first = ones([rows, 1]);
  const shifted = concat([first, reflected(1, 'sub', getItem(p, [[], [null, -1]]))], 1);
  const elements = [transpose(shifted), transpose(before)] as const;
  return p.mul(transpose(scan((x, [y, z]) => reshape(y.mul(x).add(z), [rows]), elements, zeros([rows]))));
}

/** Settings of how scores become weights. */
interface Choice {
  readonly sigmoidNoise: number;
  readonly seed: number | null;
  readonly mode: MonotonicMode;
}
function chosen(given: Tensor, before: Tensor, { sigmoidNoise, seed, mode }: Choice): Tensor {
  let score = given;
  if (sigmoidNoise > 0) {
    const noise = randomNormal(shapeOf(score), { dtype: score.dtype, seed });
    score = score.add(reflected(sigmoidNoise, 'mul', noise));
  }
  const p = mode === 'hard' ? cast(score.greater(0), score.dtype) : sigmoid(score);
  return monotonicAttention(p, before, mode);
}
type Settings = MechanismParts & Choice & { readonly scoreBiasInit: number | TensorLike };
/** What both have in common: they begin at the first place. */
abstract class MonotonicAttention extends BaseAttention {
  private readonly choice: Choice;
  private readonly scoreBiasInit: number | TensorLike;
  constructor({ scoreBiasInit, sigmoidNoise, seed, mode, ...parts }: Settings) {
    super(parts);
    this.choice = { sigmoidNoise, seed, mode };
    this.scoreBiasInit = scoreBiasInit;
  }
  /** Alignments before the first query, [batch, places]: all at the first place. */
  override initialAlignments<_ = never>(...named: Redefinable<ZeroNames, _>): Tensor;
  override initialAlignments(batchSize: BatchSize, dtype: DTypeLike): Tensor;
  override initialAlignments(batchSize: BatchSize, dtype: DTypeLike): Tensor {
    return oneHot(zeros([batchSize], int32), this.alignmentsSize, { dtype });
  }
  protected override weighed(score: Tensor, before: Tensor): Tensor {
    return chosen(score, before, this.choice);
  }
  /** A score with a variable added. */
  protected biased(score: Tensor): Tensor {
    const initializer = this.scoreBiasInit;
    return score.add(getVariable('attention_score_bias', { dtype: score.dtype, initializer }));
  }
}

type BahdanauTaken = [
  numUnits: number,
  memory: TensorLike,
  memorySequenceLength?: NotText,
  normalize?: boolean,
  scoreMaskValue?: TensorLike,
  sigmoidNoise?: number,
  sigmoidNoiseSeed?: number,
  scoreBiasInit?: number,
  mode?: MonotonicMode,
  dtype?: DTypeLike,
  name?: string,
];
const BAHDANAU = constructorOf<BahdanauTaken>('contrib.seq2seq.BahdanauMonotonicAttention');
/**
 * Attention by a small net of queries and keys that only goes forward (Raffel et al. 2017).
 *
 *     const attention = new tf.contrib.seq2seq.BahdanauMonotonicAttention(4, tf.ones([2, 3, 5]));
 *     attention.initialAlignments(2, tf.float32)   // [[1, 0, 0], [1, 0, 0]]
 */
export class BahdanauMonotonicAttention extends MonotonicAttention {
  private readonly normalize: boolean;
  /**
   * Makes the mechanism.
   *
   * @param numUnits              the size of what queries and keys are made into
   * @param memory                what is looked at, [batch, places, size]
   * @param memorySequenceLength  how many places each row has, [batch]
   * @param normalize             whether the net's weights are a direction and a length
   * @param scoreMaskValue        the score of places behind a row's end; -Infinity where not given
   * @param sigmoidNoise          the deviation of noise on scores, for training towards hard choices
   * @param sigmoidNoiseSeed      decides that noise
   * @param scoreBiasInit         what the variable starts from that is added to scores; below 0 for long memories
   * @param mode                  'recursive', 'parallel' or 'hard': see `monotonicAttention`
   * @param dtype                 of its layers; float32 where not given
   * @param name                  the scope of its nodes
   * @throws ValueError  for a memory whose sizes behind the first two are not known
   */
  constructor(...given: Args<'contrib.seq2seq.BahdanauMonotonicAttention', BahdanauTaken>) {
    const [numUnits, memory, lengths, normalize, maskValue, noise, seed, bias, mode, dtype, name] =
      BAHDANAU.take(given);
    super({
      ...{ numUnits, memory, lengths, maskValue, dtype, hasQueryLayer: true },
      ...{ sigmoidNoise: noise ?? 0, seed: seed ?? null, scoreBiasInit: bias ?? 0, mode: mode ?? 'parallel' },
      name: name ?? 'BahdanauMonotonicAttention',
    });
    this.normalize = normalize ?? false;
  }
  protected override score(query: Tensor): Tensor {
    return variableScope(null, 'bahdanau_monotonic_attention', [query], () => {
      const processed = this.queryLayer!.apply(query);
      return this.biased(bahdanauScore(processed, this.keys, this.numUnits, this.normalize, query.dtype));
    });
  }
}

type LuongTaken = [
  numUnits: number,
  memory: TensorLike,
  memorySequenceLength?: NotText,
  scale?: boolean,
  scoreMaskValue?: TensorLike,
  sigmoidNoise?: number,
  sigmoidNoiseSeed?: number,
  scoreBiasInit?: number,
  mode?: MonotonicMode,
  dtype?: DTypeLike,
  name?: string,
];
const LUONG = constructorOf<LuongTaken>('contrib.seq2seq.LuongMonotonicAttention');
/**
 * Attention by products of queries and keys that only goes forward (Raffel et al. 2017).
 *
 *     const attention = new tf.contrib.seq2seq.LuongMonotonicAttention(4, tf.ones([2, 3, 5]));
 *     attention.initialAlignments(2, tf.float32)   // [[1, 0, 0], [1, 0, 0]]
 */
export class LuongMonotonicAttention extends MonotonicAttention {
  private readonly scale: boolean;
  /**
   * Makes the mechanism.
   *
   * @param numUnits              the size of queries and keys
   * @param memory                what is looked at, [batch, places, size]
   * @param memorySequenceLength  how many places each row has, [batch]
   * @param scale                 whether scores are multiplied by a variable
   * @param scoreMaskValue        the score of places behind a row's end; -Infinity where not given
   * @param sigmoidNoise          the deviation of noise on scores, for training towards hard choices
   * @param sigmoidNoiseSeed      decides that noise
   * @param scoreBiasInit         what the variable starts from that is added to scores; below 0 for long memories
   * @param mode                  'recursive', 'parallel' or 'hard': see `monotonicAttention`
   * @param dtype                 of the layer that makes keys; float32 where not given
   * @param name                  the scope of its nodes
   * @throws ValueError  for a memory whose sizes behind the first two are not known
   */
  constructor(...given: Args<'contrib.seq2seq.LuongMonotonicAttention', LuongTaken>) {
    const [numUnits, memory, lengths, scale, maskValue, noise, seed, bias, mode, dtype, name] = LUONG.take(given);
    super({
      ...{ numUnits, memory, lengths, maskValue, dtype, hasQueryLayer: false },
      ...{ sigmoidNoise: noise ?? 0, seed: seed ?? null, scoreBiasInit: bias ?? 0, mode: mode ?? 'parallel' },
      name: name ?? 'LuongMonotonicAttention',
    });
    this.scale = scale ?? false;
  }
  protected override score(query: Tensor): Tensor {
    return variableScope(null, 'luong_monotonic_attention', [query], () =>
      this.biased(luongScore(query, this.keys, this.scale)),
    );
  }
}
bindMethods(MonotonicAttention, {
  initialAlignments: 'contrib.seq2seq.LuongMonotonicAttention.initial_alignments',
});
