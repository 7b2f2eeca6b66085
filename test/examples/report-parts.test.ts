/** What the report's pages are made of: evaluation, pictures, the graph's boxes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../../src';
import { evaluate } from '../../src/examples/report/evaluation';
import { layout } from '../../src/examples/report/layout';
import { picturesOf, weightPictures } from '../../src/examples/report/pictures';
import { viewsOf } from '../../src/examples/report/scopes';
import { reportTraining } from './trained-report';

let dir: string;
let path: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'report-test-'));
  path = join(dir, 'report.html');
  reportTraining(path);
});

afterAll(() => rmSync(dir, { recursive: true }));

describe('evaluation', () => {
  test('mistakes come worst first', () => {
    const { confusion, correct, mistakes } = evaluate({
      labels: [0, 1, 1, 0],
      probabilities: [
        [0.9, 0.1],
        [0.6, 0.4],
        [0.8, 0.2],
        [0.3, 0.7],
      ],
    });
    expect(confusion).toEqual([
      [1, 1],
      [2, 0],
    ]);
    expect(correct).toBe(1);
    expect(mistakes.map(({ index }) => index)).toEqual([2, 3, 1]);
  });

  test('one-hot rows are classes too, and so are int64 predictions', () => {
    const { confusion } = evaluate({
      labels: Float32Array.of(0, 1, 0, 0, 0, 1),
      predictions: BigInt64Array.of(1n, 0n),
    });
    expect(confusion).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  test.each([
    [{ labels: [0] }, 'report: give predictions (one class per picture) or probabilities (one row per picture).'],
    [
      { labels: [0, 1, 2], predictions: [0, 1] },
      'report: labels must be 2 classes or 2 one-hot rows, as many as predictions; found 3 values.',
    ],
    [{ labels: [0.5], predictions: [0] }, 'report: labels must be classes, whole numbers from 0 on; found 0.5.'],
    [
      { labels: [0], probabilities: [0.5, 0.5] },
      'report: probabilities must have the shape [pictures, classes], found [2].',
    ],
  ])('%j cannot be evaluated', (answers, message) => {
    expect(() => evaluate(answers)).toThrow(message);
  });
});

describe('pictures', () => {
  const pixelsOf = (uri: string) => {
    const file = Buffer.from(uri.split(',')[1], 'base64');
    const at = file.indexOf('IDAT');
    return [...inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)))];
  };

  test('a picture is its pixels, each row behind its filter byte', () => {
    expect(pixelsOf(picturesOf(Float32Array.of(0, 1, 0.2, 0), 1).uri(0))).toEqual([0, 0, 255, 0, 51, 0]);
    expect(pixelsOf(picturesOf(Uint8Array.of(0, 255, 51, 0), 1).uri(0))).toEqual([0, 0, 255, 0, 51, 0]);
  });

  test('a weight is blue or orange, and clear at zero', () => {
    const { pictures } = weightPictures(
      [
        [0, 0.5],
        [1, 0],
        [-1, 0],
        [0.5, 0],
      ],
      [2, 2],
    )!;
    expect(pictures.map(({ unit }) => unit)).toEqual([0, 1]);
    const [, , , , clear, , , , blue] = pixelsOf(pictures[0].uri);
    expect([clear, blue]).toEqual([0, 255]);
    expect(
      weightPictures(
        [
          [1, 2],
          [3, 4],
        ],
        [28, 28],
      ),
    ).toBeNull();
  });

  test('pictures of another number or shape say so', () => {
    expect(() => picturesOf([1, 2, 3], 2)).toThrow(
      'report: images must be 2, as many as predictions; found 3 values, of shape [3].',
    );
    expect(() => picturesOf([1, 2, 3, 4], 1, [3, 3])).toThrow(
      'report: 4 values per picture are not 3 by 3 pixels of 1 or 3 channels.',
    );
  });
});

describe('the graph', () => {
  test('a scope is one box until it is opened, and shows its neighbours then', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [], { name: 'x' });
      const y = tf.nameScope('a', () => tf.nameScope('b', () => tf.square(x, { name: 'deep' })));
      tf.nameScope('c', () => tf.negative(y, { name: 'end' }));
    });
    const [root, a, ab, c] = viewsOf(graph);
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
    expect([names(root.inside), names(root.outside)]).toEqual([['a', 'c', 'x'], []]);
    expect(root.edges.map(({ from, to }) => `${from.name} ${to.name}`)).toEqual(['x a', 'a c']);
    expect([a.scope.path, ab.scope.path, c.scope.path]).toEqual(['a', 'a/b', 'c']);
    expect([names(ab.inside), names(ab.outside)]).toEqual([['a/b/deep'], ['x', 'c']]);
    expect([names(c.inside), names(c.outside)]).toEqual([['c/end'], ['a']]);
  });

  test('boxes do not overlap, and edges go down, also around a cycle', () => {
    const boxes = Array.from({ length: 9 }, () => ({ width: 60, height: 30 }));
    const { x, y, ways } = layout(boxes, [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [3, 4],
      [0, 4],
      [4, 1],
      [5, 3],
      [6, 4],
      [7, 4],
    ]);
    for (let i = 0; i < 9; i++)
      for (let k = 0; k < i; k++) expect(Math.abs(x[i] - x[k]) >= 60 || Math.abs(y[i] - y[k]) >= 30).toBe(true);
    for (const [from, to] of [
      [0, 1],
      [1, 3],
      [3, 4],
      [5, 3],
    ])
      expect(y[from]).toBeLessThan(y[to]);
    expect(ways[5].length).toBeGreaterThan(2);
  });
});
