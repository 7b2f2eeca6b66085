/**
 * `tf.io`: files. Re-exports only.
 *
 * @module
 */
export * as gfile from './io-gfile';
export { writeGraph } from '../train/graphs/files';
