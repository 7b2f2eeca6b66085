/** Arguments that have an older name, which may be given in their place. */
import { ValueError } from '../base/errors';

type Optional<T> = T | null | undefined;
/** That one argument was given under both its names, in TensorFlow's words. Names are Python's. */
export function bothNames(older: string, newer: string): Error {
  return new ValueError(
    `Cannot specify both '${older}' and '${newer}'\n  fix: leave '${older}' out, the older name of '${newer}'.`,
  );
}
/**
 * The value of an argument that may be given under an older name; null where it is given under none.
 *
 * @param names  both, as Python spells them
 * @throws ValueError  where it is given under both
 */
export function eitherName<T>(names: readonly [newer: string, older: string], newer: Optional<T>, older: Optional<T>) {
  if (older === null || older === undefined) return newer ?? null;
  if (newer !== null && newer !== undefined) throw bothNames(names[1], names[0]);
  return older;
}
export const AXIS_OR_DIM = ['axis', 'dim'] as const;
export const KEPT_DIMS = ['keepdims', 'keep_dims'] as const;
