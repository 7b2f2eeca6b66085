/**
 * `tensorflow.python.framework`. Re-exports only.
 *
 * @module
 */
export * as device from './device';
export * as dtypes from '../dtypes';
export * as errors from '../errors';
export * as function from './function';
export * as graphUtil from '../train/graphs/graph-util';
export * as ops from './framework-ops';
export * as tensorShape from './tensor-shape';
export * as tensorUtil from './tensor-util';
