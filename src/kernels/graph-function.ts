/** Functions of the graph that kernels call, once for each element of a dataset: planned once, called many times. */
import type { Value } from './value';

/**
 * Counts who holds it.
 *
 * @typeParam R  the runs in which it is called
 */
export interface GraphFunction<R> {
  readonly name: string;
  /** What random ops in it have drawn is each instance's own. @throws OpError  where the body cannot be planned */
  instance(): FunctionInstance<R>;
  retain(): this;
  release(): void;
}
export interface FunctionInstance<R> {
  /** Begins a call. The arguments stay the caller's. */
  begin(args: readonly Value[], run: R): FunctionCall;
}
/** One call. Whoever began it ends it. */
export interface FunctionCall {
  /**
   * Goes on. @returns  the results, with a reference each for the caller; null where others are to have their turn, or
   * it waits for another run
   * @throws KernelError  for a node that fails
   */
  go(): readonly Value[] | null;
  /** Resolved when there is something to do again, where it waits for another run; null where it does not. */
  readonly wakes: Promise<void> | null;
  end(): void;
}
