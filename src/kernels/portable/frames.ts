/** Pictures in frames of zeros: where they lie there. */

/** Pictures in a frame: how many lines of how many pixels, and where in it they lie, spread out by zeros. */
export interface Frame {
  readonly lines: Along;
  readonly pixels: Along;
}
interface Along {
  readonly input: number;
  /** Zeros in front, and behind; of what is below 0 so much is cut off. */
  readonly before: number;
  readonly after: number;
  /** The distance of neighbours in the frame. */
  readonly spread: number;
}
/** How long a frame is along one dimension. */
export function framed({ input, before, after, spread }: Along): number {
  return before + input * spread + after;
}
/** Which of the input lie in a frame: from which one on, how many, and where the first is. */
export function inside(along: Along): { readonly from: number; readonly count: number; readonly to: number } {
  const { input, before, spread } = along;
  const from = Math.max(0, Math.ceil(-before / spread));
  const end = Math.min(input, Math.floor((framed(along) - 1 - before) / spread) + 1);
  return { from, count: end - from, to: before + from * spread };
}
