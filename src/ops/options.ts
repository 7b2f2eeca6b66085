/** Options that functions take last, and how they are told from values. */
import type { ByName } from '../base/by-name';
import { DType, type DTypeLike } from '../base/dtype';
import { isPlain } from '../calls/bind';
import { isSymbolic } from '../graph/constant';
import { bothNames } from '../calls/refusals';

/** What every function takes that makes nodes. */
export interface NameOption extends ByName {
  /** The name of the node, or of the scope that its nodes stand in; made unique. */
  readonly name?: string | null;
}
/** A name and an element type. */
export interface DtypeOption extends NameOption {
  /** The element type. */
  readonly dtype?: DTypeLike | null;
}
/** True for a trailing options object, where a value might stand instead. */
export function isOptions<O extends object>(x: unknown): x is O {
  return isPlain(x) && !isSymbolic(x);
}
/** True for what is no options object: a value, or nothing, where those might stand. */
export function isValue<T>(x: unknown): x is T {
  return !isOptions(x);
}
export function isDtype(x: unknown): x is DTypeLike | null | undefined {
  return x === null || x === undefined || typeof x === 'string' || x instanceof DType;
}

/** An argument's name and its older one, as Python spells them. */
type NewerAndOlder = readonly [newer: string, older: string];
type Optional<T> = T | null | undefined;
/**
 * The value of an argument that may be given under an older name; null where it is given under none.
 *
 * @param names  both, as Python spells them
 * @throws ValueError  where it is given under both
 */
export function eitherName<T>(names: NewerAndOlder, newer: Optional<T>, older: Optional<T>) {
  if (older === null || older === undefined) return newer ?? null;
  if (newer !== null && newer !== undefined) throw bothNames(names[1], names[0]);
  return older;
}
export const AXIS_OR_DIM: NewerAndOlder = ['axis', 'dim'];
export const KEPT_DIMS: NewerAndOlder = ['keepdims', 'keep_dims'];
