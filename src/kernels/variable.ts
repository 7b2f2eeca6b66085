/**
 * The state behind a variable. What a reference edge (VariableV2) points at is a buffer: ops that hand on its memory
 * give views of it, which are read when their readers run. What a resource edge (VarHandleOp) points at is a value: a
 * read keeps what it has read.
 */
import type { DType } from '../base/dtype';
import { sameShape, sizeOf } from '../base/shape';
import { KernelError } from './kernel-error';
import { DEFAULT, Kind, type Place, type Resource, resourceOf } from './resources';
import { type Payload, Value } from './value';

/** Storage that a device keeps for a variable in a form of its own. */
export interface DeviceStorage {
  /** The present value, with one reference for the caller. */
  read(): Value;
  free(): void;
}

/** The memory of a variable: writing puts another value into it, and every view of it shows that. */
export class VariableBuffer implements Payload {
  private value: Value | null;
  private storage_: DeviceStorage | null = null;
  private shape_: readonly number[];
  private whole: Value | null = null;
  /** The variable, and views of it. */
  private holders = 1;
  /** Takes over one reference to `value`. */
  constructor(value: Value) {
    this.value = value;
    this.shape_ = value.shape;
  }
  get shape(): readonly number[] {
    return this.shape_;
  }
  get storage(): DeviceStorage | null {
    return this.storage_;
  }
  /** The present value with one reference for the caller. */
  read(): Value {
    return this.storage_ ? this.storage_.read() : this.value!.retain();
  }
  /** The value itself while nobody else holds it, so that it may be written in place; else null. */
  exclusive(): Value | null {
    const { value } = this;
    return value && value.refs === 1 && !value.shared && !value.base ? value : null;
  }
  /** Takes over one reference to `value`. */
  write(value: Value): void {
    if (value === this.value) return value.release();
    this.clear();
    this.value = value;
    if (!sameShape(value.shape, this.shape_)) this.forgetWhole();
    this.shape_ = value.shape;
  }
  /** Hands the value over to storage that the device keeps. */
  moveTo(storage: DeviceStorage): void {
    this.clear();
    this.storage_ = storage;
  }
  /** What a reader gets that runs later: the memory as it is then, under this shape. */
  view(dtype: DType, shape: readonly number[]): Value {
    if (!sameShape(shape, this.shape_)) return this.newView(dtype, shape);
    return (this.whole ??= this.newView(dtype, this.shape_)).retain();
  }
  private newView(dtype: DType, shape: readonly number[]): Value {
    this.holders++;
    return new Value(dtype, shape, null, null, this);
  }
  /** The memory now, under a view's shape, with one reference for the caller. */
  readAs(shape: readonly number[]): Value {
    const now = this.read();
    if (now.shape === shape || sameShape(now.shape, shape)) return now;
    try {
      return now.reshaped(shape);
    } finally {
      now.release();
    }
  }
  /** The variable has other memory from now on; this one goes with its last view. */
  drop(): void {
    this.forgetWhole();
    this.released();
  }
  released(): void {
    if (--this.holders === 0) this.clear();
  }
  private forgetWhole(): void {
    const { whole } = this;
    this.whole = null;
    whole?.release();
  }
  private clear(): void {
    this.value?.release();
    this.storage_?.free();
    this.value = this.storage_ = null;
  }
}

export class VariableState implements Resource {
  private buffer_: VariableBuffer | null = null;
  /** True once it was taken out of its container: who has it must look again. */
  disposed = false;
  private wasAssigned = false;
  constructor(
    readonly place: Place,
    private dtype_: DType,
    readonly kind: Kind<VariableState>,
  ) {}
  get name(): string {
    const { container, name } = this.place;
    return container === DEFAULT ? name : `${container}/${name}`;
  }
  /** The dtype of its value; that of who asked for it first where it never had one. */
  get dtype(): DType {
    return this.dtype_;
  }
  /** A reference makes a variable when it is run, a handle with the first value. */
  get wasMade(): boolean {
    return this.wasAssigned || !this.isHandle;
  }
  /** True behind a resource handle, false behind a reference. */
  get isHandle(): boolean {
    return this.kind === VARIABLE;
  }
  get buffer(): VariableBuffer | null {
    return this.buffer_;
  }
  released(): void {}
  /** The shape of the present value, or null where there is none. */
  get shape(): readonly number[] | null {
    return this.buffer_ && this.buffer_.shape;
  }
  get initialized(): boolean {
    return this.buffer_ !== null;
  }
  /** The present value with one reference for the caller, or null where it is uninitialized. */
  read(): Value | null {
    return this.buffer_ && this.buffer_.read();
  }
  exclusive(): Value | null {
    return this.buffer_ && this.buffer_.exclusive();
  }
  /**
   * Takes over one reference to `value`. What is larger or smaller than the memory gets other memory, as TensorFlow's.
   */
  assign(value: Value): void {
    const { buffer_ } = this;
    if (buffer_ && sizeOf(buffer_.shape) === value.size) return buffer_.write(value);
    buffer_?.drop();
    this.buffer_ = new VariableBuffer(value);
    this.dtype_ = value.dtype;
    this.wasAssigned = true;
  }
  /** Takes the value away: nobody has assigned one yet. */
  clear(): void {
    this.buffer_?.drop();
    this.buffer_ = null;
  }
  dispose(): void {
    this.clear();
    this.disposed = true;
  }
}
/** What VarHandleOp points at, and what VariableV2 does. */
export const VARIABLE = new Kind('N10tensorflow3VarE', VariableState);
export const REFERENCE = new Kind('N10tensorflow9LegacyVarE', VariableState);

/** The variable that an edge points at, by reference or by handle. @throws InvalidArgument  if it is something else */
export function variableOf(edge: Value): VariableState {
  return edge.payload instanceof VariableState ? edge.payload : resourceOf(edge, VARIABLE);
}
/** The memory behind an edge: a variable's, or a view's. @throws FailedPrecondition  where there is none yet */
export function bufferOf({ payload }: Value): VariableBuffer {
  if (payload instanceof VariableBuffer) return payload;
  if (payload instanceof VariableState && payload.buffer) return payload.buffer;
  const name = payload instanceof VariableState ? payload.place.name : 'no variable';
  throw new KernelError('FailedPrecondition', `Attempting to use uninitialized value ${name}`);
}
