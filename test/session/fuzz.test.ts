/** Random graphs, run in every way that there is: each must give what the plain host gives. A failure names the graph's seed. */
import * as tf from '../../src';
import { devices } from '../sweep';

const GRAPHS = 60;
/** Runs with the same feeds: enough for a plan of their shapes; and, of one graph in ten, for the contest with the whole graph. */
const RUNS = 5;
const MANY_RUNS = 100;

type T = tf.Tensor;
/** mulberry32: a stream of numbers in [0, 1) for each seed. */
function stream(seed: number): () => number {
  let a = Math.imul(seed, 0x9e3779b1);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The choices of one graph, and what it has so far: float32 tensors of three rows. */
class Maker {
  readonly tensors: T[] = [];
  readonly fed: T[] = [];
  readonly variables: tf.Variable[] = [];
  private readonly widest: number;
  constructor(readonly random: () => number) {
    this.widest = random() < 0.2 ? 700 : 5;
  }
  int(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }
  of<X>(list: readonly X[]): X {
    return list[this.int(0, list.length - 1)];
  }
  array(shape: readonly number[]): tf.NDArray {
    return new tf.NDArray(
      tf.float32,
      shape,
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => this.int(-12, 12) / 8),
    );
  }
  /** A constant, a variable or a placeholder that does not know its rows. */
  source(columns = this.int(1, this.widest)): T {
    return this.of([
      () => tf.constant(this.array([3, columns])),
      () => {
        const v = new tf.Variable(this.array([3, columns]), { useResource: this.random() < 0.3 });
        this.variables.push(v);
        return v.readValue();
      },
      () => {
        const x = tf.placeholder(tf.float32, [null, columns]);
        this.fed.push(x);
        return x;
      },
    ])();
  }
  any(): T {
    return this.random() < 0.2 || !this.tensors.length ? this.source() : this.of(this.tensors.slice(-8));
  }
  /** Another tensor as wide as x. */
  beside(x: T): T {
    return this.of([...this.tensors, this.source(x.shape.at(1)!)].filter((t) => t.shape.at(1) === x.shape.at(1)));
  }
}

/** From tensors of three rows to such tensors, with values that stay small. */
const RULES: readonly ((m: Maker, x: T) => T)[] = [
  (m, x) =>
    m.of([
      tf.tanh,
      tf.sigmoid,
      tf.abs,
      tf.negative,
      tf.nn.relu,
      tf.nn.softmax,
      tf.identity,
      tf.stopGradient,
      tf.zerosLike,
      tf.nn.elu,
    ])(x),
  (m, x) => m.of([tf.add, tf.subtract, tf.maximum, tf.minimum, tf.squaredDifference])(tf.tanh(x), tf.sin(m.beside(x))),
  (m, x) => tf.tanh(x.mul(m.beside(x))),
  (_, x) => x.mul(1).add(0),
  (_, x) => tf.add(tf.sin(x), tf.sin(x)),
  (_, x) => tf.transpose(tf.transpose(x)),
  (_, x) => tf.reshape(tf.reshape(x, [-1]), tf.shape(x)),
  (_, x) => tf.squeeze(tf.expandDims(x, 1), 1),
  (m, x) => tf.tanh(tf.matmul(tf.matmul(x, m.beside(x), { transposeB: true }), m.beside(x))),
  (_, x) => tf.nn.logSoftmax(x).mul(0.25),
  (m, x) => x.sub(m.of([tf.reduceMean, tf.reduceMax, tf.reduceMin])(x, m.of([0, 1, null]), { keepdims: true })),
  (m, x) => tf.concat([x, m.beside(x)], 1),
  (m, x) =>
    tf.reverse(
      tf.pad(
        x,
        [
          [0, 0],
          [0, 1],
        ],
        m.of(['CONSTANT', 'SYMMETRIC'] as const),
      ),
      [1],
    ),
  (_, x) => tf.stridedSlice(x, [0, -1], [3, -4], [1, -2]),
  (m, x) => tf.gather(x, tf.constant([m.int(0, 2), 1, 0], tf.int32)),
  (_, x) => tf.stack(tf.unstack(tf.slice(x, [0, 0], [3, -1]), { num: 3 })),
  (m, x) => tf.where(tf.less(x, m.beside(x)), x, tf.zerosLike(x)),
  (_, x) => tf.cast(tf.cast(tf.floor(x), tf.int64), tf.float32),
  (m, x) => tf.nn.biasAdd(x, tf.reduceMean(m.beside(x), 0)),
  (m, x) => tf.nn.dropout(x, 0.5, { seed: m.int(1, 9) }),
  (m, x) => tf.controlDependencies([m.any()], () => tf.add(x, tf.constant(m.int(0, 1)))),
];

