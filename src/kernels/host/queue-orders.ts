/** Queues that give their elements in another order: a random one, or by priority. */
import { popHeap, pushHeap } from '../../base/heap';
import { BLOCK, RandomState } from '../../base/philox';
import { type Element, Queue, type QueueFacts } from './queue';

/** Gives them in random order, by a stream of its own. */
export class RandomShuffleQueue extends Queue {
  private words = new Uint32Array(0);
  private used = 0;
  private readonly random: RandomState;
  constructor(
    facts: QueueFacts,
    readonly minAfterDequeue: number,
    readonly seeds: readonly [number | bigint, number | bigint],
  ) {
    super(facts);
    this.random = new RandomState(...seeds);
  }
  protected override get kept(): number {
    return this.minAfterDequeue;
  }
  protected override take(): Element {
    const { elements } = this;
    const index = this.word() % elements.length;
    const [last] = elements.splice(-1);
    if (index === elements.length) return last;
    const taken = elements[index];
    elements[index] = last;
    return taken;
  }
  private word(): number {
    if (this.used === this.words.length) {
      this.words = new Uint32Array(BLOCK);
      this.random.reserve(1).fill(this.words);
      this.used = 0;
    }
    return this.words[this.used++];
  }
  protected override putBack(taken: readonly Element[]): void {
    this.elements.push(...taken);
  }
}

/** Whose first component is larger. */
function isLater(a: Element, b: Element): boolean {
  return BigInt(a[0].read()[0]) > BigInt(b[0].read()[0]);
}
/**
 * Gives those first whose first component is least. A heap, which is the C++ library's: so of equal ones the same comes
 * first as in TensorFlow.
 */
export class PriorityQueue extends Queue {
  /** What comes later may come before what is there. */
  protected override get atOnce(): boolean {
    return true;
  }
  protected override put(element: Element): void {
    pushHeap(this.elements, element, isLater);
  }
  protected override take(): Element {
    return popHeap(this.elements, isLater);
  }
  protected override putBack(taken: readonly Element[]): void {
    for (const element of taken) this.put(element);
  }
}
