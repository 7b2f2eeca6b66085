import * as tf from '../../src';

test('initializers are called as functions, by place and by name, and are refused where other functions belong', () => {
  new tf.Graph().asDefault(() => {
    const init = tf.contrib.layers.xavierInitializer({ seed: 1 });
    const [a, b, c] = [init([2, 3]), init({ shape: [2, 3] }), init.call([2, 3])];
    const sess = new tf.Session();
    const [p, q, r] = sess.run([a, b, c]);
    expect([q.toArray(), r.toArray()]).toEqual([p.toArray(), p.toArray()]);
    expect(sess.run(tf.zerosInitializer()({ shape: [2], dtype: tf.int32 })).dtype).toBe(tf.int32);
    sess.close();
    const open = new tf.Session();
    const rows = tf.shape(tf.ones([2, 5])).get(0);
    const zeros = [tf.zerosInitializer()([rows, 3]), tf.onesInitializer()(tf.shape(tf.ones([2, 3])))];
    zeros.push(tf.randomNormalInitializer()([rows, 3]), tf.randomUniformInitializer()([rows, 3]));
    for (const value of open.run(zeros)) expect((value as tf.NDArray).shape).toEqual([2, 3]);
    open.close();
    const shapes = [
      tf.getVariable('w', [2, 3], { initializer: init }),
      tf.getVariable('v', [2, 3], tf.float32, tf.onesInitializer),
      new tf.Variable(init([2, 3])),
    ].map((v) => v.shape.asList());
    expect(shapes).toEqual([
      [2, 3],
      [2, 3],
      [2, 3],
    ]);
    const told = (f: () => unknown, text: string): void => expect(f).toThrow(text);
    told(
      () => new tf.Variable(tf.zerosInitializer() as never),
      "__call__() missing 1 required positional argument: 'shape'",
    );
    told(() => init([rows, 3]), 'The shape of GlorotUniform must be known before a run.');
    told(() => tf.zerosInitializer()([null, 2]), "An initializer's shape must be known: (?, 2).");
    told(() => tf.getVariable('u', [2], init as never), 'fix: initializer by name: {initializer: GlorotUniform}.');
    told(() => tf.getVariable('u', { initializer: init }), 'The initializer passed is not valid.');
    const x = tf.ones([2, 3]);
    told(() => tf.layers.dense(x, 4, init as never), 'Could not interpret activation function identifier');
    told(() => tf.layers.dense(x, 4, { kernelRegularizer: init as never }), 'function');
    told(() => tf.convertToTensor(init as never), 'fix: call the initializer with a shape');
  });
});
