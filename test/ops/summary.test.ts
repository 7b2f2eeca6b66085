import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../../src';
import { devices, fromJson, open, sameGraph, sweep } from '../sweep';

type Json = Parameters<typeof fromJson>[0];
sweep('summary');
const x = (): tf.Tensor => tf.placeholder(tf.float32, [2, 3], { name: 'x' });
const { summary: S } = tf;
const same = (title: string, build: () => unknown) => sameGraph('summary', title, build);
same('scalar', () => S.scalar('loss', tf.reduceMean(x())));
same('in families', () =>
  tf.nameScope('net', () => {
    S.scalar('loss', x(), { family: 'train' });
    S.histogram('all of it', x());
  }),
);
same('histogram', () => S.histogram('/w', x(), ['mine']));
same('pictures', () => S.image('in', tf.reshape(x(), [1, 2, 3, 1]), 2));
same('sounds', () => S.audio('in', x(), 44100, { maxOutputs: 1 }));
same('sounds at a rate', () => S.audio('in', x(), tf.constant(8000)));
same('text', () => S.text('said', tf.constant(['a', 'b'])));
same('a tensor', () => S.tensorSummary('t', x(), 'what it is', { family: 'f', displayName: 'T' }));
same('merge', () => S.merge([S.scalar('a', 1), S.scalar('b', 2)], { name: 'both' }));
same('merge all', () => {
  S.scalar('a', 1);
  S.scalar('a', 2);
  S.mergeAll();
});

interface Picture {
  readonly input: Json;
  readonly values: readonly { readonly tag: string; readonly size: readonly number[]; readonly pixels: Json }[];
}
const RECORDED: { readonly pictures: Readonly<Record<string, Picture>> } = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/summaries.json'), 'utf8'),
);
/** The bytes of a PNG file whose rows are not filtered. */
function pixelsIn(png: Uint8Array): { readonly size: readonly number[]; readonly pixels: readonly number[] } {
  const file = Buffer.from(png);
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12)
    chunks.set(file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
  const header = chunks.get('IHDR')!;
  const [width, height, depth] = [header.readUInt32BE(0), header.readUInt32BE(4), [1, 0, 3, 0, 0, 0, 4][header[9]]];
  const rows = inflateSync(chunks.get('IDAT')!);
  const pixels: number[] = [];
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (width * depth + 1), (y + 1) * (width * depth + 1));
    expect(row[0]).toBe(0);
    pixels.push(...row.subarray(1));
  }
  return { size: [height, width, depth], pixels };
}
describe.each(devices())('$title', (mode) => {
  test.each(Object.keys(RECORDED.pictures))('pictures of %s are those of TensorFlow', (name) => {
    const { input, values } = RECORDED.pictures[name];
    const graph = new tf.Graph();
    const node = graph.asDefault(() => S.image(name.replaceAll(' ', '_'), tf.constant(fromJson(input))));
    const { value } = tf.Summary.fromString(open(graph, mode).run(node));
    expect(value.map(({ tag }) => tag)).toEqual(values.map(({ tag }) => tag));
    value.forEach(({ image }, i) => {
      const { height, width, colorspace, encodedImageString } = image!;
      expect([height, width, colorspace]).toEqual(values[i].size);
      const { size, pixels } = pixelsIn(encodedImageString);
      expect(size).toEqual(values[i].size);
      expect(pixels).toEqual([...(fromJson(values[i].pixels).data as Uint8Array)]);
    });
  });
});
test('a PNG has the checksums that readers ask for', () => {
  const graph = new tf.Graph();
  const node = graph.asDefault(() => S.image('one', tf.constant([[[[255]]]], tf.uint8)));
  const { image } = tf.Summary.fromString(open(graph, devices()[0]).run(node)).value[0];
  const file = Buffer.from(image!.encodedImageString);
  // Of the header: width, height, 8 bits, grey.
  expect(file.readUInt32BE(29)).toBe(0x3a7e9b55);
  expect(file.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
});
