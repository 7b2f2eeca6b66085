/** The state behind a variable: what a reference edge (VariableV2) and a resource edge (VarHandleOp) point at. */
import type { DType } from '../base/dtype';
import type { AttrValue } from '../graph/opdef';
import type { Resource, Value } from './kernel';

/** What a session knows a node's variable, queue or table by. */
export function resourceKey(nodeName: string, attrs: Readonly<Record<string, AttrValue | undefined>>): string {
  const name = (attrs['shared_name'] as string | undefined) || nodeName;
  const container = attrs['container'] as string | undefined;
  return container ? `${container}/${name}` : name;
}

/** Storage that a device keeps for a variable in a form of its own. */
export interface DeviceStorage {
  /** The present value, with one reference for the caller. */
  read(): Value;
  free(): void;
}

export class VariableState implements Resource {
  private value: Value | null = null;
  private storage: DeviceStorage | null = null;
  private shape_: readonly number[] | null = null;
  constructor(
    readonly name: string,
    readonly dtype: DType,
    private readonly release: (value: Value) => void,
    /** True behind a resource handle, false behind a reference. */
    readonly isHandle = false,
  ) {}
  /** The shape of the present value, or null where there is none. */
  get shape(): readonly number[] | null {
    return this.initialized ? this.shape_ : null;
  }
  get initialized(): boolean {
    return this.value !== null || this.storage !== null;
  }
  /** The present value with one reference for the caller, or null where it is uninitialized. */
  read(): Value | null {
    if (this.storage) return this.storage.read();
    if (this.value) this.value.refs++;
    return this.value;
  }
  /** The value itself while the variable is its only owner, so that it may be written in place; else null. */
  exclusive(): Value | null {
    return this.value && this.value.refs === 1 && !this.value.shared ? this.value : null;
  }
  /** Takes over one reference to `value`. */
  assign(value: Value): void {
    if (value === this.value) return this.release(value);
    this.clear();
    this.value = value;
    this.shape_ = value.shape;
  }
  /** The device's own storage, where it has any. */
  get deviceStorage(): DeviceStorage | null {
    return this.storage;
  }
  /** Hands the value over to storage that the device keeps. */
  moveTo(storage: DeviceStorage): void {
    this.clear();
    this.storage = storage;
  }
  private clear(): void {
    if (this.value) this.release(this.value);
    this.storage?.free();
    this.value = this.storage = null;
  }
  dispose(): void {
    this.clear();
  }
}
