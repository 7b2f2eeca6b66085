/** Convolutions, pools, comparisons and dropout as parts of programs of the portable device: in every plan the same. */
import * as tf from '../../src';
import type { NDArray } from '../../src/base/ndarray';
import { Draft } from '../../src/kernels/portable/program';
import { LAST_RUN } from '../long';
import { values } from './heap';

interface Net {
  readonly feeds: [tf.Tensor, Float32Array | Uint8Array][];
  readonly fetches: tf.Tensor[];
  readonly step?: tf.Operation;
}
type Config = tf.SessionConfig;
const variable = (shape: readonly number[], by = 0.3): tf.Tensor =>
  new tf.Variable(
    tf.constant(
      values(shape.reduce((a, b) => a * b)).map((v) => v * by),
      tf.float32,
      shape,
    ),
  ).value();

/** The bytes of what runs fetch, and of what is fetched behind each training step. */
function seen(make: () => Net, config: Config, runs = LAST_RUN + 2): string[] {
  tf.resetDefaultGraph();
  const { feeds, fetches, step } = make();
  const sess = new tf.Session('', { config: { device: 'portable', advice: false, ...config } });
  const before = sess.device.tensorsAlive();
  sess.run(tf.globalVariablesInitializer());
  // Every NaN counts as the same: the engine says nothing of their signs.
  const bytes = (found: unknown): string =>
    (found as NDArray[])
      .map(({ data }) => {
        const plain = (data as Float32Array).map((v) => (v === v ? v : Number.NaN));
        return Buffer.from(plain.buffer).toString('base64');
      })
      .join();
  const all = Array.from({ length: runs }, () => {
    const said = bytes(sess.run(fetches, feeds));
    if (step) sess.run(step, feeds);
    return said;
  });
  sess.close();
  expect(sess.device.tensorsAlive()).toBe(before);
  return all;
}
const WAYS: Config[] = [
  { intraOpParallelismThreads: 1 },
  { intraOpParallelismThreads: 2 },
  { intraOpParallelismThreads: 3 },
];
/** Every number of threads, and steps instead of programs. */
function sameEverywhere(make: () => Net): string[] {
  const [one, ...others] = WAYS.map((config) => seen(make, config));
  for (const other of others) expect(other).toEqual(one);
  expect(seen(make, { placement: 'device', graphOptions: { wholeGraph: false } })).toEqual(one);
  return one;
}

const PICTURES = [
  { size: 9, channels: 3, outputs: 5, taps: 3, stride: 1, padding: 'SAME' },
  { size: 12, channels: 8, outputs: 17, taps: 5, stride: 2, padding: 'SAME' },
  { size: 7, channels: 4, outputs: 8, taps: 1, stride: 1, padding: 'VALID' },
  { size: 16, channels: 32, outputs: 36, taps: 3, stride: 1, padding: 'SAME' },
  { size: 11, channels: 6, outputs: 33, taps: 4, stride: 1, padding: 'VALID' },
] as const;
test.each(PICTURES)('a convolutional net trains the same in every plan: %j', (sizes) => {
  const { size, channels, outputs, taps, stride, padding } = sizes;
  const make = (): Net => {
    const x = tf.placeholder(tf.float32, [3, size, size, channels], { name: 'x' });
    const turned = tf.mul(x, variable([channels], 1));
    const conv = tf.nn.conv2d(turned, variable([taps, taps, channels, outputs]), [1, stride, stride, 1], padding);
    const first = tf.nn.maxPool(tf.nn.relu(conv.add(variable([outputs]))), [1, 2, 2, 1], [1, 1, 1, 1], 'SAME');
    const second = tf.nn.avgPool(first, [1, 3, 3, 1], [1, 2, 2, 1], 'SAME');
    const cost = tf.reduceMean(tf.square(tf.nn.conv2d(second, variable([2, 2, outputs, 3]), [1, 1, 1, 1], 'SAME')));
    const step = new tf.train.GradientDescentOptimizer(0.05).minimize(cost);
    const [dx] = tf.gradients(cost, [x]);
    return { feeds: [[x, values(3 * size * size * channels)]], fetches: [second, dx!, tf.reshape(cost, [1])], step };
  };
  sameEverywhere(make);
});
test('an infinite filter, and a gradient that is NaN, are the host convolution in every plan', () => {
  const make = (): Net => {
    const x = tf.placeholder(tf.float32, [2, 6, 6, 2], { name: 'x' });
    const w = tf.placeholder(tf.float32, [3, 3, 2, 4], { name: 'w' });
    const y = tf.nn.maxPool(tf.nn.relu(tf.nn.conv2d(x, w, [1, 1, 1, 1], 'SAME')), [1, 2, 2, 1], [1, 2, 2, 1], 'SAME');
    const [dx, dw] = tf.gradients(tf.mul(y, y), [x, w]);
    const filter = values(72);
    filter[5] = Infinity;
    filter[40] = Number.NaN;
    return {
      feeds: [
        [x, values(144)],
        [w, filter],
      ],
      fetches: [y, dx!, dw!],
    };
  };
  const one = sameEverywhere(make);
  for (const run of one) expect(run).toBe(one[0]);
});

