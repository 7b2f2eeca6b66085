/**
 * Who hears of gradients while they are built: what reaches tensors inside of loops and branches cannot be asked for
 * afterwards.
 */
import type { FuncGraph } from '../flow/func-graph';
import type { IndexedSlices, Operation, Tensor } from '../graph/graph';

/** A While, If or Case as it was differentiated. */
export interface Differentiated {
  readonly op: Operation;
  /** Its functions: of a loop the body, of others each branch. */
  readonly bodies: readonly FuncGraph[];
  /** The node that calls the gradients of these, one of each. */
  readonly back: Operation;
  readonly gradients: readonly FuncGraph[];
}
export interface GradientListener {
  /** All that reaches a tensor. */
  reached(tensor: Tensor, gradient: Tensor | IndexedSlices): void;
  /** A node with functions. */
  differentiated(what: Differentiated): void;
}

let listening: GradientListener | null = null;
/** Who hears of what is built now. */
export const listener = (): GradientListener | null => listening;
/** Lets a listener hear of the gradients that `build` builds. */
export function heardBy<T>(hears: GradientListener, build: () => T): T {
  const before = listening;
  listening = hears;
  try {
    return build();
  } finally {
    listening = before;
  }
}
