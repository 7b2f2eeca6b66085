/** Staging areas: what they hold, and who waits for room in them or for what they hold. */
import { textToBytes } from '../../base/bytes';
import { type DType, string } from '../../base/dtype';
import { asTexts } from '../../base/elements';
import { KernelError, Later, type Value, invalid } from '../kernel';
import { Kind, type Place, type Resource } from '../resources';
import { release } from '../value';
import { standIn } from './waiting';

/** A tensor for each component. */
type Tuple = readonly Value[];
/** What somebody waits for: what it gives, or null while there is nothing. */
interface Waiting {
  readonly later: Later<Tuple>;
  go(): Tuple | null;
}
/** How much there is room for; 0 where nothing limits it. */
export interface Limits {
  readonly capacity: number;
  readonly memory: number;
}

/** What all have in common: the limits, and the line of those who wait. */
export abstract class Staging implements Resource {
  readonly wasMade = true;
  private readonly waiting: Waiting[] = [];
  private bytes = 0;
  abstract readonly kind: Kind<Resource>;
  abstract readonly size: number;
  constructor(
    readonly place: Place,
    private readonly limits: Limits,
  ) {}
  /**
   * Puts tensors in once there is room for them, and takes over a reference to each.
   *
   * @param isWhole  whether they are an element more
   */
  protected putWithin(values: Tuple, isWhole: boolean, put: () => void): Later<Tuple> {
    const { capacity, memory } = this.limits;
    const bytes = bytesOf(values);
    const undo = (): void => values.forEach(release);
    if (memory > 0 && bytes > memory) {
      undo();
      throw new KernelError(
        'ResourceExhausted',
        `Attempted to insert tensors with combined size of '${bytes}' bytes into Staging Area with a memory limit ` +
          `of '${memory}'.`,
      );
    }
    const go = (): Tuple | null => {
      if (memory > 0 && this.bytes + bytes > memory) return null;
      if (isWhole && capacity > 0 && this.size >= capacity) return null;
      put();
      this.bytes += bytes;
      return [];
    };
    return this.wait('room', go, undo);
  }
  /** Waits until `go` gives something. @param undo  is called where that is in vain */
  protected wait(what: string, go: () => Tuple | null, undo: () => void = () => {}): Later<Tuple> {
    const later = new Later<Tuple>(`${what} in the staging area '${this.place.name}'`);
    const attempt = (): Tuple | null => {
      try {
        return go();
      } catch (error) {
        undo();
        throw error;
      }
    };
    standIn(this.waiting, { later, go: attempt }, undo);
    this.serve();
    return later;
  }
  /** What leaves it gives room to others. */
  protected taken(values: Tuple): Tuple {
    this.bytes -= bytesOf(values);
    return values;
  }
  /** Serves whoever can go on, until nobody can. */
  private serve(): void {
    for (let i = 0; i < this.waiting.length; i++) {
      const one = this.waiting[i];
      let came: Tuple | null = null;
      try {
        came = one.go();
        if (!came) continue;
      } catch (error) {
        one.later.fail(error);
      }
      this.waiting.splice(this.waiting.indexOf(one), 1);
      if (came) one.later.settle(came);
      i = -1;
    }
  }
  clear(): void {
    this.empty();
    this.bytes = 0;
    this.serve();
  }
  /** Releases all that it holds. */
  protected abstract empty(): void;
  dispose(): void {
    const error = new KernelError('Cancelled', `The staging area '${this.place.name}' is gone.`);
    for (const { later } of this.waiting.splice(0)) later.cancel(error);
    this.empty();
  }
  released(): void {}
}
/** What a string takes beside its bytes. */
const STRING = 8;
const bytesOf = (values: readonly (Value | null)[]): number =>
  values.reduce((sum, value) => sum + (value ? sizeInBytes(value) : 0), 0);
function sizeInBytes(value: Value): number {
  if (value.dtype !== string) return value.size * value.dtype.size;
  return asTexts(value.read()).reduce((sum, text) => sum + STRING + textToBytes(text).length, 0);
}

