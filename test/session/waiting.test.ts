/** Runs that wait: for kernels that give promises, and for feeds that come late. */
import * as tf from '../../src';
import { float32 } from '../../src/base/dtype';
import { loadHostKernels, openDevice } from '../../src/kernels/devices';
import { type StatefulTable, Value } from '../../src/kernels/kernel';
import { registerStatefulKernels, statefulKernel } from '../../src/kernels/registry';
import { Resources } from '../../src/kernels/resources';
import { SessionTensors } from '../../src/kernels/session-tensors';
import { layOut } from '../../src/plan/layout';
import { prune } from '../../src/plan/prune';
import type { Layout } from '../../src/plan/step';
import { begin, interpret } from '../../src/session/executor';
import { OneRun } from '../../src/session/one-run';
import { devices } from '../sweep';

/** What Copy, which has no kernel of its own here, waits for. */
interface Gate {
  open(): void;
  fail(error: Error): void;
  readonly input: number;
  readonly signal: AbortSignal;
}
let gates: Gate[] = [];
beforeAll(() => {
  loadHostKernels();
  expect(statefulKernel('Copy')).toBeUndefined();
  const table: StatefulTable = {
    Copy: {
      mayWait: true,
      make:
        () =>
        ([x], _, { signal }) =>
          new Promise((resolve, reject) => {
            gates.push({
              input: Number(x.read()[0]),
              signal,
              fail: reject,
              open: () => resolve([x.retain()]),
            });
          }),
    },
  };
  registerStatefulKernels({ keys: 'Copy', table: () => table });
});
beforeEach(() => {
  gates = [];
  tf.resetDefaultGraph();
});
const waiting = (x: tf.TensorLike, name = 'Copy'): tf.Tensor =>
  tf.getDefaultGraph().createOp('Copy', [tf.convertToTensor(x)], [tf.float32], { T: tf.float32 }, name).outputs[0];
/** Lets what is settled be noticed. */
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe.each(devices())('a run that waits, on $title', ({ device }) => {
  const session = (): tf.Session => new tf.Session('', { config: { device, advice: false } });

  test('runAsync waits, and runs meanwhile what does not', async () => {
    const [x, v] = [tf.placeholder(tf.float32, []), new tf.Variable(0)];
    const sum = tf.add(waiting(x), waiting(tf.multiply(x, 10)));
    const count = v.assignAdd(1);
    const sess = session();
    sess.run(tf.globalVariablesInitializer());
    const before = sess.device.tensorsAlive();
    const result = sess.runAsync([sum, count], { [x.name]: 3 });
    await soon();
    expect(gates.map((g) => g.input)).toEqual([3, 30]);
    expect(sess.run(v)).toBe(1);
    gates[1].open();
    await soon();
    gates[0].open();
    expect(await result).toEqual([33, 1]);
    expect(gates[0].signal.aborted).toBe(true);
    expect(sess.device.tensorsAlive()).toBe(before);
    sess.close();
  });
  test('run says what it would wait for, and goes on afterwards', () => {
    const y = tf.add(waiting(1, 'gate'), 1);
    const sess = session();
    expect(() => sess.run(y)).toThrow(/^The run would have to wait for 'gate' \(op type: Copy\)/);
    expect(() => sess.run(y)).toThrow(tf.errors.FailedPreconditionError);
    expect(() => sess.run(y)).toThrow('await sess.runAsync(fetches, feeds)');
    gates[0].open();
    expect(sess.run(tf.constant(5))).toBe(5);
    sess.close();
  });
  test('two runs wait side by side', async () => {
    const x = tf.placeholder(tf.float32, []);
    const y = waiting(x).mul(2);
    const sess = session();
    const results = [1, 2].map((n) => sess.runAsync(y, { [x.name]: n }));
    await soon();
    gates[1].open();
    expect(await results[1]).toBe(4);
    gates[0].open();
    expect(await results[0]).toBe(2);
    sess.close();
  });
  test('its plan stays while it waits, though many others come', async () => {
    const x = tf.placeholder(tf.float32, [100, 100]);
    // A constant that is on the device from then on.
    const y = tf.matmul(
      waiting(tf.matmul(x, tf.fill([100, 100], 2))),
      tf.constant(new Array(10_000).fill(3), null, [100, 100]),
    );
    const sess = session();
    const before = sess.device.tensorsAlive();
    const result = sess.runAsync(y, { [x.name]: new Float32Array(10_000).fill(1) });
    await soon();
    for (let i = 0; i < 300; i++) expect(sess.run(tf.constant(i))).toBe(i);
    gates[0].open();
    expect(await result).toMatchObject({ data: new Float32Array(10_000).fill(60_000) });
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
  });
  test('an error of a kernel that waited names its node', async () => {
    const sess = session();
    const result = sess.runAsync(waiting(1, 'gate').add(1));
    await soon();
    gates[0].fail(new tf.errors.OutOfRangeError(null, 'nothing is left'));
    await expect(result).rejects.toThrow('nothing is left');
    sess.close();
  });
  test('a signal, a timeout and close() end it, and its kernels hear of that', async () => {
    const y = waiting(1).add(1);
    const sess = session();
    const before = sess.device.tensorsAlive();
    const abort = new AbortController();
    const first = sess.runAsync(y, null, { signal: abort.signal });
    const second = sess.runAsync(y, null, { options: new tf.RunOptions({ timeoutInMs: 5 }) });
    await soon();
    abort.abort();
    await expect(first).rejects.toThrow('Run call was cancelled');
    await expect(second).rejects.toThrow(tf.errors.DeadlineExceededError);
    const third = sess.runAsync(y);
    await soon();
    sess.close();
    await expect(third).rejects.toThrow('Session has been closed.');
    expect(gates.map((g) => g.signal.aborted)).toEqual([true, true, true]);
    for (const gate of gates) gate.open();
    await soon();
    expect(sess.device.tensorsAlive()).toBe(before);
  });
});

