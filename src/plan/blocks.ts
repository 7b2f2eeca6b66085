/** The steps of a plan with loops in blocks: what an executor runs one after the other, and again. */

/** Steps and loops in order: a step by its number, a loop by its place in `loops`, as -1 - place. */
export interface Block {
  readonly items: Int32Array;
  readonly loops: readonly LoopBlock[];
  /** Slots that nobody reads behind an item. */
  readonly dead: readonly (readonly number[])[];
  /** Whether some of it may be left out. */
  readonly conditional: boolean;
  /** The steps in it, without those in its loops. */
  readonly steps: readonly number[];
}
/** Moves a value from a slot to another one; `last`: nobody reads the first behind it. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
}
export interface LoopBlock {
  /** The number of its frame. */
  readonly frame: number;
  /** Per variable: where it comes in, where it is in an iteration, where it comes round. */
  readonly enters: readonly number[];
  readonly merges: readonly number[];
  readonly nexts: readonly number[];
  /** Slots that say by which way a variable came, where they are read. */
  readonly indices: readonly number[];
  readonly cond: Block;
  /** Where the condition is. */
  readonly pred: number;
  readonly on: readonly Move[];
  readonly body: Block;
  readonly out: readonly Move[];
  /** Steps that what leaves it counts as. */
  readonly exits: readonly number[];
  /** Slots that an iteration fills. */
  readonly slots: readonly number[];
  /** Slots one of which has no value where the loop is on a way that is not taken. */
  readonly needs: readonly number[];
}
