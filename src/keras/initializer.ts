/** The classes of `tf.keras.initializers`: the initializers of `tf.initializers`, to be made with `new`. */
import type { DType, DTypeLike, TypedArray } from '../base/dtype';
import type { NDArray } from '../base/ndarray';
import type { Nested } from '../base/nested';
import { type Args, constructorOf } from '../calls/bind';
import type { Tensor } from '../graph/graph';
import type { InitializerInstance, PartitionInfo } from '../variables/initializer';
import {
  type VarianceScalingOptions,
  constantInitializer,
  onesInitializer,
  randomNormalInitializer,
  randomUniformInitializer,
  truncatedNormalInitializer,
  varianceScalingInitializer,
  zerosInitializer,
} from '../variables/initializers';
import { identityInitializer, orthogonalInitializer } from '../variables/matrix-initializers';

/**
 * What initializers are derived from, one's own too: `call` adds the nodes of a first value.
 *
 *     class Sevens extends tf.keras.initializers.Initializer {
 *       call(shape, dtype) { return tf.fill(shape, tf.cast(7, dtype)); }
 *     }
 *     tf.getVariable('w', [2], { initializer: new Sevens() })   // [7, 7]
 */
export abstract class Initializer implements InitializerInstance {
  /**
   * Makes an initializer.
   *
   * @param config  what it is made with, as `tf.keras.initializers.serialize` writes it
   */
  constructor(readonly config: Readonly<Record<string, unknown>> = {}) {}
  /** Its class, by which `tf.keras.initializers.deserialize` finds it. */
  get className(): string {
    return this.constructor.name;
  }
  /**
   * Adds the nodes of a value.
   *
   * @param shape      its shape
   * @param dtype      its element type; the initializer's own where not given
   * @param partition  of which larger variable it is a part
   * @returns  the value
   */
  abstract call(shape: readonly number[], dtype?: DType | null, partition?: PartitionInfo | null): Tensor;
}
/** One that an initializer of `tf.initializers` works for. */
abstract class Known extends Initializer {
  constructor(private readonly made: InitializerInstance) {
    super(made.config);
  }
  /**
   * Adds the nodes of a value.
   *
   * @param shape      its shape
   * @param dtype      its element type; the initializer's own where not given
   * @param partition  of which larger variable it is a part
   * @returns  the value
   * @throws ValueError  for a shape or a dtype that it cannot fill
   */
  call(shape: readonly number[], dtype?: DType | null, partition?: PartitionInfo | null): Tensor {
    return this.made.call(shape, dtype, partition);
  }
}

type Filled = [dtype?: DTypeLike];
type Constants = [value?: Nested | TypedArray | NDArray, dtype?: DTypeLike, verifyShape?: boolean];
type Normal = [mean?: number, stddev?: number, seed?: number, dtype?: DTypeLike];
type Uniform = [minval?: number, maxval?: number, seed?: number, dtype?: DTypeLike];
type Scaled = [
  scale?: number,
  mode?: VarianceScalingOptions['mode'],
  distribution?: VarianceScalingOptions['distribution'],
  seed?: number,
  dtype?: DTypeLike,
];
const ZEROS = constructorOf<Filled>('keras.initializers.Zeros');
const ONES = constructorOf<Filled>('keras.initializers.Ones');
const CONSTANT = constructorOf<Constants>('keras.initializers.Constant');
const NORMAL = constructorOf<Normal>('keras.initializers.RandomNormal');
const TRUNCATED = constructorOf<Normal>('keras.initializers.TruncatedNormal');
const UNIFORM = constructorOf<Uniform>('keras.initializers.RandomUniform');
const SCALING = constructorOf<Scaled>('keras.initializers.VarianceScaling');
const ORTHOGONAL = constructorOf<[gain?: number, seed?: number, dtype?: DTypeLike]>('keras.initializers.Orthogonal');
const IDENTITY = constructorOf<[gain?: number, dtype?: DTypeLike]>('keras.initializers.Identity');

/**
 * Starts a variable from zeros: `tf.zerosInitializer` as a class.
 *
 *     tf.getVariable('w', [2], { initializer: new tf.keras.initializers.Zeros() })   // [0, 0]
 */
