/** `tf.savedModel.signatureConstants`: names that servers look for in signatures. */

/** The signature that is served where none is named. */
export const DEFAULT_SERVING_SIGNATURE_DEF_KEY = 'serving_default';
/** The input of a classifier: serialized examples. */
export const CLASSIFY_INPUTS = 'inputs';
/** What a classifier's signature is for. */
export const CLASSIFY_METHOD_NAME = 'tensorflow/serving/classify';
/** The output of a classifier that names classes. */
export const CLASSIFY_OUTPUT_CLASSES = 'classes';
/** The output of a classifier that weighs classes. */
export const CLASSIFY_OUTPUT_SCORES = 'scores';
/** The input of a prediction, where it has one. */
export const PREDICT_INPUTS = 'inputs';
/** What a prediction's signature is for. */
export const PREDICT_METHOD_NAME = 'tensorflow/serving/predict';
/** The output of a prediction, where it has one. */
export const PREDICT_OUTPUTS = 'outputs';
/** The input of a regression: serialized examples. */
export const REGRESS_INPUTS = 'inputs';
/** What a regression's signature is for. */
export const REGRESS_METHOD_NAME = 'tensorflow/serving/regress';
/** The output of a regression. */
export const REGRESS_OUTPUTS = 'outputs';
