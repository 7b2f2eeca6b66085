/**
 * `tf.savedModel`: graphs with their variables, signatures and files, in a folder that TensorFlow serves.
 *
 * @module
 */

export { Builder } from './builder';
export * as builder from './builder-names';
export * as constants from './constants';
export * from './constants';
export { containsSavedModel, load, maybeSavedModelDirectory } from './load';
export * as loader from './loader';
export * as mainOp from './main-op';
export { mainOpWithRestore } from './main-op';
export * as signatureConstants from './signature-constants';
export * from './signature-constants';
export * as signatureDefUtils from './signature-defs';
export * from './signature-defs';
export { simpleSave } from './simple-save';
export * as tagConstants from './tag-constants';
export * from './tag-constants';
export * as utils from './tensor-infos';
export * from './tensor-infos';
