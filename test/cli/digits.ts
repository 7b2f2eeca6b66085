/** Makes a data set that is small enough for tests. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes the four IDX files of a data set of 28x28 pictures, in which each digit has a bright row of its own. */
export function writeDigits(dir: string, { train, test }: { train: number; test: number }): string {
  mkdirSync(dir, { recursive: true });
  for (const [stem, count] of [
    ['train', train],
    ['t10k', test],
  ] as const) {
    const labels = Uint8Array.from({ length: count }, (_, i) => i % 10);
    const images = new Uint8Array(count * 784);
    labels.forEach((label, i) => images.fill(200 + (i % 53), i * 784 + label * 56, i * 784 + label * 56 + 28));
    writeFileSync(join(dir, `${stem}-images-idx3-ubyte`), Buffer.concat([header(0x803, count, 28, 28), images]));
    writeFileSync(join(dir, `${stem}-labels-idx1-ubyte`), Buffer.concat([header(0x801, count), labels]));
  }
  return dir;
}

function header(...words: number[]): Buffer {
  const bytes = Buffer.alloc(4 * words.length);
  words.forEach((word, i) => bytes.writeUInt32BE(word, 4 * i));
  return bytes;
}
