/**
 * Feeds that cost no copy: arrays that are promised to stay as they are, and fetched ones that nobody has looked into.
 */
import * as tf from '../../src';
import { devices } from '../sweep';
import { N, filled, first, handedOver } from './large-arrays';

beforeEach(() => tf.resetDefaultGraph());

describe.each(devices())('on the $title device', ({ device }) => {
  const session = (): tf.Session => new tf.Session('', { config: { device, placement: 'device', advice: false } });
  const doubled = (): { x: tf.Tensor; y: tf.Tensor } => {
    const x = tf.placeholder(tf.float32, [null, N], { name: 'x' });
    return { x, y: x.mul(2) };
  };

  test('an array with write: false is copied twice at most, however often it is fed', () => {
    const { x, y } = doubled();
    using sess = session();
    const array = filled(1).setflags({ write: false });
    for (let i = 0; i < 3; i++) expect(first(sess.run(y, [[x, array]]))).toBe(2);
    const other = tf.placeholder(tf.float32, [N, N]);
    const again = (): void => {
      expect(first(sess.run(y, [[x, array]]))).toBe(2);
      expect(first(sess.run(other.add(1), [[other, array]]))).toBe(2);
    };
    if (device === 'native') expect(handedOver(sess.device, again)).toBe(0);
    else {
      (array.data as Float32Array).fill(5); // which breaks the promise: it shows that nothing is read any more
      again();
    }
  });
  test('write: true has it copied anew', () => {
    const { x, y } = doubled();
    using sess = session();
    const array = filled(1).setflags({ write: false });
    for (let i = 0; i < 3; i++) sess.run(y, [[x, array]]);
    (array.setflags({ write: true }).data as Float32Array).fill(5);
    expect(first(sess.run(y, [[x, array]]))).toBe(10);
    array.setflags({ write: false });
    for (let i = 0; i < 3; i++) expect(first(sess.run(y, [[x, array]]))).toBe(10);
  });
  test('any other array is read at every feed', () => {
    const { x, y } = doubled();
    using sess = session();
    const array = filled(1);
    for (let i = 1; i < 6; i++) {
      (array.data as Float32Array).fill(i);
      expect(first(sess.run(y, [[x, array]]))).toBe(2 * i);
      expect(first(sess.run(y, [[x, array.data as Float32Array]]))).toBe(2 * i);
    }
  });
  test('of another dtype it is converted once', () => {
    const { x, y } = doubled();
    using sess = session();
    const array = new tf.NDArray(tf.uint8, [N, N], new Uint8Array(N * N).fill(3)).setflags({ write: false });
    for (let i = 0; i < 3; i++) expect(first(sess.run(y, [[x, array]]))).toBe(6);
    (array.data as Uint8Array).fill(5);
    expect(first(sess.run(y, [[x, array]]))).toBe(6);
    (array.setflags({ write: true }).data as Uint8Array).fill(4);
    expect(first(sess.run(y, [[x, array]]))).toBe(8);
  });
  test('two sessions each have their copy, and closing one leaves the other', () => {
    const { x, y } = doubled();
    using one = session();
    const before = one.device.tensorsAlive();
    const two = session();
    const array = filled(1).setflags({ write: false });
    for (let i = 0; i < 3; i++) for (const sess of [one, two]) sess.run(y, [[x, array]]);
    two.close();
    expect(first(one.run(y, [[x, array]]))).toBe(2);
    one.close();
    expect(one.device.tensorsAlive()).toBe(before);
  });
  // In a process of its own: in jest's, Node leaves out finalizers after the first test files.
  test('a constant that is fed once is not kept', () => {
    const { x, y } = doubled();
    using sess = session();
    const total = tf.reduceSum(y);
    sess.run(total, [[x, filled(1)]]);
    const before = sess.device.tensorsAlive();
    for (let i = 0; i < 10; i++) sess.run(total, [[x, filled(i).setflags({ write: false })]]);
    expect(sess.device.tensorsAlive()).toBe(before);
  });
  test('what was made of a feed stays as it was when the fed array is written to', () => {
    const { x } = doubled();
    const parts = [
      tf.reshape(x, [-1, 2 * N]),
      tf.slice(x, [0, 0], [150, N]),
      x.get([0, 150]),
      tf.squeeze(tf.expandDims(x, 0)),
      tf.transpose(tf.transpose(x)),
    ];
    const variables = parts.map(() => new tf.Variable(tf.zeros([1]), { validateShape: false }));
    const set = parts.map((part, i) => tf.assign(variables[i], part, { validateShape: false }).op);
    const back = tf.placeholder(tf.float32, null);
    const same = back.add(0);
    for (const placement of ['device', 'auto'] as const) {
      using sess = new tf.Session('', { config: { device, placement, advice: false } });
      sess.run(tf.globalVariablesInitializer());
      for (let i = 1; i <= 48; i++) {
        // TensorFlow computes in an array's own memory where that lies on a boundary of 64 bytes.
        const raw = new Float32Array(new ArrayBuffer(4 * N * N + 64), 16 * (i % 4), N * N).fill(i);
        const [fetched] = sess.run([parts, set], [[x, raw]]) as [tf.NDArray[], null[]];
        raw.fill(-1);
        expect(variables.map((v) => first(sess.run(v)))).toEqual(parts.map(() => i));
        expect(fetched.map((part) => first(sess.run(same, [[back, part]])))).toEqual(parts.map(() => i));
      }
    }
  });
});

test("flags are NumPy's", () => {
  const array = filled(1);
  expect(array.flags.writeable).toBe(true);
  expect(array.setflags({ write: false })).toBe(array);
  expect(array.flags.writeable).toBe(false);
  expect(array.reshape([N * N]).flags.writeable).toBe(false);
  expect(array.setflags({ write: true }).flags.writeable).toBe(true);
});
