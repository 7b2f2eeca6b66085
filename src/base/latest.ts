/** The latest of things that many are made of, for as long as somebody else holds it. */
import { afterTurn } from './platform';

/**
 * What a `WeakRef` is made of stays until the program's turn ends, so that a script which makes thousands of graphs
 * without a break would keep them all: here the latest alone is held until then, and weakly from then on.
 */
export class Latest<T extends object> {
  private held: T | null = null;
  private weak: WeakRef<T> | null = null;

  get value(): T | null {
    return this.held ?? this.weak?.deref() ?? null;
  }
  set value(value: T | null) {
    const waits = this.held !== null;
    this.weak = null;
    this.held = value;
    if (value !== null && !waits) afterTurn(() => this.loosen());
  }
  private loosen(): void {
    this.weak = this.held && new WeakRef(this.held);
    this.held = null;
  }
}
