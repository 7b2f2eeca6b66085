/** How a graph says where the ops of a block are placed, and by which gradients they are differentiated. */
import type { DeviceLike } from './device-spec';

/** @typeParam On  what has a place: an operation or a tensor */
export interface Placements<On> {
  /** Runs `body`; ops made in it carry the device, or what a function says of each. null clears. */
  device<R>(name: DeviceLike | null | { readonly deviceNameOrFunction: DeviceLike | null }, body: () => R | []): R;
  /** Runs `body`; ops made in it are placed with `op`, whatever `device` says outside. null clears. */
  colocateWith<R>(
    op: On | null | (IgnoreExisting & { readonly op: On | null }),
    body: () => R | [],
    ignoreExisting?: boolean,
  ): R;
  colocateWith<R>(op: On | null, ignoreExisting: IgnoreExisting | boolean | null, body: () => R | []): R;
  /** Runs `body`; ops of the mapped types made in it use the named gradient functions instead. */
  gradientOverrideMap<R>(
    map: Readonly<Record<string, string>> | { readonly opTypeMap: Readonly<Record<string, string>> },
    body: () => R | [],
  ): R;
}
interface IgnoreExisting {
  /** Whether what is colocated outside of the block is left out. */
  readonly ignoreExisting?: boolean | null;
}
