/**
 * `tf.bitwise`: the bits of integers. Re-exports only.
 *
 * @module
 */
export { bitwiseAnd, bitwiseOr, bitwiseXor, invert, leftShift, rightShift } from '../ops/bitwise';
