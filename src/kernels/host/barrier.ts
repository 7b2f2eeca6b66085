/** Barriers: elements that come in parts, by keys; those that are whole wait in a queue, in the order of their keys. */
import { type DType, int64, string } from '../../base/dtype';
import { known } from '../../base/keys';
import { TensorShape, cShape } from '../../base/shape';
import { KernelError, type Later, Value, invalid } from '../kernel';
import { Kind, type Place, type Resource } from '../resources';
import type { Element, Queue, QueueFacts } from './queue';
import { PriorityQueue } from './queue-orders';
import { joined, rowsOf } from './tensor-list';

export interface BarrierFacts {
  readonly place: Place;
  /** As messages have it. */
  readonly name: string;
  readonly dtypes: readonly DType[];
  readonly shapes: readonly TensorShape[];
  readonly failure: QueueFacts['failure'];
}
/** An element that is not whole yet: which one it is, and its components. */
interface Parts {
  readonly index: bigint;
  readonly values: (Value | null)[];
}
/** The index of the first elements. */
const FIRST = -(2n ** 63n);

export class Barrier implements Resource {
  readonly wasMade = true;
  private readonly ready: Queue;
  private readonly incomplete = new Map<string, Parts>();
  private index = FIRST;
  private isClosed = false;
  private isCancelled = false;
  constructor(readonly facts: BarrierFacts) {
    const { name, place, dtypes, shapes, failure } = facts;
    this.ready = new PriorityQueue({
      place,
      name: `${name}_queue`,
      type: 'PriorityQueue',
      dtypes: [int64, string, ...dtypes],
      shapes: [TensorShape.scalar(), TensorShape.scalar(), ...shapes],
      capacity: Infinity,
      failure,
    });
  }
  get kind(): Kind<Barrier> {
    return BARRIER;
  }
  get place(): Place {
    return this.facts.place;
  }
  get readySize(): number {
    return this.ready.size;
  }
  get incompleteSize(): number {
    return this.incomplete.size;
  }

  /** Gives one component of the elements of some keys. */
  insertMany(keys: readonly string[], component: number, values: Value): Later<Element> | readonly Value[] {
    const { name } = this.facts;
    if (keys.length && !values.size)
      invalid(`Tensors with no elements are not supported ${name}: received shape ${cShape(values.shape)}`);
    this.checkOpen(keys.length);
    const rows = rowsOf(values);
    const whole: Element[] = [];
    let hasNew = false;
    try {
      keys.forEach((key, i) => {
        const parts = this.incomplete.get(key);
        hasNew ||= !parts;
        this.insert(key, parts ?? this.begin(key, i), component, rows[i]);
        const element = this.complete(key);
        if (element) whole.push(element);
      });
    } catch (error) {
      // As in TensorFlow, what was whole before it is lost, and what is not stays.
      for (const element of whole) element.forEach((value) => value.release());
      throw error;
    }
    if (hasNew) this.index++;
    return whole.length ? this.ready.enqueue(whole) : [];
  }
  private checkOpen(count: number): void {
    const { isCancelled, incomplete } = this;
    if (!this.isClosed || (!isCancelled && (!count || incomplete.size))) return;
    throw new KernelError(
      'Cancelled',
      `Barrier ${this.facts.name} is closed.  Pending enqueues cancelled: ${Number(isCancelled)}.  ` +
        `Number of new insertions: ${count}.  Number of incomplete keys: ${incomplete.size}.`,
    );
  }
  private begin(key: string, at: number): Parts {
    const { name, dtypes } = this.facts;
    if (this.isClosed)
      throw new KernelError(
        'Cancelled',
        `Barrier ${name} is closed, but attempted to insert a brand new key: ${key}.  Pending enqueues cancelled: ` +
          `${Number(this.isCancelled)}.  Insertion index: ${at}.  Number of incomplete keys: ${this.incomplete.size}.`,
      );
    const parts = { index: this.index, values: dtypes.map(() => null) };
    this.incomplete.set(key, parts);
    return parts;
  }
  private insert(key: string, { values }: Parts, component: number, value: Value): void {
    if (values[component])
      invalid(`Key ${key} already has a value for component ${component} in barrier ${this.facts.name}`);
    values[component] = value;
  }
  /** The element of a key, where it is whole now. */
  private complete(key: string): Element | null {
    const { index, values } = known(this.incomplete.get(key), key);
    if (values.includes(null)) return null;
    this.incomplete.delete(key);
    const element = values.flatMap((value) => value ?? []);
    element.forEach((value, i) => {
      const wanted = this.facts.shapes[i];
      if (!wanted.isCompatibleWith(new TensorShape(value.shape)))
        invalid(
          `Shape mismatch in tuple component ${i + 2}. Expected ${wanted.toCString()}, got ${cShape(value.shape)}`,
        );
    });
    return [new Value(int64, [], BigInt64Array.of(index)), new Value(string, [], [key]), ...element];
  }

  /** Takes whole elements: their indices, keys and components. */
  takeMany(wanted: number, allowSmall: boolean): Later<Element> | readonly Value[] {
    if (wanted < 0) invalid(`num_elements must be >= 0, but is ${wanted}`);
    const count = this.isClosed ? this.available(wanted, allowSmall) : wanted;
    const { dtypes, shapes } = this.ready.facts;
    if (!count) return dtypes.map((dtype, i) => joined(dtype, [0, ...known(shapes[i].fullDims, 'a shape')], []));
    return this.ready.dequeue(count, allowSmall, (elements) =>
      dtypes.map((dtype, i) => {
        const rows = elements.map((of) => of[i]);
        return joined(dtype, [rows.length, ...rows[0].shape], rows);
      }),
    );
  }
  /** How many can be had of a closed one. */
  private available(wanted: number, allowSmall: boolean): number {
    const { readySize, incompleteSize } = this;
    const there = allowSmall ? readySize : readySize + incompleteSize;
    const count = allowSmall ? Math.min(wanted, there) : wanted;
    if (there >= Math.max(count, 1)) return count;
    throw new KernelError(
      'OutOfRange',
      `Barrier '${this.facts.name}' is closed and has insufficient elements (requested ${count}, total size ${there})`,
    );
  }
  /** Lets no new keys in; with `cancel` nothing more of those that are not whole. */
  close(cancel: boolean): Later<Element> | readonly Value[] {
    if (this.isClosed && (this.isCancelled || !cancel))
      throw new KernelError('Cancelled', `Barrier '${this.facts.name}' is already closed.`);
    this.isClosed = true;
    this.isCancelled = cancel;
    if (cancel) this.dropIncomplete();
    return this.incomplete.size || this.ready.isClosed ? [] : this.ready.close(cancel);
  }
  private dropIncomplete(): void {
    for (const { values } of this.incomplete.values()) values.forEach((value) => value?.release());
    this.incomplete.clear();
  }
  dispose(): void {
    this.dropIncomplete();
    this.ready.dispose();
  }
  /** It stays when a handle of it is gone. */
  released(): void {}
}
export const BARRIER = new Kind('N10tensorflow7barrier7BarrierE', Barrier);
