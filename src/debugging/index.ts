/**
 * `tf.debugging`: conditions on tensors, which are in `tf` too. Re-exports only.
 *
 * @module
 */
export { Assert } from '../flow/assert';
export {
  assertEqual,
  assertGreater,
  assertGreaterEqual,
  assertLess,
  assertLessEqual,
  assertNear,
  assertNegative,
  assertNoneEqual,
  assertNonNegative,
  assertNonPositive,
  assertPositive,
} from '../control/checks';
export { verifyTensorAllFinite as assertAllFinite } from '../control/numerics';
export { assertRank, assertRankAtLeast, assertRankIn, assertScalar } from '../control/rank-checks';
export { isNonDecreasing, isNumericTensor, isStrictlyIncreasing } from '../control/monotonic';
export { assertInteger, assertType } from '../control/type-checks';
export { checkNumerics } from '../ops/numerics';
export { isFinite, isInf, isNan } from '../ops/unary';
