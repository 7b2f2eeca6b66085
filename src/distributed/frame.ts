/** What both ends of gRPC over HTTP/2 agree on. */

/** Compressed or not, and the length. */
export const PREFIX = 5;
/** What a prefix can say. */
export const LONGEST_MESSAGE = 2 ** 32 - 1;
export const CONTENT_TYPE = 'application/grpc';
/** Bytes that are on their way at most, on a connection: gRPC's small windows make large tensors slow. */
export const WINDOW = 16 * 2 ** 20;
/** Bytes of a frame at most, as gRPC's servers say: many small ones, each an event of its own, make a message slow. */
export const MOST_FRAME = 4 * 2 ** 20;
/** Megabytes that a connection may hold: a tensor may have gigabytes. */
export const MOST_MEMORY = 16_384;
/** Where a call goes. */
export const pathOf = (method: string): string => `/tensorflow.MasterService/${method}`;
/** What goes before a message that is not compressed. */
export function prefixOf(length: number): Buffer {
  return putPrefix(Buffer.alloc(PREFIX), length);
}
export function putPrefix(into: Buffer, length: number): Buffer {
  into[0] = 0;
  into.writeUInt32BE(length, 1);
  return into;
}
