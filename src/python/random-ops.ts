/** `tensorflow.python.ops.random_ops`. @module */
export { multinomial, randomNormal, randomShuffle, randomUniform, truncatedNormal } from '../ops/random';
