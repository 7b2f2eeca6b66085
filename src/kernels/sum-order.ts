/**
 * In which order AddN adds: TensorFlow's kernel takes those terms first that fill no group of eight, two to nine of
 * them, and then eight at a time, each eight summed before they are added. In another order the last digits differ.
 */
const GROUP = 8;

/** The terms in their groups, the first of which is the beginning of the sum. */
export function groupsOf<T>(terms: readonly T[]): readonly (readonly T[])[] {
  const rest = terms.length % GROUP;
  const first = terms.length <= GROUP ? terms.length : rest < 2 ? rest + GROUP : rest;
  const groups = [terms.slice(0, first)];
  for (let at = first; at < terms.length; at += GROUP) groups.push(terms.slice(at, at + GROUP));
  return groups;
}
/** The sum of one term or more. */
export function sumInGroups<T>(terms: readonly T[], add: (a: T, b: T) => T): T {
  if (terms.length <= GROUP + 1) return terms.reduce(add);
  return groupsOf(terms)
    .map((group) => group.reduce(add))
    .reduce(add);
}
