/** A file that is read in pieces. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { checkRegular, tried } from './files';

export class Input {
  readonly size: number;
  private readonly file: number;
  constructor(readonly path: string) {
    this.file = tried(path, () => {
      checkRegular(path);
      return openSync(path, 'r');
    });
    this.size = fstatSync(this.file).size;
  }
  /** Fills `into` from a place on; false where the file ends before. */
  read(into: Uint8Array, from: number): boolean {
    return tried(this.path, () => {
      for (let at = 0; at < into.length; ) {
        const read = readSync(this.file, into, at, into.length - at, from + at);
        if (!read) return false;
        at += read;
      }
      return true;
    });
  }
  close(): void {
    closeSync(this.file);
  }
}
