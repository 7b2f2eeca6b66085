/**
 * `tf.keras.initializers`: what variables start from, under Keras's names, with its defaults; as texts and objects that
 * can be kept.
 *
 * @module
 */
import type { DTypeLike } from '../base/dtype';
import { ValueError } from '../base/errors';
import { isCallable } from '../base/border';
import { textOf } from '../base/preview';
import { memberOf } from '../base/thrown';
import { bound, isPlain } from '../calls/bind';
import type { Initializer as Callable, InitializerInstance as Made } from '../variables/initializer';
import {
  constantInitializer,
  glorotNormalInitializer,
  glorotUniformInitializer,
  heNormalInitializer,
  heUniformInitializer,
  lecunNormalInitializer,
  lecunUniformInitializer,
  onesInitializer,
  randomNormalInitializer,
  randomUniformInitializer,
  truncatedNormalInitializer,
  varianceScalingInitializer,
  zerosInitializer,
} from '../variables/initializers';
import { identityInitializer, orthogonalInitializer } from '../variables/matrix-initializers';
import type { Initializer as Starts } from '../variables/variable-scope';

export {
  Constant,
  Identity,
  Initializer,
  Ones,
  Orthogonal,
  RandomNormal,
  RandomUniform,
  TruncatedNormal,
  VarianceScaling,
  Zeros,
} from './initializer';
export {
  constantInitializer as constant,
  glorotNormalInitializer as glorotNormal,
  glorotUniformInitializer as glorotUniform,
  heNormalInitializer as heNormal,
  heUniformInitializer as heUniform,
  identityInitializer as identity,
  lecunNormalInitializer as lecunNormal,
  lecunUniformInitializer as lecunUniform,
  onesInitializer as ones,
  orthogonalInitializer as orthogonal,
  zerosInitializer as zeros,
};

/**
 * Starts a variable from normal numbers, of a standard deviation of 0.05 where none is given.
 *
 *     tf.getVariable('w', [2, 3], { initializer: tf.keras.initializers.randomNormal() })   // shape (2, 3)
 *
 * @param mean    their mean; 0 where not given
 * @param stddev  their standard deviation; 0.05 where not given
 * @param seed    with the graph's seed it decides the stream
 * @param dtype   the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const randomNormal = bound(
  'keras.initializers.random_normal',
  (mean: number = 0, stddev: number = 0.05, seed?: number, dtype?: DTypeLike): Callable =>
    randomNormalInitializer({ mean, stddev, seed, dtype }),
);
export { randomNormal as normal };
/**
 * Starts a variable from normal numbers within two standard deviations, which are 0.05 where none is given.
 *
 *     tf.getVariable('w', [2, 3], { initializer: tf.keras.initializers.truncatedNormal() })   // shape (2, 3)
 *
 * @param mean    their mean; 0 where not given
 * @param stddev  their standard deviation; 0.05 where not given
 * @param seed    with the graph's seed it decides the stream
 * @param dtype   the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws ValueError  for a dtype that is not floating point
 */
export const truncatedNormal = bound(
  'keras.initializers.truncated_normal',
  (mean: number = 0, stddev: number = 0.05, seed?: number, dtype?: DTypeLike): Callable =>
    truncatedNormalInitializer({ mean, stddev, seed, dtype }),
);
/**
 * Starts a variable from uniform numbers, in [-0.05, 0.05) where no bounds are given.
 *
 *     tf.getVariable('w', [2, 3], { initializer: tf.keras.initializers.randomUniform() })   // shape (2, 3)
 *
 * @param minval  the least; -0.05 where not given
 * @param maxval  what all are below; 0.05 where not given
 * @param seed    with the graph's seed it decides the stream
 * @param dtype   the element type where the variable has none; float32 where not given
 * @returns  what `tf.getVariable` takes as initializer
 * @throws TypeError  for what is no dtype
 */
export const randomUniform = bound(
  'keras.initializers.random_uniform',
  (minval: number = -0.05, maxval: number = 0.05, seed?: number, dtype?: DTypeLike): Callable =>
    randomUniformInitializer({ minval, maxval, seed, dtype }),
);
export { randomUniform as uniform };

