/** `tf.savedModel.builder`: the builder under its older name. */
export { Builder as SavedModelBuilder } from './builder';
