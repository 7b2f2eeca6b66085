/** A tensor inside a run: on the host (`data`), on a device (`handle`), or on both; or what stands in its place. */
import { type DType, type Data, type TypedArray, bool } from '../base/dtype';
import { giveBack } from '../base/platform';
import { sizeOf } from '../base/shape';
import { KernelError } from './kernel-error';

/** Where the handles of values live: a device. */
export interface Home {
  /** Host data of a value, read once and kept. */
  read(value: Value): Data;
  /** Frees the device's copy. */
  free(value: Value): void;
  /** A handle to the same memory under another shape. */
  reshape(value: Value, shape: readonly number[]): unknown;
  /** The elements where they lie there, until the next kernel is run; null where they cannot be seen. */
  view?(value: Value): TypedArray | null;
}
/** What an edge carries that is no plain tensor: a variable, a view of one's memory, a queue, a variant. */
export interface Payload {
  /** A value that carries it is gone. */
  released(): void;
}

/** Who is told when a value's memory is free again: what a run holds is reckoned so where it is limited. */
export interface Account {
  freed(value: Value): void;
}

/** What costs are reckoned by. */
export interface Sized {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly size: number;
  readonly data: Data | null;
}
/** Counts who holds it: slots of a run, variables, plans. At zero its memory on the device is freed. */
export class Value {
  refs = 1;
  /** True once `data` may be seen by someone else (a feed, an alias, a fetch): then it is never written to. */
  shared = false;
  /** The value whose memory this one uses, held as long as this one is. */
  base: Value | null = null;
  /** True where a device computed it, wherever its copies are by now. */
  fromDevice = false;
  /** Where `handle` lies. */
  home: Home | null = null;
  /** What its memory is reckoned to. */
  account: Account | null = null;
  constructor(
    readonly dtype: DType,
    readonly shape: readonly number[],
    public data: Data | null,
    /** The device's own name for its copy. */
    public handle: unknown = null,
    readonly payload: Payload | null = null,
  ) {}
  /** A value on a device alone. */
  static at(home: Home, dtype: DType, shape: readonly number[], handle: unknown): Value {
    const value = new Value(dtype, shape, null, handle);
    value.home = home;
    value.fromDevice = true;
    return value;
  }
  get size(): number {
    return sizeOf(this.shape);
  }
  retain(): this {
    this.refs++;
    return this;
  }
  release(): void {
    if (--this.refs > 0) return;
    if (this.handle !== null) this.home!.free(this);
    // Nobody else has seen it: what a large tensor took is free at once, not when the collector comes.
    if (this.data && !Array.isArray(this.data) && !this.shared && !this.base) giveBack(this.data);
    this.base?.release();
    this.payload?.released();
    this.account?.freed(this);
  }
  /** The elements, brought from the device where they are only there. */
  read(): Data {
    return this.data ?? elementsAt(this);
  }
  /** The same memory under another shape; it is held as long as what this returns. */
  reshaped(shape: readonly number[]): Value {
    const out = new Value(this.dtype, shape, this.data);
    if (this.handle !== null) {
      out.home = this.home;
      out.handle = this.home!.reshape(this, shape);
    }
    out.shared = this.shared;
    out.fromDevice = this.fromDevice;
    out.base = this.retain();
    return out;
  }
}
function elementsAt(value: Value): Data {
  if (value.home) return value.home.read(value);
  throw new KernelError('Unimplemented', `No kernel here takes the elements of a ${value.dtype.name}: it has none`);
}
export function retained(value: Value): Value {
  return value.retain();
}
export function release(value: Value): void {
  value.release();
}

/** A dead tensor, as TensorFlow calls it: on the way that a Switch did not take. What needs it is not run. */
export const DEAD = new Value(bool, [], null);
