/** Makes data sets of a few tiny pictures, as IDX files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const tiny = mkdtempSync(join(tmpdir(), 'mnist-'));
afterAll(() => rmSync(tiny, { recursive: true }));

const bigEndian = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
export const idx = (words: number[], data: Iterable<number>) => Uint8Array.from([...words.flatMap(bigEndian), ...data]);
export const upTo = (length: number) => Array.from({ length }, (_, i) => i);

/** Pictures of 1 x 2 pixels; both pixels of picture i are i. */
export const pictures = (count: number) =>
  idx(
    [2051, count, 1, 2],
    upTo(count).flatMap((i) => [i, i]),
  );
/** Label i is i mod 10. */
export const labels = (count: number) =>
  idx(
    [2049, count],
    upTo(count).map((i) => i % 10),
  );

export type Files = Record<string, Uint8Array>;
export const FILES: Files = {
  'train-images-idx3-ubyte': pictures(40),
  'train-labels-idx1-ubyte': labels(40),
  't10k-images-idx3-ubyte': pictures(12),
  't10k-labels-idx1-ubyte': labels(12),
};

/** A new directory of `files`. */
export function directory(files: Files): string {
  const dir = mkdtempSync(join(tiny, 'set-'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes);
  return dir;
}

/** What the pictures of the tiny set show: their indices in the file. */
export const indices = (images: Float32Array) =>
  [...images].filter((_, i) => i % 2 === 0).map((value) => Math.round(value * 255));
