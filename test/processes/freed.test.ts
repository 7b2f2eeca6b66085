/**
 * What is freed when nobody has it any more. In processes of their own: in jest's, Node leaves out finalizers after the
 * first test files.
 */
import { devices } from '../devices';
import { runProgram } from './program';

describe.each(devices())('on the $title device', ({ device }) => {
  test('an array that is gone leaves the device', () => {
    const script = `
      const tf = require('./src');
      const x = tf.placeholder(tf.float32, [null, 200]);
      const total = tf.reduceSum(x.mul(2));
      const sess = new tf.Session('', { config: { device: '${device}', placement: 'device', advice: false } });
      const run = (array) => sess.run(total, [[x, array]]);
      const filled = () => new tf.NDArray(tf.float32, [200, 200], new Float32Array(40000));
      run(filled());
      const before = sess.device.tensorsAlive();
      (() => { const array = filled().setflags({ write: false }); for (let i = 0; i < 3; i++) run(array); })();
      const alive = [sess.device.tensorsAlive() - before];
      (async () => {
        for (let i = 0; i < 50; i++) { gc(); await new Promise(setImmediate); }
        console.log(JSON.stringify([...alive, sess.device.tensorsAlive() - before]));
      })();`;
    const { stdout } = runProgram(script, ['--expose-gc']);
    expect(stdout).toBe('[1,0]');
  });
  test('a tensor that stays by a handle goes with the last who has that', () => {
    const script = `
      const tf = require('./src');
      const kept = tf.getSessionHandle(tf.ones([200, 200]).add(tf.placeholderWithDefault(1, [])));
      const sess = new tf.Session('', { config: { device: '${device}', placement: 'device', advice: false } });
      const keep = () => { sess.run(kept); };
      keep();
      for (let i = 0; i < 30; i++) keep();
      const last = sess.run(kept);
      const alive = sess.device.tensorsAlive();
      (async () => {
        for (let i = 0; i < 50; i++) { gc(); await new Promise(setImmediate); }
        const [freed, sum] = [alive - sess.device.tensorsAlive(), sess.run(tf.reduceSum(last.eval()))];
        console.log(JSON.stringify([freed >= 30, sum]));
      })();`;
    const { stdout } = runProgram(script, ['--expose-gc']);
    expect(stdout).toBe('[true,80000]');
  });
  test('a script that makes graphs and sessions without a break keeps none of them', () => {
    const script = `
      const tf = require('./src');
      const make = () => {
        tf.resetDefaultGraph();
        const [x, w] = [tf.placeholder(tf.float32, [null, 2]), new tf.Variable(tf.ones([2, 3]))];
        const y = tf.matmul(x, w);
        tf.gradients(y, tf.constant(1));
        const train = new tf.train.AdamOptimizer(0.1).minimize(tf.reduceMean(y));
        const sess = new tf.Session('', { config: { device: '${device}', advice: false } });
        sess.run(tf.globalVariablesInitializer());
        sess.run(train, { [x.name]: [[1, 2]] });
        sess.close();
      };
      const grown = (times) => {
        const used = () => { gc(); return process.memoryUsage().heapUsed; };
        const before = used();
        for (let i = 0; i < times; i++) make();
        return used() - before;
      };
      grown(50);
      console.log(grown(150) < 6e6);`;
    expect(runProgram(script, ['--expose-gc']).stdout).toBe('true');
  });
  test('a session that is dropped without close() frees its variables, its plans and what it kept of feeds', () => {
    const script = `
      const tf = require('./src');
      const { openDevice } = require('./src/kernels/devices');
      const x = tf.placeholder(tf.float32, [null, 200]);
      const w = new tf.Variable(tf.ones([200, 300]));
      const y = tf.reduceSum(tf.matmul(x, w).add(tf.constant(new Float32Array(300))));
      const train = new tf.train.GradientDescentOptimizer(0.1).minimize(y);
      const device = openDevice('${device}');
      const before = device.tensorsAlive();
      const use = () => {
        const sess = new tf.Session('', { config: { device: '${device}', advice: false } });
        const array = new tf.NDArray(tf.float32, [400, 200], new Float32Array(80000)).setflags({ write: false });
        sess.run(tf.globalVariablesInitializer());
        for (let i = 0; i < 40; i++) sess.run([train, y], [[x, array]]);
        return device.tensorsAlive() - before;
      };
      const alive = use();
      (async () => {
        for (let i = 0; i < 50; i++) { gc(); await new Promise(setImmediate); }
        console.log(JSON.stringify([alive > 0, device.tensorsAlive() - before]));
      })();`;
    const { stdout, stderr } = runProgram(script, ['--expose-gc']);
    expect([stdout, stderr]).toEqual(['[true,0]', '']);
  });
  test('sessions that are dropped without close() free what they held', () => {
    const code = `
    const tf = require('./src');
    const graph = new tf.Graph();
    const [v, y] = graph.asDefault(() => {
      const v = new tf.Variable(tf.zeros([1000, 1000]));
      return [v, tf.reduceSum(tf.matmul(v, v))];
    });
    const use = () => {
      const sess = new tf.Session('', { graph, config: { device: '${device}', placement: 'device', advice: false } });
      sess.run(v.initializer);
      sess.run(y);
      return sess.device;
    };
    (async () => {
      const device = use();
      const collect = async () => {
        for (let i = 0; i < 3; i++) {
          global.gc();
          await new Promise((r) => setTimeout(r, 20));
        }
      };
      await collect();
      const [alive, bytes] = [device.tensorsAlive(), process.memoryUsage().rss];
      for (let i = 0; i < 30; i++) {
        use();
        await collect();
      }
      console.log(JSON.stringify([device.tensorsAlive() - alive, (process.memoryUsage().rss - bytes) / 2 ** 20]));
    })();`;
    const { stdout } = runProgram(code, ['--expose-gc']);
    const [tensors, megabytes] = JSON.parse(stdout) as number[];
    expect(tensors).toBeLessThanOrEqual(0);
    // Thirty variables of 4 MB, each read and copied, would be more.
    expect(megabytes).toBeLessThan(100);
  });
});
