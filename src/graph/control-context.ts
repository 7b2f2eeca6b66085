/** What a graph knows of the branches and loops that are being built in it. The two kinds of them are in src/flow. */
import type { Trace } from './trace';

/**
 * A branch of a `cond` or the body of a loop, while it is built: it takes in each new node, and lets it read what lies
 * outside through nodes that lead in.
 */
export interface Context<Op> {
  readonly name: string;
  /** The one around it. */
  readonly outer: Context<Op> | null;
  /** How many functions, branches and loops it lies in, itself among them. */
  readonly depth: number;
  /** The innermost loop: itself, or the one around it. */
  readonly loop: Context<Op> | null;
  /** Of a loop of gradients: the loop that it is the gradient of. */
  readonly forward: Context<Op> | null;
  /** Takes in a node that was made inside. @throws ValueError  where it reads what lies in another loop */
  addOp(op: Op): void;
}
interface OpenBlocks<Op, T> {
  controlsFor(inputs: readonly T[]): Op[];
  made(op: Op): void;
  /** Where all nodes are said to be made; null where each has a stack of its own. */
  trace: Trace | null;
}

/** For builders of control flow, and for sessions. */
export class FlowState<Op, T> {
  /** The branch or loop that is being built; every new node is taken into it. */
  context: Context<Op> | null = null;
  private readonly notFetched = new Set<Op>();
  private readonly notFed = new Set<T>();
  constructor(private readonly blocks: OpenBlocks<Op, T>) {}
  /** What the open `controlDependencies` blocks would let a node with these inputs wait for. */
  controlInputsFor(inputs: readonly T[]): Op[] {
    return this.blocks.controlsFor(inputs);
  }
  /** Tells the open `controlDependencies` blocks of a node that waits for what they say. */
  waitsForOpen(op: Op): void {
    this.blocks.made(op);
  }
  /** Lets what is made here be said to be made where another graph says it of what is made there now. */
  madeAsIn({ blocks }: FlowState<Op, T>): void {
    this.blocks.trace = blocks.trace;
  }
  /** Says that a run cannot fetch what an operation makes, as in a loop: a run leaves no one value of it. */
  preventFetching(op: Op): void {
    this.notFetched.add(op);
  }
  isFetchable(op: Op): boolean {
    return !this.notFetched.has(op);
  }
  preventFeeding(tensor: T): void {
    this.notFed.add(tensor);
  }
  isFeedable(tensor: T): boolean {
    return !this.notFed.has(tensor);
  }
}
