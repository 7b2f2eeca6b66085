/** Medians, quartiles and ratios. */

export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}
/** The median and the quartiles. */
export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => {
    const i = (sorted.length - 1) * share;
    const below = Math.floor(i);
    return sorted[below] + (sorted[Math.ceil(i)] - sorted[below]) * (i - below);
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
interface Measured {
  readonly rounds: readonly number[];
}
/**
 * How many times as fast as `other` `ours` is: of the rounds, each with its own neighbour, since both had the same
 * machine then.
 */
export function ratio(ours: Measured, other: Measured): Spread {
  return spread(ours.rounds.map((us, i) => other.rounds[i] / us));
}
