import { gzipSync } from 'node:zlib';
import { DataLossError, ValueError } from '../../src/base/errors';
import { parseIdx } from '../../src/format/idx';

const IMAGES = { file: 'dir/pictures', kind: 'MNIST image file', rank: 3 } as const;
const LABELS = { file: 'dir/classes', kind: 'MNIST label file', rank: 1 } as const;

const bigEndian = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const idx = (words: number[], data: number[]) => Uint8Array.from([...words.flatMap(bigEndian), ...data]);

const pictures = idx([2051, 2, 1, 3], [1, 2, 3, 4, 5, 255]);

test('a file gives its shape and its bytes', () => {
  const { shape, data } = parseIdx(pictures, IMAGES);
  expect(shape).toEqual([2, 1, 3]);
  expect([...data]).toEqual([1, 2, 3, 4, 5, 255]);
  expect(data.buffer).toBe(pictures.buffer);
});

test('a gzipped file gives the same', () => {
  const { shape, data } = parseIdx(gzipSync(pictures), IMAGES);
  expect(shape).toEqual([2, 1, 3]);
  expect([...data]).toEqual([1, 2, 3, 4, 5, 255]);
});

test('a file within a larger buffer is read from where it starts', () => {
  const labels = idx([2049, 3], [7, 8, 9]);
  const buffer = new Uint8Array(labels.length + 5);
  buffer.set(labels, 5);
  expect([...parseIdx(buffer.subarray(5), LABELS).data]).toEqual([7, 8, 9]);
});

test('a file of no elements is whole', () => {
  expect(parseIdx(idx([2049, 0], []), LABELS)).toEqual({ shape: [0], data: new Uint8Array(0) });
});

test.each([
  [
    'labels for pictures',
    idx([2049, 3], [7, 8, 9]),
    IMAGES,
    ValueError,
    'Invalid magic number 2049 in MNIST image file: dir/pictures\n' +
      'Expected 2051 (uint8, 3 dimensions), found an IDX file of uint8, 1 dimension.',
  ],
  [
    'pictures for labels',
    pictures,
    LABELS,
    ValueError,
    'Invalid magic number 2051 in MNIST label file: dir/classes\n' +
      'Expected 2049 (uint8, 1 dimension), found an IDX file of uint8, 3 dimensions.',
  ],
  [
    'floats',
    idx([0x0d03, 1, 1, 1], [0, 0, 0, 0]),
    IMAGES,
    ValueError,
    'Invalid magic number 3331 in MNIST image file: dir/pictures\n' +
      'Expected 2051 (uint8, 3 dimensions), found an IDX file of float32, 3 dimensions.',
  ],
  [
    'a web page',
    Uint8Array.from(Buffer.from('<!DOCTYPE html>')),
    IMAGES,
    ValueError,
    'Invalid magic number 1008813135 in MNIST image file: dir/pictures\n' +
      'Expected 2051 (uint8, 3 dimensions), found something that is not an IDX file.',
  ],
  [
    'a truncated file',
    pictures.subarray(0, 20),
    IMAGES,
    DataLossError,
    'Truncated MNIST image file: dir/pictures\nExpected 22 bytes (a header of 16, then 2 x 1 x 3), found 20.',
  ],
  [
    'a truncated file in whole gzip',
    gzipSync(pictures.subarray(0, 20)),
    IMAGES,
    DataLossError,
    'Truncated MNIST image file: dir/pictures\nExpected 22 bytes (a header of 16, then 2 x 1 x 3), found 20.',
  ],
  [
    'bytes after the end',
    idx([2049, 1], [1, 2]),
    LABELS,
    DataLossError,
    'Too many bytes in MNIST label file: dir/classes\nExpected 9 bytes (a header of 8, then 1), found 10.',
  ],
  [
    'half a header',
    pictures.subarray(0, 10),
    IMAGES,
    DataLossError,
    'Truncated MNIST image file: dir/pictures\nExpected a header of 16 bytes, found 10.',
  ],
  [
    'an empty file',
    new Uint8Array(0),
    LABELS,
    DataLossError,
    'Truncated MNIST label file: dir/classes\nExpected a header of 8 bytes, found 0.',
  ],
  [
    'a truncated gzip stream',
    gzipSync(pictures).subarray(0, 25),
    IMAGES,
    DataLossError,
    'Corrupted gzip data in MNIST image file: dir/pictures\n' +
      "Expected a complete gzip stream, found 25 bytes that end in 'unexpected end of file'.",
  ],
])('%s is an error that names the file, what was expected and what was found', (_, bytes, expect_, type, message) => {
  expect(() => parseIdx(bytes, expect_)).toThrow(type);
  expect(() => parseIdx(bytes, expect_)).toThrow(message);
});
test('a gzipped file is unpacked no further than its header allows', () => {
  const large = Buffer.concat([pictures, Buffer.alloc(200 << 20)]);
  const packed = gzipSync(large, { level: 1 });
  const before = process.memoryUsage().arrayBuffers;
  expect(() => parseIdx(packed, IMAGES)).toThrow('Expected as many as its header says, found more.');
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 << 20);
});
