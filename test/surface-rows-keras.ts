/** Rows of the surface test for `tf.keras`. */
import * as tf from '../src';
import type { Row } from './surface-rows';

const { initializers } = tf.keras;
const isShaped = (value: unknown): boolean =>
  JSON.stringify((value as number[][]).map((row) => row.length)) === '[3,3]';
const drawn = (name: 'randomNormal' | 'randomUniform' | 'truncatedNormal'): Row => [
  () => initializers[name]().call([2, 3]),
  isShaped,
];
const made = (name: 'RandomNormal' | 'RandomUniform' | 'TruncatedNormal' | 'VarianceScaling' | 'Orthogonal'): Row => [
  () => new initializers[name]().call([2, 3]),
  isShaped,
];
class Threes extends initializers.Initializer {
  call(): tf.Tensor {
    return tf.constant(3);
  }
}

export function kerasRows(): Readonly<Record<string, Row>> {
  const rows: Record<string, Row> = {
    Constant: [() => new initializers.Constant(7).call([2]), [7, 7]],
    Identity: [() => new initializers.Identity(3).call([1, 2]), [[3, 0]]],
    Initializer: [() => new Threes().call(), 3],
    Ones: [() => new initializers.Ones().call([2]), [1, 1]],
    Zeros: [() => new initializers.Zeros().call([2]), [0, 0]],
    Orthogonal: made('Orthogonal'),
    RandomNormal: made('RandomNormal'),
    RandomUniform: made('RandomUniform'),
    TruncatedNormal: made('TruncatedNormal'),
    VarianceScaling: made('VarianceScaling'),
    randomNormal: drawn('randomNormal'),
    randomUniform: drawn('randomUniform'),
    truncatedNormal: drawn('truncatedNormal'),
    deserialize: [() => initializers.deserialize('Ones').call([2]), [1, 1]],
    get: [() => initializers.get(null), null],
    serialize: [() => initializers.serialize(initializers.ones())?.class_name, 'Ones'],
  };
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [`tf.keras.initializers.${name}`, row]));
}
