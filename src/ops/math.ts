/** The tf.math namespace: re-exports only. */
export {
  accumulateN, add, addN, atan2, divide, divideNoNan, floordiv, floormod, maximum, minimum, mod, multiply, multiplyNoNan, pow,
  reciprocalNoNan, scalarMul, squaredDifference, subtract, truediv, xdivy, xlogy,
} from './elementwise';
export {
  abs, acos, acosh, asin, asinh, atan, atanh, ceil, conj, cos, cosh, digamma, erf, erfc, exp, expm1, floor, isFinite, isInf, isNan, lgamma, log, log1p,
  logSigmoid, negative, polyval, reciprocal, rint, round, rsqrt, sigmoid, sign, sin, sinh, sqrt, square, tan, tanh,
} from './unary';
export { equal, greater, greaterEqual, less, lessEqual, logicalAnd, logicalNot, logicalOr, logicalXor, notEqual } from './compare';
export {
  argmax, argmin, countNonzero, cumprod, cumsum, reduceAll, reduceAny, reduceLogsumexp, reduceMax, reduceMean, reduceMin, reduceProd, reduceStd,
  reduceSum, reduceVariance,
} from './reduce';
export { softplus, softsign } from './activation';
export { l2Normalize, zeroFraction } from './normalize';
export { segmentMax, segmentMean, segmentMin, segmentProd, segmentSum, unsortedSegmentMax, unsortedSegmentMin, unsortedSegmentProd, unsortedSegmentSum } from './segment';
export { invertPermutation } from './shape';
export { logSoftmax, softmax } from './softmax';
export { inTopK, topK } from './top-k';
