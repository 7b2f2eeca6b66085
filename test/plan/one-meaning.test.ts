/**
 * A program means the same in its first run, in the plan that the third run gets, and as a whole graph: values to the
 * bit, and errors. Each program runs beside others, so that there is a whole graph to compile.
 */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { devices } from '../sweep';
import { PROGRAMS, type Program, fed } from './programs';

function text(fetched: readonly unknown[]): string {
  const one = (v: unknown): unknown =>
    typeof v === 'string' ? v : Object.is(v, -0) ? '-0' : String(v as number | bigint | boolean);
  return JSON.stringify(fetched.map((v) => (v instanceof NDArray ? [...v.data].map(one) : one(v))));
}
function outcome(run: () => readonly unknown[]): string {
  try {
    return text(run());
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.split('\n')[0]}`;
  }
}
/** What the program gives in its first, fourth and fortieth run, beside other nodes. */
function outcomes(make: () => Program, device: string): { gives: string; got: string[] } {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const { fetches, feeds = [], gives } = make();
    const beside = fed(tf.float32, [4, 4]);
    const others = [tf.tanh(tf.matmul(beside, beside)).add(tf.sigmoid(beside))];
    const sess = new tf.Session('', { graph, config: { device, advice: false } });
    const got: string[] = [];
    for (let i = 1; i <= 40; i++) {
      const run = (): readonly unknown[] =>
        sess.run([...fetches, ...others], [...feeds, [beside, new Float32Array(16).fill(0.5)]]).slice(0, -1);
      const now = outcome(run);
      if ([1, 4, 40].includes(i)) got.push(now);
    }
    sess.close();
    return { gives, got };
  });
}

describe.each(devices())('on $title', ({ device }) => {
  test.each(Object.entries(PROGRAMS))('%s', (_, make) => {
    const { gives, got } = outcomes(make, device);
    expect(got).toEqual([1, 4, 40].map(() => (gives.startsWith('[') ? gives : expect.stringContaining(gives))));
  });
});

test('a ring of edges is an error that names it', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const [a, b] = [tf.noOp({ name: 'a' }), tf.noOp({ name: 'b' })];
    a.addControlInput(b);
    b.addControlInput(a);
    const apart = tf.constant(1);
    const sess = new tf.Session('', { graph, config: { advice: false } });
    expect(() => sess.run(a)).toThrow(/^Graph is invalid, contains a cycle with 2 nodes, including: a, b\n/);
    expect(() => sess.run(a)).toThrow(tf.errors.InvalidArgumentError);
    expect(sess.run(apart)).toBe(1);
    sess.close();
  });
});
