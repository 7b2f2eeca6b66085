/** Unpacking piece by piece, beside zlib's own packing. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { constants, deflateSync, gzipSync } from 'node:zlib';
import { inflating } from '../../src/format/inflate';
import { frame, recordsIn } from '../../src/format/records';

const words = Array.from({ length: 40_000 }, (_, i) => `word ${(i * 7919) % 1013}, `).join('');
const CONTENTS: Readonly<Record<string, Buffer>> = {
  nothing: Buffer.alloc(0),
  'a byte': Buffer.from('a'),
  words: Buffer.from(words),
  zeros: Buffer.alloc(3_000_000),
  noise: randomBytes(200_000),
  both: Buffer.concat([Buffer.from(words), randomBytes(70_000), Buffer.alloc(100_000, 'ab'), Buffer.from(words)]),
};
const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants;
const all = (packed: Uint8Array, kind: 'GZIP' | 'ZLIB'): Buffer => Buffer.concat([...inflating(packed, kind)]);

describe.each(Object.keys(CONTENTS))('%s', (name) => {
  const content = CONTENTS[name];
  test.each([{}, { level: 0 }, { level: 1 }, { strategy: Z_FIXED }, { strategy: Z_HUFFMAN_ONLY }, { strategy: Z_RLE }])(
    'packed with %p',
    (settings) => {
      expect(all(gzipSync(content, settings), 'GZIP').equals(content)).toBe(true);
      expect(all(deflateSync(content, settings), 'ZLIB').equals(content)).toBe(true);
    },
  );
});
test('members one behind the other, and a name in the header', () => {
  const named = gzipSync('one');
  named[3] = 8;
  const one = Buffer.concat([named.subarray(0, 10), Buffer.from('name\0'), named.subarray(10)]);
  expect(all(Buffer.concat([one, gzipSync(' two')]), 'GZIP').toString()).toBe('one two');
});
test.each([
  ['cut', (b: Buffer) => b.subarray(0, b.length - 9), 'unexpected end of file'],
  ['with another sum', (b: Buffer) => b.fill(1, b.length - 8), 'incorrect data check'],
  ['that is none', (b: Buffer) => b.fill(1, 0, 2), 'incorrect header check'],
  ['with another block', (b: Buffer) => b.fill(255, 10, 11), 'invalid block type'],
] as const)('a file %s', (_, change, says) => {
  expect(() => all(change(gzipSync(words)), 'GZIP')).toThrow(says);
});
describe('records of which a file has a thousandth', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'records-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (bytes: Uint8Array): string => {
    const name = path.join(folder, 'packed');
    writeFileSync(name, bytes);
    return name;
  };
  const records = [1, 200_000, 0, 3_000_000].map((length) => Buffer.alloc(length, 7));
  test.each(['GZIP', 'ZLIB'] as const)('of %s are read one by one', (kind) => {
    const bytes = Buffer.concat(records.map((record) => frame(record)));
    const read = recordsIn(file(kind === 'GZIP' ? gzipSync(bytes) : deflateSync(bytes)), kind);
    expect(Array.from(read, (record, i) => records[i].equals(record))).toEqual([true, true, true, true]);
  });
  test('and what is no record ends with its first bytes', () => {
    const name = file(gzipSync(Buffer.alloc(200_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    expect(() => [...recordsIn(name, 'GZIP')]).toThrow('corrupted record at 0');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  });
});
