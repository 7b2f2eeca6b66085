/** Gradients of rows, and of a program's own functions, as TensorFlow's nodes. */
import * as tf from '../../src';
import { reflected } from '../../src/graph/algebra';
import { type JsonNode, fixture, graphJson, sameGraph } from '../sweep';

type Shape = (number | null)[];
type TF = typeof tf;
const STEM = 'gradients';
const x = (...shape: Shape) => tf.placeholder(tf.float32, shape, { name: 'x' });
const named = (name: string, ...shape: Shape) => tf.placeholder(tf.float32, shape, { name });
const rows = (dtype = tf.int32, name = 'i') => tf.placeholder(dtype, [null], { name });
const same = (title: string, build: (t: TF) => unknown) => sameGraph(STEM, title, build);

describe('rows', () => {
  same('gather', () => {
    const [p, i] = [named('p', 5, 2), rows()];
    expect(tf.gradients(tf.gather(p, i), p)[0]).toBeInstanceOf(tf.IndexedSlices);
  });
  same('gather twice', () => {
    const [p, i] = [named('p', 5, 2), rows()];
    tf.gradients(
      tf
        .reduceSum(tf.gather(p, i))
        .add(tf.reduceSum(tf.gather(p, tf.constant([1, 2], tf.int32, null, { name: 'GatherV2_1/indices' })))),
      p,
    );
  });
  same('gather mixed indices', () => {
    const [p, i, j] = [named('p', 5, 2), rows(), rows(tf.int64, 'j')];
    tf.gradients([tf.gather(p, i), tf.gather(p, j)], p);
  });
  same('gather and dense', () => {
    const [p, i] = [named('p', 5, 2), rows()];
    expect(tf.gradients([tf.gather(p, i), tf.exp(p)], p)[0]).toBeInstanceOf(tf.Tensor);
  });
  same('gather through an op', () => {
    const [p, i] = [named('p', 5, 2), rows()];
    tf.gradients(tf.gather(tf.exp(p), i), p);
  });
  same('gather through identity', () => {
    const [p, i] = [named('p', 5, 2), rows()];
    expect(tf.gradients(tf.gather(tf.identity(p), i), p)[0]).toBeInstanceOf(tf.IndexedSlices);
  });
});

describe('gradients of your own', () => {
  same('override', () => {
    const a = x(3);
    tf.gradients(
      tf.getDefaultGraph().gradientOverrideMap({ Sign: 'Identity' }, () => tf.sign(a)),
      a,
    );
  });
  /** As `same`, but for the name of a custom gradient, which is a counter of the process. */
  const sameButName = (title: string, build: () => unknown) =>
    test(`makes TensorFlow's graph: ${title}`, () => {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        build();
      });
      const anonymous = (nodes: readonly JsonNode[]) =>
        nodes.map((n) => ({
          ...n,
          attr: Object.fromEntries(
            Object.entries(n.attr).map(([k, v]) => [k, k === '_gradient_op_type' ? 'CustomGradient' : v]),
          ),
        }));
      expect(anonymous(graphJson(graph))).toEqual(anonymous(fixture(STEM).graphs[title]));
    });
  sameButName('custom', () => {
    const log1pexp = tf.customGradient((v: tf.Tensor) => {
      const e = tf.exp(v);
      const plusOne = reflected(1, 'add', e);
      return [
        tf.log(plusOne),
        (dy: tf.Tensor) => {
          const d = reflected(1, 'div', reflected(1, 'add', e));
          return dy.mul(reflected(1, 'sub', d));
        },
      ];
    });
    const a = x(3);
    tf.gradients(log1pexp(a) as tf.Tensor, a);
  });
  sameButName('custom two', () => {
    const both = tf.customGradient((v: tf.Tensor, w: tf.Tensor) => [
      [v.mul(w), v.add(w)],
      (d0: tf.Tensor, d1: tf.Tensor) => [d0.mul(2), d1.mul(3)],
    ]);
    const [a, b] = [x(3), named('y', 3)];
    tf.gradients(both(a, b) as tf.Tensor[], [a, b]);
  });
});
