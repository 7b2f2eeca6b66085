/** Random numbers: TensorFlow's, to the last bit, for the same seeds. */
import { type DType, type DTypeLike, asDtype, float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { getSeed, setRandomSeed } from '../graph/seed';
import { shapeInput, unchanged, withRank } from '../graph/shape-fn';
import { dimFromScalar } from './one-hot';
import { type NameOption, isOptions } from './options';

const filled = (c: ShapeContext): (TensorShape | null)[] => [shapeInput(c, 0)];
const floats: OpRow = {
  effect: 'draws',
  shape: filled,
};

export const RANDOM = {
  RandomStandardNormal: floats,
  RandomUniform: floats,
  TruncatedNormal: floats,
  RandomUniformInt: {
    effect: 'draws',
    shape(c) {
      withRank(c, 1, 0);
      withRank(c, 2, 0);
      return filled(c);
    },
  },
  RandomShuffle: {
    effect: 'draws',
    shape: unchanged,
  },
  Multinomial: {
    effect: 'draws',
    shape(c) {
      withRank(c, 0, 2);
      return [[c.shape(0).at(0), dimFromScalar(c, 1)]];
    },
  },
} satisfies Rows;

export interface SeedOption extends NameOption {
  /** With the graph's seed it decides the stream: see `tf.setRandomSeed`. */
  readonly seed?: number | null;
}
export function seeds(seed: number | null | undefined): { seed: number; seed2: number } {
  const [first, second] = getSeed(seed ?? null);
  return { seed: first ?? 0, seed2: second ?? 0 };
}
/** Shapes are int32, an empty one too. */
function shapeTensor(shape: TensorLike): Tensor {
  return convertToTensor(shape, Array.isArray(shape) || shape instanceof TensorShape ? int32 : null, 'shape');
}

export interface NormalOptions extends SeedOption {
  readonly mean?: TensorLike;
  readonly stddev?: TensorLike;
  readonly dtype?: DTypeLike;
}
/** `op(shape) * stddev + mean` */
function scaled(
  type: string,
  fallback: string,
  shape: TensorLike,
  { mean = 0, stddev = 1, dtype = float32, seed, name }: NormalOptions,
): Tensor {
  return inScope(name, fallback, [shape, mean, stddev], (scope) => {
    const dims = shapeTensor(shape);
    const as = asDtype(dtype);
    const [center, width] = [convertToTensor(mean, as, 'mean'), convertToTensor(stddev, as, 'stddev')];
    const standard = apply(type, [dims], { ...seeds(seed), dtype: as });
    return apply('Add', [standard.mul(width), center], {}, scope);
  });
}
/** Options given by position, as Python allows, or by name. */
function normalOptions(
  mean: TensorLike | NormalOptions | undefined,
  stddev?: TensorLike,
  dtype?: DTypeLike,
  options: NormalOptions = {},
): NormalOptions {
  return isOptions<NormalOptions>(mean) ? { ...mean, ...options } : { ...given({ mean, stddev, dtype }), ...options };
}
function given<T extends object>(args: T): Partial<T> {
  return Object.fromEntries(Object.entries(args).filter(([, v]) => v !== undefined && v !== null)) as Partial<T>;
}

/**
 * Normal numbers.
 *
 *     tf.randomNormal([2, 3], { mean: 1, stddev: 2, seed: 5 })
 *
 * @param shape   integers, or an integer vector
 * @param mean    of `dtype`, as `stddev`; broadcasts against `shape`
 * @param dtype   float32, float64, float16 or bfloat16
 */
export const randomNormal = boundOptions(
  'random_normal',
  4,
  function randomNormal(
    shape: TensorLike,
    mean?: TensorLike | NormalOptions,
    stddev?: TensorLike,
    dtype?: DTypeLike,
    options?: NormalOptions,
  ): Tensor {
    return scaled('RandomStandardNormal', 'random_normal', shape, normalOptions(mean, stddev, dtype, options));
  },
);
/**
 * Normal numbers, drawn again where they are more than two standard deviations from the mean: what weights start from.
 *
 *     tf.truncatedNormal([784, 100], { stddev: 0.1 })
 */
export const truncatedNormal = boundOptions(
  'truncated_normal',
  4,
  function truncatedNormal(
    shape: TensorLike,
    mean?: TensorLike | NormalOptions,
    stddev?: TensorLike,
    dtype?: DTypeLike,
    options?: NormalOptions,
  ): Tensor {
    return scaled('TruncatedNormal', 'truncated_normal', shape, normalOptions(mean, stddev, dtype, options));
  },
);

export interface UniformOptions extends SeedOption {
  readonly minval?: TensorLike;
  readonly maxval?: TensorLike | null;
  readonly dtype?: DTypeLike;
}
/**
 * Uniform numbers in [minval, maxval).
 *
 *     tf.randomUniform([4], -1, 1)
 *     tf.randomUniform([4], { maxval: 10, dtype: tf.int32 })
 *
 * @param minval  0 by default
 * @param maxval  1 by default; integers must have one
 * @param dtype   float32, float64, float16, bfloat16, int32 or int64
 * @throws ValueError  for another dtype, or integers without `maxval`
 */
export const randomUniform = boundOptions(
  'random_uniform',
  4,
  function randomUniform(
    shape: TensorLike,
    minval?: TensorLike | UniformOptions | null,
    maxval?: TensorLike | null,
    dtype?: DTypeLike | null,
    options: UniformOptions = {},
  ): Tensor {
    const args: UniformOptions = isOptions<UniformOptions>(minval)
      ? { ...minval, ...options }
      : { ...(given({ minval, maxval, dtype }) as UniformOptions), ...options };
    const as = asDtype(args.dtype ?? float32);
    if (!ALLOWED.includes(as.name)) throw new ValueError(`Invalid dtype tf.${as.name}`);
    if ((args.maxval ?? null) === null && as.isInteger)
      throw new ValueError(`Must specify maxval for integer dtype tf.${as.name}`);
    const [low, high] = [args.minval ?? 0, args.maxval ?? 1];
    return inScope(args.name, 'random_uniform', [shape, low, high], (scope) => {
      const dims = shapeTensor(shape);
      const [from, to] = [convertToTensor(low, as, 'min'), convertToTensor(high, as, 'max')];
      const at = seeds(args.seed);
      if (as.isInteger) return apply('RandomUniformInt', [dims, from, to], at, scope);
      const unit = apply('RandomUniform', [dims], { ...at, dtype: as });
      return apply('Add', [unit.mul(to.sub(from)), from], {}, scope);
    });
  },
);
const ALLOWED: readonly string[] = ['float16', 'bfloat16', 'float32', 'float64', 'int32', 'int64'];

/** The rows of a tensor in random order. */
export const randomShuffle = boundOptions(
  'random_shuffle',
  1,
  function randomShuffle(value: TensorLike, { seed, name }: SeedOption = {}): Tensor {
    return apply('RandomShuffle', [value], seeds(seed), name);
  },
);

export interface DrawOptions extends SeedOption {
  readonly outputDtype?: DType | null;
}
/**
 * Draws classes by unnormalized log-probabilities.
 *
 *     tf.multinomial(tf.log([[0.5, 0.5]]), 5)   // shape (1, 5): five times 0 or 1
 *
 * @param logits      shape [batch, classes]; each row's softmax gives the probabilities
 * @param numSamples  how many to draw for each row
 * @returns  int64 (or `outputDtype`), shape [batch, numSamples]
 */
export const multinomial = boundOptions(
  'multinomial',
  2,
  function multinomial(
    logits: TensorLike,
    numSamples: TensorLike,
    { seed, name, outputDtype }: DrawOptions = {},
  ): Tensor {
    return draw('multinomial', logits, numSamples, outputDtype, seed, name);
  },
);
/** 2.x's name for `multinomial`. */
export const categorical = boundOptions(
  'random.categorical',
  3,
  function categorical(
    logits: TensorLike,
    numSamples: TensorLike,
    dtype?: DType | null,
    { seed, name }: SeedOption = {},
  ): Tensor {
    return draw('categorical', logits, numSamples, dtype, seed, name);
  },
);
function draw(
  scope: string,
  logits: TensorLike,
  numSamples: TensorLike,
  dtype: DType | null | undefined,
  seed: number | null | undefined,
  name: string | null | undefined,
): Tensor {
  return inScope(name, scope, [logits], () =>
    apply('Multinomial', [convertToTensor(logits, null, 'logits'), numSamples], {
      ...seeds(seed),
      output_dtype: dtype,
    }),
  );
}

/** The `tf.random` module. */
export const random = {
  normal: randomNormal,
  uniform: randomUniform,
  truncatedNormal,
  shuffle: randomShuffle,
  multinomial,
  categorical,
  setRandomSeed,
  getSeed,
} as const;
