/** `tf.savedModel.tagConstants`: tags that tell the graphs of a SavedModel apart. */

/** A graph for serving. */
export const SERVING = 'serve';
/** A graph for training. */
export const TRAINING = 'train';
/** A graph for a GPU. */
export const GPU = 'gpu';
/** A graph for a TPU. */
export const TPU = 'tpu';
