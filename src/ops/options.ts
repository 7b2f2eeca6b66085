/** Options that functions take last, and how they are told from values. */
import { DType, type DTypeLike } from '../base/dtype';
import { NDArray, dtypeOfArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { isSymbolic } from '../graph/constant';

export interface NameOption {
  readonly name?: string | null;
}
export interface DtypeOption extends NameOption {
  readonly dtype?: DTypeLike | null;
}
/** True for a trailing options object, where a value might stand instead. */
export function isOptions<O extends object>(x: unknown): x is O {
  return (
    typeof x === 'object' &&
    x !== null &&
    !Array.isArray(x) &&
    !isSymbolic(x) &&
    !(x instanceof NDArray) &&
    !(x instanceof TensorShape) &&
    !dtypeOfArray(x) &&
    !isDtype(x)
  );
}
export function isDtype(x: unknown): x is DTypeLike | null | undefined {
  return x === null || x === undefined || typeof x === 'string' || x instanceof DType;
}
