/**
 * `tf.contrib.crf`: conditional random fields over sequences of tags. Re-exports only.
 *
 * @module
 */
export { CrfDecodeBackwardRnnCell, CrfDecodeForwardRnnCell, CrfForwardRnnCell } from './cells';
export { crfDecode, viterbiDecode } from './decode';
export {
  crfBinaryScore,
  crfLogLikelihood,
  crfLogNorm,
  crfMultitagSequenceScore,
  crfSequenceScore,
  crfUnaryScore,
} from './scores';
