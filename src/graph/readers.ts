/** Who reads a tensor: made when it is first asked for, and kept true when edges change. */
import type { Operation, Tensor } from './operation';

export class Readers {
  private readonly lists = new Map<Tensor, Operation[]>();
  /** How many of the operations are in the lists. */
  private listed = 0;
  constructor(private readonly ops: readonly Operation[]) {}

  of(tensor: Tensor): readonly Operation[] {
    for (; this.listed < this.ops.length; this.listed++) {
      const op = this.ops[this.listed];
      for (const input of new Set(op.edges)) if (input) this.add(input, op);
    }
    return this.lists.get(tensor) ?? [];
  }
  /** An operation reads `now` in the place of `before`. */
  moved(op: Operation, before: Tensor | null, now: Tensor): void {
    if (op.id >= this.listed) return;
    const list = before && !op.edges.includes(before) && this.lists.get(before);
    if (list) list.splice(list.indexOf(op), 1);
    this.add(now, op);
  }
  private add(tensor: Tensor, op: Operation): void {
    const list = this.lists.get(tensor);
    if (!list) this.lists.set(tensor, [op]);
    else if (list[list.length - 1] !== op && !list.includes(op)) list.push(op);
  }
}
