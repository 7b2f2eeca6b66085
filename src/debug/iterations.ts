/** Gradients of the iterations of a loop in a few words: the first, the last, the least, the most, what they do. */

/** What arrives of a gradient in one iteration of a loop. */
export interface GradientIteration {
  /** The number of the iteration, in each of the loops around it, the outermost first. */
  readonly iteration: readonly number[];
  /** The Euclidean norm. */
  readonly norm: number;
  /** The largest element, by size. */
  readonly max: number;
  /** The share of elements that are exactly 0. */
  readonly zeros: number;
}

/** How far the first and the last are apart before something is said of it. */
const FAR = 1000;

export function figure(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(4))) : String(x);
}
const place = ({ iteration }: GradientIteration): string =>
  iteration.length > 1 ? `[${iteration.join(', ')}]` : String(iteration[0]);
const isLess = (a: GradientIteration, b: GradientIteration): boolean => a.norm < b.norm;

/** `norm 0.02 in iteration 0, 1 in 9; most 3 in 4`. */
export function inIterations(all: readonly GradientIteration[]): string {
  const [first] = all;
  const last = all[all.length - 1];
  if (all.length > 1 && all.every(({ norm }) => norm === first.norm))
    return `norm ${figure(first.norm)} in each of ${all.length} iterations`;
  const ends = all.length > 1 ? [first, last] : [first];
  const least = all.reduce((a, b) => (isLess(b, a) ? b : a));
  const most = all.reduce((a, b) => (isLess(a, b) ? b : a));
  const more = [
    ends.some(({ norm }) => norm <= least.norm) ? null : `least ${figure(least.norm)} in ${place(least)}`,
    ends.some(({ norm }) => norm >= most.norm) ? null : `most ${figure(most.norm)} in ${place(most)}`,
  ].filter((each) => each !== null);
  const said = ends.map((each, i) => `${figure(each.norm)} in ${i ? '' : 'iteration '}${place(each)}`).join(', ');
  return `norm ${said}${more.length ? `; ${more.join(', ')}` : ''}`;
}

/** What becomes of a gradient on its way back through a loop, where it is worth a line. */
export function trend(hops: readonly (readonly GradientIteration[] | null)[]): string[] {
  let widest: { readonly all: readonly GradientIteration[]; readonly by: number } | null = null;
  for (const all of hops) {
    if (!all || all.length < 2) continue;
    const spoilt = [...all].reverse().find(({ norm }) => !Number.isFinite(norm));
    if (spoilt) return [`  on its way back it is no number from iteration ${place(spoilt)} on.`];
    // An initial state of zeros has none either: what stops at the first iteration alone is no news.
    if (all[all.length - 1].norm === 0 || (all[0].norm === 0 && all[1].norm > 0)) continue;
    const by = Math.abs(Math.log(all[0].norm / all[all.length - 1].norm));
    if (by > (widest?.by ?? Math.log(FAR))) widest = { all, by };
  }
  if (!widest) return [];
  const { all } = widest;
  const [first, last] = [all[0], all[all.length - 1]];
  if (first.norm === 0) {
    const gone = all[all.findIndex(({ norm }) => norm !== 0) - 1];
    return [`  on its way back it is 0 from iteration ${place(gone)} on.`];
  }
  const each = (first.norm / last.norm) ** (1 / (all.length - 1));
  return [
    `  on its way back it ${first.norm < last.norm ? 'vanishes' : 'explodes'}: from ${figure(last.norm)} in ` +
      `iteration ${place(last)} to ${figure(first.norm)} in ${place(first)}, times ${figure(each)} in each.` +
      (first.norm < last.norm ? '' : '\n  fix: tf.clipByGlobalNorm(gradients, 5) before they are applied.'),
  ];
}
