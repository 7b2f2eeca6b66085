/** Memory for what is made in between, kept for the next time: one at a time uses it. */
import type { Heap } from './wasm';

export class Scratch {
  private place = 0;
  private bytes = 0;
  constructor(private readonly heap: Pick<Heap, 'malloc' | 'free'>) {}
  /** Its address, once it has so many bytes. */
  of(bytes: number): number {
    if (bytes > this.bytes) {
      if (this.bytes) this.heap.free(this.place);
      this.bytes = 0;
      this.place = this.heap.malloc(bytes);
      this.bytes = bytes;
    }
    return this.place;
  }
}
