/**
 * `tf.contrib.slim.modelAnalyzer`: how large a model is. Re-exports only.
 *
 * @module
 */
export { analyzeOps, analyzeVars } from '../model-analyzer';
