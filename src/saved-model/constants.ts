/** `tf.savedModel.constants`: how files and collections of a SavedModel are called. */

/** The folder of the files that belong to a model. */
export const ASSETS_DIRECTORY = 'assets';
/** The collection of these files. */
export const ASSETS_KEY = 'saved_model_assets';
/** The collection of the operation that older programs run after a load. */
export const LEGACY_INIT_OP_KEY = 'legacy_init_op';
/** The collection of the operation that is run after a load. */
export const MAIN_OP_KEY = 'saved_model_main_op';
/** The file of the graphs, as bytes. */
export const SAVED_MODEL_FILENAME_PB = 'saved_model.pb';
/** The file of the graphs, as text. */
export const SAVED_MODEL_FILENAME_PBTXT = 'saved_model.pbtxt';
/** The version of the format. */
export const SAVED_MODEL_SCHEMA_VERSION = 1;
/** The folder of the variables' checkpoint. */
export const VARIABLES_DIRECTORY = 'variables';
/** The checkpoint in it. */
export const VARIABLES_FILENAME = 'variables';
