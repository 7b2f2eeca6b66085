/** The tf.bitwise namespace: re-exports only. */
export { bitwiseAnd, bitwiseOr, bitwiseXor, invert, leftShift, rightShift } from '../ops/bitwise';
