/** Samples of distributions, as seq2seq's helpers draw them. After TensorFlow 1.15's seq2seq. */
import { type DType, int32, int64 } from '../../base/dtype';
import { inScope } from '../../graph/apply';
import { type TensorLike, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { equal } from '../../ops/compare';
import { cast } from '../../ops/cast';
import { concat } from '../../ops/concat';
import { pad } from '../../ops/pad';
import { multinomial, randomUniform } from '../../ops/random';
import { reduceProd } from '../../ops/reduce';
import { reshape } from '../../ops/reshape';
import { transpose } from '../../ops/transpose';
import { element, ints, rankOf, shapeOf, sliced } from '../../ops/words';

/** As many samples as `shape` says; those of one element where it is null. */
function sampled(shape: Tensor | null, drawn: (n: Tensor) => Tensor): Tensor {
  return inScope(null, 'call_sampler', [], () => {
    const given = shape ?? ints([], 'sample_shape');
    const missing = cast(equal(rankOf(given), 0), int32);
    const sizes = reshape(given, pad(shapeOf(given), [[missing, 0]], { constantValues: 1 }));
    const samples = drawn(reduceProd(sizes));
    const event = sliced(shapeOf(samples), 1, null);
    return reshape(samples, concat([sizes, event], 0));
  });
}
/** Draws 1, or true, with a probability. @param shape  how many */
export function bernoulliSample(probs: Tensor, shape: Tensor, dtype: DType, seed: number | null): Tensor {
  const batch = shapeOf(probs);
  return sampled(shape, (n) => {
    const sizes = concat([[n], batch], 0);
    const uniform = randomUniform(sizes, { seed, dtype: probs.dtype });
    return cast(uniform.less(probs), dtype);
  });
}
/** Draws a class for each row of logits. @returns  int32 */
export function categoricalSample(given: TensorLike, seed: number | null): Tensor {
  const logits = convertToTensor(given, null, 'logits');
  const size = element(shapeOf(logits), -1);
  const batch = sliced(shapeOf(logits), null, -1);
  return sampled(null, (n) => {
    const rows = logits.shape.rank === 2 ? logits : reshape(logits, [-1, size]);
    const outputDtype = logits.dtype.size > 4 ? int64 : int32;
    const draws = multinomial(rows, n, { seed, outputDtype });
    return cast(reshape(transpose(draws), concat([[n], batch], 0)), int32);
  });
}
