/** Random numbers whose seeds are inputs: TensorFlow 1.15's ops, and those of TensorFlow 2's programs of 1.x. */
import { type DType, type DTypeLike, type Long, asDtype, float32, int64 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { ArrayTensor } from '../graph/fetched';
import { ShapeError, type Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { dimFromScalar, shapeInput, withRank } from '../graph/shape-fn';
import type { NameOption } from './options';
import { ALLOWED, shapeTensor } from './random';

const drawn: OpRow = { grows: 'numbers', shape: drawnShape };
const ofSeed = (c: ShapeContext, input: number): void => {
  withRank(c, input, 1);
  checkSize(c, input, 2);
};

/** Seeds stand behind the shape in TensorFlow 1.15's ops. */
function drawnOfSeed(c: ShapeContext): ReturnType<NonNullable<OpRow['shape']>> {
  ofSeed(c, 1);
  return [shapeInput(c, 0)];
}
const ofSeeds: OpRow = { grows: 'numbers', shape: drawnOfSeed };

export const STATELESS = {
  StatelessRandomUniform: ofSeeds,
  StatelessRandomNormal: ofSeeds,
  StatelessTruncatedNormal: ofSeeds,
  StatelessRandomUniformInt: {
    grows: 'numbers',
    shape(c) {
      withRank(c, 2, 0);
      withRank(c, 3, 0);
      return drawnOfSeed(c);
    },
  },
  StatelessMultinomial: {
    grows: 'numbers',
    shape(c) {
      ofSeed(c, 2);
      withRank(c, 0, 2);
      withRank(c, 1, 0);
      return [[c.shape(0).at(0), dimFromScalar(c, 1)]];
    },
  },
  StatelessRandomGetKeyCounter: {
    shape(c) {
      ofSeed(c, 0);
      return [[1], [2]];
    },
  },
  StatelessRandomGetKeyCounterAlg: {
    shape(c) {
      ofSeed(c, 0);
      return [[1], [2], []];
    },
  },
  // TensorFlow calls it stateful, so that it is not computed once and for another machine.
  StatelessRandomGetAlg: { effect: 'pure', shape: () => [[]] },
  StatelessRandomUniformV2: drawn,
  StatelessRandomNormalV2: drawn,
  StatelessTruncatedNormalV2: drawn,
  StatelessRandomUniformFullIntV2: drawn,
  StatelessRandomUniformIntV2: {
    grows: 'numbers',
    shape(c) {
      ['minval', 'maxval'].forEach((name, i) => {
        const bound = c.shape(4 + i);
        if (bound.dims?.length)
          throw new ShapeError(`${name} must be a scalar; got a tensor of shape ${bound.toCString()}`);
      });
      return drawnShape(c);
    },
  },
} satisfies Rows;

/** A vector of so many elements. */
function checkSize(c: ShapeContext, input: number, size: number): void {
  const found = c.shape(input).dims?.[0] ?? size;
  if (found !== size) throw new ShapeError(`Dimension must be ${size} but is ${found}`);
}
function drawnShape(c: ShapeContext): ReturnType<NonNullable<OpRow['shape']>> {
  withRank(c, 1, 1);
  withRank(c, 2, 1);
  withRank(c, 3, 0);
  checkSize(c, 1, 1);
  return [shapeInput(c, 0)];
}

/** `op(shape, seed) * stddev + mean` */
function scaled(type: string, scope: string) {
  return (
    shape: TensorLike,
    seed: TensorLike,
    mean: TensorLike = 0,
    stddev: TensorLike = 1,
    dtype: DTypeLike = float32,
    { name }: NameOption = {},
  ): Tensor =>
    inScope(name, scope, [shape, seed, mean, stddev], (outer) => {
      const [dims, as] = [shapeTensor(shape), asDtype(dtype)];
      const [center, width] = [convertToTensor(mean, as, 'mean'), convertToTensor(stddev, as, 'stddev')];
      return apply('Add', [apply(type, [dims, seed], { dtype: as }).mul(width), center], {}, outer);
    });
}
/**
 * Normal numbers that the seeds decide: the same ones in each run, whatever else draws.
 *
 *     tf.random.statelessNormal([2], [1, 2])   // [0.5441101, 0.2073803]
 *
 * @param shape   int32 or int64 sizes, a list or a vector
 * @param seed    two integers, a list or a tensor, which a feed may decide
 * @param mean    a number or a tensor of `dtype`, which broadcasts against `shape`; 0 where not given
 * @param stddev  the standard deviation, likewise; 1 where not given
 * @param dtype   float32, float64, float16 or bfloat16; float32 where not given
 * @returns  `dtype`, `shape`
 * @throws ValueError  for seeds that are known not to be two
 * @throws TypeError  for a dtype that is not among them
 */
export const statelessNormal = boundOptions(
  'random.stateless_normal',
  5,
  scaled('StatelessRandomNormal', 'stateless_random_normal'),
);
/**
 * As `tf.random.statelessNormal`, drawn again where they are more than two standard deviations from the mean.
 *
 *     tf.random.statelessTruncatedNormal([2], [1, 2])   // [0.5441101, 0.2073803]
 *
 * @param shape   int32 or int64 sizes, a list or a vector
 * @param seed    two integers, a list or a tensor, which a feed may decide
 * @param mean    a number or a tensor of `dtype`, which broadcasts against `shape`; 0 where not given
 * @param stddev  the standard deviation, likewise; 1 where not given
 * @param dtype   float32, float64, float16 or bfloat16; float32 where not given
 * @returns  `dtype`, `shape`
 * @throws ValueError  for seeds that are known not to be two
 * @throws TypeError  for a dtype that is not among them
 */
export const statelessTruncatedNormal = boundOptions(
  'random.stateless_truncated_normal',
  5,
  scaled('StatelessTruncatedNormal', 'stateless_truncated_normal'),
);
/**
 * Uniform numbers in [minval, maxval) that the seeds decide: the same ones in each run, whatever else draws.
 *
 *     tf.random.statelessUniform([2], [1, 2])                    // [0.8440604, 0.1920453]
 *     tf.random.statelessUniform([3], [1, 2], 0, 10, tf.int32)   // [0, 9, 4]
 *
 * @param shape   int32 or int64 sizes, a list or a vector
 * @param seed    two integers, a list or a tensor, which a feed may decide
 * @param minval  the least value; 0 where not given
 * @param maxval  what all values are below; 1 where not given, and integers must have one
 * @param dtype   float32, float64, float16, bfloat16, int32 or int64; float32 where not given
 * @returns  `dtype`, `shape`
 * @throws ValueError  for another dtype, integers without `maxval`, or seeds that are known not to be two
 * @throws InvalidArgumentError  when run, for integers with `minval` not below `maxval`
 */
export const statelessUniform = boundOptions(
  'random.stateless_uniform',
  5,
  function statelessUniform(
    shape: TensorLike,
    seed: TensorLike,
    minval: TensorLike = 0,
    maxval: TensorLike | null = null,
    dtype: DTypeLike = float32,
    { name }: NameOption = {},
  ): Tensor {
    const as = asDtype(dtype);
    if (!ALLOWED.includes(as.name)) throw new ValueError(`Invalid dtype tf.${as.name}`);
    if (maxval === null && as.isInteger) throw new ValueError(`Must specify maxval for integer dtype tf.${as.name}`);
    const most = maxval ?? 1;
    return inScope(name, 'stateless_random_uniform', [shape, seed, minval, most], (scope) => {
      const dims = shapeTensor(shape);
      const [from, to] = [convertToTensor(minval, as, 'min'), convertToTensor(most, as, 'max')];
      if (as.isInteger) return apply('StatelessRandomUniformInt', [dims, seed, from, to], {}, scope);
      const unit = apply('StatelessRandomUniform', [dims, seed], { dtype: as });
      return apply('Add', [unit.mul(to.sub(from)), from], {}, scope);
    });
  },
);
/** Classes by log-probabilities. */
function drawnClasses(scope: string) {
  return (
    logits: TensorLike,
    numSamples: TensorLike,
    seed: TensorLike,
    dtype: DType = int64,
    { name }: NameOption = {},
  ): ArrayTensor<Long, 2> =>
    inScope(name, scope, [logits, seed], () =>
      apply('StatelessMultinomial', [convertToTensor(logits, null, 'logits'), numSamples, seed], {
        output_dtype: dtype,
      }),
    );
}
/**
 * Draws classes by unnormalized log-probabilities, as the seeds decide: the same ones in each run.
 *
 *     tf.random.statelessCategorical([[0, 50]], 3, [1, 2])   // [[1, 1, 1]]
 *
 * @param logits      floats, shape [batch, classes]; each row's softmax gives the probabilities
 * @param numSamples  how many to draw for each row: a number or an int32 scalar
 * @param seed        two integers, a list or a tensor, which a feed may decide
 * @param dtype       int64 or int32
 * @returns  `dtype`, shape [batch, numSamples]
 * @throws ValueError  if the logits are known to have another rank than 2, or the seeds not to be two
 */
export const statelessCategorical = boundOptions(
  'random.stateless_categorical',
  4,
  drawnClasses('stateless_categorical'),
);
/**
 * As `tf.random.statelessCategorical`, under its older name.
 *
 *     tf.random.statelessMultinomial([[0, 50]], 3, [1, 2])   // [[1, 1, 1]]
 *
 * @param logits       floats, shape [batch, classes]; each row's softmax gives the probabilities
 * @param numSamples   how many to draw for each row: a number or an int32 scalar
 * @param seed         two integers, a list or a tensor, which a feed may decide
 * @param outputDtype  int64 or int32
 * @returns  `outputDtype`, shape [batch, numSamples]
 * @throws ValueError  if the logits are known to have another rank than 2, or the seeds not to be two
 */
export const statelessMultinomial = boundOptions(
  'random.stateless_multinomial',
  4,
  drawnClasses('stateless_multinomial'),
);
