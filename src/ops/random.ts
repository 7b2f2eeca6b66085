/** Random numbers: TensorFlow's, to the last bit, for the same seeds. */
import { type DType, type DTypeLike, type Long, asDtype, float32, int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import type { ArrayTensor } from '../graph/fetched';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { seedsFor } from '../graph/seed';
import { dimFromScalar, shapeInput, unchanged, withRank } from '../graph/shape-fn';
import { type NameOption, isOptions } from './options';
import { boundLike, knowing } from './known-calls';
import type { RandomCall } from './known-sizes';

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
      withRank(c, 1, 0);
      return [[c.shape(0).at(0), dimFromScalar(c, 1)]];
    },
  },
} satisfies Rows;

/** What random ops take by name. */
export interface SeedOption extends NameOption {
  /** With the graph's seed it decides the stream: see `tf.setRandomSeed`. */
  readonly seed?: number | null;
}
export function seeds(seed: number | null | undefined): { seed: number; seed2: number } {
  const [first, second] = seedsFor(seed ?? null);
  return { seed: first ?? 0, seed2: second ?? 0 };
}
/**
 * Shapes are int32, an empty one too; a number is one that has no dimension, which the op refuses. Fractions and what
 * is no number keep their dtype, and the op names it.
 */
export function shapeTensor(shape: TensorLike): Tensor {
  const isWhole = (d: unknown): boolean => typeof d !== 'string' && typeof d !== 'boolean' && !isFraction(d);
  const isSizes = Array.isArray(shape) ? shape.every(isWhole) : typeof shape === 'number' && isWhole(shape);
  return convertToTensor(shape, isSizes || shape instanceof TensorShape ? int32 : null, 'shape');
}
const isFraction = (d: unknown): boolean => typeof d === 'number' && !Number.isInteger(d);

/** What `randomNormal` and `truncatedNormal` take by name. */
export interface NormalOptions extends SeedOption {
  /** The mean; 0 where not given. */
  readonly mean?: TensorLike;
  /** The standard deviation; 1 where not given. */
  readonly stddev?: TensorLike;
  /** float32 where not given, float64, float16 or bfloat16. */
  readonly dtype?: DTypeLike;
}
/** `op(shape) * stddev + mean` */
function scaled(
  type: string,
  fallback: string,
  shape: TensorLike,
  { mean, stddev, dtype = float32, seed, name }: NormalOptions,
): Tensor {
  return inScope(name, fallback, [shape, mean, stddev], (scope) => {
    const dims = shapeTensor(shape);
    const as = asDtype(dtype);
    const [center, width] = [parameter(mean, 0, as, 'mean'), parameter(stddev, 1, as, 'stddev')];
    const standard = apply(type, [dims], { ...seeds(seed), dtype: as });
    return apply('Add', [standard.mul(width), center], {}, scope);
  });
}
/** A parameter of a distribution. @throws TypeError  where its default, a fraction to Python, is no `dtype` */
function parameter(given: TensorLike | undefined, otherwise: 0 | 1, dtype: DType, name: string): Tensor {
  if (given === undefined && !dtype.isFloating && !dtype.isComplex)
    throw new TypeError_(`Expected ${dtype.name}, got ${otherwise}.0 of type 'float' instead.`);
  return convertToTensor(given === undefined ? otherwise : given, dtype, name);
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
type Normal = [
  shape: TensorLike,
  mean?: TensorLike | NormalOptions,
  stddev?: TensorLike,
  dtype?: DTypeLike,
  options?: NormalOptions,
];
function normal(type: string, scope: string): (...call: Normal) => Tensor {
  return (...[shape, mean, stddev, dtype, options]) =>
    scaled(type, scope, shape, normalOptions(mean, stddev, dtype, options));
}
function given<T extends object>(args: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(args).filter(([, v]) => v !== undefined && v !== null)) as ReturnType<
    typeof given<T>
  >;
}

/**
 * Normal numbers, other ones in each run.
 *
 *     tf.randomNormal([2, 3], 1, 2, { seed: 5 })   // shape (2, 3)
 *
 * @param shape   int32 or int64 sizes, a list or a vector
 * @param mean    a number or a tensor of `dtype`, which broadcasts against `shape`; 0 where not given
 * @param stddev  the standard deviation, likewise; 1 where not given
 * @param dtype   float32, float64, float16 or bfloat16; float32 where not given
 * @param seed    with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `dtype`, `shape`
 * @throws ValueError  for a dtype that is not among them
 * @throws TypeError  for sizes that are no integers
 */
