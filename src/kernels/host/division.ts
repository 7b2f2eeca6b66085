/** Quotients and remainders, of integers too: rows of elementwise.ts. */
import { asOrdered } from '../../base/elements';
import { int8 } from '../../base/dtype';
import { type HostKernelRow, type HostTable, type HostTensor, KernelError, invalid } from '../kernel';
import { type Big2, type Fn2, type Variants, binary, broadcastShape } from './loops';

/** Division of integers: a zero among the divisors is an error, but for the shortest where `orMinusOne`. */
function division(
  fn: Fn2,
  big: Big2,
  { refuse = divisionByZero, orMinusOne = false, ...variants }: Variants<Fn2, Big2> & Division = {},
): HostKernelRow {
  const row = binary(fn, big, variants);
  return {
    ...row,
    run: (inputs, node) => {
      if (anyInteger(inputs, (v) => Number(v) === 0) && !(orMinusOne && inputs[1].dtype === int8)) refuse();
      return row.run(inputs, node);
    },
  };
}
interface Division {
  readonly refuse?: () => never;
  readonly orMinusOne?: boolean;
  readonly cost?: number;
}
const divisionByZero = (): never => invalid('Integer division by zero');
/** What 1.15 says of those kernels that were not meant to fail. */
const unexpectedError = (): never => {
  throw new KernelError(
    'Internal',
    'Unexpected error in binary operator (only integer div and mod should have errors)',
    'a divisor is 0',
  );
};
/** Towards zero; by 0 it is -1, where it is no error. */
const quotient: Fn2 = (a, b) => (b === 0 ? -1 : Math.trunc(a / b));
const bigQuotient: Big2 = (a, b) => (b === 0n ? -1n : a / b);
/**
 * Whether the second operand, where it is of integers, has such an element, and something meets it.
 * Shapes that do not fit are an error before that.
 */
export function anyInteger([x, y]: readonly HostTensor[], test: (v: number | bigint) => boolean): boolean {
  if (!y.dtype.isInteger || broadcastShape(x, y).includes(0)) return false;
  const data = asOrdered(y.data);
  for (let i = 0; i < data.length; i++) if (test(data[i])) return true;
  return false;
}
const SMALLEST = 1.1754943508222875e-38;
/** As float32 arithmetic has it: 1 / 0.1 is 10 there, not a little less, and what is too small for it is 0. */
const quotient32: Fn2 = (a, b) => {
  const q = Math.fround(a / b);
  return q < 0 && q > -SMALLEST ? -0 : q;
};
/** A remainder that is subnormal counts as 0. */
const floorMod =
  (least: number): Fn2 =>
  (a, b) => {
    const r = a % b;
    return (r >= least || r <= -least) && r < 0 !== b < 0 ? r + b : r;
  };
const bigFloorMod: Big2 = (a, b) => {
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
};
const bigFloorDiv: Big2 = (a, b) => (a - bigFloorMod(a, b)) / b;

export const DIVISIONS: HostTable = {
  RealDiv: binary((a, b) => a / b, bigQuotient, { integer: quotient }),
  Div: division((a, b) => a / b, bigQuotient, { integer: quotient, orMinusOne: true }),
  // Of floats it is their quotient as it is.
  TruncateDiv: division((a, b) => a / b, bigQuotient, {
    integer: quotient,
    orMinusOne: true,
    refuse: unexpectedError,
  }),
  FloorDiv: division((a, b) => Math.floor(a / b), bigFloorDiv, { float32: (a, b) => Math.floor(quotient32(a, b)) }),
  Mod: division(
    (a, b) => a % b,
    (a, b) => a % b,
    { cost: 12 },
  ),
  TruncateMod: division(
    (a, b) => a % b,
    (a, b) => a % b,
    { cost: 12, refuse: unexpectedError },
  ),
  FloorMod: division(floorMod(2.2250738585072014e-308), bigFloorMod, {
    cost: 15,
    float32: floorMod(SMALLEST),
    integer: floorMod(1),
  }),
};
