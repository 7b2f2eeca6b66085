/** A request of gRPC as it comes in: what it says of its length is believed only as far as the limits go. */
import { InternalError, ResourceExhaustedError, UnimplementedError } from '../base/errors';
import { MEGABYTE } from '../base/room';
import { PREFIX } from './frame';
import { Kept } from './kept';
import { overLimit } from './limits';

/** What a call takes beside the bytes of its request. */
const OVERHEAD = 16_384;

/** The memory that all open requests share. */
export class Held {
  private bytes = 0;
  constructor(private readonly most: number) {}
  /** @throws ResourceExhaustedError  where there is no more */
  take(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.most)
      throw new ResourceExhaustedError(
        null,
        `This server's open requests hold ${Math.floor(this.most / MEGABYTE)} MB together, and no more can be taken` +
          '\n  fix: send smaller feeds, or fewer at the same time.',
      );
  }
  give(bytes: number): void {
    this.bytes -= bytes;
  }
}

/** Such messages get their memory once their length is known, longer ones when so much of them is there. */
const BELIEVED = 1 << 19;
const PART = 0.25;
const KEPT = new Kept();

export class Incoming {
  private readonly chunks: Buffer[] = [];
  /** Where the message comes together, once there is room for all of it. */
  private room: Buffer<ArrayBuffer> | null = null;
  private length = 0;
  private taken = 0;
  /** What the message will have, where that is known. */
  private says: number | null = null;
  constructor(
    private readonly held: Held,
    private readonly mostBytes: number,
  ) {}
  /** @throws ResourceExhaustedError  where there is no room for it */
  begin(): void {
    this.hold(OVERHEAD);
  }
  /** @throws OpError  for a message that is longer than it may be, or than it says */
  add(chunk: Buffer): void {
    const at = this.length;
    this.length += chunk.length;
    this.hold(chunk.length);
    if (!this.room) this.chunks.push(chunk);
    if (this.says === null && this.length >= PREFIX) this.says = this.announced();
    if (this.says === null) return;
    if (this.length > PREFIX + this.says) throw this.misfit(this.says);
    if (this.room) chunk.copy(this.room, at);
    else if (this.length < PREFIX + this.says && (this.says <= BELIEVED || this.length >= PART * this.says))
      this.gather(KEPT.take(PREFIX + this.says));
  }
  /** The whole message. @throws InternalError  where less came than was said */
  message(): Uint8Array {
    if (this.says === null) throw new InternalError(null, 'The request has no message');
    if (this.length !== PREFIX + this.says) throw this.misfit(this.says);
    const { chunks, room } = this;
    return (room ?? (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))).subarray(PREFIX, this.length);
  }
  /** Milliseconds in which all of it must have come: a megabyte a second is slow enough. */
  patience(least: number): number {
    return least + (this.says ?? 0) / 1000;
  }
  /** @param isUnused  whether nothing of it is needed any more: what was given up may still be read */
  end(isUnused: boolean): void {
    if (this.room && isUnused) KEPT.give(this.room);
    this.room = null;
    this.held.give(this.taken);
    this.taken = this.chunks.length = 0;
  }
  private gather(room: Buffer<ArrayBuffer>): void {
    let at = 0;
    for (const chunk of this.chunks) at += chunk.copy(room, at);
    this.chunks.length = 0;
    this.room = room;
  }
  private hold(bytes: number): void {
    this.taken += bytes;
    this.held.take(bytes);
  }
  private announced(): number {
    const [first] = this.chunks;
    const prefix = first.length >= PREFIX ? first : Buffer.concat(this.chunks);
    if (prefix[0]) throw new UnimplementedError(null, 'Compressed messages are not taken');
    const says = prefix.readUInt32BE(1);
    if (says <= this.mostBytes) return says;
    const limit = `Received message larger than max (${says} vs. ${this.mostBytes})`;
    throw overLimit('maxMessageMb', limit, 'feed less at a time');
  }
  private misfit(says: number): Error {
    return new InternalError(null, `The request has ${this.length - PREFIX} bytes and says ${says}`);
  }
}
