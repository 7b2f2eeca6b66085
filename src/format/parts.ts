/** Messages as parts, one behind the other: large bytes are not copied into the messages that they are in. */
import { BinaryWriter, LENGTH, tag } from './wire';

export type Parts = readonly Uint8Array[];

export function sizeOfParts(parts: Parts): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}
/** A message, or bytes, as a field of another one. */
export function inside(field: number, parts: Parts): Parts {
  const head = new BinaryWriter().uint32(tag(field, LENGTH)).uint32(sizeOfParts(parts)).finish();
  return [head, ...parts];
}
/** As one, in memory of its own. */
export function joinedParts(parts: Parts): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(sizeOfParts(parts));
  putParts(parts, all);
  return all;
}
/** Writes them one behind the other. */
export function putParts(parts: Parts, into: Uint8Array, at = 0): void {
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
}