export const randomNormal = knowing<RandomCall<NormalOptions>>()(
  'random_normal',
  4,
  normal('RandomStandardNormal', 'random_normal'),
);
/**
 * Normal numbers, drawn again where they are more than two standard deviations from the mean: what weights start
 * from.
 *
 *     tf.truncatedNormal([784, 100], { stddev: 0.1 })   // shape (784, 100)
 *
 * @param shape   int32 or int64 sizes, a list or a vector
 * @param mean    a number or a tensor of `dtype`, which broadcasts against `shape`; 0 where not given
 * @param stddev  the standard deviation, likewise; 1 where not given
 * @param dtype   float32, float64, float16 or bfloat16; float32 where not given
 * @param seed    with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `dtype`, `shape`
 * @throws ValueError  for a dtype that is not among them
 * @throws TypeError  for sizes that are no integers
 */
export const truncatedNormal = knowing<RandomCall<NormalOptions>>()(
  'truncated_normal',
  4,
  normal('TruncatedNormal', 'truncated_normal'),
);

/** What `randomUniform` takes by name. */
export interface UniformOptions extends SeedOption {
  /** The least value; 0 where not given. */
  readonly minval?: TensorLike;
  /** What all values are below; 1 where not given, and integers must have one. */
  readonly maxval?: TensorLike | null;
  /** float32 where not given, float64, float16, bfloat16, int32 or int64. */
  readonly dtype?: DTypeLike;
}
/**
 * Uniform numbers in [minval, maxval), other ones in each run.
 *
 *     tf.randomUniform([4], -1, 1)                             // shape (4)
 *     tf.randomUniform([4], { maxval: 10, dtype: tf.int32 })   // shape (4)
 *
 * @param shape   int32 or int64 sizes, a list or a vector
 * @param minval  the least value; 0 where not given
 * @param maxval  what all values are below; 1 where not given, and integers must have one
 * @param dtype   float32, float64, float16, bfloat16, int32 or int64; float32 where not given
 * @param seed    with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `dtype`, `shape`
 * @throws ValueError  for another dtype, or integers without `maxval`
 * @throws InvalidArgumentError  when run, for integers with `minval` not below `maxval`
 */
export const randomUniform = knowing<RandomCall<UniformOptions>>()(
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
      : { ...given({ minval, maxval, dtype }), ...options };
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
/** What uniform numbers may be. */
export const ALLOWED: readonly string[] = ['float16', 'bfloat16', 'float32', 'float64', 'int32', 'int64'];

/**
 * The rows of a tensor in random order, another one in each run.
 *
 *     tf.reduceSum(tf.randomShuffle([1, 2, 3]))   // 6
 *
 * @param value  any dtype, at least rank 1
 * @param seed   with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  value's dtype and shape
 * @throws ValueError  for a value that no tensor can hold
 */
export const randomShuffle = boundLike(
  'random_shuffle',
  1,
  function randomShuffle(value: TensorLike, { seed, name }: SeedOption = {}): Tensor {
    return apply('RandomShuffle', [value], seeds(seed), name);
  },
);

/** What `multinomial` takes by name. */
export interface DrawOptions extends SeedOption {
  /** int64 where not given, or int32. */
  readonly outputDtype?: DType | null;
}
/**
 * Draws classes by unnormalized log-probabilities.
 *
 *     tf.multinomial(tf.log([[0.5, 0.5]]), 5)   // shape (1, 5)
 *     tf.multinomial([[0, 50]], 3)              // [[1, 1, 1]]
 *
 * @param logits       floats, shape [batch, classes]; each row's softmax gives the probabilities
 * @param numSamples   how many to draw for each row: a number or an int32 scalar
 * @param seed         with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @param outputDtype  int64 or int32
 * @returns  `outputDtype`, shape [batch, numSamples]
 * @throws ValueError  if the logits are known to have another rank than 2
 */
export const multinomial = boundOptions(
  'multinomial',
  2,
  function multinomial(
    logits: TensorLike,
    numSamples: TensorLike,
    { seed, name, outputDtype }: DrawOptions = {},
  ): ArrayTensor<Long, 2> {
    return draw('multinomial', logits, numSamples, outputDtype, seed, name);
  },
);
/**
 * Draws classes by unnormalized log-probabilities: `tf.multinomial` in its newer form.
 *
 *     tf.random.categorical([[0, 50]], 3)   // [[1, 1, 1]]
 *
 * @param logits      floats, shape [batch, classes]; each row's softmax gives the probabilities
 * @param numSamples  how many to draw for each row: a number or an int32 scalar
 * @param dtype       int64 or int32
 * @param seed        with the graph's seed it decides the stream: see `tf.setRandomSeed`
 * @returns  `dtype`, shape [batch, numSamples]
 * @throws ValueError  if the logits are known to have another rank than 2
 */
export const categorical = boundOptions(
  'random.categorical',
  3,
  function categorical(
    logits: TensorLike,
    numSamples: TensorLike,
    dtype?: DType | null,
    { seed, name }: SeedOption = {},
  ): ArrayTensor<Long, 2> {
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
): ArrayTensor<Long, 2> {
  return inScope(name, scope, [logits], () =>
    apply('Multinomial', [convertToTensor(logits, null, 'logits'), numSamples], {
      ...seeds(seed),
      output_dtype: dtype,
    }),
  );
}
