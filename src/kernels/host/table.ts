/** Tables from keys to values, as sessions hold them. Keys and values are scalars, or as many elements as each has. */
import { textToBytes } from '../../base/bytes';
import { type DType, type Data, zerosOf } from '../../base/dtype';
import type { Cells } from '../../base/elements';
import { hash64, hash64Combine } from '../../base/hashes';
import { cShape, sizeOf } from '../../base/shape';
import { KernelError, Value, invalid } from '../kernel';
import { Kind, type Place, type Resource } from '../resources';

/** An element of a key or of a value. */
type Element = string | number | bigint;
/** Elements in order, of one dtype. */
interface Column {
  readonly dtype: DType;
  readonly data: Data;
}
/** What a table is from the start. */
export interface TableFacts {
  readonly place: Place;
  readonly keyDtype: DType;
  readonly valueDtype: DType;
  readonly keyShape: readonly number[];
  readonly valueShape: readonly number[];
}
const elementOf = (data: Data, i: number): Element => data[i];
export function elementsOf(data: Data, from: number, count: number): Element[] {
  return Array.from({ length: count }, (_, i) => elementOf(data, from + i));
}
function put(data: Data, at: number, elements: readonly Element[]): void {
  const cells: Cells = data;
  for (const [i, element] of elements.entries()) cells[at + i] = element;
}
/** What keys are told apart by: the element itself, or a text of several. */
const idOf = (key: readonly Element[]): Element => (key.length === 1 ? key[0] : JSON.stringify(key.map(String)));
interface Entry {
  readonly key: readonly Element[];
  value: readonly Element[];
}

export class Table implements Resource {
  readonly kind: Kind<Resource> = TABLE;
  readonly wasMade = true;
  protected readonly entries = new Map<Element, Entry>();
  protected readonly keyWidth: number;
  protected readonly valueWidth: number;
  constructor(readonly facts: TableFacts) {
    this.keyWidth = sizeOf(facts.keyShape);
    this.valueWidth = sizeOf(facts.valueShape);
  }
  get place(): Place {
    return this.facts.place;
  }
  get size(): number {
    return this.entries.size;
  }
  /** Values of keys; of those that are not there the default. */
  find(keys: Value, fallback: Value): Value {
    const shape = this.shapeFor(keys.shape);
    const count = keys.size / this.keyWidth;
    const [from, other] = [keys.read(), elementsOf(fallback.read(), 0, this.valueWidth)];
    const out = zerosOf(this.facts.valueDtype, count * this.valueWidth, shape);
    for (let i = 0; i < count; i++) {
      const id = this.keyAt(from, i);
      put(out, i * this.valueWidth, this.entries.get(id)?.value ?? other);
    }
    return new Value(this.facts.valueDtype, shape, out);
  }
  insert(keys: Value, values: Value): void {
    this.fill(keys, values);
  }
  remove(keys: Value): void {
    const data = keys.read();
    for (let i = 0; i < keys.size / this.keyWidth; i++) this.entries.delete(this.keyAt(data, i));
  }
  /** Takes the place of all that is there. */
  import(keys: Value, values: Value): void {
    this.entries.clear();
    this.fill(keys, values);
  }
  export(): [keys: Value, values: Value] {
    return this.columns([...this.entries.values()], this.facts.keyShape, this.facts.valueShape);
  }
  /** The shape of what keys of a shape have as values. @throws InvalidArgument  for what are no keys of this table */
  shapeFor(keys: readonly number[]): number[] {
    const { keyShape, valueShape } = this.facts;
    const end = keys.length - keyShape.length;
    if (end < 0 || keyShape.some((size, i) => keys[end + i] !== size))
      invalid(`Input key shape ${cShape(keys)} must end with the table's key shape ${cShape(keyShape)}`);
    return [...keys.slice(0, end), ...valueShape];
  }
  dispose(): void {
    this.entries.clear();
  }
  released(): void {}

  /** What a key is told apart by. */
  protected keyAt(data: Data, i: number): Element {
    return this.keyWidth === 1 ? elementOf(data, i) : idOf(elementsOf(data, i * this.keyWidth, this.keyWidth));
  }
  protected put(key: readonly Element[], value: readonly Element[]): void {
    this.entries.set(idOf(key), { key, value });
  }
  protected fill(keys: Value, values: Value): void {
    const [from, to] = [keys.read(), values.read()];
    for (let i = 0; i < keys.size / this.keyWidth; i++) {
      const key = elementsOf(from, i * this.keyWidth, this.keyWidth);
      this.put(key, elementsOf(to, i * this.valueWidth, this.valueWidth));
    }
  }
  protected columns(
    entries: readonly (Entry | null)[],
    keyShape: readonly number[],
    valueShape: readonly number[],
    nothing: readonly Element[] = [],
  ): [Value, Value] {
    const { keyDtype, valueDtype } = this.facts;
    const column = (dtype: DType, shape: readonly number[]): Column & { readonly shape: readonly number[] } => {
      const whole = [entries.length, ...shape];
      return { dtype, shape: whole, data: zerosOf(dtype, sizeOf(whole), whole) };
    };
    const [keys, values] = [column(keyDtype, keyShape), column(valueDtype, valueShape)];
    for (const [i, entry] of entries.entries()) {
      put(keys.data, i * this.keyWidth, entry?.key ?? nothing);
      if (entry) put(values.data, i * this.valueWidth, entry.value);
    }
    return [new Value(keyDtype, keys.shape, keys.data), new Value(valueDtype, values.shape, values.data)];
  }
}
export const TABLE = new Kind<Table>('N10tensorflow6lookup15LookupInterfaceE', Table);

