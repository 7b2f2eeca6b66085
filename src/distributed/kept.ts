/** Memory of messages that are answered, for the next ones: clients send the same again and again. */
import { MEGABYTE } from '../base/room';

const KEPT_BYTES = 80 * MEGABYTE;

/** New memory for each message would keep the garbage collector busy. */
export class Kept {
  private readonly buffers: Buffer<ArrayBuffer>[] = [];
  private bytes = 0;
  /** @returns  memory that nothing else shares, of that length or up to twice as long */
  take(length: number): Buffer<ArrayBuffer> {
    const at = this.buffers.findIndex((each) => each.length >= length && each.length <= 2 * length);
    if (at < 0) return Buffer.allocUnsafeSlow(length);
    const [found] = this.buffers.splice(at, 1);
    this.bytes -= found.length;
    return found;
  }
  give(buffer: Buffer<ArrayBuffer>): void {
    if (buffer.length > KEPT_BYTES) return;
    this.buffers.push(buffer);
    this.bytes += buffer.length;
    while (this.bytes > KEPT_BYTES) this.bytes -= this.buffers.shift()?.length ?? 0;
  }
}
