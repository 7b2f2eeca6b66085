/** FEATURES.md says what is there; touching a name of TensorFlow's that is not says so, and what to use instead. */
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../src';
import { missed } from '../src/surface/absent';
import { INSTEAD, OTHER_NAMES } from '../src/surface/instead';
import { MODULES, camel, ours, recorded } from '../src/surface/names';
import { ESM, FEATURES, esm, features } from './structure/features';
import { ROOT } from './structure/files';

/** Walks a dotted path as a program does, one name after the other. */
const touch = (full: string): unknown =>
  full
    .split('.')
    .slice(1)
    .reduce<unknown>((at, name) => Reflect.get(at as object, name) as unknown, tf);
const said = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    if (error instanceof tf.errors.AttributeError) return error.message;
    throw error;
  }
  return 'nothing';
};
const isModule = (full: string): boolean => recorded(full)?.isModule ?? false;
const spaces = MODULES.filter(({ path: full }) => !/\.[A-Z]\w*$/.test(full));

test('FEATURES.md is what npm run features writes', () => {
  expect(readFileSync(FEATURES, 'utf8')).toBe(features());
});
test('esm.mts has each name that is missed', () => {
  expect(readFileSync(ESM, 'utf8')).toBe(esm());
});
test('every name of TensorFlow 1.15 is there, or says that it is not', () => {
  const silent = spaces.flatMap(({ path: full, names }) =>
    names.flatMap((name) => {
      const mine = `${ours(full)}.${camel(name)}`;
      const text = said(() => {
        const value = touch(mine);
        // What stands for an absent module speaks when it is called.
        if (isModule(mine) && typeof value === 'function') (value as () => void)();
        if (value === undefined) throw new Error(`${mine} is undefined`);
      });
      return text === 'nothing' || text.startsWith(`${mine} is not in tfjs-session 0.x yet; `) ? [] : [text];
    }),
  );
  expect(silent).toEqual([]);
});
test("in Python's spelling as well", () => {
  const silent = spaces.flatMap(({ path: full, names }) =>
    names.flatMap((name) => {
      if (name === camel(name)) return [];
      const text = said(() => {
        const value = touch(`${ours(full)}.${name}`);
        // What stands for an absent module speaks when it is called.
        if (isModule(`${full}.${name}`) && typeof value === 'function') (value as () => void)();
      });
      const mine = `${ours(full)}.${camel(name)}`;
      const isHere = isModule(mine) && typeof touch(mine) === 'object';
      const spelled = / is tf\.\S+ in tfjs-session: names are in camelCase/;
      return spelled.test(text) || (!isHere && / is not in tfjs-session 0\.x yet; /.test(text))
        ? []
        : [`${full}.${name}: ${text}`];
    }),
  );
  expect(silent).toEqual([]);
});
test.each([
  ['tf.train.Checkpoint', /^tf\.train\.Checkpoint is not in tfjs-session 0\.x yet; /],
  ['tf.nn.dilation2d', /^tf\.nn\.dilation2d is not in tfjs-session 0\.x yet; move windows with tf\.nn\./],
  ['tf.contrib.rnn.UGRNNCell', /^tf\.contrib\.rnn\.UGRNNCell is not in .* with a cell of tf\.nn\.rnnCell/],
  [
    'tf.contrib.layers.fully_connected',
    /^tf\.contrib\.layers\.fully_connected is tf\.contrib\.layers\.fullyConnected in/,
  ],
  ['tf.nn.rnn_cell.GRUCell', /^tf\.nn\.rnn_cell is tf\.nn\.rnnCell in/],
  ['tf.saved_model.simple_save', /^tf\.saved_model is tf\.savedModel in/],
  ['tf.compat.v1.Session', /leave 'compat\.v1' out/],
  ['tf.raw_ops.MatMul', /docs\/ops\.md/],
  ['tf.reduce_mean', /^tf\.reduce_mean is tf\.reduceMean in tfjs-session/],
  ['tf.nn.soft_max', /^tf\.nn\.soft_max is no name of TensorFlow 1\.15: tf\.nn\.softmax is/],
  ['tf.relu', /use tf\.nn\.relu$/],
  ['tf.AdamOptimizer', /use tf\.train\.AdamOptimizer$/],
  ['tf.nn.reduceMean', /use tf\.reduceMean$/],
  ['tf.Matmul', /tf\.matmul is$/],
  ['tf.layers.conv2D', /tf\.layers\.conv2d is$/],
  ['tf.nn.maxpol', /^tf\.nn\.maxpol is no name of TensorFlow 1\.15: did you mean tf\.nn\.maxPool\?$/],
  ['tf.contrib.layers.bathNorm', /did you mean tf\.contrib\.layers\.batchNorm\?$/],
])('touching %s', (name, text) => {
  expect(said(() => touch(name))).toMatch(text);
});
test('what sessions, tensors and graphs lack says so too', () => {
  const x = tf.constant([1]);
  const sess = new tf.Session('', { config: { device: 'portable' } });
  expect(said(() => Reflect.get(x, 'get_shape'))).toMatch(/^tf\.Tensor\.get_shape is tf\.Tensor\.getShape in/);
  expect(said(() => Reflect.get(x, 'numpy'))).toMatch(/use sess\.run\(tensor\), or tensor\.eval\(\)$/);
  expect(said(() => Reflect.get(x, 'reduceMean'))).toMatch(/is no method: use tf\.reduceMean, with the tensor/);
  expect(said(() => Reflect.get(new tf.Variable(1), 'sparse_read'))).toMatch(/^tf\.Variable\.sparseRead is not in/);
  sess.close();
});
test('what TensorFlow has no name for is undefined, and what everything is asked for as well', async () => {
  for (const name of ['nope', 'then', 'toJSON', 'default', 'constructor', '$$typeof'])
    expect(typeof Reflect.get(tf.train, name)).toBe(name === 'constructor' ? 'function' : 'undefined');
  expect('estimator' in tf).toBe(false);
  expect(Object.keys(tf)).not.toContain('estimator');
  const x = tf.constant(1);
  expect(await x).toBe(x);
});
test('in ES modules what stands for a missed name speaks when it is used', () => {
  const queue = missed('SparseFeature') as object;
  const layers = missed('layers') as { dense: () => void };
  const sums = missed('reduce_sum') as () => void;
  expect(said(() => layers.dense())).toMatch(/^tf\.layers\.dense is not in/);
  expect(said(() => sums())).toMatch(/^tf\.reduce_sum is tf\.reduceSum in/);
  expect(said(() => Reflect.construct(missed('GradientTape') as () => void, []))).toMatch(/use tf\.gradients/);
  expect(queue).toBeDefined();
});
/** What a class has under a name like `tf.Graph.asGraphDef`. */
function methodAt(name: string): unknown {
  const [leaf, holder] = [name.split('.').pop()!, name.split('.').slice(0, -1).join('.')];
  const owner = /\.[A-Z]\w*$/.test(holder) ? touch(holder) : null;
  return typeof owner === 'function'
    ? Object.getOwnPropertyDescriptor(owner.prototype as object, leaf)?.value
    : undefined;
}
test('advice is for names that TensorFlow has and this package lacks', () => {
  const wrong = Object.keys(INSTEAD).filter((name) => {
    const holder = ours(name).split('.').slice(0, -1).join('.');
    const known = recorded(name) !== null || ['tf.compat.v1', 'tf.compat.v2'].includes(name);
    const there = said(() => {
      touch(ours(name));
    });
    const isMethod = typeof methodAt(ours(name)) === 'function';
    return (
      !known ||
      isMethod ||
      (there === 'nothing' && typeof touch(ours(name)) !== 'object' && !isModule(name) && !/\.[A-Z]\w*$/.test(holder))
    );
  });
  expect(wrong).toEqual([]);
});
test('each name that is absent has an advice of its own', () => {
  expect(readFileSync(FEATURES, 'utf8')).not.toContain('FEATURES.md lists what is there');
});
test('what advice names is there', () => {
  const texts = [...Object.values(INSTEAD), ...Object.values(OTHER_NAMES)];
  const named = new Set(texts.flatMap((text) => text.match(/\btf(\.\w+)+/g) ?? []));
  expect([...named].filter((name) => said(() => touch(name)) !== 'nothing' || touch(name) === undefined)).toEqual([]);
  const files = new Set(texts.flatMap((text) => text.match(/\b(docs|examples)\/[\w.-]*/g) ?? []));
  expect([...files].filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
});
