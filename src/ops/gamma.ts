/** Random numbers of the gamma and Poisson distributions: TensorFlow's, for the same seeds. */
import { type DType, type DTypeLike, asDtype, float16, float32, float64, int32 } from '../base/dtype';
import type { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { broadcastBinary, shapeInput } from '../graph/shape-fn';
import { type SeedOption, seeds } from './random';
import { SMALL, after, concat, element, ints, node, range, reshape, scoped, shapeOf, sum, zerosLike } from './words';

/** So many of each element of the parameters. */
function ofEach(c: ShapeContext): (TensorShape | null)[] {
  return [shapeInput(c, 0)?.concatenate(c.shape(1)) ?? null];
}
const drawn: OpRow = { effect: 'draws', grows: 'numbers', shape: ofEach };

export const GAMMA = {
  RandomGamma: { ...drawn, grad: gammaGrads },
  RandomGammaGrad: { shape: broadcastBinary, grows: 'shapes' },
  RandomPoissonV2: drawn,
} satisfies Rows;

/** By α: how a sample moves whose place in the distribution stays (Figurnov, Mohamed and Mnih, 2018). */
function gammaGrads({ inputs: [shape, alpha], outputs: [sample] }: GradContext, [dy]: Tensor[]): (Tensor | null)[] {
  return after(dy, () => {
    const rank = element(shapeOf(shape), 0);
    const ones = scoped('ones', (scope) => {
      // Python asks whether there are few, before it knows that a run will say.
      apply('Less', [rank, SMALL]);
      return apply('Fill', [convertToTensor([rank], int32, 'packed'), ints(1)], {}, scope);
    });
    const lined = reshape(alpha, concat([ones, shapeOf(alpha)]));
    return [null, sum(dy.mul(node('RandomGammaGrad', lined, sample)), range(0, rank))];
  });
}

/** The least number above 0 of a dtype, but for denormals. */
const least = (dtype: DType): number => 2 ** (dtype === float16 ? -14 : dtype === float64 ? -1022 : -126);

/** What `gamma` takes by name. */
export interface GammaOptions extends SeedOption {
  /** The inverse scale; 1 where not given. */
  readonly beta?: TensorLike | null;
  /** float32 where not given, float64 or float16. */
  readonly dtype?: DTypeLike;
}
/**
 * Draws from gamma distributions: `shape` numbers for each element of `alpha` and `beta`, other ones in each run.
 *
 *     tf.random.gamma([3], [0.5, 1.5])   // shape (3, 2)
 *
 * Gradients go to `alpha` and `beta`: by how a number moves whose place in the distribution stays.
 *
 * @param shape  int32 sizes, a list or a vector
 * @param alpha  the shape parameter, above 0: numbers or a tensor of `dtype`
 * @param beta   the inverse scale, likewise, which broadcasts with `alpha`; 1 where not given
 * @param dtype  float32, float64 or float16; float32 where not given
 * @param seed   with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `dtype`, `shape` and then the shape to which `alpha` and `beta` broadcast
 * @throws TypeError  for sizes or a dtype that are none of these
 */
export const gamma = boundOptions(
  'random.gamma',
  4,
  function gamma(
    shape: TensorLike,
    alpha: TensorLike,
    beta?: TensorLike | null,
    dtype: DTypeLike = float32,
    { seed, name }: SeedOption = {},
  ): Tensor {
    return inScope(name, 'random_gamma', [shape, alpha, beta], () => {
      const dims = convertToTensor(shape, int32, 'shape');
      const as = asDtype(dtype);
      const [a, b] = [convertToTensor(alpha, as, 'alpha'), convertToTensor(beta ?? 1, as, 'beta')];
      const each = a.add(zerosLike(b));
      const drawn = apply('RandomGamma', [dims, each], seeds(seed)).div(b);
      return apply('Maximum', [least(as.baseDtype), drawn]);
    });
  },
);

/**
 * Draws from Poisson distributions: `shape` numbers for each element of `lam`, other ones in each run.
 *
 *     tf.random.poisson([0.5, 1.5], [3])   // shape (3, 2)
 *
 * @param lam    how many there are on average: float16, float32, float64, int32 or int64
 * @param shape  int32 sizes, a list or a vector
 * @param dtype  float32, float64, float16, int32 or int64; float32 where not given
 * @param seed   with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `dtype`, `shape` and then lam's
 * @throws TypeError  for sizes or dtypes that are none of these
 */
export const poisson = boundOptions(
  'random.poisson',
  3,
  function poisson(
    lam: TensorLike,
    shape: TensorLike,
    dtype: DTypeLike = float32,
    { seed, name }: SeedOption = {},
  ): Tensor {
    return inScope(name, 'random_poisson', [lam, shape], () => {
      const dims = convertToTensor(shape, int32, 'shape');
      return apply('RandomPoissonV2', [dims, lam], { dtype: asDtype(dtype), ...seeds(seed) });
    });
  },
);
