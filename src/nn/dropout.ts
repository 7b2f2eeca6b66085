/** Dropout: noise that keeps a network from leaning on single units. Made of other ops. */
import { ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { TensorShape } from '../base/shape';
import { reflected } from '../graph/algebra';
import { inScope } from '../graph/apply';
import { type NotText, asTensor, constantValue, convertToTensor, isSymbolic } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { type NameOption, isOptions } from '../ops/options';
import { randomUniform } from '../ops/random';
import { castTo, shapeOf } from '../ops/words';
import { boundLike } from '../ops/known-calls';

/** What `dropout` takes by name. */
export interface DropoutOptions extends NameOption {
  /** The chance of an element to be dropped, in [0, 1): a number or a scalar tensor. Instead of `keepProb`. */
  readonly rate?: number | Tensor | null;
  /** The chance to be kept: the older word, 1 − rate. */
  readonly keepProb?: number | Tensor | null;
  /** Where it has a 1, the elements of that dimension are kept or dropped together. Broadcasts to x's shape. */
  readonly noiseShape?: readonly (number | null)[] | Tensor | null;
  /** With the graph's seed it decides the stream. */
  readonly seed?: number | null;
}
/**
 * Sets elements to 0 by chance and divides the others by the chance of staying, so that the expected sum stays
 * (Srivastava et al. 2014).
 *
 *     tf.nn.dropout(tf.ones([100]), 0.5)             // shape (100)
 *     tf.nn.dropout([1, 2], { rate: 0 })             // [1, 2]
 *
 * @param x           floats, any shape
 * @param keepProb    the chance of an element to be kept: a number, or a scalar tensor that a feed can set to 1 in
 *   tests
 * @param noiseShape  the shape of the draw, which broadcasts to x's; x's where not given
 * @param seed        with the graph's seed it decides the stream
 * @param rate        the chance to be dropped, instead of `keepProb`: 1 − keepProb
 * @returns  x's dtype and shape
 * @throws ValueError  if x is not floating point, or the rate is outside [0, 1)
 */
export const dropout = boundLike(
  'nn.dropout',
  2,
  function dropout(
    x: NotText,
    keepProb?: number | Tensor | null | DropoutOptions,
    options: DropoutOptions = {},
  ): Tensor {
    const args: DropoutOptions = isOptions<DropoutOptions>(keepProb)
      ? { ...options, ...keepProb }
      : { ...options, keepProb: keepProb ?? options.keepProb };
    const keep = args.keepProb ?? null;
    if (keep !== null && args.rate !== undefined && args.rate !== null)
      throw new ValueError(
        "Cannot specify both 'keep_prob' and 'rate'" +
          '\n  fix: one of them: keepProb is the share that is kept, rate the share that is left out.',
      );
    if (keep !== null && typeof keep !== 'number' && !isSymbolic(keep))
      throw new ValueError(
        `keep_prob must be a floating point number or Tensor (got ${preview(keep)})` +
          '\n  fix: a number from 0 to 1, as tf.nn.dropout(x, 0.5).',
      );
    const rate =
      keep === null ? (args.rate ?? null) : typeof keep === 'number' ? 1 - keep : reflected(1, 'sub', asTensor(keep));
    if (rate === null)
      throw new ValueError(
        'You must provide a rate to dropout.\n  fix: tf.nn.dropout(x, keepProb), or tf.nn.dropout(x, {rate}).',
      );
    return inScope(args.name, 'dropout', [x], () => drop(convertToTensor(x, null, 'x'), rate, args));
  },
);

function drop(x: Tensor, rate: number | Tensor, { noiseShape, seed }: DropoutOptions): Tensor {
  if (!x.dtype.isFloating)
    throw new ValueError(
      `x has to be a floating point tensor since it's going to be scaled. Got a ${x.dtype} tensor instead.`,
    );
  if (typeof rate === 'number' && !(rate >= 0 && rate < 1))
    throw new ValueError(
      `rate must be a scalar tensor or a float in the range [0, 1), got ${rate}` +
        `\n  rate is the share that is dropped, 1 - keepProb: keepProb was ${Number((1 - rate).toPrecision(12))}.` +
        '\n  fix: keepProb is above 0 and at most 1, as tf.nn.dropout(x, 0.5); or give {rate}, from 0 to below 1.',
    );
  if (rate === 0) return x;
  const p = convertToTensor(rate, x.dtype.baseDtype, 'rate');
  if (p.shape.rank !== null && p.shape.rank !== 0) throw new ValueError(`Shape ${p.shape} must have rank 0`);
  const known = constantValue(p);
  if (known && Number(known.item()) === 0) return x;
  const noise = randomUniform(noiseShapeOf(x, noiseShape ?? null), { seed, dtype: x.dtype.baseDtype });
  const scale = reflected(1, 'div', reflected(1, 'sub', p));
  // At least, not above: a draw equal to the rate counts as kept.
  const kept = noise.greaterEqual(p);
  const out = x.mul(scale).mul(castTo(kept, x.dtype));
  out.setShape(x.shape);
  return out;
}
/** Unknown dimensions of the noise are x's own. */
function noiseShapeOf(x: Tensor, given: DropoutOptions['noiseShape']): Tensor | readonly number[] {
  if (given === null || given === undefined) return shapeOf(x);
  if (given instanceof Tensor) return given;
  const dims = x.shape.rank === given.length ? given.map((d, i) => d ?? x.shape.at(i)) : given;
  const shape = new TensorShape(dims);
  if (!shape.fullDims) throw new ValueError(`Cannot convert a partially known TensorShape to a Tensor: ${shape}`);
  return shape.fullDims;
}
