/** The nearest of some names, for "did you mean". */

/** The candidate with the smallest edit distance, if it is near at all: `most` letters may be others. */
export function nearestName(
  name: string,
  candidates: readonly string[],
  most = Math.max(2, Math.ceil(name.length / 3)),
): string | null {
  // `lr` is the learningRate.
  const initials = candidates.filter((each) => name.length > 1 && initialsOf(each) === name.toLowerCase());
  if (initials.length === 1) return initials[0];
  let best: string | null = null;
  let least = most + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const d = distance(name.toLowerCase(), candidate.toLowerCase());
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}
const initialsOf = (name: string): string => (name.match(/^[a-z]|[A-Z]|(?<=_)[a-z]/g) ?? []).join('').toLowerCase();
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
}