/** An initializer as an object that can be kept: its class, and what it was made with. */
export interface InitializerConfig {
  /** The name of its class. */
  readonly class_name: string;
  /** What it was made with. */
  readonly config: Readonly<Record<string, unknown>>;
}
/** Makes an initializer from what it was made with. */
type Maker = (config: object) => Made;
const MAKERS: Readonly<Record<string, Maker>> = {
  Constant: constantInitializer,
  GlorotNormal: glorotNormalInitializer,
  GlorotUniform: glorotUniformInitializer,
  Identity: identityInitializer,
  Ones: onesInitializer,
  Orthogonal: orthogonalInitializer,
  RandomNormal: randomNormal,
  RandomUniform: randomUniform,
  TruncatedNormal: truncatedNormal,
  VarianceScaling: varianceScalingInitializer,
  Zeros: zerosInitializer,
  constant: constantInitializer,
  glorot_normal: glorotNormalInitializer,
  glorot_uniform: glorotUniformInitializer,
  he_normal: heNormalInitializer,
  he_uniform: heUniformInitializer,
  identity: identityInitializer,
  lecun_normal: lecunNormalInitializer,
  lecun_uniform: lecunUniformInitializer,
  normal: randomNormal,
  one: onesInitializer,
  ones: onesInitializer,
  orthogonal: orthogonalInitializer,
  random_normal: randomNormal,
  random_uniform: randomUniform,
  truncated_normal: truncatedNormal,
  uniform: randomUniform,
  zero: zerosInitializer,
  zeros: zerosInitializer,
};

/**
 * An initializer as an object that can be kept in a file of JSON.
 *
 *     tf.keras.initializers.serialize(tf.keras.initializers.ones()).class_name   // 'Ones'
 *
 * @param initializer  of `tf.initializers` or `tf.keras.initializers`
 * @returns  the name of its class and what it was made with; null for null
 * @throws ValueError  for one that has no class, as a function
 */
export const serialize = bound('keras.initializers.serialize', (initializer: Made | null): InitializerConfig | null => {
  if (initializer === null) return null;
  const { className, config } = initializer;
  if (className === undefined)
    throw new ValueError(`Cannot serialize ${textOf(initializer)}\n  fix: an initializer that has a class.`);
  return { class_name: className, config };
});
/**
 * The initializer that `serialize` wrote, or that of a name.
 *
 *     const initializer = tf.keras.initializers.deserialize({ class_name: 'Constant', config: { value: 7 } });
 *     tf.getVariable('w', [2], { initializer })   // [7, 7]
 *
 * @param config         what `serialize` gave, or a name
 * @param customObjects  classes of one's own by their names; each is made with its settings
 * @returns  the initializer
 * @throws ValueError  for a name that no class has, or another object
 */
export const deserialize = bound('keras.initializers.deserialize', made);
function made(
  config: InitializerConfig | string,
  customObjects: Readonly<Record<string, new (config: InitializerConfig['config']) => Made>> = {},
): Made {
  if (typeof config !== 'string' && !(isPlain(config) && 'class_name' in config && 'config' in config))
    throw new ValueError(`Improper config format: ${textOf(config)}`);
  const [name, settings] = typeof config === 'string' ? [config, {}] : [config.class_name, config.config];
  if (Object.hasOwn(customObjects, name)) return new customObjects[name](settings);
  if (Object.hasOwn(MAKERS, name)) return MAKERS[name](settings);
  throw new ValueError(
    `Unknown initializer: ${name}\n  fix: an initializer, as tf.zerosInitializer(), or one of ` +
      `${Object.keys(MAKERS).join(', ')}.`,
  );
}
/**
 * An initializer from what stands for one: its name, what `serialize` gave, or itself.
 *
 *     tf.getVariable('w', [2], { initializer: tf.keras.initializers.get('ones') })   // [1, 1]
 *
 * @param identifier  a name, an object of `serialize`, an initializer, or null
 * @returns  what `tf.getVariable` takes as initializer; null for null
 * @throws ValueError  for anything else
 */
export const get = bound(
  'keras.initializers.get',
  (identifier: Starts | InitializerConfig | string | null): Starts | null => {
    if (identifier === null) return null;
    if (typeof identifier === 'string') return made(identifier);
    if (isStart(identifier)) return identifier;
    if (isPlain(identifier)) return made(identifier);
    throw new ValueError(`Could not interpret initializer identifier: ${textOf(identifier)}`);
  },
);
/** A function, a class, or an object that can be called for a value. */
function isStart(value: Starts | InitializerConfig): value is Starts {
  return typeof value === 'function' || isCallable(memberOf(value, 'call'));
}
