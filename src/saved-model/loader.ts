/** `tf.savedModel.loader`: the names for loading. */
export { load, maybeSavedModelDirectory } from './load';
