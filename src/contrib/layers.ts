/**
 * `tf.contrib.layers`: what of it courses and programs use most. Re-exports only.
 *
 * @module
 */
export { xavierInitializer } from '../variables/initializers';
export { l1Regularizer, l2Regularizer } from '../variables/regularizers';
