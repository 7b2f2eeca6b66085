/** Gradients of constructs beside differences of their values: what rows are, and how one is checked. */
import * as tf from '../../src';
import { flatten } from '../../src/flow/structure';
import { type Mode, open } from '../devices';

/** What version 1's loops say of second derivatives. */
export const LOOP = /^Second-order gradient for while loops not supported/;
/** What is said of ops without a gradient. */
export const NONE = /^No gradient defined for operation/;
export interface Row {
  /** What is differentiated: of two tensors, of [2] each where `shape` says nothing else, and of variables. */
  readonly y: (x: tf.Tensor, w: tf.Tensor) => unknown;
  readonly shape?: readonly number[];
  /** float64 where its kernels take that. */
  readonly dtype?: tf.DType;
  /** Second derivatives: there (as mostly), none, or an error that says so. */
  readonly second?: boolean | RegExp;
}
export type Rows = Readonly<Record<string, Row>>;
/** Builds branches and loops that are functions. */
export function functional<T>(build: () => T): T {
  tf.enableControlFlowV2();
  try {
    return build();
  } finally {
    tf.disableControlFlowV2();
  }
}
/** Numbers between -1 and 1, far from each other and from zero. */
function numbers(size: number, at: number): number[] {
  return Array.from({ length: size }, (_, i) => {
    const v = Math.sin(3 * i + 7 * at + 1);
    return v + (v < 0 ? -0.1 : 0.1);
  });
}
const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
/** A sum of all elements, each times a number of its own. */
function weighed(ys: readonly tf.Tensor[], at: number): tf.Tensor {
  const sums = ys.map((y, k): tf.Tensor => {
    const flat = tf.reshape(y, [-1]);
    const places = tf.cast(tf.range(tf.size(flat)), y.dtype);
    return tf.reduceSum(flat.mul(tf.sin(places.mul(1.7).add(k + at))));
  });
  return tf.addN(sums) as tf.Tensor;
}
/** What is moved: a placeholder by what it is fed, a variable by what is loaded. */
interface Moved {
  readonly by: tf.Tensor | tf.Variable;
  readonly at: readonly number[];
  readonly direction: readonly number[];
  readonly shape: readonly number[];
}
class Check {
  private readonly moved: Moved[] = [];
  constructor(
    private readonly sess: tf.Session,
    private readonly dtype: tf.DType,
  ) {}
  add(by: tf.Tensor | tf.Variable, at: readonly number[]): void {
    const direction = numbers(at.length, 30 + this.moved.length);
    this.moved.push({ by, at, direction, shape: by.shape.dims as number[] });
  }
  private array({ shape, direction, at }: Moved, step: number): tf.NDArray {
    const data = at.map((v, i) => v + step * direction[i]);
    const array = this.dtype === tf.float64 ? Float64Array.from(data) : Float32Array.from(data);
    return new tf.NDArray(this.dtype, shape, array);
  }
  /** The value of `y` where one of them is moved by a step. */
  value(y: tf.Tensor, which = -1, step = 0): number {
    const feeds: [tf.Tensor, tf.NDArray][] = [];
    this.moved.forEach((each, i) => {
      const array = this.array(each, i === which ? step : 0);
      if (each.by instanceof tf.Variable) each.by.load(array as never, this.sess);
      else feeds.push([each.by, array]);
    });
    return Number(this.sess.run(y, feeds));
  }
  /** The gradients of `y`, each along its direction; null where there is none. */
  along(y: tf.Tensor): (tf.Tensor | null)[] {
    const found = tf.gradients(
      y,
      this.moved.map(({ by }) => by),
    );
    return found.map((g, i) => {
      if (g === null) return null;
      const { direction, shape } = this.moved[i];
      return tf.reduceSum(tf.convertToTensor(g).mul(tf.constant([...direction], { dtype: this.dtype, shape })));
    });
  }
  /** Each derivative of `y` beside a difference of its values; how many were there. */
  agrees(y: tf.Tensor): number {
    const [step, near] = this.dtype === tf.float64 ? [1e-5, 1e-6] : [3e-3, 2e-2];
    const derivatives = this.along(y);
    derivatives.forEach((derivative, i) => {
      const difference = (this.value(y, i, step) - this.value(y, i, -step)) / (2 * step);
      const symbolic = derivative ? this.value(derivative) : 0;
      if (!(Math.abs(symbolic - difference) <= near * Math.max(1, Math.abs(difference))))
        throw new Error(`${this.moved[i].by.name}: the graph has ${symbolic}, differences give ${difference}`);
    });
    return derivatives.filter((d) => d !== null).length;
  }
  /** The same of first derivatives. */
  agreesTwice(y: tf.Tensor): number {
    const first = this.along(y).filter((d) => d !== null);
    return this.agrees(tf.addN(first.map((d, i) => d.mul(i + 0.5))));
  }
}
/** In a graph of its own: a loop that was differentiated before says more when it is differentiated again. */
function inGraph(
  { y: build, shape = [2], dtype = tf.float64 }: Row,
  mode: Mode,
  does: (check: Check, y: tf.Tensor) => void,
): void {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    tf.setRandomSeed(5);
    const given = ['x', 'w'].map((name) => tf.placeholder(dtype, shape, { name }));
    const ys = (flatten(build(given[0], given[1])) as tf.Tensor[]).filter((y) => y.dtype === dtype);
    const y = weighed(ys, 0.4);
    const sess = open(graph, mode);
    const check = new Check(sess, dtype);
    given.forEach((x, i) => check.add(x, numbers(sizeOf(shape), i)));
    tf.trainableVariables().forEach((v, i) => check.add(v, numbers(sizeOf(v.shape.dims as number[]), 2 + i)));
    sess.run(tf.globalVariablesInitializer());
    does(check, y);
    sess.close();
  });
}
export function checkRow(row: Row, mode: Mode): void {
  inGraph(row, mode, (check, y) => expect(check.agrees(y)).toBeGreaterThan(0));
  const { second = true } = row;
  if (second)
    inGraph(row, mode, (check, y) => {
      if (second === true) expect(check.agreesTwice(y)).toBeGreaterThan(0);
      else expect(() => check.agreesTwice(y)).toThrow(second);
    });
}