/** Entries that come one by one. */
export type Entries = Iterable<readonly [key: Element, value: Element]>;
/** A table that is filled once, and does not change from then on. */
export class StaticTable extends Table {
  private isFilled = false;
  override find(keys: Value, fallback: Value): Value {
    if (!this.isFilled)
      throw new KernelError('FailedPrecondition', 'Table not initialized.', 'run tf.tablesInitializer() first');
    return super.find(keys, fallback);
  }
  override insert(): never {
    throw new KernelError('Unimplemented', 'Insert not supported by InitializableLookupTable implementations');
  }
  override remove(): never {
    throw new KernelError('Unimplemented', 'Remove not supported by InitializableLookupTable implementations');
  }
  override import(keys: Value, values: Value): void {
    const [from, to] = [keys.read(), values.read()];
    const entries = Array.from({ length: keys.size }, (_, i) => [elementOf(from, i), elementOf(to, i)] as const);
    this.initialize(entries, () => keys.size);
  }
  override export(): [keys: Value, values: Value] {
    if (!this.isFilled)
      throw new KernelError('Aborted', 'HashTable is not initialized.', 'run tf.tablesInitializer() first');
    return super.export();
  }
  /** Fills it. Once it is full the same may come again: as many entries, which TensorFlow does not compare. */
  initialize(entries: Entries, count: () => number): void {
    if (this.isFilled) {
      if (count() === this.size) return;
      throw new KernelError('FailedPrecondition', 'Table was already initialized with different data.');
    }
    try {
      for (const [key, value] of entries) this.add(key, value);
      this.isFilled = true;
    } finally {
      if (!this.isFilled) this.entries.clear();
    }
  }
  private add(key: Element, value: Element): void {
    const known = this.entries.get(key);
    if (!known) this.put([key], [value]);
    else if (known.value[0] !== value)
      throw new KernelError(
        'FailedPrecondition',
        `HashTable has different value for same key. Key ${key} has ${known.value[0]} and trying to add value ${value}`,
      );
  }
}

function hashOf(element: Element): bigint {
  return typeof element === 'string' ? hash64(textToBytes(element)) : BigInt.asUintN(64, BigInt(element));
}
const hashOfKey = (key: readonly Element[]): bigint =>
  key.length === 1 ? hashOf(key[0]) : key.reduce<bigint>((hash, element) => hash64Combine(hash, hashOf(element)), 0n);

/** A table that is exported as TensorFlow lays it out: in buckets, those without a key with the empty one. */
export class DenseTable extends Table {
  private readonly forbidden: ReadonlyMap<Element, string>;
  constructor(
    facts: TableFacts,
    private readonly empty: readonly Element[],
    deleted: readonly Element[] | null,
    private buckets: number,
    private readonly load: number,
  ) {
    super(facts);
    const [none, gone] = [idOf(empty), deleted && idOf(deleted)];
    this.forbidden = new Map([[none, 'empty_key'], ...(gone === null ? [] : ([[gone, 'deleted_key']] as const))]);
    if (gone === none) invalid('Empty and deleted keys cannot be equal');
    if (!(load > 0 && load < 1)) invalid(`max_load_factor must be between 0 and 1, got: ${load}`);
    if (buckets < 4 || buckets & (buckets - 1))
      invalid(`Number of buckets must be at least 4 and a power of 2, got: ${buckets}`);
  }
  override find(keys: Value, fallback: Value): Value {
    this.check(keys);
    return super.find(keys, fallback);
  }
  override insert(keys: Value, values: Value): void {
    this.check(keys);
    const pending = this.size + keys.size / this.keyWidth;
    while (pending > this.buckets * this.load) this.buckets *= 2;
    this.fill(keys, values);
  }
  override remove(keys: Value): void {
    this.check(keys);
    super.remove(keys);
  }
  override import(keys: Value, values: Value): void {
    super.import(keys, values);
    for (const id of this.forbidden.keys()) this.entries.delete(id);
    this.buckets = keys.shape[0];
  }
  override export(): [keys: Value, values: Value] {
    const laid = new Array<Entry | null>(this.buckets).fill(null);
    const mask = BigInt(this.buckets - 1);
    for (const entry of this.entries.values()) {
      let at = Number(hashOfKey(entry.key) & mask);
      for (let probes = 1; laid[at]; probes++) at = (at + probes) & (this.buckets - 1);
      laid[at] = entry;
    }
    return this.columns(laid, [this.keyWidth], [this.valueWidth], this.empty);
  }
  private check(keys: Value): void {
    const count = keys.shape[0] ?? 1;
    if (keys.size !== count * this.keyWidth)
      invalid(`Expected key shape ${cShape([count, ...this.facts.keyShape])} got ${cShape(keys.shape)}`);
    const data = keys.read();
    for (let i = 0; i < count; i++) {
      const what = this.forbidden.get(this.keyAt(data, i));
      if (what) invalid(`Using the ${what} as a table key is not allowed`);
    }
  }
}
