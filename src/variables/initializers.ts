/** What variables start from: `tf.getVariable(name, shape, { initializer: tf.onesInitializer() })`. */
import { type DType, type DTypeLike, type TypedArray, asDtype, float32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import type { Nested } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import { pythonTuple, sameShape, sizeOf } from '../base/shape';
import { bound, boundOptions } from '../calls/bind';
import type { Tensor } from '../graph/graph';
import { constant } from '../ops/constants';
import { ones, zeros } from '../ops/fill';
import { isOptions } from '../ops/options';
import { randomNormal, randomUniform, truncatedNormal } from '../ops/random';

/** Makes the first value of a variable of some shape. */
export interface Initializer {
  /** Adds the nodes. Without a dtype the initializer's own. */
  call(shape: readonly number[], dtype?: DType | null): Tensor;
  /** What it was made with, as `getConfig` of TensorFlow's. */
  readonly config: Readonly<Record<string, unknown>>;
}

function initializer(
  config: Readonly<Record<string, unknown>>,
  dtype: DType,
  make: (shape: readonly number[], dtype: DType) => Tensor,
): Initializer {
  return { config: { ...config, dtype: dtype.name }, call: (shape, asked) => make(shape, asked?.baseDtype ?? dtype) };
}
function floating(dtype: DTypeLike | undefined): DType {
  const type = asDtype(dtype ?? float32);
  if (!type.isFloating) throw new ValueError(`Expected floating point type, got ${type}.`);
  return type;
}
export interface InitializerOptions {
  readonly dtype?: DTypeLike;
}
export interface SeededOptions extends InitializerOptions {
  readonly seed?: number | null;
}

/** Zeros. */
export const zerosInitializer = boundOptions(
  'zeros_initializer',
  0,
  function zerosInitializer({ dtype = float32 }: InitializerOptions = {}): Initializer {
    return initializer({}, asDtype(dtype), (shape, type) => zeros(shape, type));
  },
);
/** Ones. */
export const onesInitializer = boundOptions(
  'ones_initializer',
  0,
  function onesInitializer({ dtype = float32 }: InitializerOptions = {}): Initializer {
    return initializer({}, asDtype(dtype), (shape, type) => ones(shape, type));
  },
);

export interface ConstantOptions extends InitializerOptions {
  /** Refuses a value that does not have the variable's shape; else its last element fills what is missing. */
  readonly verifyShape?: boolean;
}
/**
 * A constant: a number, or as many values as the variable has elements (fewer: the last is repeated).
 * @throws ValueError  when called for a shape that has fewer elements
 */
export const constantInitializer = boundOptions(
  'constant_initializer',
  1,
  function constantInitializer(
    value: Nested | TypedArray | NDArray = 0,
    { dtype = float32, verifyShape = false }: ConstantOptions = {},
  ): Initializer {
    return initializer({ value }, asDtype(dtype), (shape, type) => {
      const given = toNDArray(value, type);
      if (verifyShape && !sameShape(given.shape, shape))
        throw new TypeError_(`Expected Tensor's shape: ${pythonTuple(shape)}, got ${pythonTuple(given.shape)}.`);
      return constant(given, type, shape);
    });
  },
);

export interface NormalInitializerOptions extends SeededOptions {
  readonly mean?: number;
  readonly stddev?: number;
}
export interface UniformInitializerOptions extends SeededOptions {
  readonly minval?: number;
  readonly maxval?: number | null;
}

/** Normal numbers. */
export const randomNormalInitializer = bound('random_normal_initializer', normal(randomNormal));
/** Normal numbers within two standard deviations: what weights of layers start from. */
export const truncatedNormalInitializer = bound('truncated_normal_initializer', normal(truncatedNormal));
function normal(draw: typeof randomNormal | typeof truncatedNormal) {
  return (mean = 0, stddev = 1, seed: number | null = null, dtype?: DTypeLike): Initializer => {
    const config = { mean, stddev, seed };
    return initializer(config, floating(dtype), (shape, type) => draw(shape, { ...config, dtype: type }));
  };
}
/** Uniform numbers in [minval, maxval); 0 and 1 by default. */
export const randomUniformInitializer = bound('random_uniform_initializer', uniform);
function uniform(minval = 0, maxval: number | null = null, seed: number | null = null, dtype?: DTypeLike): Initializer {
  const config = { minval, maxval, seed };
  return initializer(config, asDtype(dtype ?? float32), (shape, type) =>
    randomUniform(shape, { ...config, dtype: type }),
  );
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

export interface VarianceScalingOptions extends SeededOptions {
  readonly scale?: number;
  readonly mode?: 'fan_in' | 'fan_out' | 'fan_avg';
  readonly distribution?: 'normal' | 'truncated_normal' | 'untruncated_normal' | 'uniform';
}
/** Standard deviation of a normal distribution that is cut at two of its own. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/** Numbers whose variance is `scale` divided by the inputs, the outputs, or the mean of both of a unit. */
export const varianceScalingInitializer = boundOptions(
  'variance_scaling_initializer',
  1,
  function varianceScalingInitializer(
    scaleOrOptions: number | VarianceScalingOptions = {},
    more: VarianceScalingOptions = {},
  ): Initializer {
    const o = { ...byPosition<VarianceScalingOptions>(scaleOrOptions, (scale) => ({ scale })), ...more };
    const { scale = 1, mode = 'fan_in', distribution = 'truncated_normal', seed = null } = o;
    if (scale <= 0) throw new ValueError('`scale` must be positive float.');
    if (!['fan_in', 'fan_out', 'fan_avg'].includes(mode)) throw new ValueError(`Invalid \`mode\` argument: ${mode}`);
    if (!['normal', 'uniform', 'truncated_normal', 'untruncated_normal'].includes(distribution))
      throw new ValueError(`Invalid \`distribution\` argument: ${String(distribution)}`);
    return initializer({ scale, mode, distribution, seed }, floating(o.dtype), (shape, dtype) => {
      const [fanIn, fanOut] = fans(shape);
      const variance =
        scale / Math.max(1, mode === 'fan_in' ? fanIn : mode === 'fan_out' ? fanOut : (fanIn + fanOut) / 2);
      if (distribution === 'uniform') {
        const limit = Math.sqrt(3 * variance);
        return randomUniform(shape, { minval: -limit, maxval: limit, dtype, seed });
      }
      if (distribution === 'untruncated_normal')
        return randomNormal(shape, { stddev: Math.sqrt(variance), dtype, seed });
      return truncatedNormal(shape, { stddev: Math.sqrt(variance) / TRUNCATED_STDDEV, dtype, seed });
    });
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
/** Uniform in ±√(6 / (inputs + outputs)): Glorot and Bengio 2010, or Xavier. The default of `tf.getVariable`. */
export const glorotUniformInitializer = bound('glorot_uniform_initializer', scaling(1, 'fan_avg', 'uniform'));
/** Normal of variance 2 / (inputs + outputs), truncated. */
export const glorotNormalInitializer = bound('glorot_normal_initializer', scaling(1, 'fan_avg', 'truncated_normal'));
/** Normal of variance 1 / inputs, truncated. */
export const lecunNormalInitializer = bound('initializers.lecun_normal', scaling(1, 'fan_in', 'truncated_normal'));
/** Uniform in ±√(3 / inputs). */
export const lecunUniformInitializer = bound('initializers.lecun_uniform', scaling(1, 'fan_in', 'uniform'));
/** Normal of variance 2 / inputs, truncated: He et al. 2015, for rectified units. */
export const heNormalInitializer = bound('initializers.he_normal', scaling(2, 'fan_in', 'truncated_normal'));
/** Uniform in ±√(6 / inputs). */
export const heUniformInitializer = bound('initializers.he_uniform', scaling(2, 'fan_in', 'uniform'));

/** Uniform in ±√3 · factor / √inputs, which keeps the scale of the input. */
export const uniformUnitScalingInitializer = boundOptions(
  'uniform_unit_scaling_initializer',
  0,
  function uniformUnitScalingInitializer({
    factor = 1,
    seed = null,
    dtype,
  }: SeededOptions & { readonly factor?: number } = {}): Initializer {
    return initializer({ factor, seed }, floating(dtype), (shape, type) => {
      const limit = Math.sqrt(3 / Math.max(1, sizeOf(shape.slice(0, -1)))) * factor;
      return randomUniform(shape, { minval: -limit, maxval: limit, dtype: type, seed });
    });
  },
);
/** `tf.contrib.layers.xavier_initializer`: as Glorot's, but the normal form is truncated by a rougher rule. */
const xavierInitializer = bound('contrib.layers.xavier_initializer', xavier);
function xavier(isUniform = true, seed: number | null = null, dtype?: DTypeLike): Initializer {
  if (isUniform) return glorotUniformInitializer({ seed, dtype });
  return initializer({ uniform: isUniform, seed }, floating(dtype), (shape, type) => {
    const [fanIn, fanOut] = fans(shape);
    return truncatedNormal(shape, { stddev: Math.sqrt((1.3 * 2) / (fanIn + fanOut)), dtype: type, seed });
  });
}

/** The `tf.initializers` module. */
export const initializers = {
  zeros: zerosInitializer,
  ones: onesInitializer,
  constant: constantInitializer,
  randomNormal: randomNormalInitializer,
  randomUniform: randomUniformInitializer,
  truncatedNormal: truncatedNormalInitializer,
  varianceScaling: varianceScalingInitializer,
  uniformUnitScaling: uniformUnitScalingInitializer,
  glorotUniform: glorotUniformInitializer,
  glorotNormal: glorotNormalInitializer,
  lecunUniform: lecunUniformInitializer,
  lecunNormal: lecunNormalInitializer,
  heUniform: heUniformInitializer,
  heNormal: heNormalInitializer,
} as const;

/** The one function of `tf.contrib` that every course uses. */
export const contrib = { layers: { xavierInitializer } } as const;
