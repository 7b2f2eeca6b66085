/** `tf.savedModel.signatureDefUtils`: what may be asked of a model, by name. */
export {
  buildSignatureDef,
  classificationSignatureDef,
  isValidSignature,
  type Named,
  predictSignatureDef,
  regressionSignatureDef,
} from './signature-def-utils';