interface Made {
  readonly maker: Maker;
  readonly fetches: readonly T[];
  readonly train: tf.Operation | null;
  readonly feeds: readonly (readonly [T, tf.NDArray])[][];
}
function make(seed: number): Made {
  const maker = new Maker(stream(seed));
  tf.setRandomSeed(seed);
  for (let k = maker.int(4, 20); k > 0; k--) maker.tensors.push(maker.of(RULES)(maker, maker.any()));
  const loss = tf.reduceMean(tf.square(maker.tensors[maker.tensors.length - 1]));
  const gradients = tf
    .gradients(loss, [...maker.fed, ...maker.variables])
    .flatMap((g) => (g ? [tf.convertToTensor(g)] : []));
  const trained = maker.variables.filter((v) => tf.gradients(loss, v)[0]);
  const optimizer = maker.of([
    new tf.train.GradientDescentOptimizer(0.1),
    new tf.train.MomentumOptimizer(0.1, 0.9),
    new tf.train.AdagradOptimizer(0.1),
  ]);
  return {
    maker,
    train: trained.length ? optimizer.minimize(loss, { varList: trained }) : null,
    fetches: [...new Set([maker.any(), maker.any(), ...maker.tensors.slice(-2), loss, ...gradients])],
    feeds: [0, 1].map(() => maker.fed.map((x) => [x, maker.array([3, x.shape.at(1)!])] as const)),
  };
}
/** What the runs of a graph give, one after the other, and what they leave behind. */
function resultsOf(
  { maker, fetches, train, feeds }: Made,
  runs: number,
  config: { device: 'native' | 'portable'; placement: 'host' | 'device' | 'auto'; graphOptions?: false },
): { values: Float32Array[]; left: number } {
  const sess = new tf.Session('', { config: { ...config, advice: false } });
  const before = sess.device.tensorsAlive();
  const values: Float32Array[] = [];
  const step = (feed: Made['feeds'][number]): void => {
    for (const value of sess.run(fetches, feed))
      values.push(value instanceof tf.NDArray ? (value.data as Float32Array) : Float32Array.of(value as number));
  };
  sess.run(tf.globalVariablesInitializer());
  for (let k = 0; k < runs; k++) step(feeds[0]);
  step(feeds[1]);
  for (let k = 0; train && k < RUNS; k++) {
    sess.run(train, feeds[k % 2]);
    step(feeds[0]);
  }
  for (const v of maker.variables) values.push((v.eval(sess) as tf.NDArray).data as Float32Array);
  sess.close();
  return { values, left: sess.device.tensorsAlive() - before };
}

for (const { device } of devices()) {
  test(`random graphs on the ${device} device`, () => {
    for (let seed = 1; seed <= GRAPHS; seed++) {
      tf.resetDefaultGraph();
      const made = make(seed);
      const runs = seed % 10 ? RUNS : MANY_RUNS;
      const want = resultsOf(made, runs, { device, placement: 'host', graphOptions: false });
      for (const placement of ['auto', 'device'] as const) {
        const got = resultsOf(made, runs, { device, placement });
        expect({ seed, placement, left: got.left }).toEqual({ seed, placement, left: 0 });
        want.values.forEach((w, i) => {
          const g = got.values[i];
          const far =
            g.length === w.length ? w.findIndex((x, k) => !(Math.abs(g[k] - x) <= 1e-3 * Math.max(1, Math.abs(x)))) : 0;
          if (far >= 0)
            throw new Error(
              `seed ${seed}, placement ${placement}, result ${i}: [${far}] is ${g[far]} of ${g.length}, on the plain host ${w[far]} of ${w.length}`,
            );
        });
      }
    }
  });
}
