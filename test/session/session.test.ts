import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import type { FeedDict } from '../../src/graph/runner';
import { devices, open } from '../sweep';

let graph: tf.Graph;
beforeEach(() => {
  tf.resetDefaultGraph();
  graph = tf.getDefaultGraph();
});

describe.each(devices())('a session on $title', (mode) => {
  const session = (): tf.Session => open(graph, mode);

  test('a fed placeholder is not computed', () => {
    const x = tf.placeholder(tf.float32, [], { name: 'x' });
    expect(session().run(x.mul(x), { 'x:0': 7 })).toBe(49);
  });
  test('any tensor may be fed, and what lies behind it is not computed', () => {
    const x = tf.placeholder(tf.float32, []);
    const hidden = x.mul(2);
    expect(session().run(hidden.add(1), [[hidden, 10]])).toBe(11);
  });
  test('a placeholder that nobody needs is no error', () => {
    tf.placeholder(tf.float32, [], { name: 'unused' });
    expect(session().run(tf.constant(3))).toBe(3);
  });
  test('feeds come by name, as pairs, or as a Map', () => {
    const x = tf.placeholder(tf.float32, [null], { name: 'x' });
    const y = x.mul(2);
    const sess = session();
    const all: FeedDict[] = [{ 'x:0': [1, 2] }, { x: [1, 2] }, [[x, [1, 2]]], new Map([[x, [1, 2]]])];
    for (const feeds of all) {
      expect((sess.run(y, feeds) as NDArray).toArray()).toEqual([2, 4]);
    }
  });
  test('the structure of the fetches is the structure of the result', () => {
    const a = tf.constant(1, tf.float32, null, { name: 'a' });
    const b = tf.constant([1, 2]);
    const op = tf.noOp();
    const got = session().run({ first: a, list: [b, [op, 'a:0']], none: op });
    expect(got.first).toBe(1);
    expect((got.list[0] as NDArray).toArray()).toEqual([1, 2]);
    expect(got.list[1]).toEqual([null, 1]);
    expect(got.none).toBeNull();
  });
  test('a scalar is a plain value of its dtype', () => {
    const sess = session();
    expect(sess.run(tf.constant(2, tf.int32))).toBe(2);
    expect(sess.run(tf.constant(true))).toBe(true);
    expect(sess.run(tf.constant('text'))).toBe('text');
    expect(sess.run(tf.constant(2n ** 60n))).toBe(2n ** 60n);
  });
  test('typed arrays take the shape of what they are fed to', () => {
    const x = tf.placeholder(tf.float32, [null, 2, 2]);
    const got = session().run(x.add(0), [[x, new Float32Array(8)]]) as NDArray;
    expect(got.shape).toEqual([2, 2, 2]);
  });
  test('tfjs tensors can be fed', () => {
    const x = tf.placeholder(tf.float32, [2]);
    const tensor = { shape: [2], dtype: 'float32', dataSync: () => new Float32Array([3, 4]) };
    expect((session().run(x.mul(2), [[x, tensor]]) as NDArray).toArray()).toEqual([6, 8]);
  });
  test("a fetched array is the caller's own", () => {
    const v = new tf.Variable([1, 2]);
    const sess = session();
    sess.run(tf.globalVariablesInitializer());
    (sess.run(v) as NDArray).data[0] = 99;
    expect((sess.run(v) as NDArray).toArray()).toEqual([1, 2]);
    const x = tf.placeholder(tf.float32, [2]);
    const fed = new Float32Array([5, 6]);
    const back = sess.run(tf.identity(x), [[x, fed]]) as NDArray;
    back.data[0] = 7;
    expect(fed[0]).toBe(5);
  });
  test('a fed array may be changed after the run', () => {
    const v = new tf.Variable(new Float32Array(4096));
    const x = tf.placeholder(tf.float32, [4096]);
    const set = tf.assign(v, x);
    const sess = session();
    const fed = new Float32Array(4096).fill(1);
    sess.run(set, [[x, fed]]);
    fed.fill(2);
    expect((sess.run(v.asTensor()) as NDArray).data[4000]).toBe(1);
  });
  test('two sessions on one graph have their own variables', () => {
    const v = new tf.Variable(1);
    const bump = tf.assignAdd(v, 1);
    const init = tf.globalVariablesInitializer();
    const [one, two] = [session(), session()];
    one.run(init);
    two.run(init);
    one.run(bump);
    expect([one.run(v), two.run(v)]).toEqual([2, 1]);
  });
  test('a failed run leaves the session usable and nothing behind', () => {
    const x = tf.placeholder(tf.float32, [null, null], { name: 'x' });
    const v = new tf.Variable(tf.zeros([100, 100]));
    const y = tf.matmul(v.asTensor(), x);
    const sess = session();
    sess.run(tf.globalVariablesInitializer());
    sess.run(y, [[x, new NDArray(tf.float32, [100, 5], new Float32Array(500))]]);
    const before = sess.device.tensorsAlive();
    for (let i = 0; i < 5; i++)
      expect(() => sess.run(y, [[x, new NDArray(tf.float32, [7, 5], new Float32Array(35))]])).toThrow(
        'Matrix size-incompatible: In[0]: [100,100], In[1]: [7,5]',
      );
    expect(() => sess.run(y)).toThrow('You must feed a value');
    expect(sess.device.tensorsAlive()).toBe(before);
    sess.run(y, [[x, new NDArray(tf.float32, [100, 5], new Float32Array(500))]]);
  });
  test('a callable runs with values in order', () => {
    const [x, y] = [tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])];
    const call = session().makeCallable(x.sub(y), [x, y]);
    expect([call(5, 3), call(1, 1)]).toEqual([2, 0]);
  });
  test('eval and run use the default session', () => {
    const v = new tf.Variable(2);
    const init = tf.globalVariablesInitializer();
    session().asDefault(() => {
      init.run();
      expect(v.asTensor().eval()).toBe(2);
    });
    expect(() => v.asTensor().eval()).toThrow(
      'Cannot evaluate tensor using `eval()`: No default session is registered.',
    );
    const sess = new tf.InteractiveSession('', { config: { device: mode.device } });
    expect(tf.constant(1).eval()).toBe(1);
    sess.close();
    expect(tf.getDefaultSession()).toBeNull();
  });
  test('a closed session says so', () => {
    const x = tf.constant(1);
    const sess = session();
    sess.close();
    expect(() => sess.run(x)).toThrow('Attempted to use a closed Session.');
  });
  test('using closes the session', () => {
    const x = tf.constant(1);
    let kept: tf.Session;
    {
      using sess = session();
      kept = sess;
      sess.run(x);
    }
    expect(() => kept.run(x)).toThrow('closed');
  });
  test('runAsync resolves to what run returns', async () => {
    await expect(session().runAsync(tf.constant(4).mul(2))).resolves.toBe(8);
  });
  test('a graph that grows is planned anew', () => {
    const x = tf.constant(1);
    const sess = session();
    expect(sess.run(x)).toBe(1);
    expect(sess.run(x.add(1))).toBe(2);
  });
  test('device memory is as before after every kind of run', () => {
    const x = tf.placeholder(tf.float32, [null, 300], { name: 'x' });
    const y = tf.nn.softmax(tf.matmul(x, tf.ones([300, 300])).add(1));
    const sess = session();
    const feed = new Float32Array(300 * 300).fill(0.5);
    const many = (): void => {
      for (let i = 0; i < 60; i++) sess.run([y, tf.getDefaultGraph().getTensorByName('MatMul:0')], { x: feed });
    };
    many();
    const before = sess.device.tensorsAlive();
    many();
    expect(sess.device.tensorsAlive()).toBe(before);
  });
});

test('an empty graph cannot be run', () => {
  expect(() => new tf.Session('', { graph: new tf.Graph() }).run('x:0')).toThrow(
    'The Session graph is empty.  Add operations to the graph before calling run().',
  );
});
test('an unknown device is named', () => {
  const x = tf.constant(1);
  expect(() => new tf.Session('', { config: { device: 'gpu' } }).run(x)).toThrow(
    "Unknown device 'gpu' in config.device: it is 'native' or 'portable'.",
  );
});
test('100,000 nodes in a chain build, plan and run without deep recursion', () => {
  let x: tf.Tensor = tf.placeholder(tf.float32, [], { name: 'x' });
  for (let i = 0; i < 100_000; i++) x = tf.identity(x);
  expect(open(graph, devices()[0]).run(x, { 'x:0': 3 })).toBe(3);
});
