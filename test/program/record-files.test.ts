/** Files of records and the examples in them, beside what TensorFlow writes. */
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { TemporaryFolder } from '../temporary-folder';

const { Example, Feature, SequenceExample } = tf.train;
interface Recorded {
  readonly records: readonly string[];
  readonly example: string;
  readonly sequence: string;
  readonly files: Readonly<Record<'' | 'GZIP' | 'ZLIB', string>>;
}
const FIXTURE = path.join(__dirname, '..', 'fixtures', 'record-files.json');
const { records, example, sequence, files } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as Recorded;
const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
const WAYS = ['', 'GZIP', 'ZLIB'] as const;
const folder = new TemporaryFolder('records-');
const read = (file: string, way: '' | 'GZIP' | 'ZLIB'): Buffer[] =>
  [...tf.io.tfRecordIterator(file, way)].map((record) => Buffer.from(record));

test.each(WAYS)("TensorFlow's file is read, packed as '%s'", (way) => {
  const file = folder.at('theirs');
  writeFileSync(file, bytes(files[way]));
  expect(read(file, way)).toEqual(records.map(bytes));
});
test.each(WAYS)("a file has TensorFlow's records, packed as '%s'", (way) => {
  const file = folder.at('ours');
  const writer = new tf.io.TFRecordWriter(file, way);
  for (const record of records) writer.write(bytes(record));
  writer.flush();
  writer.close();
  writer.close();
  expect(read(file, way)).toEqual(records.map(bytes));
  if (!way) expect(readFileSync(file)).toEqual(bytes(files['']));
  expect(() => writer.write('a')).toThrow(tf.errors.FailedPreconditionError);
});
test("settings of zlib are those of TensorFlow's options", () => {
  const sizes = [0, 9].map((level) => {
    const file = folder.at(`level-${level}`);
    const options = new tf.io.TFRecordOptions({ compressionType: 'GZIP', compressionLevel: level });
    {
      using writer = new tf.io.TFRecordWriter(file, options);
      writer.write('a'.repeat(10_000));
    }
    expect(read(file, 'GZIP')[0].length).toBe(10_000);
    return readFileSync(file).length;
  });
  expect(sizes[0]).toBeGreaterThan(10_000);
  expect(sizes[1]).toBeLessThan(200);
  expect(tf.io.TFRecordOptions.getCompressionTypeString(new tf.io.TFRecordOptions(1))).toBe('ZLIB');
  expect(() => new tf.io.TFRecordWriter(folder.at('x'), 'LZ4' as never)).toThrow("Not a valid compression_type: 'LZ4'");
});
test('what is cut or damaged says so', () => {
  const file = folder.at('cut');
  writeFileSync(file, bytes(files['']).subarray(0, -3));
  expect(() => read(file, '')).toThrow(tf.errors.DataLossError);
  writeFileSync(file, bytes(files['GZIP']).subarray(0, 20));
  expect(() => read(file, 'GZIP')).toThrow(tf.errors.DataLossError);
  expect(() => read(folder.at('none'), '')).toThrow(tf.errors.NotFoundError);
});

test("examples are TensorFlow's, as text and as bytes", () => {
  const one = Example.fromString(bytes(records[0]));
  expect(String(one)).toBe(example);
  expect(Buffer.from(one.serializeToString())).toEqual(bytes(records[0]));
  const two = SequenceExample.fromString(bytes(records[2]));
  expect(String(two)).toBe(sequence);
  expect(Buffer.from(two.serializeToString())).toEqual(bytes(records[2]));
});
test('examples are made of objects, maps and messages', () => {
  const list = new tf.train.Int64List({ value: new Int32Array([29]) });
  const made = [
    { age: { int64List: { value: [29] } } },
    { age: new Feature({ int64List: list }) },
    new Map([['age', new Feature({ int64List: { value: [29n] } })]]),
  ].map((feature) => Buffer.from(new Example({ features: { feature } }).serializeToString()));
  expect(made[1]).toEqual(made[0]);
  expect(made[2]).toEqual(made[0]);
});
test('what is no field, or of another kind, is refused', () => {
  expect(() => new Example({ feature: {} } as never)).toThrow('Protocol message Example has no "feature" field.');
  expect(() => new Feature({ int64_list: {} } as never)).toThrow('Protocol message Feature has no "int64_list" field.');
  expect(() => new tf.train.Int64List({ value: [0.5] })).toThrow('0.5 has type float, but expected one of: int, long');
  expect(() => new tf.train.Int64List({ value: [2n ** 63n] })).toThrow('Value out of range: 9223372036854775808');
  expect(() => new tf.train.BytesList({ value: [1] as never })).toThrow('1 has type int, but expected one of: bytes');
  expect(() => new tf.train.FloatList({ value: 1 as never })).toThrow('1 has type int, but expected one of: list');
  expect(() => new Feature({ int64List: {}, floatList: {} })).toThrow('A Feature has one list');
  expect(() => Example.fromString('abc')).toThrow('Error parsing message');
});
test('settings that zlib does not take are refused before a file is opened', () => {
  for (const memLevel of [-0, 99])
    expect(
      () => new tf.pythonIo.TFRecordWriter('never.tfrecord', new tf.pythonIo.TFRecordOptions('GZIP', { memLevel })),
    ).toThrow('zlib takes no such settings: The value of "memLevel" is out of range');
});
