/** One of each public class, whose methods are called with anything. */
import * as tf from '../../src';

/** One of each public class, whose methods are called with anything. */
export const INSTANCES: Readonly<Record<string, () => object>> = {
  Graph: () => tf.getDefaultGraph(),
  Tensor: () => tf.constant([[1, 2]]).add(1),
  Operation: () => tf.constant([1, 2]).add(1).op,
  Variable: () => new tf.Variable([1, 2]),
  ResourceVariable: () => tf.getVariable('v', [2], { useResource: true }),
  VariableScope: () => tf.variableScope('a', (scope) => scope),
  IndexedSlices: () =>
    new tf.IndexedSlices(tf.constant([[1]]), tf.constant([0], tf.int32), tf.constant([2, 1], tf.int32)),
  Session: () => new tf.Session('', { config: { device: 'portable', advice: false } }),
  InteractiveSession: () => new tf.InteractiveSession('', { config: { device: 'portable', advice: false } }),
  Timeline: () => new tf.Timeline({ device: 'portable', nodes: [], startMicros: 0, micros: 0 }),
  NDArray: () => new tf.NDArray(tf.float32, [2, 2], Float32Array.of(1, 2, 3, 4)),
  DType: () => tf.float32,
  TensorShape: () => new tf.TensorShape([2, null]),
  GradientDescentOptimizer: () => new tf.train.GradientDescentOptimizer(0.1),
  AdamOptimizer: () => new tf.train.AdamOptimizer(),
  Initializer: () => tf.zerosInitializer(),
};
/** Methods for this library's own use, which their types leave out. */
const OWN =
  'hooked runAny waitFor order checkOpen emit settle checkOwns edgeChanged own replaceInput collected scatter ' +
  'accumulate assignAny numberAt part endSnapshot';
export const INSIDE = new RegExp(`^(${OWN.split(' ').join('|')})$`);
const OF_OPTIMIZERS = /^(minimize|computeGradients|applyGradients|getSlot|getSlotNames|getName|variables)$/;
export function methodsOf(x: object): string[] {
  const names = new Set<string>();
  for (let c: object | null = x; c && c !== Object.prototype; c = Object.getPrototypeOf(c) as object | null)
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(c)))
      if (typeof value === 'function' && name !== 'constructor' && name !== 'array' && !INSIDE.test(name))
        names.add(name);
  if (x instanceof tf.train.Optimizer) return [...names].filter((name) => OF_OPTIMIZERS.test(name));
  return [...names];
}
