/**
 * `tf.math`: functions of numbers, most of them in `tf` too. Re-exports only.
 *
 * @module
 */
export { isNonDecreasing, isStrictlyIncreasing } from '../control/monotonic';
export { accumulateN, addN } from '../ops/add-n';
export {
  add,
  atan2,
  maximum,
  minimum,
  multiply,
  multiplyNoNan,
  pow,
  scalarMul,
  squaredDifference,
  subtract,
  xdivy,
  xlogy,
} from '../ops/elementwise';
export { divide, divideNoNan, floordiv, floormod, mod, reciprocalNoNan, truediv } from '../ops/division';
export {
  abs,
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  ceil,
  conj,
  cos,
  cosh,
  digamma,
  erf,
  erfc,
  exp,
  expm1,
  floor,
  isFinite,
  isInf,
  isNan,
  lgamma,
  log,
  log1p,
  logSigmoid,
  negative,
  polyval,
  reciprocal,
  rint,
  round,
  rsqrt,
  sigmoid,
  sign,
  sin,
  sinh,
  sqrt,
  square,
  tan,
  tanh,
} from '../ops/unary';
export {
  equal,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  notEqual,
} from '../ops/compare';
export { argmax, argmin } from '../ops/arg';
export { angle, imag, real } from '../ops/complex';
export { besselI0, besselI0e, besselI1, besselI1e } from '../ops/bessel';
export { countNonzero, reduceLogsumexp, reduceStd, reduceVariance } from '../ops/statistics';
export { cumprod, cumsum } from '../ops/running';
export {
  reduceAll,
  reduceAny,
  reduceEuclideanNorm,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceSum,
} from '../ops/reduce';
export { softplus, softsign } from '../ops/activation';
export { betainc, igamma, igammac } from '../ops/incomplete';
export { polygamma, zeta } from '../ops/special';
export { l2Normalize, zeroFraction } from '../nn/normalize';
export {
  bincount,
  segmentMax,
  segmentMean,
  segmentMin,
  segmentProd,
  segmentSum,
  unsortedSegmentMax,
  unsortedSegmentMean,
  unsortedSegmentMin,
  unsortedSegmentProd,
  unsortedSegmentSqrtN,
  unsortedSegmentSum,
} from '../ops/segment';
export { invertPermutation } from '../ops/shape';
export { logSoftmax, softmax } from '../ops/softmax';
export { inTopK, topK } from '../ops/top-k';
export { confusionMatrix } from './confusion-matrix';
