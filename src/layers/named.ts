/** Activations and initializers that layers take by name, as Keras does. */
import { isCallable } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import {
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
  zerosInitializer,
} from '../variables/initializers';
import type { Initializer } from '../variables/variable-scope';

/** What is applied to a layer's result: a function, or its name. */
export type Activation = ((x: Tensor) => Tensor) | string;
/** What a weight starts from: an initializer, or its name. */
export type LayerInitializer = Initializer | string;

const one =
  (type: string) =>
  (x: Tensor): Tensor =>
    apply(type, [x]);
const ACTIVATIONS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  elu: one('Elu'),
  exponential: one('Exp'),
  relu: one('Relu'),
  selu: one('Selu'),
  sigmoid: one('Sigmoid'),
  softplus: one('Softplus'),
  softsign: one('Softsign'),
  tanh: one('Tanh'),
  softmax(x) {
    if (x.shape.rank === 2) return apply('Softmax', [x]);
    const over = (type: string, of: Tensor): Tensor => apply(type, [of, -1], { keep_dims: true });
    const e = apply('Exp', [x.sub(over('Max', x))]);
    return e.div(over('Sum', e));
  },
};

/** The function of an activation. @throws ValueError  for a name that is none */
export function activationOf(given: Activation | null | undefined): ((x: Tensor) => Tensor) | null {
  if (given === null || given === undefined) return null;
  if (typeof given !== 'string') {
    if (isCallable(given)) return given;
    throw new TypeError_(
      `Could not interpret activation function identifier: ${preview(given)}` +
        '\n  fix: the function itself, tf.nn.relu, and not what it gives; or its name in quotes.',
    );
  }
  const found = Object.hasOwn(ACTIVATIONS, given) ? ACTIVATIONS[given] : null;
  if (!found)
    throw new ValueError(
      `Unknown activation function:${given}\n  fix: a function, as tf.nn.relu, or one of ` +
        `${Object.keys(ACTIVATIONS).join(', ')}.`,
    );
  return given === 'linear' ? null : found;
}
/** Keras's own defaults, where they are not those of the initializer. */
const INITIALIZERS: Readonly<Record<string, () => Initializer>> = {
  zeros: zerosInitializer,
  ones: onesInitializer,
  glorot_uniform: glorotUniformInitializer,
  glorot_normal: glorotNormalInitializer,
  he_normal: heNormalInitializer,
  he_uniform: heUniformInitializer,
  lecun_normal: lecunNormalInitializer,
  lecun_uniform: lecunUniformInitializer,
  random_normal: () => randomNormalInitializer({ stddev: 0.05 }),
  random_uniform: () => randomUniformInitializer({ minval: -0.05, maxval: 0.05 }),
  truncated_normal: () => truncatedNormalInitializer({ stddev: 0.05 }),
};
/** The initializer of a name. @throws ValueError  for a name that is none */
export function initializerOf(given: LayerInitializer | null | undefined): Initializer | null {
  if (given === null || given === undefined) return null;
  if (typeof given !== 'string') return given;
  if (Object.hasOwn(INITIALIZERS, given)) return INITIALIZERS[given]();
  throw new ValueError(
    `Unknown initializer: ${given}\n  fix: an initializer, as tf.zerosInitializer(), or one of ` +
      `${Object.keys(INITIALIZERS).join(', ')}.`,
  );
}
