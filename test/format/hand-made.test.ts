/** Files that were made to do harm: refused at once, by name, without the room that they ask for. */
import { symlinkSync, writeFileSync } from 'node:fs';
import * as tf from '../../src';
import { crc32c } from '../../src/format/crc32c';
import {
  BUNDLE_ENTRY,
  BUNDLE_HEADER,
  DATA_TYPE,
  SAVED_SLICE_META,
  SAVED_TENSOR_SLICES,
  SAVED_TENSOR_SLICE_META,
  SHAPE_DIM,
  SLICE_EXTENT,
  TENSOR_SHAPE,
  TENSOR_SLICE,
} from '../../src/format/messages';
import { readNpy } from '../../src/format/npy';
import { snappyUncompress } from '../../src/format/snappy';
import { TableWriter } from '../../src/format/table';
import { BinaryWriter, LENGTH, tag } from '../../src/format/wire';
import { TemporaryFolder } from '../temporary-folder';
import { devices, open } from '../devices';
import { caught } from '../said';

const { at } = new TemporaryFolder('hand-made-');
/** Bytes of arrays that a call asks for, those kept and those thrown away. */
function taken(body: () => unknown): number {
  const before = process.memoryUsage().arrayBuffers;
  body();
  return process.memoryUsage().arrayBuffers - before;
}
function table(file: string, entries: readonly (readonly [string, Uint8Array])[]): void {
  const parts: Uint8Array[] = [];
  const writer = new TableWriter((part) => parts.push(Uint8Array.from(part)));
  for (const entry of entries) writer.add(...entry);
  writer.finish();
  writeFileSync(file, Buffer.concat(parts));
}
const HUGE = 2 ** 26;
const shape = TENSOR_SHAPE.make({ dim: [SHAPE_DIM.make({ size: HUGE })] });
const slice = TENSOR_SLICE.make({ extent: [SLICE_EXTENT.make({ start: 0, length: 1 })] });

