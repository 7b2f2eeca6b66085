/**
 * What a run remembers of its feeds and fetches, what it copies, and what it says when nested arrays are fed on and
 * on.
 */
import * as tf from '../../src';
import { devices } from '../sweep';
import { linesSaid } from '../lines-said';
import { pattern } from '../pattern';

beforeEach(() => tf.resetDefaultGraph());
const plain = (result: unknown): unknown => (result instanceof tf.NDArray ? result.toArray() : result);

describe.each(devices())('on the $title device', ({ device }) => {
  const session = (): tf.Session => new tf.Session('', { config: { device, advice: false } });

  test('the same array of fetches may change between runs', () => {
    const [a, b] = [tf.constant(1), tf.constant(2)];
    using sess = session();
    const fetches = [a, b];
    expect(sess.run(fetches)).toEqual([1, 2]);
    fetches.reverse();
    expect(sess.run(fetches)).toEqual([2, 1]);
    fetches.pop();
    expect(sess.run(fetches)).toEqual([2]);
    expect(sess.run(b)).toBe(2);
    expect(sess.run([[b]])).toEqual([[2]]);
    expect(sess.run(['Const:0', a, 'Const'])).toEqual([1, 1, null]);
    expect(sess.run(['Const:0', a])).toEqual([1, 1]);
    expect(sess.run([])).toEqual([]);
    expect(() => sess.run([a, undefined as never])).toThrow('Fetch argument None has invalid type');
    for (let i = 0; i < 3; i++)
      expect(() => sess.run('Const_9:0')).toThrow("'Const_9:0' cannot be interpreted as a Tensor");
  });
  test('one signature runs with other feeds, other shapes and a grown graph in turn', () => {
    const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
    const y = tf.placeholderWithDefault(tf.ones([1, 2]), [null, 2], { name: 'y' });
    let out = x.add(y);
    using sess = session();
    for (let i = 0; i < 12; i++) {
      expect(plain(sess.run(out, { x: Float32Array.of(i, 2) }))).toEqual([[i + 1, 3]]);
      expect(plain(sess.run(out, { x: Float32Array.of(i, 2), 'y:0': Float32Array.of(5, 6) }))).toEqual([[i + 5, 8]]);
      expect(
        plain(
          sess.run(out, [
            [y, Float32Array.of(5, 6)],
            [x, Float32Array.of(i, 2, 3, 4)],
          ]),
        ),
      ).toEqual([
        [i + 5, 8],
        [8, 10],
      ]);
      if (i === 8) out = tf.identity(out);
    }
  });
  test('a flat array for a shape with several open dimensions is refused in the words of other misfits', () => {
    const x = tf.placeholder(tf.float32, [null, null], { name: 'x' });
    using sess = session();
    const refused = expect(() => sess.run(x, [[x, new Float32Array(6)]]));
    refused.toThrow(/^Cannot feed value of shape \(6,\) for Tensor 'x:0', which has shape '\(\?, \?\)'/);
    refused.toThrow('fix: a typed array is flat');
  });
  test("a fetched variable costs one copy, which is the caller's", () => {
    const v = new tf.Variable(tf.ones([200, 200]));
    const twice = tf.matmul(v.asTensor(), v.asTensor());
    using sess = session();
    sess.run(tf.globalVariablesInitializer());
    for (let i = 0; i < 4; i++) {
      const [one, two, product] = sess.run([v, v.asTensor(), twice]) as tf.NDArray[];
      for (const array of [one, two]) {
        expect([array.data[0], array.data[39_999]]).toEqual([1, 1]);
        (array.data as Float32Array).fill(3);
      }
      expect(product.item()).toBe(200);
    }
  });
  test('nested arrays take floats, whole rows of typed arrays, and what else counts as a number', () => {
    const x = tf.placeholder(tf.float32, [2, 3], { name: 'x' });
    using sess = session();
    expect(
      plain(
        sess.run(x.add(0), {
          x: [
            [1, 2, 3],
            [4, 5, 6],
          ],
        }),
      ),
    ).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(plain(sess.run(x.add(0), { x: [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)] }))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(
      plain(
        sess.run(x.add(0), {
          x: [
            [true, 2n, 3],
            [4, 5, 6],
          ],
        }),
      ),
    ).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(() =>
      sess.run(x.add(0), {
        x: [
          [1, 2, 3],
          [4, 5],
        ],
      }),
    ).toThrow('got shape [2], but wanted [2, 3]');
    expect(() =>
      sess.run(x.add(0), {
        x: [
          [1, 2, 3],
          [4, 5, 'six'],
        ],
      }),
    ).toThrow("Expected float32, got 'six' of type 'str' instead.");
    expect(() =>
      sess.run(x.add(0), {
        x: [
          [1, 2, 3],
          [4, [5], 6],
        ] as never,
      }),
    ).toThrow('Argument must be a dense tensor');
  });
});

describe('nested arrays in every step', () => {
  const lines = linesSaid();
  const nested = (rows: number): number[][] => Array.from({ length: rows }, () => new Array<number>(100).fill(1));
  const feed = (rows: number, config: object = {}, runs = 30): void => {
    const x = tf.placeholder(tf.float32, [null, 100], { name: 'x' });
    const y = tf.reduceSum(x);
    using sess = new tf.Session('', { config: { device: devices()[0].device, ...config } });
    for (let i = 0; i < runs; i++) sess.run(y, [[x, nested(rows)]]);
  };

  test('are named once, with the line, what they cost and the cure', () => {
    feed(20);
    expect(lines).toEqual([
      expect.stringMatching(
        pattern(
          /^tfjs-session: .*feeds\.test\.ts:\d+:\d+: 'x:0' was fed nested arrays of 2000 elements in 10 /,
          /runs; to convert them took [\d.e-]+ ms of each\. Fix: keep the data in one flat Float32Array.*\n$/,
        ),
      ),
    ]);
  });
  test("that are small, or fed now and then, are nobody's concern", () => {
    feed(10);
    feed(20, {}, 9);
    expect(lines).toEqual([]);
  });
  test('are passed over in silence where advice is off', () => {
    feed(20, { advice: false });
    expect(lines).toEqual([]);
  });
});
