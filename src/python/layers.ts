/** `tensorflow.python.layers`. @module */
export * as core from './layers-core';
