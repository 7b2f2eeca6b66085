import * as tf from '../../src';
import { elementsOf } from '../../src/base/ndarray';
import { residentMemory } from '../garbage';
import { isLong } from '../all';
import { devices } from '../sweep';
import { N, filled, first, handedOver } from './large-arrays';

beforeEach(() => tf.resetDefaultGraph());

describe.each(devices())('fetched arrays on the $title device', ({ device }) => {
  const session = (): tf.Session => new tf.Session('', { config: { device, placement: 'device', advice: false } });
  const doubled = (): { x: tf.Tensor; y: tf.Tensor } => {
    const x = tf.placeholder(tf.float32, [null, N], { name: 'x' });
    return { x, y: x.mul(2) };
  };

  test('a fetched array that nobody has looked into is fed back without a copy', () => {
    const { x, y } = doubled();
    using sess = session();
    const one = sess.run(y, [[x, filled(1)]]) as tf.NDArray;
    const two = sess.run(y, [[x, one]]) as tf.NDArray;
    const again = (): void => expect(first(sess.run(y, [[x, two]]))).toBe(8);
    if (device === 'native') expect(handedOver(sess.device, again)).toBe(0);
    else {
      (elementsOf(two) as Float32Array).fill(100); // which nobody can do from outside
      again();
    }
  });
  test('what is written to a fetched array is what is fed', () => {
    const { x, y } = doubled();
    using sess = session();
    let state = filled(1);
    for (let i = 0; i < 5; i++) {
      state = sess.run(y, [[x, state]]) as tf.NDArray;
      state.data[0] = i + 1;
      expect(state.item()).toBe(i + 1);
      const next = sess.run(y, [[x, state]]) as tf.NDArray;
      expect([next.item(0), next.item(1)]).toEqual([2 * (i + 1), 2 ** (2 * i + 2)]);
      state = next;
    }
  });
  test('its elements stay its own after it was fed back', () => {
    const { x } = doubled();
    using sess = session();
    const same = tf.reshape(tf.identity(x), [-1, N]);
    // A device may hand its memory on: writing into one must not show in the other.
    for (let i = 0; i < 20; i++) {
      const one = sess.run(same, [[x, filled(1)]]) as tf.NDArray;
      const two = sess.run(same, [[x, one]]) as tf.NDArray;
      (one.data as Float32Array).fill(7);
      expect(first(sess.run(x.add(0), [[x, two]]))).toBe(1);
      (two.data as Float32Array).fill(9);
      expect([one.item(), first(sess.run(x.add(0), [[x, one]])), first(sess.run(x.add(0), [[x, two]]))]).toEqual([
        7, 7, 9,
      ]);
    }
  });
  test('it may be fed to another session, on another graph, and after its own is closed', () => {
    const { x, y } = doubled();
    const sess = session();
    let state = filled(1);
    for (let i = 0; i < 3; i++) state = sess.run(y, [[x, state]]) as tf.NDArray;
    using other = session();
    expect(first(other.run(y, [[x, state]]))).toBe(16);
    sess.close();
    expect(first(other.run(y, [[x, state]]))).toBe(16);
    tf.resetDefaultGraph();
    const z = tf.placeholder(tf.float32, [N, N]);
    const sum = z.add(1);
    using third = session();
    for (let i = 0; i < 4; i++) expect(first(third.run(sum, [[z, state]]))).toBe(9);
    expect(state.item()).toBe(8);
  });
  test('a fetched variable is updated in place all the same', () => {
    const v = new tf.Variable(tf.ones([N, N]));
    const step = tf.assignAdd(v, tf.ones([N, N]));
    using sess = session();
    sess.run(tf.globalVariablesInitializer());
    const seen: tf.NDArray[] = [];
    for (let i = 0; i < 4; i++) {
      seen.push(sess.run(v) as tf.NDArray);
      sess.run(step.op);
    }
    expect(seen.map((a) => a.item())).toEqual([1, 2, 3, 4]);
    expect(first(sess.run(v))).toBe(5);
  });
  test('memory is flat over rounds of fetching and feeding', () => {
    const rounds = isLong ? 2000 : 500;
    const { x } = doubled();
    const next = x.mul(0.5).add(1);
    using sess = new tf.Session('', { config: { device, advice: false } });
    let state = filled(0);
    let [alive, resident] = [0, 0];
    for (let i = 0; i < rounds; i++) {
      state = sess.run(next, [[x, state]]) as tf.NDArray;
      if (i % 3 === 0) void state.data;
      if (i === rounds / 5) [alive, resident] = [sess.device.tensorsAlive(), residentMemory()];
    }
    expect(state.item()).toBeCloseTo(2);
    expect(sess.device.tensorsAlive()).toBeLessThanOrEqual(alive + 2);
    // One array of 160 kB per round would be 320 MB in the long round; a short one says less than garbage does.
    if (isLong) expect(residentMemory() - resident).toBeLessThan(125e6);
  });
});
