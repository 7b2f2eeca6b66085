/**
 * `tf.contrib.opt`: more optimizers. Re-exports only.
 *
 * @module
 */
export { AdamWOptimizer } from './adam-w';
export { LARSOptimizer } from './lars';
export { LazyAdamOptimizer } from './lazy-adam';
