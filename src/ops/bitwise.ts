/** The bits of integers. */
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
export const bitwiseAnd = binaryFunction('BitwiseAnd');
/** The bits that either has; broadcasts. */
export const bitwiseOr = binaryFunction('BitwiseOr');
/** The bits that one of the two has; broadcasts. */
export const bitwiseXor = binaryFunction('BitwiseXor');
/** `x` times 2 to the `y`; bits that leave on the left are lost. */
export const leftShift = binaryFunction('LeftShift');
/** `x` over 2 to the `y`, rounded down: the sign stays. */
export const rightShift = binaryFunction('RightShift');
/** The other bits: -x - 1. */
export const invert = unaryFunction('Invert');
