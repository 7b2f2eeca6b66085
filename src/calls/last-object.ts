/** Whether the last object of a call names arguments, or is the value of one. */
import { isList } from '../base/border';
import { nearestName } from '../base/nearest';
import { WITHOUT_SETTINGS } from './own';
import type { Signature } from './signature';

/**
 * Whether a last object names arguments. Where it may be a value, only if all its keys are arguments', and none that
 * must be given is missing.
 */
export function names(signature: Signature, place: number, value: Readonly<Record<string, unknown>>): boolean {
  const { args, required } = signature;
  if (args[place]?.kind !== 'dict') return true;
  let count = 0;
  for (const key in value) {
    const at = signature.placeOf(key);
    if (at < 0 && isSetting(value[key]) && (signature.isPythons(key) || isMistyped(signature, place, key, value[key])))
      return true;
    if (at < 0 || (at < place && place < required)) return false;
    count++;
  }
  for (let i = place; i < required; i++) if (!(args[i].name in value)) return false;
  // Alone, the value of a first argument is more likely to be meant than its name.
  return count > (place === 0 ? required : 0);
}
/** Whether a name is nearly an argument's, where the value cannot be part of the one in this place. */
function isMistyped({ key, args }: Signature, place: number, name: string, value: unknown): boolean {
  if (!WITHOUT_SETTINGS.has(`${key}:${args[place].python}`) || typeof value === 'object') return false;
  return (
    nearestName(
      name,
      args.map((arg) => arg.name),
    ) !== null
  );
}
/** Whether it is a plain value, or a list of some, and nothing that has a name of its own. */
function isSetting(value: unknown): boolean {
  return typeof value !== 'object' || value === null || isList(value);
}
