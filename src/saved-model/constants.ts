/** `tf.savedModel.constants`: how files and collections of a SavedModel are called. */

/**
 * The folder of the files that belong to a model.
 *
 *     tf.savedModel.constants.ASSETS_DIRECTORY   // 'assets'
 */
export const ASSETS_DIRECTORY = 'assets';
/**
 * The collection of these files.
 *
 *     tf.savedModel.constants.ASSETS_KEY   // 'saved_model_assets'
 */
export const ASSETS_KEY = 'saved_model_assets';
/**
 * The collection of the operation that older programs run after a load.
 *
 *     tf.savedModel.constants.LEGACY_INIT_OP_KEY   // 'legacy_init_op'
 */
export const LEGACY_INIT_OP_KEY = 'legacy_init_op';
/**
 * The collection of the operation that is run after a load.
 *
 *     tf.savedModel.constants.MAIN_OP_KEY   // 'saved_model_main_op'
 */
export const MAIN_OP_KEY = 'saved_model_main_op';
/**
 * The file of the graphs, as bytes.
 *
 *     tf.savedModel.constants.SAVED_MODEL_FILENAME_PB   // 'saved_model.pb'
 */
export const SAVED_MODEL_FILENAME_PB = 'saved_model.pb';
/**
 * The file of the graphs, as text.
 *
 *     tf.savedModel.constants.SAVED_MODEL_FILENAME_PBTXT   // 'saved_model.pbtxt'
 */
export const SAVED_MODEL_FILENAME_PBTXT = 'saved_model.pbtxt';
/**
 * The version of the format.
 *
 *     tf.savedModel.constants.SAVED_MODEL_SCHEMA_VERSION   // 1
 */
export const SAVED_MODEL_SCHEMA_VERSION = 1;
/**
 * The folder of the variables' checkpoint.
 *
 *     tf.savedModel.constants.VARIABLES_DIRECTORY   // 'variables'
 */
export const VARIABLES_DIRECTORY = 'variables';
/**
 * The checkpoint in it.
 *
 *     tf.savedModel.constants.VARIABLES_FILENAME   // 'variables'
 */
export const VARIABLES_FILENAME = 'variables';
