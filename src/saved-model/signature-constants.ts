/** `tf.savedModel.signatureConstants`: names that servers look for in signatures. */

/**
 * The signature that is served where none is named.
 *
 *     tf.savedModel.signatureConstants.DEFAULT_SERVING_SIGNATURE_DEF_KEY   // 'serving_default'
 */
export const DEFAULT_SERVING_SIGNATURE_DEF_KEY = 'serving_default';
/**
 * The input of a classifier: serialized examples.
 *
 *     tf.savedModel.signatureConstants.CLASSIFY_INPUTS   // 'inputs'
 */
export const CLASSIFY_INPUTS = 'inputs';
/**
 * What a classifier's signature is for.
 *
 *     tf.savedModel.signatureConstants.CLASSIFY_METHOD_NAME   // 'tensorflow/serving/classify'
 */
export const CLASSIFY_METHOD_NAME = 'tensorflow/serving/classify';
/**
 * The output of a classifier that names classes.
 *
 *     tf.savedModel.signatureConstants.CLASSIFY_OUTPUT_CLASSES   // 'classes'
 */
export const CLASSIFY_OUTPUT_CLASSES = 'classes';
/**
 * The output of a classifier that weighs classes.
 *
 *     tf.savedModel.signatureConstants.CLASSIFY_OUTPUT_SCORES   // 'scores'
 */
export const CLASSIFY_OUTPUT_SCORES = 'scores';
/**
 * The input of a prediction, where it has one.
 *
 *     tf.savedModel.signatureConstants.PREDICT_INPUTS   // 'inputs'
 */
export const PREDICT_INPUTS = 'inputs';
/**
 * What a prediction's signature is for.
 *
 *     tf.savedModel.signatureConstants.PREDICT_METHOD_NAME   // 'tensorflow/serving/predict'
 */
export const PREDICT_METHOD_NAME = 'tensorflow/serving/predict';
/**
 * The output of a prediction, where it has one.
 *
 *     tf.savedModel.signatureConstants.PREDICT_OUTPUTS   // 'outputs'
 */
export const PREDICT_OUTPUTS = 'outputs';
/**
 * The input of a regression: serialized examples.
 *
 *     tf.savedModel.signatureConstants.REGRESS_INPUTS   // 'inputs'
 */
export const REGRESS_INPUTS = 'inputs';
/**
 * What a regression's signature is for.
 *
 *     tf.savedModel.signatureConstants.REGRESS_METHOD_NAME   // 'tensorflow/serving/regress'
 */
export const REGRESS_METHOD_NAME = 'tensorflow/serving/regress';
/**
 * The output of a regression.
 *
 *     tf.savedModel.signatureConstants.REGRESS_OUTPUTS   // 'outputs'
 */
export const REGRESS_OUTPUTS = 'outputs';
