/**
 * `tf.contrib.opt`: more optimizers. Re-exports only.
 *
 * @module
 */
export { LazyAdamOptimizer } from './lazy-adam';
