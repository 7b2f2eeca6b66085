/** A file line by line, of which a piece is in memory at a time. */
import { Input } from './input';

const PIECE = 1 << 16;
const [NEWLINE, RETURN] = [10, 13];

export class Lines {
  private readonly input: Input;
  private piece: Uint8Array = new Uint8Array(0);
  private at = 0;
  private behind = 0;
  constructor(path: string) {
    this.input = new Input(path);
  }
  /** The next line without its end; null where there is none. */
  next(): Uint8Array | null {
    const parts: Uint8Array[] = [];
    for (;;) {
      const end = this.piece.indexOf(NEWLINE, this.at);
      parts.push(this.piece.subarray(this.at, end < 0 ? undefined : end));
      if (end >= 0) {
        this.at = end + 1;
        return lineOf(parts);
      }
      if (!this.goOn()) {
        const line = lineOf(parts);
        return line.length ? line : null;
      }
    }
  }
  /** Reads the next piece; false at the end of the file. */
  private goOn(): boolean {
    this.piece = new Uint8Array(Math.min(PIECE, this.input.size - this.behind));
    this.at = 0;
    this.input.read(this.piece, this.behind);
    this.behind += this.piece.length;
    return this.piece.length > 0;
  }
  close(): void {
    this.input.close();
  }
}
function lineOf(parts: readonly Uint8Array[]): Uint8Array {
  const line = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  return line[line.length - 1] === RETURN ? line.subarray(0, -1) : line;
}