test('comparisons, truths and choices are the same in every plan, also of NaN, and fed or fetched', () => {
  for (const n of [1, 7, 1000, 70_001]) {
    const make = (): Net => {
      const [x, y] = ['x', 'y'].map((name) => tf.placeholder(tf.float32, [n], { name }));
      const given = tf.placeholder(tf.bool, [n], { name: 'given' });
      const [a, b] = [tf.square(x), tf.add(y, 0.5)];
      const found = [tf.less(a, b), tf.lessEqual(a, b), tf.greater(a, b), tf.greaterEqual(a, b)];
      found.push(tf.equal(a, b), tf.notEqual(a, b));
      const both = tf.logicalOr(tf.logicalAnd(found[0], given), tf.logicalNot(found[4]));
      const chosen = tf.where(both, a, tf.mul(b, 2));
      const rows = tf.where(tf.greater(x, 0), tf.stack([a, b], 1), tf.zeros([n, 2]).add(1));
      const counted = tf.cast(both, tf.float32).mul(chosen).add(tf.cast(given, tf.float32));
      const [special, other] = [values(n), values(n).reverse()];
      special[0] = Number.NaN;
      other[n >> 1] = -Infinity;
      special[n - 1] = 1e-42;
      return {
        feeds: [
          [x, special],
          [y, other],
          [given, Uint8Array.from({ length: n }, (_, i) => (i % 3) & 1)],
        ],
        fetches: [...found, both, chosen, counted, rows],
      };
    };
    const one = sameEverywhere(make);
    expect(seen(make, { placement: 'host', graphOptions: false }, 1)).toEqual([one[0]]);
  }
});
test('dropout draws and drops the same in every plan, whatever its size', () => {
  for (const rows of [1, 37, 600]) {
    const make = (): Net => {
      const x = tf.placeholder(tf.float32, [rows, 129], { name: 'x' });
      const keep = tf.placeholder(tf.float32, [], { name: 'keep' });
      const h = tf.nn.dropout(tf.mul(x, variable([129])), keep, { seed: 5 });
      const [dx] = tf.gradients(tf.square(h), [x]);
      return {
        feeds: [
          [x, values(rows * 129)],
          [keep, Float32Array.of(0.75)],
        ],
        fetches: [h, dx!],
      };
    };
    const one = sameEverywhere(make);
    expect(new Set(one).size).toBe(one.length);
    expect(seen(make, { placement: 'host', graphOptions: false })).toEqual(one);
  }
});
test('uniform numbers made by the device are those of the host, run after run', () => {
  for (const n of [3, 511, 512, 1500, 51_200, 100_003]) {
    const make = (): Net => {
      const drawn = tf.randomUniform([n], { seed: 9 });
      return { feeds: [], fetches: [drawn, tf.randomUniform([n, 2], { seed: 4 }).mul(3)] };
    };
    const host = seen(make, { placement: 'host' });
    expect(new Set(host).size).toBe(host.length);
    for (const config of [...WAYS, { placement: 'device' } as const]) expect(seen(make, config)).toEqual(host);
  }
});

/** Tensors of tensors before them, element by element, some of them under another shape, some read often. */
function grown(inputs: readonly tf.Tensor[], draw: (below: number) => number): tf.Tensor[] {
  const all = [...inputs];
  const any = (): tf.Tensor => all[Math.max(0, all.length - 1 - draw(4))];
  const two = [tf.add, tf.sub, tf.mul, tf.div, tf.maximum, tf.squaredDifference];
  const one = [tf.nn.relu, tf.tanh, tf.square, tf.neg, tf.sigmoid];
  for (let i = 0; i < 24; i++) {
    const kind = draw(10);
    if (kind < 5) all.push(two[draw(two.length)](any(), any()));
    else if (kind < 8) all.push(one[draw(one.length)](any()));
    else if (kind < 9) all.push(tf.where(tf.greater(any(), any()), tf.add(any(), wide), tf.sub(any(), wide)));
    else all.push(tf.reshape(tf.reshape(tf.add(any(), wide), [-1]), wide.shape.dims as number[]));
  }
  return all.slice(inputs.length);
}
let wide: tf.Tensor;
test('formulas one behind the other are in one pass, and the same in every plan', () => {
  const takenBack = jest.spyOn(Draft.prototype, 'takeBack');
  for (let seed = 1; seed <= 12; seed++) {
    const [rows, columns] = [
      [64, 80],
      [1, 4500],
      [37, 129],
      [4200, 1],
    ][seed % 4];
    const make = (): Net => {
      let state = seed;
      const draw = (below: number): number => (state = (state * 48271) % 2147483647) % below;
      const shapes = [[rows, columns], [columns], [rows, 1], [], [rows, columns]];
      const inputs = shapes.map((shape, i) => tf.placeholder(tf.float32, shape, { name: `x${i}` }));
      wide = inputs[0];
      const made = grown(inputs, draw);
      const feeds = inputs.map((x, i): [tf.Tensor, Float32Array] => {
        const data = values(shapes[i].reduce((a, b) => a * b, 1)).map((v) => v + i);
        if (data.length > 9) [data[2], data[5], data[8]] = [Number.NaN, Infinity, 1e-41];
        return [x, data];
      });
      return {
        feeds,
        fetches: [made[made.length - 1], made[draw(12)], tf.reduceSum(made[20])].map((t) =>
          tf.reshape(t.add(0.5), [-1]),
        ),
      };
    };
    sameEverywhere(make);
  }
  expect(takenBack.mock.calls.length).toBeGreaterThan(100);
  takenBack.mockRestore();
});
