/** What variables start from: `tf.getVariable(name, shape, { initializer: tf.onesInitializer() })`. */
import type { ByName } from '../base/by-name';
import { textOf } from '../base/preview';
import { checkNumber } from '../base/border';
import { type DType, type DTypeLike, type TypedArray, asDtype, float32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import type { Nested } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import { sameShape, sizeOf } from '../base/shape';
import { bound, boundOptions } from '../calls/bind';
import type { Tensor } from '../graph/graph';
import { constant, notVerified } from '../ops/constants';
import { ones, zeros } from '../ops/fill';
import { isOptions } from '../ops/options';
import { randomNormal, randomUniform, truncatedNormal } from '../ops/random';
import { type Initializer, type OpenShape, floating, initializer } from './initializer';

/** What initializers take by name. */
export interface InitializerOptions extends ByName {
  /** The element type where the variable has none. */
  readonly dtype?: DTypeLike;
}
/** What random initializers take by name. */
export interface SeededOptions extends InitializerOptions {
  /** With the graph's seed it decides the stream. */
  readonly seed?: number | null;
}

/**
 * Starts a variable from zeros.
 *
 *     tf.getVariable('w', [2], { initializer: tf.zerosInitializer() })   // [0, 0]
 *
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws TypeError  for what is no dtype
 */
export const zerosInitializer = boundOptions(
  'zeros_initializer',
  0,
  function zerosInitializer({ dtype = float32 }: InitializerOptions = {}): Initializer {
    const made = (shape: OpenShape | readonly number[], type: DType): Tensor => zeros(shape, type);
    return initializer('Zeros', {}, asDtype(dtype), made, made);
  },
);
/**
 * Starts a variable from ones.
 *
 *     tf.getVariable('w', [2], { initializer: tf.onesInitializer() })   // [1, 1]
 *
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws TypeError  for what is no dtype
 */
export const onesInitializer = boundOptions(
  'ones_initializer',
  0,
  function onesInitializer({ dtype = float32 }: InitializerOptions = {}): Initializer {
    const made = (shape: OpenShape | readonly number[], type: DType): Tensor => ones(shape, type);
    return initializer('Ones', {}, asDtype(dtype), made, made);
  },
);

/** What `constantInitializer` takes by name. */
export interface ConstantOptions extends InitializerOptions {
  /** Refuses a value that does not have the variable's shape; else its last element fills what is missing. */
  readonly verifyShape?: boolean;
}
/**
 * Starts a variable from a constant: a number, or as many values as it has elements (fewer: the last is repeated).
 *
 *     tf.getVariable('w', [2], { initializer: tf.constantInitializer(7) })   // [7, 7]
 *
 * @param value        a number, nested arrays, a typed array or an NDArray; 0 where not given
 * @param dtype        the element type where the variable has none; float32 where not given
 * @param verifyShape  refuses a value that does not have the shape of the variable
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  when called for a shape that has fewer elements
 * @throws TypeError  with `verifyShape`, for another shape
 */
export const constantInitializer = boundOptions(
  'constant_initializer',
  1,
  function constantInitializer(
    value: Nested | TypedArray | NDArray = 0,
    { dtype = float32, verifyShape = false }: ConstantOptions = {},
  ): Initializer {
    return initializer('Constant', { value }, asDtype(dtype), (shape, type) => {
      const given = toNDArray(value, type);
      if (verifyShape && !sameShape(given.shape, shape)) throw notVerified(shape, given.shape);
      return constant(given, type, shape);
    });
  },
);

/** What normal initializers take by name. */
export interface NormalInitializerOptions extends SeededOptions {
  /** The mean; 0 where not given. */
  readonly mean?: number;
  /** The standard deviation; 1 where not given. */
  readonly stddev?: number;
}
/** What uniform initializers take by name. */
export interface UniformInitializerOptions extends SeededOptions {
  /** The least value; 0 where not given. */
  readonly minval?: number;
  /** What all values are below; 1 where not given. */
  readonly maxval?: number | null;
}

/**
 * Starts a variable from normal numbers.
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.randomNormalInitializer(0, 0.1) })   // shape (2, 3)
 *
 * @param mean    their mean; 0 where not given
 * @param stddev  their standard deviation; 1 where not given
 * @param seed    with the graph's seed it decides the stream
 * @param dtype   the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const randomNormalInitializer = bound('random_normal_initializer', normal('RandomNormal', randomNormal));
/**
 * Starts a variable from normal numbers within two standard deviations: what weights of layers start from.
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.truncatedNormalInitializer(0, 0.1) })   // shape (2, 3)
 *
 * @param mean    their mean; 0 where not given
 * @param stddev  their standard deviation; 1 where not given
 * @param seed    with the graph's seed it decides the stream
 * @param dtype   the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const truncatedNormalInitializer = bound(
  'truncated_normal_initializer',
  normal('TruncatedNormal', truncatedNormal),
);
function normal(className: string, draw: typeof randomNormal | typeof truncatedNormal) {
  return (mean = 0, stddev = 1, seed: number | null = null, dtype?: DTypeLike): Initializer => {
    const config = { mean, stddev, seed };
    const made = (shape: OpenShape | readonly number[], type: DType): Tensor => draw(shape, { ...config, dtype: type });
    return initializer(className, config, floating(dtype), made, made);
  };
}
/**
 * Starts a variable from uniform numbers in [minval, maxval).
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.randomUniformInitializer(-1, 1) })   // shape (2, 3)
 *
 * @param minval  the least; 0 where not given
 * @param maxval  what all are below; 1 where not given
 * @param seed    with the graph's seed it decides the stream
 * @param dtype   the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const randomUniformInitializer = bound('random_uniform_initializer', uniform);
function uniform(minval = 0, maxval: number | null = null, seed: number | null = null, dtype?: DTypeLike): Initializer {
  const config = { minval, maxval, seed };
  const made = (shape: OpenShape | readonly number[], type: DType): Tensor =>
    randomUniform(shape, { ...config, dtype: type });
  return initializer('RandomUniform', config, asDtype(dtype ?? float32), made, made);
}
function byPosition<O extends object>(first: number | O, named: (first: number) => O): O {
  return isOptions<O>(first) ? first : named(first as number);
}

/** Inputs and outputs of a unit whose weights have this shape; a kernel of a convolution has its window in front. */
function fans(shape: readonly number[]): readonly [number, number] {
  if (shape.length < 2) return [shape[0] ?? 1, shape[0] ?? 1];
  const window = sizeOf(shape.slice(0, -2));
  return [shape[shape.length - 2] * window, shape[shape.length - 1] * window];
}

/** What `varianceScalingInitializer` takes by name. */
export interface VarianceScalingOptions extends SeededOptions {
  /** Above 0; 1 where not given. */
  readonly scale?: number;
  /** By what the variance is divided. */
  readonly mode?: 'fan_in' | 'fan_out' | 'fan_avg';
  /** What the numbers are drawn from; 'truncated_normal' where not given. */
  readonly distribution?: 'normal' | 'truncated_normal' | 'untruncated_normal' | 'uniform';
}
/** Standard deviation of a normal distribution that is cut at two of its own. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/**
 * Starts a variable from numbers whose variance is `scale` divided by the inputs, the outputs, or the mean of both
 * of a unit.
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.varianceScalingInitializer(2) })   // shape (2, 3)
 *
 * @param scale         above 0; 1 where not given
 * @param mode          'fan_in', 'fan_out' or 'fan_avg': by what it is divided; 'fan_in' where not given
 * @param distribution  'truncated_normal', 'untruncated_normal' or 'uniform'; 'truncated_normal' where not given
 * @param seed          with the graph's seed it decides the stream
 * @param dtype         the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a scale that is not above 0, or another mode, distribution or dtype
 */
export const varianceScalingInitializer = boundOptions(
  'variance_scaling_initializer',
  1,
  function varianceScalingInitializer(
    scaleOrOptions: number | VarianceScalingOptions = {},
    more: VarianceScalingOptions = {},
  ): Initializer {
    const o = { ...byPosition<VarianceScalingOptions>(scaleOrOptions, (scale) => ({ scale })), ...more };
    const { scale = 1, mode = 'fan_in', distribution = 'truncated_normal', seed = null } = o;
    checkNumber(scale, '`scale`');
    if (scale <= 0) throw new ValueError('`scale` must be positive float.');
    if (!['fan_in', 'fan_out', 'fan_avg'].includes(mode))
      throw new ValueError(`Invalid \`mode\` argument: ${textOf(mode)}`);
    if (!['normal', 'uniform', 'truncated_normal', 'untruncated_normal'].includes(distribution))
      throw new ValueError(`Invalid \`distribution\` argument: ${textOf(distribution)}`);
    return initializer(
      'VarianceScaling',
      { scale, mode, distribution, seed },
      floating(o.dtype),
      (shape, dtype, partition) => {
        const [fanIn, fanOut] = fans(partition?.fullShape ?? shape);
        const variance =
          scale / Math.max(1, mode === 'fan_in' ? fanIn : mode === 'fan_out' ? fanOut : (fanIn + fanOut) / 2);
        if (distribution === 'uniform') {
          const limit = Math.sqrt(3 * variance);
          return randomUniform(shape, { minval: -limit, maxval: limit, dtype, seed });
        }
        if (distribution === 'untruncated_normal')
          return randomNormal(shape, { stddev: Math.sqrt(variance), dtype, seed });
        return truncatedNormal(shape, { stddev: Math.sqrt(variance) / TRUNCATED_STDDEV, dtype, seed });
      },
    );
  },
);
function scaling(
  scale: number,
  mode: VarianceScalingOptions['mode'],
  distribution: VarianceScalingOptions['distribution'],
) {
  return (seed?: number, dtype?: DTypeLike): Initializer =>
    varianceScalingInitializer({ scale, mode, distribution, seed, dtype });
}
/** Those of Glorot are classes of their own. */
function glorot(className: string, distribution: VarianceScalingOptions['distribution']) {
  return (seed: number | null = null, dtype?: DTypeLike): Initializer => {
    const { call } = varianceScalingInitializer({ mode: 'fan_avg', distribution, seed, dtype });
    return initializer(className, { seed }, floating(dtype), call);
  };
}
/**
 * Starts a variable from uniform numbers in ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010, "Xavier"): the
 * default of `tf.getVariable`.
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.glorotUniformInitializer() })   // shape (2, 3)
 *
 * @param seed   with the graph's seed it decides the stream
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const glorotUniformInitializer = bound('glorot_uniform_initializer', glorot('GlorotUniform', 'uniform'));
/**
 * Starts a variable from truncated normal numbers of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.glorotNormalInitializer() })   // shape (2, 3)
 *
 * @param seed   with the graph's seed it decides the stream
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const glorotNormalInitializer = bound('glorot_normal_initializer', glorot('GlorotNormal', 'truncated_normal'));
/**
 * Starts a variable from truncated normal numbers of variance 1 / inputs (LeCun et al. 1998).
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.initializers.lecunNormal() })   // shape (2, 3)
 *
 * @param seed   with the graph's seed it decides the stream
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const lecunNormalInitializer = bound('initializers.lecun_normal', scaling(1, 'fan_in', 'truncated_normal'));
/**
 * Starts a variable from uniform numbers in ±√(3 / inputs) (LeCun et al. 1998).
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.initializers.lecunUniform() })   // shape (2, 3)
 *
 * @param seed   with the graph's seed it decides the stream
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const lecunUniformInitializer = bound('initializers.lecun_uniform', scaling(1, 'fan_in', 'uniform'));
/**
 * Starts a variable from truncated normal numbers of variance 2 / inputs, for rectified units (He et al. 2015).
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.initializers.heNormal() })   // shape (2, 3)
 *
 * @param seed   with the graph's seed it decides the stream
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const heNormalInitializer = bound('initializers.he_normal', scaling(2, 'fan_in', 'truncated_normal'));
/**
 * Starts a variable from uniform numbers in ±√(6 / inputs), for rectified units (He et al. 2015).
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.initializers.heUniform() })   // shape (2, 3)
 *
 * @param seed   with the graph's seed it decides the stream
 * @param dtype  the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const heUniformInitializer = bound('initializers.he_uniform', scaling(2, 'fan_in', 'uniform'));

/**
 * Starts a variable from uniform numbers in ±√3 · factor / √inputs, which keeps the scale of the input (Sussillo and
 * Abbott 2014).
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.uniformUnitScalingInitializer() })   // shape (2, 3)
 *
 * @param factor  times the numbers; 1 where not given
 * @param seed    with the graph's seed it decides the stream
 * @param dtype   the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const uniformUnitScalingInitializer = boundOptions(
  'uniform_unit_scaling_initializer',
  0,
  function uniformUnitScalingInitializer({
    factor = 1,
    seed = null,
    dtype,
  }: SeededOptions & { readonly factor?: number } = {}): Initializer {
    checkNumber(factor, '`factor`');
    return initializer('UniformUnitScaling', { factor, seed }, floating(dtype), (shape, type, partition) => {
      const rows = sizeOf((partition?.fullShape ?? shape).slice(0, -1));
      const limit = Math.sqrt(3 / Math.max(1, rows)) * factor;
      return randomUniform(shape, { minval: -limit, maxval: limit, dtype: type, seed });
    });
  },
);
/**
 * Starts a variable as Glorot's initializers do; the normal form is truncated by a rougher rule.
 *
 *     const w = tf.getVariable('w', [2, 3], { initializer: tf.contrib.layers.xavierInitializer() })   // shape (2, 3)
 *
 * @param uniform  false for normal numbers; true where not given
 * @param seed     with the graph's seed it decides the stream
 * @param dtype    the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const xavierInitializer = bound('contrib.layers.xavier_initializer', xavier);
function xavier(isUniform = true, seed: number | null = null, dtype?: DTypeLike): Initializer {
  if (isUniform) return glorotUniformInitializer({ seed, dtype });
  return initializer('TruncatedNormal', { uniform: isUniform, seed }, floating(dtype), (shape, type) => {
    const [fanIn, fanOut] = fans(shape);
    return truncatedNormal(shape, { stddev: Math.sqrt((1.3 * 2) / (fanIn + fanOut)), dtype: type, seed });
  });
}
