/**
 * `tf.app.flags`: the same as `tf.flags`. Re-exports only.
 *
 * @module
 */
export * from './flags';
