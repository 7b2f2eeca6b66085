/** Activations and initializers that layers take by name, as Keras does. */
import { isCallable, isInitializer } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import { deserialize } from '../keras/initializers';
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
    if (isCallable(given) && !isInitializer(given)) return given;
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
/** The initializer of a name. @throws ValueError  for a name that is none */
export function initializerOf(given: LayerInitializer | null | undefined): Initializer | null {
  return typeof given === 'string' ? deserialize(given) : (given ?? null);
}