describe('a run as an object', () => {
  const device = openDevice(devices()[0].device);
  const run = new OneRun({
    device,
    placement: 'auto',
    resources: new Resources(),
    own: new Resources(),
    tensors: new SessionTensors(''),
  });
  const plan = (fetches: tf.Tensor[], feeds: tf.Tensor[]): Layout =>
    layOut(prune(fetches, [], feeds), feeds.length, {
      device,
      placement: 'auto',
      nodes: new Map(),
      constants: new WeakMap(),
      interpret,
    });
  const scalar = (x: number): Value => new Value(float32, [], Float32Array.of(x));
  const number = (value: Value | null): number | null => value && Number(value.read()[0]);

  test('a feed may come late, and a fetch be taken early', () => {
    const [a, b] = [tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])];
    const running = begin(plan([a.mul(2), a.add(b)], [a, b]), [scalar(3), null], run);
    expect(running.drain()).toBe('waiting');
    expect(number(running.fetch(0))).toBe(6);
    expect(running.fetch(1)).toBeNull();
    running.feed(1, scalar(4));
    expect(running.drain()).toBe('done');
    expect(number(running.fetch(1))).toBe(7);
    running.release();
  });
  test('it wakes when there is something to do, also where that was before anybody asked', async () => {
    const a = tf.placeholder(tf.float32, []);
    const running = begin(plan([waiting(a, 'gate').add(1)], [a]), [scalar(1)], run);
    expect(running.drain()).toBe('waiting');
    expect(running.waitsFor.map(({ op }) => op.name)).toEqual(['gate']);
    gates[0].open();
    await soon();
    await running.wakes;
    expect(running.drain()).toBe('done');
    expect(number(running.fetch(0))).toBe(2);
    running.release();
  });
  test('what has no late feeds and waits for nothing is done at once', () => {
    const a = tf.placeholder(tf.float32, []);
    const running = begin(plan([a.mul(2)], [a]), [scalar(3)], run);
    expect(running.waitsFor).toEqual([]);
    expect(running.drain()).toBe('done');
    expect(number(running.fetch(0))).toBe(6);
    running.release();
  });
});
