/** Checkpoints that TensorFlow 1.15 wrote: read to the last bit, and written again byte for byte. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { inflateSync } from 'node:zlib';
import { textToBytes } from '../../src/base/bytes';
import type { NDArray } from '../../src/base/ndarray';
import { bytesOf } from '../../src/format/bundle-data';
import { type Checkpoint, openCheckpoint, parsePart, writeV1, writeV2 } from '../../src/format/checkpoint';
import { crc32c, maskCrc, unmaskCrc } from '../../src/format/crc32c';
import { snappyCompress, snappyUncompress } from '../../src/format/snappy';
import { sliceKey } from '../../src/format/tensor-slice';

interface Recorded {
  readonly files: Readonly<Record<string, string>>;
  readonly order: readonly (readonly [name: string, spec: string])[];
  readonly values: Readonly<Record<string, { readonly shape: number[]; readonly data: string | string[] }>>;
}
const RECORDED = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/checkpoints.json'), 'utf8')) as Record<
  string,
  Recorded
>;
const unpacked = (text: string): Buffer => inflateSync(Buffer.from(text, 'base64'));
const folder = mkdtempSync(path.join(tmpdir(), 'checkpoints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VERSIONS = [1, 2].map((version) => {
  const recorded = RECORDED[`version ${version}`];
  const prefix = path.join(folder, `v${version}`, 'model');
  return { version, recorded, prefix };
});
beforeAll(() => {
  for (const { recorded, prefix } of VERSIONS) {
    rmSync(path.dirname(prefix), { recursive: true, force: true });
    mkdirSync(path.dirname(prefix), { recursive: true });
    for (const [name, text] of Object.entries(recorded.files))
      writeFileSync(path.join(path.dirname(prefix), name), unpacked(text));
  }
});
const shown = ({ shape, data }: NDArray): unknown => ({
  shape: [...shape],
  data: Array.isArray(data)
    ? data.map((text) => Buffer.from(textToBytes(text)).toString('base64'))
    : Buffer.from(bytesOf(data)).toString('hex'),
});

describe.each(VERSIONS)('version $version', ({ version, recorded, prefix }) => {
  let source: Checkpoint;
  beforeEach(() => (source = openCheckpoint(prefix)));
  afterEach(() => source.close());

  test('every dtype is read to the last bit', () => {
    expect(source.version).toBe(version);
    const wanted = Object.entries(recorded.values).map(([name, { shape, data }]) => [
      name,
      { shape, data: typeof data === 'string' ? unpacked(data).toString('hex') : data },
    ]);
    expect(wanted.length).toBeGreaterThan(15);
    expect(wanted.map(([name]) => [name, shown(source.read(String(name)))])).toEqual(wanted);
    for (const { name, dtype } of source.tensors())
      if (name in recorded.values && !name.startsWith('string') && name !== 'empty') expect(dtype.name).toBe(name);
  });
  test('tensors are listed, parts of one as the whole', () => {
    const names = new Set(recorded.order.map(([name]) => name));
    expect(
      source
        .tensors()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...names].sort());
    expect(source.find('part')?.shape).toEqual([6, 4]);
    expect(source.find('scope/var_7/Adam')?.shape).toEqual([]);
    expect(source.find('nope')).toBe(null);
  });
  test('a tensor that was saved in parts is read whole, by its parts, and across them', () => {
    expect([...(source.read('part').data as Float32Array)]).toEqual(Array.from({ length: 24 }, (_, i) => i));
    const part = (spec: string): number[] => [...(source.readSlice('part', parsePart(spec)).data as Float32Array)];
    expect(part('6 4 3,3:2,2')).toEqual([14, 15, 18, 19, 22, 23]);
    expect(part('6 4 2,2:1,2')).toEqual([9, 10, 13, 14]);
    expect(part('6 4 -:3,1')).toEqual([3, 7, 11, 15, 19, 23]);
    expect([...(source.readSlice('float64', parsePart('2 3 1,1:-')).data as Float64Array)]).toEqual(
      [...(source.read('float64').data as Float64Array)].slice(3),
    );
  });
  test('what is not there is an error that says so', () => {
    expect(() => source.read('nope')).toThrow(
      version === 2 ? 'Key nope not found in checkpoint' : 'Tensor name "nope" not found in checkpoint files',
    );
  });
  test('the same tensors, written here, can be read, and are the same bytes where nothing is compressed', () => {
    const to = path.join(folder, `again${version}`, 'model');
    mkdirSync(path.dirname(to));
    const writer = version === 2 ? writeV2(to) : writeV1(to);
    for (const [name, spec] of recorded.order) {
      const { dtype, shape, data } = spec ? source.readSlice(name, parsePart(spec)) : source.read(name);
      if (spec) writer.addSlice(name, parsePart(spec), dtype, data);
      else writer.add(name, dtype, shape, data);
    }
    writer.finish();
    expect(readdirSync(path.dirname(to)).sort()).toEqual(Object.keys(recorded.files).sort());
    const again = openCheckpoint(to);
    for (const { name } of source.tensors()) expect(shown(again.read(name))).toEqual(shown(source.read(name)));
    again.close();
    if (version === 2)
      for (const [name, text] of Object.entries(recorded.files))
        expect(readFileSync(path.join(path.dirname(to), name)).equals(unpacked(text))).toBe(true);
  });
});

test('the checksum is that of RFC 3720, and its mask goes both ways', () => {
  expect(crc32c(Buffer.from('123456789')).toString(16)).toBe('e3069283');
  expect(crc32c(Buffer.alloc(32)).toString(16)).toBe('8a9136aa');
  expect(crc32c(Buffer.alloc(32, 0xff)).toString(16)).toBe('62a8ab43');
  const bytes = Buffer.from(Array.from({ length: 101 }, (_, i) => i * 7));
  for (let at = 0; at < 20; at++) expect(crc32c(bytes.subarray(at), crc32c(bytes.subarray(0, at)))).toBe(crc32c(bytes));
  for (const crc of [0, 1, 0xffffffff, 0xe3069283]) expect(unmaskCrc(maskCrc(crc))).toBe(crc);
});
test('snappy gives back what it took, small where things repeat, and refuses what is none', () => {
  const noise = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 2654435761) >>> 13));
  const cases = [
    Buffer.alloc(0),
    Buffer.from('a'),
    Buffer.from('abcabcabcabc'),
    Buffer.alloc(300_000),
    noise,
    Buffer.concat([noise, noise]),
  ];
  for (const bytes of cases) expect(snappyUncompress(snappyCompress(bytes))?.equals(bytes)).toBe(true);
  expect(snappyCompress(Buffer.alloc(300_000)).length).toBeLessThan(15_000);
  const packed = snappyCompress(Buffer.from('abcabcabcabc, and so on'));
  for (let i = 0; i < packed.length; i++) expect(snappyUncompress(packed.subarray(0, i))).toBe(null);
  // Says that it holds 4 GB.
  expect(snappyUncompress(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0x00, 0x41]))).toBe(null);
});
test('keys of slices are those of ordered_code.cc', () => {
  const hex = (...args: Parameters<typeof sliceKey>): string =>
    Buffer.from(sliceKey(...args), 'latin1').toString('hex');
  expect(hex('w', [])).toBe('0077000100');
  expect(hex('w', [null])).toBe('00770001' + '0101' + '807f');
  expect(hex('a\0b', [{ start: 63, length: 64 }])).toBe('006100ff620001' + '0101' + 'bf' + 'c040');
  expect(hex('w', [{ start: 8191, length: 8192 }])).toBe('00770001' + '0101' + 'dfff' + 'e02000');
});
