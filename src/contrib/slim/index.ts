/**
 * `tf.contrib.slim`: the layers of `tf.contrib.layers` and what of `tf.contrib.framework` goes with them, under one
 * name. Re-exports only.
 *
 * @module
 */
export * from '../framework';
export * from '../layers';
export * as layers from '../layers';
export * as learning from './learning';
export * as losses from '../losses';
export * as modelAnalyzer from './model-analyzer';
