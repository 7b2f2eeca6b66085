/** The bits of integers. */
import { boundOverloads } from '../calls/bind';
import { broadcastBinary, unchanged } from '../graph/shape-fn';
import type { Rows } from '../graph/opdef';
import { binaryFunction } from './binary';
import { unaryFunction } from './unary';

export const BITWISE = {
  BitwiseAnd: { shape: broadcastBinary },
  BitwiseOr: { shape: broadcastBinary },
  BitwiseXor: { shape: broadcastBinary },
  LeftShift: { shape: broadcastBinary },
  RightShift: { shape: broadcastBinary },
  Invert: { shape: unchanged },
} satisfies Rows;

/** The bits that both have; broadcasts. */
export const bitwiseAnd = boundOverloads('bitwise.bitwise_and', 2, binaryFunction('BitwiseAnd'));
/** The bits that either has; broadcasts. */
export const bitwiseOr = boundOverloads('bitwise.bitwise_or', 2, binaryFunction('BitwiseOr'));
/** The bits that one of the two has; broadcasts. */
export const bitwiseXor = boundOverloads('bitwise.bitwise_xor', 2, binaryFunction('BitwiseXor'));
/** `x` times 2 to the `y`; bits that leave on the left are lost. */
export const leftShift = boundOverloads('bitwise.left_shift', 2, binaryFunction('LeftShift'));
/** `x` over 2 to the `y`, rounded down: the sign stays. */
export const rightShift = boundOverloads('bitwise.right_shift', 2, binaryFunction('RightShift'));
/** The other bits: -x - 1. */
export const invert = boundOverloads('bitwise.invert', 1, unaryFunction('Invert'));
