/** What the graph of a function does, while it is built, with what lies outside of it. */
export interface Capturing<G, Op, T> {
  /** The graph that the function is made in. */
  readonly outer: G;
  /** How many functions, branches and loops it lies in, itself among them. */
  readonly depth: number;
  /** Whether variables that are made or found inside are behind handles, or give their values as they are outside. */
  readonly variables: 'handles' | 'values';
  /** Whether it is one of a branch or a loop: branches and loops in it are functions, too. */
  readonly isBranch: boolean;
  /** The tensor that stands in the function for one of another graph. */
  capture(tensor: T): T;
  /** The tensor of another graph that one of the function stands for, or null. */
  origin(tensor: T): T | null;
  /** The tensor of the function that stands for one of another graph, or null. */
  inner(tensor: T): T | null;
  /** Notes that the function waits for an operation of another graph. */
  waitFor(op: Op): void;
}
interface Nested<G> {
  readonly capturing: { readonly outer: G } | null;
}
/** The graph around all functions that are being built: variables are made there. */
export function outermost<G extends Nested<G>>(graph: G): G {
  let at = graph;
  while (at.capturing) at = at.capturing.outer;
  return at;
}