describe('a tensor of which the file has one element', () => {
  test('in version 2', () => {
    table(at('model.index'), [
      ['', BUNDLE_HEADER.write({ numShards: 1 })],
      ['w', BUNDLE_ENTRY.write({ dtype: DATA_TYPE['DT_FLOAT'], shape, slices: [slice] })],
    ]);
    writeFileSync(at('model.data-00000-of-00001'), Buffer.alloc(4));
    const reader = tf.train.NewCheckpointReader(at('model'));
    expect(taken(() => expect(() => reader.getTensor('w')).toThrow(tf.errors.NotFoundError))).toBeLessThan(2 ** 24);
  });
  test('in version 1', () => {
    const meta = SAVED_SLICE_META.make({ name: 'w', shape, type: DATA_TYPE['DT_FLOAT'], slice: [slice] });
    table(at('model'), [['', SAVED_TENSOR_SLICES.write({ meta: SAVED_TENSOR_SLICE_META.make({ tensor: [meta] }) })]]);
    const reader = tf.train.NewCheckpointReader(at('model'));
    expect(taken(() => expect(() => reader.getTensor('w')).toThrow(tf.errors.NotFoundError))).toBeLessThan(2 ** 24);
  });
});
test('a constant whose shape is larger than its bytes', () => {
  const text = (size: number): string =>
    'node { name: "c" op: "Const" attr { key: "value" value { tensor { dtype: DT_FLOAT ' +
    `tensor_shape { dim { size: ${size} } } tensor_content: "\\000\\000\\200\\077" } } } }`;
  expect(tf.GraphDef.fromText(text(1)).node.length).toBe(1);
  const read = (): unknown => tf.GraphDef.fromText(text(HUGE));
  expect(taken(() => expect(read).toThrow(`float32 tensor (${HUGE},) has 4 bytes`))).toBeLessThan(2 ** 24);
});
describe('a constant of which one value stands for all elements', () => {
  test.each([
    ['float', 'DT_FLOAT', 'float_val: 2.5', 2.5],
    ['int64', 'DT_INT64', 'int64_val: 3', 3],
    ['int8', 'DT_INT8', 'int_val: 3', 3],
    ['complex', 'DT_COMPLEX64', 'scomplex_val: 1 scomplex_val: 2', [1, 2]],
    ['string', 'DT_STRING', 'string_val: "a"', 'a'],
    ['zeros', 'DT_FLOAT', '', 0],
  ])('%s: there is room for them when a run reads them, and it is written as it was', (_, dtype, value, element) => {
    const text =
      `node { name: "c" op: "Const" attr { key: "dtype" value { type: ${dtype} } } attr { key: "value" value { ` +
      `tensor { dtype: ${dtype} tensor_shape { dim { size: 1200 } dim { size: 1000 } } ${value} } } } }`;
    const bytes = tf.GraphDef.fromText(text).serializeToString();
    const graph = new tf.Graph();
    const read = taken(() =>
      graph.asDefault(() => {
        tf.importGraphDef(tf.GraphDef.fromString(bytes), { name: '' });
        const written = Buffer.from(graph.asGraphDef().serializeToString());
        expect(written.includes(Buffer.from(bytes))).toBe(true);
        expect(String(tf.GraphDef.fromString(bytes)).length).toBeLessThan(1000);
      }),
    );
    expect(read).toBeLessThan(2 ** 19);
    const sess = open(graph, devices()[0]);
    const array = sess.run(graph.getTensorByName('c:0')) as tf.NDArray;
    expect([array.shape, array.item(0), array.item(1_199_999)].flat()).toEqual([
      1200,
      1000,
      ...[0, 1].map(() => [element].flat()[0]),
    ]);
    expect(array.slice(3, 4).toArray()).toEqual([Array.from({ length: 1000 }, () => element)]);
  });
  test('what cannot be read is refused at once', () => {
    const bytes = tf.GraphDef.fromText(
      'node { name: "c" op: "Const" attr { key: "value" value { tensor { dtype: DT_INT32 tensor_shape { ' +
        'dim { size: 1000000 } } int_val: [300, 300] } } } }',
    ).serializeToString();
    const at = bytes.lastIndexOf(0xac);
    bytes.set([0xff, 0xff, 0xff], at - 1);
    expect(() => tf.GraphDef.fromString(bytes)).toThrow(/^Error parsing message/);
  });
});
describe('elements that do not come', () => {
  test('of a snappy block', () => {
    const lie = Buffer.from([
      ...new BinaryWriter().uint32(2_000_000).finish(),
      ...Array(200).fill([0, 120, 254, 1, 0]).flat(),
      ...Buffer.alloc(100_000),
    ]);
    expect(taken(() => expect(snappyUncompress(lie)).toBe(null))).toBeLessThan(2 ** 18);
  });
});
test('functions in functions without end', () => {
  const inside = (field: number, bytes: Uint8Array): Uint8Array =>
    new BinaryWriter().uint32(tag(field, LENGTH)).bytes(bytes).finish();
  let bytes: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < 5000; i++) bytes = inside(10, inside(2, inside(2, bytes)));
  const node = inside(1, inside(5, inside(2, bytes)));
  expect(caught(() => tf.GraphDef.fromString(node)).message).toContain('Message too deep');
});
describe('long texts', () => {
  const wrong = (text: string): string => caught(() => tf.GraphDef.fromText(text)).message;
  test('are read, with escapes and remarks', () => {
    const name = 'x'.repeat(2e6);
    expect(tf.GraphDef.fromText(`${'#\n'.repeat(1e6)}node { name: "${name}" }`).node[0].name).toBe(name);
    expect(tf.GraphDef.fromText(`node { name: "${'\\n'.repeat(1e6)}" }`).node[0].name).toBe('\n'.repeat(1e6));
    const escapes = 'a\\x41\\101\\u00e9\\U0001F600é\\\\\\"b';
    expect(tf.GraphDef.fromText(`node { name: "${escapes}" 'c' }`).node[0].name).toBe('aAAé😀é\\"bc');
  });
  test('are refused where they are none', () => {
    expect(wrong(`node { name: "${'x'.repeat(2e6)}`)).toContain('Expected string.');
    expect(wrong(`node { name: ${' '.repeat(2e6)}`)).toContain('Expected string.');
    expect(wrong(`versions { producer: ${'9'.repeat(2e6)} }`)).toMatch(/Value out of range: 9{64}…$/);
    expect(wrong(`versions { producer: ${'0'.repeat(2e6)}8 }`).length).toBeLessThan(200);
  });
  test('zeros before a number count for nothing', () => {
    const { versions } = tf.GraphDef.fromText(
      `versions { producer: ${'0'.repeat(100)}17 min_consumer: 0x${'0'.repeat(99)}1f }`,
    );
    expect([versions?.producer, versions?.minConsumer]).toEqual([15, 31]);
  });
});
test('arrays of texts without bytes', () => {
  const header = "{'descr': '<U0', 'fortran_order': False, 'shape': (50000000,), }\n";
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  expect(() => readNpy(Buffer.concat([head, Buffer.from(header)]), 'x.npy')).toThrow(
    'x.npy: its elements of <U0 have no bytes',
  );
});
test('a few bytes that lie askew have a checksum', () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, i) => i);
  for (let start = 0; start < 8; start++)
    for (let length = 0; length < 16; length++)
      expect(crc32c(bytes.subarray(start, start + length))).toBe(crc32c(bytes.slice(start, start + length)));
});
test('a device in the place of a file is not read, and a pipe not waited for', () => {
  new tf.Variable([1, 2], { name: 'w' });
  const sess = new tf.Session('', { config: { device: 'portable' } });
  sess.run(tf.globalVariablesInitializer());
  const prefix = new tf.train.Saver().save(sess, at('model'), { writeMetaGraph: false });
  tf.gfile.Remove(`${prefix}.data-00000-of-00001`);
  for (const name of ['model.data-00000-of-00001', 'events', 'x.meta']) symlinkSync('/dev/zero', at(name));
  expect(() => tf.train.loadVariable(prefix, 'w')).toThrow('model.data-00000-of-00001; Not a regular file');
  expect(() => [...tf.train.summaryIterator(at('events'))]).toThrow('events; Not a regular file');
  expect(() => tf.train.importMetaGraph(at('x.meta'))).toThrow('x.meta; Not a regular file');
});
test('records that are no events, and graphs that cannot be, are told of with their files', () => {
  const writer = new tf.pythonIo.TFRecordWriter(at('events'));
  writer.write(new tf.Event().serializeToString());
  writer.write('no event');
  writer.close();
  expect(() => [...tf.train.summaryIterator(at('events'))]).toThrow(/^[^\n]*events: record 1 is no event: /);
  writeFileSync(at('x.meta'), 'graph_def { node { name: "y" op: "Identity" input: "x" } }');
  const refused = caught(() => tf.train.importMetaGraph(at('x.meta')));
  expect(refused.message).toContain(`\n  read from ${at('x.meta')}`);
  expect(refused).toBeInstanceOf(tf.errors.ValueError);
});
