/**
 * Graphs made of random choices, the same for the same seed: what they hold is meant to disagree where anything can.
 */
import * as tf from '../../src';

type T = tf.Tensor;
export type Feed = readonly (readonly [T, tf.NDArray])[];
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
const SPECIAL = [Number.NaN, Infinity, -Infinity, -0];

/** The choices of one graph, and what it has so far: float32 tensors of three rows. */
class Maker {
  readonly tensors: T[] = [];
  readonly fed: T[] = [];
  readonly variables: tf.Variable[] = [];
  /** Fetched beside the tensors: strings, integers, halves. */
  readonly others: T[] = [];
  /** Where a run can be made to fail: an index that is fed. */
  index: T | null = null;
  private readonly widest: number;
  private readonly special: boolean;
  /** What every node made from now on waits for. */
  private after: tf.Operation[] = [];
  constructor(readonly random: () => number) {
    this.widest = random() < 0.2 ? 700 : 5;
    this.special = random() < 0.3;
  }
  int(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }
  of<X>(list: readonly X[]): X {
    return list[this.int(0, list.length - 1)];
  }
  array(shape: readonly number[]): tf.NDArray {
    const one = (): number => (this.special && this.random() < 0.04 ? this.of(SPECIAL) : this.int(-12, 12) / 8);
    return new tf.NDArray(tf.float32, shape, Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, one));
  }
  variable(columns: number): tf.Variable {
    const v = new tf.Variable(this.array([3, columns]), { useResource: this.random() < 0.4 });
    this.variables.push(v);
    return v;
  }
  /** A constant, a variable or a placeholder that does not know its rows. */
  source(columns = this.int(1, this.widest)): T {
    return this.of([
      () => tf.constant(this.array([3, columns])),
      () => this.variable(columns).readValue(),
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
  step(): void {
    this.here(() => this.tensors.push(this.of(RULES)(this, this.any())));
  }
  here<X>(make: () => X): X {
    return tf.controlDependencies(this.after, make);
  }
  /** An update of a variable: after all that was made before it, before all that is made after it. */
  update(x: T): void {
    const columns = x.shape.at(1)!;
    const v = this.variables.filter((w) => w.shape.at(1) === columns).at(-1) ?? this.variable(columns);
    const read = this.of([() => v.readValue(), () => tf.identity(v), () => tf.reshape(v, [3, columns])])();
    this.tensors.push(read, tf.tanh(read));
    const change = tf.clipByValue(tf.where(tf.isFinite(x), x, tf.zerosLike(x)), -1, 1).mul(0.25);
    const done = tf.controlDependencies([...this.tensors, ...this.others], () =>
      this.of([() => v.assignAdd(change), () => v.assignSub(change), () => v.assign(change)])(),
    );
    this.after = [(done as T).op ?? done];
    this.here(() => this.tensors.push(tf.tanh(read.add(1)), v.readValue()));
  }
}

/** Keeps what compares or rounds away from the places where a last bit decides. */
const OFF = 0.0137;
const half = (v: number): T => tf.cast(tf.constant(v), tf.float16);
/** From tensors of three rows to such tensors, with values that stay small. */
const RULES: readonly ((m: Maker, x: T) => T)[] = [
  (m, x) =>
    m.of([
      tf.tanh,
      tf.sigmoid,
      tf.abs,
      tf.negative,
      tf.nn.relu,
      tf.nn.relu6,
      tf.nn.softmax,
      tf.identity,
      tf.stopGradient,
      tf.zerosLike,
      tf.nn.elu,
      (x: T) => tf.sign(x.add(OFF)),
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
  (m, x) => {
    const sides: [number, number][] = [
      [0, 0],
      [0, 1],
    ];
    return tf.reverse(tf.pad(x, sides, m.of(['CONSTANT', 'SYMMETRIC'] as const)), [1]);
  },
  (_, x) => tf.stridedSlice(x, [0, -1], [3, -4], [1, -2]),
  (m, x) => tf.gather(x, tf.constant([m.int(0, 2), 1, 0], tf.int32)),
  (_, x) => tf.stack(tf.unstack(tf.slice(x, [0, 0], [3, -1]), { num: 3 })),
  (m, x) => tf.where(tf.less(x, m.beside(x).add(OFF)), x, tf.zerosLike(x)),
  (_, x) => tf.cast(tf.cast(tf.floor(tf.where(tf.isFinite(x), x.add(OFF), tf.zerosLike(x))), tf.int64), tf.float32),
  (m, x) => tf.nn.biasAdd(x, tf.reduceMean(m.beside(x), 0)),
  (m, x) => tf.nn.dropout(x, 0.5, { seed: m.int(1, 9) }),
  (m, x) => tf.controlDependencies([m.any()], () => tf.add(x, tf.constant(m.int(0, 1)))),
  // Strings: constants that look like numbers or like lists, joined and compared.
  (m, x) => {
    const word = (): T => tf.constant(m.of(['a', '0', ' ', '', 'a,b', '1e3', 'nan']));
    const chosen = tf.where(
      tf.less(x, m.beside(x).add(OFF)),
      tf.fill(tf.shape(x), word()),
      tf.fill(tf.shape(x), word()),
    );
    const joined = chosen.add(word()).add(word());
    m.others.push(joined);
    return tf.cast(tf.equal(tf.transpose(tf.transpose(joined)), chosen.add(word())), tf.float32);
  },
  // Integers beyond 2^53 and products beyond 2^31.
  (m, x) => {
    const finite = tf.where(tf.isFinite(x), x, tf.zerosLike(x));
    const whole = tf.floor(tf.clipByValue(finite, -4, 4).mul(8).add(OFF));
    const wide = tf
      .cast(whole, tf.int64)
      .mul(tf.constant(m.of([9007199254740993n, 3n, -1n]), tf.int64))
      .add(tf.constant(m.int(0, 5), tf.int64));
    const product = tf.cumprod(tf.cast(whole, tf.int32).mul(123457).add(1), m.of([0, 1]));
    m.others.push(wide, tf.reduceSum(wide, m.of([0, 1])), product);
    return tf.cast(tf.floormod(wide.add(tf.cast(product, tf.int64)), tf.constant(7, tf.int64)), tf.float32);
  },
  (m, x) => {
    const small = tf
      .cast(tf.tanh(x), tf.float16)
      .mul(half(m.of([0.5, 0.3, 1])))
      .add(half(0.1));
    m.others.push(small);
    return tf.cast(small, tf.float32);
  },
  // An index that a run may find outside.
  (m, x) => {
    m.index ??= tf.placeholder(tf.int32, [3]);
    return m.of([() => tf.gather(x, m.index!), () => tf.where(tf.greater(x, OFF), x, tf.gather(x, m.index!))])();
  },
];

export interface Made {
  readonly nodes: number;
  readonly variables: readonly tf.Variable[];
  readonly fetches: readonly T[];
  readonly train: tf.Operation | null;
  readonly feeds: readonly [Feed, Feed];
  /** Feeds with which each run fails, where there are such. */
  readonly bad: Feed | null;
}
/** The graph of a seed, in the default graph. */
export function make(seed: number): Made {
  const maker = new Maker(stream(seed));
  tf.setRandomSeed(seed);
  const steps = maker.int(4, 20);
  const updates = maker.random() < 0.5 ? [maker.int(1, steps), maker.int(1, steps)] : [];
  for (let k = 1; k <= steps; k++) {
    maker.step();
    if (updates.includes(k)) maker.here(() => maker.update(maker.any()));
  }
  return maker.here(() => finish(maker));
}
function finish(maker: Maker): Made {
  const loss = tf.reduceMean(tf.square(maker.tensors[maker.tensors.length - 1]));
  const dense = (g: T | tf.IndexedSlices | null): T[] => (g ? [tf.convertToTensor(g)] : []);
  const gradients = tf.gradients(loss, [...maker.fed, ...maker.variables]).flatMap(dense);
  const trained = maker.variables.filter((v) => tf.gradients(loss, v)[0]);
  const optimizer = maker.of([
    new tf.train.GradientDescentOptimizer(0.1),
    new tf.train.MomentumOptimizer(0.1, 0.9),
    new tf.train.AdagradOptimizer(0.1),
  ]);
  const fetches = [...maker.tensors.slice(-2), maker.any(), maker.any(), ...maker.others, loss, ...gradients];
  const train = trained.length ? optimizer.minimize(loss, { varList: trained }) : null;
  const feed = (index: readonly number[]): Feed => [
    ...maker.fed.map((x) => [x, maker.array([3, x.shape.at(1)!])] as const),
    ...(maker.index ? [[maker.index, new tf.NDArray(tf.int32, [3], Int32Array.from(index))] as const] : []),
  ];
  const feeds = [feed([1, 2, 0]), feed([0, 0, 2])] as const;
  return {
    nodes: tf.getDefaultGraph().getOperations().length,
    variables: maker.variables,
    fetches: [...new Set(fetches)],
    train,
    feeds: [feeds[0], feeds[1]],
    bad: maker.index && feed([0, maker.of([3, -1, 700]), 1]),
  };
}
