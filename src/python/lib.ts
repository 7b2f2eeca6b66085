/** `tensorflow.python.lib`. @module */
export * as io from './lib-io';
