/** Devices that are added: one without any kernel, one with a kernel of its own, and names that nobody knows. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { float32 } from '../../src/base/dtype';
import { openDevice, registerDevice, registeredDevices } from '../../src/kernels/devices';
import { type Device, Value } from '../../src/kernels/kernel';

/** Everything is done by the host: values have no copy elsewhere. */
function hostOnly(kind: string): Device {
  return {
    kind,
    overhead: 0,
    kernelFor: () => null,
    read: (value) => value.data!,
    upload: () => {},
    free: () => {},
    reshape: () => null,
    tensorsAlive: () => 0,
  };
}

/** The tutorial's step: the costs of its first steps, beside those that TensorFlow 1.15 was recorded to have. */
function tutorial(device: string, steps: number): { costs: number[]; want: number[] } {
  const file = path.join(__dirname, '..', 'fixtures', 'tutorial.json');
  const recorded = JSON.parse(readFileSync(file, 'utf8')) as { sgd: { costs: number[] } };
  return new tf.Graph().asDefault((graph) => {
    tf.setRandomSeed(1);
    const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
    const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
    const W1 = new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' });
    const b1 = new tf.Variable(tf.zeros([100]), { name: 'b1' });
    const W2 = new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }), { name: 'W2' });
    const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });
    const hidden = tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1).add(b1));
    const logits = tf.matmul(hidden, W2).add(b2);
    const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
    tf.reduceMean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.argmax(Y, 1)), tf.float32));
    const step = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
    const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true, seed: 1 });
    using sess = new tf.Session('', { graph, config: { device } });
    sess.run(tf.globalVariablesInitializer());
    expect(sess.device.kind).toBe(device);
    const costs = Array.from({ length: steps }, () => {
      const [images, labels] = mnist.train.nextBatch(100);
      return sess.run([step, cost], { [X.name]: images, [Y.name]: labels })[1] as number;
    });
    return { costs, want: recorded.sgd.costs.slice(0, steps) };
  });
}

test("the tutorial's step runs on a device that has no kernel at all", () => {
  const remove = registerDevice({ kind: 'plain', open: () => hostOnly('plain') });
  try {
    expect(registeredDevices()).toEqual(['native', 'portable', 'plain']);
    const { costs, want } = tutorial('plain', 6);
    costs.forEach((cost, i) => expect(Math.abs(cost - want[i])).toBeLessThan(1e-4));
  } finally {
    remove();
  }
});
test("a device's own kernel is taken, and the host does the rest", () => {
  let calls = 0;
  const device: Device = {
    ...hostOnly('counting'),
    kernelFor: ({ type }) =>
      type !== 'Relu'
        ? null
        : ([x]) => {
            calls++;
            return [
              new Value(
                float32,
                x.shape,
                (x.read() as Float32Array).map((v) => Math.max(v, 0)),
              ),
            ];
          },
  };
  const remove = registerDevice({ kind: 'counting', open: () => device });
  try {
    const graph = new tf.Graph();
    const y = graph.asDefault(() => tf.nn.relu(tf.constant([-1, 2])).add(1));
    using sess = new tf.Session('', { graph, config: { device: 'counting', placement: 'device' } });
    expect((sess.run(y) as tf.NDArray).toArray()).toEqual([1, 3]);
    expect(calls).toBe(1);
  } finally {
    remove();
  }
});
test('a device is opened once, and a second one of its name refused', () => {
  let opened = 0;
  const row = {
    kind: 'once',
    open() {
      opened++;
      return hostOnly('once');
    },
  };
  const remove = registerDevice(row);
  try {
    expect(openDevice('once')).toBe(openDevice('once'));
    expect(opened).toBe(1);
    expect(() => registerDevice(row)).toThrow("A device 'once' is registered already.");
  } finally {
    remove();
  }
});
test('a name that nobody registered is told with those that are there', () => {
  const names = (): string => {
    try {
      return openDevice('gpu').kind;
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    }
  };
  expect(names()).toContain("ValueError: Unknown device 'gpu' in config.device: it is 'native' or 'portable'.");
  const remove = registerDevice({ kind: 'mine', open: () => hostOnly('mine') });
  try {
    expect(names()).toContain("it is 'native', 'portable' or 'mine'.");
  } finally {
    remove();
  }
  expect(() => openDevice('mine')).toThrow("Unknown device 'mine'");
});
test('TFJS_SESSION_DEVICE names a device as the configuration does, and an unknown one is told as its own', () => {
  const before = process.env['TFJS_SESSION_DEVICE'];
  const remove = registerDevice({ kind: 'mine', open: () => hostOnly('mine') });
  try {
    process.env['TFJS_SESSION_DEVICE'] = 'mine';
    expect(openDevice().kind).toBe('mine');
    process.env['TFJS_SESSION_DEVICE'] = 'tpu';
    expect(() => openDevice()).toThrow("Unknown device 'tpu' in TFJS_SESSION_DEVICE");
  } finally {
    remove();
    if (before === undefined) delete process.env['TFJS_SESSION_DEVICE'];
    else process.env['TFJS_SESSION_DEVICE'] = before;
  }
});