export class Zeros extends Known {
  /**
   * Makes the initializer.
   *
   * @param dtype  the element type where the variable has none; float32 where not given
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'keras.initializers.Zeros', Filled>) {
    const [dtype] = ZEROS.take(given);
    super(zerosInitializer({ dtype }));
  }
}
/**
 * Starts a variable from ones: `tf.onesInitializer` as a class.
 *
 *     tf.getVariable('w', [2], { initializer: new tf.keras.initializers.Ones() })   // [1, 1]
 */
export class Ones extends Known {
  /**
   * Makes the initializer.
   *
   * @param dtype  the element type where the variable has none; float32 where not given
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'keras.initializers.Ones', Filled>) {
    const [dtype] = ONES.take(given);
    super(onesInitializer({ dtype }));
  }
}
/**
 * Starts a variable from a constant: `tf.constantInitializer` as a class.
 *
 *     tf.getVariable('w', [2], { initializer: new tf.keras.initializers.Constant(7) })   // [7, 7]
 */
export class Constant extends Known {
  /**
   * Makes the initializer.
   *
   * @param value        a number, nested arrays, a typed array or an NDArray; 0 where not given
   * @param dtype        the element type where the variable has none; float32 where not given
   * @param verifyShape  refuses a value that does not have the shape of the variable
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'keras.initializers.Constant', Constants>) {
    const [value, dtype, verifyShape] = CONSTANT.take(given);
    super(constantInitializer(value ?? 0, { dtype, verifyShape }));
  }
}
/**
 * Starts a variable from normal numbers, of a standard deviation of 0.05 where none is given.
 *
 *     const initializer = new tf.keras.initializers.RandomNormal();
 *     tf.getVariable('w', [2, 3], { initializer })   // shape (2, 3)
 */
export class RandomNormal extends Known {
  /**
   * Makes the initializer.
   *
   * @param mean    their mean; 0 where not given
   * @param stddev  their standard deviation; 0.05 where not given
   * @param seed    with the graph's seed it decides the stream
   * @param dtype   the element type where the variable has none; float32 where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'keras.initializers.RandomNormal', Normal>) {
    const [mean = 0, stddev = 0.05, seed, dtype] = NORMAL.take(given);
    super(randomNormalInitializer({ mean, stddev, seed, dtype }));
  }
}
/**
 * Starts a variable from normal numbers within two standard deviations, which are 0.05 where none is given.
 *
 *     const initializer = new tf.keras.initializers.TruncatedNormal();
 *     tf.getVariable('w', [2, 3], { initializer })   // shape (2, 3)
 */
export class TruncatedNormal extends Known {
  /**
   * Makes the initializer.
   *
   * @param mean    their mean; 0 where not given
   * @param stddev  their standard deviation; 0.05 where not given
   * @param seed    with the graph's seed it decides the stream
   * @param dtype   the element type where the variable has none; float32 where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'keras.initializers.TruncatedNormal', Normal>) {
    const [mean = 0, stddev = 0.05, seed, dtype] = TRUNCATED.take(given);
    super(truncatedNormalInitializer({ mean, stddev, seed, dtype }));
  }
}
/**
 * Starts a variable from uniform numbers, in [-0.05, 0.05) where no bounds are given.
 *
 *     const initializer = new tf.keras.initializers.RandomUniform();
 *     tf.getVariable('w', [2, 3], { initializer })   // shape (2, 3)
 */
export class RandomUniform extends Known {
  /**
   * Makes the initializer.
   *
   * @param minval  the least; -0.05 where not given
   * @param maxval  what all are below; 0.05 where not given
   * @param seed    with the graph's seed it decides the stream
   * @param dtype   the element type where the variable has none; float32 where not given
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'keras.initializers.RandomUniform', Uniform>) {
    const [minval = -0.05, maxval = 0.05, seed, dtype] = UNIFORM.take(given);
    super(randomUniformInitializer({ minval, maxval, seed, dtype }));
  }
}
/**
 * Starts a variable from numbers of a variance that its shape decides: `tf.varianceScalingInitializer` as a class.
 *
 *     const initializer = new tf.keras.initializers.VarianceScaling(2);
 *     tf.getVariable('w', [2, 3], { initializer })   // shape (2, 3)
 */
export class VarianceScaling extends Known {
  /**
   * Makes the initializer.
   *
   * @param scale         above 0; 1 where not given
   * @param mode          'fan_in', 'fan_out' or 'fan_avg': by what it is divided; 'fan_in' where not given
   * @param distribution  'truncated_normal', 'untruncated_normal' or 'uniform'; 'truncated_normal' where not given
   * @param seed          with the graph's seed it decides the stream
   * @param dtype         the element type where the variable has none; float32 where not given
   * @throws ValueError  for a scale that is not above 0, or another mode, distribution or dtype
   */
  constructor(...given: Args<'keras.initializers.VarianceScaling', Scaled>) {
    const [scale, mode, distribution, seed, dtype] = SCALING.take(given);
    super(varianceScalingInitializer({ scale, mode, distribution, seed, dtype }));
  }
}
/**
 * Starts a variable from a matrix with columns or rows at right angles: `tf.orthogonalInitializer` as a class.
 *
 *     const initializer = new tf.keras.initializers.Orthogonal();
 *     tf.getVariable('w', [2, 3], { initializer })   // shape (2, 3)
 */
export class Orthogonal extends Known {
  /**
   * Makes the initializer.
   *
   * @param gain   what all is multiplied with; 1 where not given
   * @param seed   for the same numbers in every run
   * @param dtype  the element type where the variable has none; float32 where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'keras.initializers.Orthogonal', [gain?: number, seed?: number, dtype?: DTypeLike]>) {
    const [gain, seed, dtype] = ORTHOGONAL.take(given);
    super(orthogonalInitializer({ gain, seed, dtype }));
  }
}
/**
 * Starts a variable from the identity matrix, times `gain`: `tf.initializers.identity` as a class.
 *
 *     tf.getVariable('w', [2, 2], { initializer: new tf.keras.initializers.Identity(3) })   // [[3, 0], [0, 3]]
 */
export class Identity extends Known {
  /**
   * Makes the initializer.
   *
   * @param gain   what stands on the diagonal; 1 where not given
   * @param dtype  the element type where the variable has none; float32 where not given
   * @throws ValueError  for a dtype that is not floating point
   */
  constructor(...given: Args<'keras.initializers.Identity', [gain?: number, dtype?: DTypeLike]>) {
    const [gain, dtype] = IDENTITY.take(given);
    super(identityInitializer({ gain, dtype }));
  }
}
