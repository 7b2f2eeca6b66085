/** Queues: what they hold, who waits for room or for elements, and in which order they are served. */
import type { DType } from '../../base/dtype';
import { known } from '../../base/keys';
import type { TensorShape } from '../../base/shape';
import { KernelError, Later, type Value } from '../kernel';
import { Kind, type Place, type Resource } from '../resources';
import { release } from '../value';
import { standIn } from './waiting';

/** A tensor for each component. */
export type Element = readonly Value[];
/** How far an attempt came: it got nothing, a part of what it wants, or all. */
type Progress = 'none' | 'some' | 'all';
/** What somebody wants of a queue, and may have to wait for. */
interface Attempt {
  /** What ends it, where it is ended from outside. */
  readonly cancelled: string;
  /** Takes or gives what can be now. @throws KernelError  where it is in vain */
  go(): Progress;
  /** What it gives, once it has all. */
  give?(): Element;
  /** Gives back what it has so far. */
  undo?(): void;
}
interface Waiting extends Attempt {
  readonly later: Later<Element>;
}
export interface QueueFacts {
  readonly place: Place;
  /** As messages have it. */
  readonly name: string;
  /** The op type without its version, which messages show. */
  readonly type: string;
  readonly dtypes: readonly DType[];
  /** Of each component; none where they are not known. */
  readonly shapes: readonly TensorShape[];
  /** How many elements there is room for. */
  readonly capacity: number;
  /** Why nothing more comes, where that is known. */
  readonly failure: () => string | null;
}

/** First in, first out; other orders are those of the classes below it. */
export class Queue implements Resource {
  readonly wasMade = true;
  protected readonly elements: Element[] = [];
  private readonly enqueues: Waiting[] = [];
  private readonly dequeues: Waiting[] = [];
  private isClosed_ = false;
  constructor(readonly facts: QueueFacts) {}
  get kind(): Kind<Queue> {
    return QUEUE;
  }
  get place(): Place {
    return this.facts.place;
  }
  get size(): number {
    return this.elements.length;
  }
  get isClosed(): boolean {
    return this.isClosed_;
  }
  /** `FIFOQueue '_0_q'`. */
  private get title(): string {
    return `${this.facts.type} '${this.facts.name}'`;
  }

  // --- the order ------------------------------------------------------------------------------------------------

  /** Elements that stay in it as long as it is open. */
  protected get kept(): number {
    return 0;
  }
  /** Whether those who want several wait until there are as many, and take none before that. */
  protected get atOnce(): boolean {
    return false;
  }
  protected put(element: Element): void {
    this.elements.push(element);
  }
  /** The next one; there is one. */
  protected take(): Element {
    return known(this.elements.shift(), 'an element');
  }
  /** Puts back what `take` gave, in the order in which it gave it. */
  protected putBack(taken: readonly Element[]): void {
    this.elements.unshift(...taken);
  }

  // --- what is wanted of it -------------------------------------------------------------------------------------

  /** Puts elements in, each as soon as there is room for it. Takes over a reference to each tensor. */
  enqueue(elements: readonly Element[]): Later<Element> {
    const left = [...elements];
    const go = (): Progress => {
      if (this.isClosed_) throw new KernelError('Cancelled', `${this.title} is closed.`);
      const before = left.length;
      left.splice(0, this.facts.capacity - this.size).forEach((element) => this.put(element));
      return left.length ? progress(before - left.length) : 'all';
    };
    const undo = (): void => releaseAll(left);
    return this.wait(this.enqueues, 'room in', { go, undo, cancelled: 'Enqueue operation was cancelled' });
  }
  /**
   * Takes elements out as they come, until there are `count`; or all of them together, where the order asks for that.
   *
   * @param upTo  whether fewer will do where the queue is closed
   * @param join  makes of them what is wanted, and takes them over
   */
  dequeue(count: number, upTo: boolean, join: (elements: readonly Element[]) => Element): Later<Element> {
    const taken: Element[] = [];
    let wanted = count;
    const undo = (): void => this.putBack(taken.splice(0));
    const go = (): Progress => {
      const [missing, { size }] = [wanted - taken.length, this];
      if (this.isClosed_ && size < missing) {
        undo();
        if (!upTo || !this.size) throw this.insufficient(missing, size);
        wanted = this.size;
      }
      const before = taken.length;
      if (this.atOnce && this.size < wanted) return 'none';
      const kept = this.isClosed_ ? 0 : this.kept;
      while (taken.length < wanted && this.size > kept) taken.push(this.take());
      return taken.length === wanted ? 'all' : progress(taken.length - before);
    };
    const give = (): Element => join(taken.splice(0));
    const what = count === 1 ? 'an element of' : `${count} elements of`;
    return this.wait(this.dequeues, what, { go, undo, give, cancelled: 'Dequeue operation was cancelled' });
  }
  private insufficient(requested: number, size: number): KernelError {
    const why = this.facts.failure();
    return new KernelError(
      'OutOfRange',
      `${this.title} is closed and has insufficient elements (requested ${requested}, current size ${size})`,
      why && `mend what ended its queue runner: ${why}`,
    );
  }
  /** Lets no more elements in, once those that wait are; or at once, where `cancel` ends those. */
  close(cancel: boolean): Later<Element> {
    if (cancel) {
      this.isClosed_ = true;
      this.endAll(this.enqueues);
      this.serve();
    }
    const go = (): Progress => {
      if (this.isClosed_ && !cancel)
        throw new KernelError('Cancelled', `Queue '${this.facts.name}' is already closed.`);
      this.isClosed_ = true;
      return 'all';
    };
    return this.wait(this.enqueues, 'what waits for room in', { go, cancelled: 'Enqueue operation was cancelled' });
  }

  // --- who waits ------------------------------------------------------------------------------------------------

  private wait(line: Waiting[], what: string, attempt: Attempt): Later<Element> {
    const later = new Later<Element>(`${what} the queue '${this.place.name}'`);
    standIn(line, { ...attempt, later }, () => {
      attempt.undo?.();
      this.serve();
    });
    this.serve();
    return later;
  }
  /** Ends all who stand in a line, before anybody is served in their place. */
  private endAll(line: Waiting[]): void {
    for (const { later, cancelled } of line.splice(0)) later.cancel(new KernelError('Cancelled', cancelled));
  }
  /** Serves both lines, the first in each, until nobody can go on. */
  private serve(): void {
    for (let moved = true; moved; ) {
      moved = serveFirst(this.enqueues);
      moved = serveFirst(this.dequeues) || moved;
    }
  }
  dispose(): void {
    this.isClosed_ = true;
    this.endAll(this.enqueues);
    this.endAll(this.dequeues);
    releaseAll(this.elements);
  }
  /** It stays when a handle of it is gone. */
  released(): void {}
}
export const QUEUE = new Kind('N10tensorflow14QueueInterfaceE', Queue);

const progress = (count: number): Progress => (count ? 'some' : 'none');
function releaseAll(elements: Element[]): void {
  for (const element of elements.splice(0)) element.forEach(release);
}
/** Serves those in front, as long as they get all that they want. @returns  whether anything changed */
function serveFirst(line: Waiting[]): boolean {
  let moved = false;
  for (let first = line[0]; first; first = line[0]) {
    let given: Element | null;
    try {
      const came = first.go();
      if (came !== 'all') return moved || came === 'some';
      line.shift();
      given = first.give?.() ?? [];
    } catch (error) {
      if (line[0] === first) line.shift();
      first.undo?.();
      first.later.fail(error);
      moved = true;
      continue;
    }
    moved = true;
    first.later.settle(given);
  }
  return moved;
}
