/**
 * `tf.python`: modules inside TensorFlow that programs import from, `from tensorflow.python.ops import math_ops`, with
 * what those take out of them. Nearly all of it is in `tf` too. Re-exports only.
 *
 * @module
 */
export * as client from './client';
export * as framework from './framework';
export * as layers from './layers';
export * as lib from './lib';
export * as ops from './ops';
export * as platform from './platform';
export * as pywrapTensorflow from './pywrap-tensorflow';
export * as training from './training';
export * as util from './util';
