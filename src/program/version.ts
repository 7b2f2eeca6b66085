/** Which TensorFlow's programs run here. */

/**
 * The version of TensorFlow whose graphs and numbers these are; that of the package stands in its package.json.
 *
 *     tf.VERSION   // '1.15.5'
 */
export const VERSION = '1.15.5';
/**
 * `tf.VERSION`, by the name that Python's packages have for it.
 *
 *     tf.__version__   // '1.15.5'
 */
export const __version__ = VERSION;
/**
 * The same, and what graph files say of versions.
 *
 *     tf.version.VERSION               // '1.15.5'
 *     tf.version.GRAPH_DEF_VERSION   // 134
 */
export const version = {
  /** The version of TensorFlow. */
  VERSION,
  /** What graphs are written as. */
  GRAPH_DEF_VERSION: 134,
  /** What readers of graphs must be able to read. */
  GRAPH_DEF_VERSION_MIN_CONSUMER: 0,
  /** The oldest graphs that are read. */
  GRAPH_DEF_VERSION_MIN_PRODUCER: 0,
  /** From which source TensorFlow was built. */
  GIT_VERSION: 'v1.15.4-39-g3db52be',
  /** What TensorFlow was built with. */
  COMPILER_VERSION: '7.3.1 20180303',
} as const;
