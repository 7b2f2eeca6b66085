/** `tf.savedModel.tagConstants`: tags that tell the graphs of a SavedModel apart. */

/**
 * A graph for serving.
 *
 *     tf.savedModel.tagConstants.SERVING   // 'serve'
 */
export const SERVING = 'serve';
/**
 * A graph for training.
 *
 *     tf.savedModel.tagConstants.TRAINING   // 'train'
 */
export const TRAINING = 'train';
/**
 * A graph for a GPU.
 *
 *     tf.savedModel.tagConstants.GPU   // 'gpu'
 */
export const GPU = 'gpu';
/**
 * A graph for a TPU.
 *
 *     tf.savedModel.tagConstants.TPU   // 'tpu'
 */
export const TPU = 'tpu';
