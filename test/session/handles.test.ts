/** Tensors that stay in a session between its runs; its devices; the end of all sessions. The words are 1.15's. */
import * as tf from '../../src';
import { said } from '../said';
import { devices } from '../sweep';

const DEVICE = '/job:localhost/replica:0/task:0/device:CPU:0';

describe.each(devices())('handles of tensors, on $title', ({ device }) => {
  let sess: tf.Session;
  const open = (): tf.Session => new tf.Session('', { config: { device, advice: false } });
  const kept = (x: tf.Tensor): tf.TensorHandle => sess.run(tf.getSessionHandle(x));
  beforeEach(() => {
    tf.resetDefaultGraph();
    sess = open();
  });
  afterEach(() => sess.close());

  test('make the nodes that TensorFlow makes', () => {
    const v = new tf.Variable(1);
    sess.run(v.initializer);
    const h = tf.getSessionHandle(v.add(1));
    const handle = sess.run(h);
    expect(handle.handle).toBe(`GetSessionHandle;0;${DEVICE}`);
    expect(`${handle}`).toBe(handle.handle);
    expect([handle.eval(), handle.eval()]).toEqual([2, 2]);
    const x = tf.placeholder(tf.float32, []);
    expect(sess.run(x.mul(2), [[x, handle]])).toBe(4);
    expect(sess.run([x, x.mul(3)], [[x, handle]])).toEqual([2, 6]);
    handle.delete();
    const gone = `Persistent tensor ${handle} may have already been deleted.`;
    expect(said(() => handle.eval())).toBe(`TypeError: ${gone}`);
    expect(said(() => handle.delete())).toBe(`TypeError: ${gone}`);
    expect(said(() => sess.run(x, [[x, handle]]))).toContain(gone);
    const [holder, y] = tf.getSessionTensor(handle.handle, tf.float32);
    expect(said(() => sess.run(y, [[holder, handle.handle]]))).toContain(
      `InvalidArgumentError: The tensor with handle '${handle}' is not in the session store.`,
    );
    const [other, ints] = tf.getSessionTensor(sess.run(h), tf.int32);
    expect(said(() => sess.run(ints, [[other, sess.run(h).getRawHandle()]]))).toContain(
      'InternalError: Output 0 of type float does not match declared output type int32 for node',
    );
    const nodes = tf.getDefaultGraph().getOperations();
    expect(nodes.filter((op) => op.device === DEVICE).map((op) => [op.name, op.type])).toEqual([
      ['Placeholder', 'Placeholder'],
      ['GetSessionTensor', 'GetSessionTensor'],
      ['Placeholder_2', 'Placeholder'],
      ['DeleteSessionTensor', 'DeleteSessionTensor'],
      ['Placeholder_3', 'Placeholder'],
      ['GetSessionTensor_1', 'GetSessionTensor'],
      ['Placeholder_4', 'Placeholder'],
      ['GetSessionTensor_2', 'GetSessionTensor'],
    ]);
    expect(h.op.type).toBe('GetSessionHandle');
  });
  test('keep every dtype, beside what other runs do, and let arrays of the program go', () => {
    const array = Float32Array.from({ length: 5000 }, (_, i) => i);
    const x = tf.placeholder(tf.float32, [null]);
    const handle = sess.run(tf.getSessionHandle(x), [[x, array]]);
    array.fill(-1);
    expect((handle.eval() as tf.NDArray).data.slice(0, 3)).toEqual(Float32Array.of(0, 1, 2));
    const values = [
      tf.constant(['a', 'ß']),
      tf.constant(new BigInt64Array([2n ** 60n])),
      tf.constant([1.5], tf.float16),
      tf.constant([[true], [false]]),
      tf.cast([1], tf.complex64),
      tf.zeros([0, 3]),
    ];
    const handles = sess.run(values.map((v) => tf.getSessionHandle(v)));
    for (const [i, each] of handles.entries()) expect(each.eval()).toEqual(sess.run(values[i]));
  });
  test('name a reference by its value of then', () => {
    const v = new tf.Variable([1, 2]);
    sess.run(v.initializer);
    const handle = kept(tf.identity(v));
    sess.run(v.assign([3, 4]));
    expect((handle.eval() as tf.NDArray).toArray()).toEqual([1, 2]);
  });
  test('go round a loop, with a tensor that never leaves the session', () => {
    const [holder, state] = tf.getSessionTensor(kept(tf.zeros([1000])), tf.float32);
    const next = tf.getSessionHandle(state.add(1));
    let handle = kept(tf.zeros([1000]));
    for (let i = 0; i < 60; i++) {
      const before = handle;
      handle = sess.run(next, [[holder, before.handle]]);
      before.delete();
    }
    expect((handle.eval() as tf.NDArray).data[999]).toBe(60);
  });
  test('what is not fetched does not stay, nor what a run made that failed', () => {
    const h = tf.getSessionHandle(tf.ones([2000]).add(tf.placeholderWithDefault(1, [])));
    const bad = tf.reshape(tf.ones([2]), tf.placeholderWithDefault(tf.constant([3], tf.int32), [1]));
    sess.run(h);
    const alive = sess.device.tensorsAlive();
    for (let i = 0; i < 50; i++) {
      sess.run(h.op);
      said(() => sess.run([h, bad]));
    }
    expect(sess.device.tensorsAlive()).toBeLessThan(alive + 20);
  });
  test('of a run in parts', () => {
    const x = tf.placeholder(tf.float32, []);
    const h = tf.getSessionHandle(x.add(1));
    const run = sess.partialRunSetup([h, x.mul(2)], [x]);
    const handle = sess.partialRun(run, h, [[x, 4]]);
    expect(handle.eval()).toBe(5);
  });
  test('go with their session, and are fed to another by value', () => {
    const other = open();
    const x = tf.placeholder(tf.float32, []);
    const handle = kept(tf.constant(3));
    expect(other.run(x, [[x, handle]])).toBe(3);
    other.close();
    const before = sess.device.tensorsAlive();
    expect(before).toBeGreaterThanOrEqual(0);
    sess.close();
    expect(said(() => handle.eval())).toContain('closed Session');
  });
  test('what they cannot be made of', () => {
    expect(said(() => tf.getSessionHandle(3 as never))).toContain('TypeError: `data` must be of type Tensor.');
    expect(said(() => tf.getSessionTensor(3 as never, tf.float32))).toContain('The handle must be a string, got 3');
    const x = tf.placeholder(tf.float32, [2], { name: 'x' });
    expect(said(() => sess.run(x, [[x, kept(tf.constant([1, 2, 3]))]]))).toContain(
      "Cannot feed value of shape (3,) for Tensor 'x:0', which has shape '(2,)'",
    );
  });

  test('the devices of a session', () => {
    const [only, ...rest] = sess.listDevices();
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ name: DEVICE, deviceType: 'CPU', memoryLimitBytes: 268435456 });
    expect(`${only}`).toBe(`_DeviceAttributes(${DEVICE}, CPU, 268435456, ${only.incarnation})`);
    expect(open().listDevices()[0].incarnation).toBe(only.incarnation);
    sess.close();
    expect(said(() => sess.listDevices())).toContain('RuntimeError');
  });
  test('a reset ends all sessions of the process', () => {
    const v = new tf.Variable(1);
    const [one, two] = [sess, open()];
    for (const each of [one, two]) each.run(v.initializer);
    tf.Session.reset('');
    for (const each of [one, two])
      expect(said(() => each.run(v))).toContain('CancelledError: Session has been closed.');
    expect(said(() => one.partialRunSetup([v.add(1)], []))).toContain('Session has been closed.');
    const three = open();
    three.run(v.initializer);
    expect(three.run(v)).toBe(1);
    three.close();
    expect(said(() => tf.Session.reset('nowhere'))).toContain('No session factory registered');
  });
});