/** Elements in a line, the first first. */
export class StagedLine extends Staging {
  private readonly line: Tuple[] = [];
  get kind(): Kind<Resource> {
    return LINE;
  }
  get size(): number {
    return this.line.length;
  }
  put(values: Tuple): Later<Tuple> {
    return this.putWithin(values, true, () => this.line.push(values));
  }
  take(): Later<Tuple> {
    return this.wait('an element', () => {
      const first = this.line.shift();
      return first ? this.taken(first) : null;
    });
  }
  peek(index: number): Later<Tuple> {
    return this.wait(`element ${index}`, () => this.line[index]?.map((value) => value.retain()) ?? null);
  }
  protected empty(): void {
    for (const values of this.line.splice(0)) values.forEach(release);
  }
}

type Parts = (Value | null)[];
/** Elements by keys; they may come, and go, in parts. */
export class StagedMap extends Staging {
  private readonly whole = new Map<bigint, Parts>();
  private readonly incomplete = new Map<bigint, Parts>();
  constructor(
    place: Place,
    limits: Limits,
    private readonly dtypes: readonly DType[],
    /** Whether the least key is the first; else the one that came first. */
    private readonly isOrdered: boolean,
  ) {
    super(place, limits);
  }
  get kind(): Kind<Resource> {
    return this.isOrdered ? ORDERED_MAP : MAP;
  }
  get size(): number {
    return this.whole.size;
  }
  get incompleteSize(): number {
    return this.incomplete.size;
  }
  put(key: bigint, indices: readonly number[], values: Tuple): Later<Tuple> {
    const isWhole = indices.length === this.dtypes.length;
    return this.putWithin(values, isWhole, () => {
      const parts = (isWhole ? null : this.incomplete.get(key)) ?? this.dtypes.map(() => null);
      const count = this.dtypes.length;
      for (const index of indices) {
        this.checkIndex(key, index);
        if (parts[index])
          invalid(`The tensor for index '${index}' for key '${key}' was already initialized '${count}'.`);
      }
      indices.forEach((index, i) => (parts[index] = values[i]));
      if (parts.includes(null)) this.incomplete.set(key, parts);
      else {
        this.incomplete.delete(key);
        // As in TensorFlow, what has the key already stays.
        if (this.whole.has(key)) parts.forEach((value) => value?.release());
        else this.whole.set(key, parts);
      }
    });
  }
  peek(key: bigint, indices: readonly number[]): Later<Tuple> {
    return this.wait(`key ${key}`, () => {
      const parts = this.whole.get(key);
      return parts ? this.read(key, parts, indices).map((value) => value.retain()) : null;
    });
  }
  take(key: bigint, indices: readonly number[]): Later<Tuple> {
    return this.wait(`key ${key}`, () => {
      const parts = this.whole.get(key);
      return parts ? this.remove(key, parts, indices) : null;
    });
  }
  /** @param keyed  makes the first value of the key */
  takeFirst(indices: readonly number[], keyed: (key: bigint) => Value): Later<Tuple> {
    return this.wait('an element', () => {
      const keys = [...this.whole.keys()];
      const [first] = this.isOrdered ? keys.sort((a, b) => (a < b ? -1 : 1)) : keys;
      const parts = this.whole.get(first);
      return parts ? [keyed(first), ...this.remove(first, parts, indices)] : null;
    });
  }
  private read(key: bigint, parts: Parts, indices: readonly number[]): Value[] {
    return indices.map((index) => {
      this.checkIndex(key, index);
      return parts[index] ?? invalid(`Tensor at index '${index}' for key '${key}' has already been removed.`);
    });
  }
  private remove(key: bigint, parts: Parts, indices: readonly number[]): Tuple {
    const values = this.read(key, parts, indices);
    for (const index of indices) parts[index] = null;
    if (!parts.some(Boolean)) this.whole.delete(key);
    return this.taken(values);
  }
  private checkIndex(key: bigint, index: number): void {
    const { length } = this.dtypes;
    if (index >= 0 && index < length) return;
    invalid(`Index '${BigInt.asUintN(64, BigInt(index))}' for key '${key}' was out of bounds '${length}'.`);
  }
  protected empty(): void {
    for (const held of [this.whole, this.incomplete]) {
      for (const parts of held.values()) parts.forEach((value) => value?.release());
      held.clear();
    }
  }
}
export const LINE = new Kind('N10tensorflow12_GLOBAL__N_16BufferE', StagedLine);
export const MAP = new Kind('N10tensorflow12_GLOBAL__N_110StagingMapILb0EEE', StagedMap);
export const ORDERED_MAP = new Kind('N10tensorflow12_GLOBAL__N_110StagingMapILb1EEE', StagedMap);
