/** Locks: what `tf.CriticalSection` of TensorFlow's clients writes. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { devices, open } from '../devices';

const mutexNamed = (shared: string): tf.Tensor => applyOp('MutexV2', [], { shared_name: shared }).outputs[0];
/** What CriticalSection.execute makes: the lock, what is done while it is held, and its end. */
function execute(mutex: tf.Tensor, body: () => tf.Tensor): tf.Tensor {
  const lock = applyOp('MutexLock', [mutex]);
  const result = tf.controlDependencies([lock], body);
  const end = tf.controlDependencies([result.op], () => applyOp('ConsumeMutexLock', [lock.outputs[0]]));
  return tf.controlDependencies([end], () => tf.identity(result));
}

for (const mode of devices()) {
  test(`one at a time alone reads and writes on ${mode.title}`, () => {
    const graph = new tf.Graph();
    const [outs, start] = graph.asDefault(() => {
      const v = new tf.Variable(0, { useResource: true, dtype: tf.float32 });
      const mutex = mutexNamed('m');
      const step = (): tf.Tensor => {
        const x = v.readValue();
        return tf.controlDependencies([x.op], () => tf.identity(tf.assign(v, x.mul(2).add(1))));
      };
      return [Array.from({ length: 5 }, () => execute(mutex, step)), v.initializer] as const;
    });
    const sess = open(graph, mode);
    const before = sess.device.tensorsAlive();
    sess.run(start);
    for (const first of [1, 63, 2047]) {
      const got = (sess.run([...outs]) as number[]).sort((a, b) => a - b);
      expect(got).toEqual(got.map((_, i) => (first + 1) * 2 ** i - 1));
    }
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
  });
  test(`a lock is free again behind a step that fails on ${mode.title}`, () => {
    const graph = new tf.Graph();
    const [out, x] = graph.asDefault(() => {
      const given = tf.placeholder(tf.float32, []);
      const mutex = mutexNamed('m');
      return [execute(mutex, () => tf.checkNumerics(given, 'said')), given] as const;
    });
    const sess = open(graph, mode);
    for (let i = 0; i < 3; i++) {
      expect(() => sess.run(out, { [x.name]: NaN })).toThrow('said');
      expect(sess.run(out, { [x.name]: i })).toBe(i);
    }
    sess.close();
  });
  test(`a lock that nobody frees is waited for, and told of, on ${mode.title}`, () => {
    const graph = new tf.Graph();
    const inner = graph.asDefault(() => {
      const mutex = mutexNamed('m');
      return execute(mutex, () => execute(mutex, () => tf.constant(1)));
    });
    const sess = open(graph, mode);
    expect(() => sess.run(inner)).toThrow("the lock 'm'");
    sess.close();
  });
}
test('what is no lock is refused', () => {
  new tf.Graph().asDefault(() => {
    const none = applyOp('OptionalNone', []).outputs[0];
    const sess = new tf.Session();
    expect(() => sess.run(applyOp('ConsumeMutexLock', [none]))).toThrow('Expected input to contain a lock.');
    sess.close();
  });
});
