/** `tf.train.Saver`: its values and what it says, after TensorFlow 1.15. */
import * as tf from '../../src';
import { devices, open } from '../devices';
import { list, said } from '../said';
import { TemporaryFolder, initialized } from '../temporary-folder';

const folder = new TemporaryFolder('saver-');
const { at, files } = folder;

/** Values that say how they were stored: halves, bytes, strings, 64 bits, nothing at all. */
const VARIABLES = (): tf.Variable[] => [
  new tf.Variable([1.5, -0, Infinity], { name: 'float' }),
  new tf.Variable([[1, 2, 3]], { name: 'double', dtype: tf.float64 }),
  new tf.Variable([2 ** 40, -1], { name: 'long', dtype: tf.int64 }),
  new tf.Variable([true, false], { name: 'bool', dtype: tf.bool }),
  new tf.Variable(7, { name: 'int', dtype: tf.int32 }),
  new tf.Variable([1.5], { name: 'half', dtype: tf.float16 }),
  new tf.Variable(tf.zeros([0, 2]), { name: 'empty' }),
  new tf.Variable(['a', '\udcff'], { name: 'string', dtype: tf.string }),
  tf.getVariable('scope/handle', [2, 2], { useResource: true }),
];
describe.each(devices())('$title', (mode) => {
  test.each([
    ['version 2', {}],
    ['version 1', { writeVersion: 1 }],
    ['in shards', { sharded: true }],
    ['version 1 in shards', { sharded: true, writeVersion: 1 }],
    ['that reshapes', { reshape: true }],
  ])('%s: what was saved comes back, in a session without initializers', (_, options) => {
    const variables = VARIABLES();
    const saver = new tf.train.Saver(options);
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(tf.globalVariablesInitializer());
    const before = sess.run(variables).map(list);
    const saved = saver.save(sess, at('model'), 3)!;
    expect(saved).toBe(
      'writeVersion' in options && 'sharded' in options ? at('model-3-?????-of-00001') : at('model-3'),
    );
    expect(tf.train.latestCheckpoint(folder.path)).toBe(saved);
    expect(files().filter((name) => /temp/.test(name))).toEqual([]);
    sess.close();
    const later = open(tf.getDefaultGraph(), mode);
    saver.restore(later, saved);
    expect(later.run(variables).map(list)).toEqual(before);
    later.close();
  });
  test('training that is stopped and restored goes on as if it had not been', () => {
    const x = tf.placeholder(tf.float32, [null, 3], { name: 'x' });
    const w = tf.getVariable('w', [3, 2], { initializer: tf.constantInitializer(0.3) });
    const b = tf.getVariable('b', [2], { useResource: true, initializer: tf.zerosInitializer() });
    const cost = tf.reduceMean(tf.square(tf.matmul(x, w).add(b).sub(1)));
    const step = tf.train.getOrCreateGlobalStep();
    const trainStep = new tf.train.AdamOptimizer(0.1).minimize(cost, step);
    const saver = new tf.train.Saver();
    const init = tf.globalVariablesInitializer();
    const feeds = {
      [x.name]: [
        [1, 2, 3],
        [4, 5, 6],
      ],
    };
    const costs = (sess: tf.Session, count: number): unknown[] =>
      Array.from({ length: count }, () => sess.run([trainStep, cost], feeds)[1]);
    const whole = open(tf.getDefaultGraph(), mode);
    whole.run(init);
    const wanted = costs(whole, 40);
    const first = open(tf.getDefaultGraph(), mode);
    first.run(init);
    const got = costs(first, 15);
    const saved = saver.save(first, at('model'), step);
    expect(saved).toBe(at('model-15'));
    first.close();
    const second = open(tf.getDefaultGraph(), mode);
    saver.restore(second, tf.train.latestCheckpoint(folder.path)!);
    got.push(...costs(second, 25));
    expect(got).toEqual(wanted);
    expect(list(second.run(w))).toEqual(list(whole.run(w)));
    expect(second.run(step)).toBe(40);
    second.close();
    whole.close();
  });
});

describe('errors', () => {
  test("are TensorFlow's where there is nothing to save, or not just one name for each", () => {
    expect(said(() => new tf.train.Saver())).toBe('ValueError: No variables to save');
    const a = new tf.Variable([1, 2], { name: 'a' });
    expect(said(() => new tf.train.Saver([a, a]))).toBe('ValueError: At least two variables have the same name: a');
    expect(said(() => new tf.train.Saver({ a, b: a }))).toBe(
      'ValueError: The same saveable will be restored with two names: b',
    );
    const one = tf.constant(1, tf.int32);
    expect(said(() => new tf.train.Saver({ a: one }))).toBe(
      'TypeError: names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a variable: ' +
        'Tensor("Const:0", shape=(), dtype=int32)',
    );
    expect(said(() => new tf.train.Saver([one]))).toBe(
      'TypeError: Variable to save is not a Variable: Tensor("Const:0", shape=(), dtype=int32)',
    );
    expect(said(() => new tf.train.Saver(3 as never))).toBe(
      'TypeError: Variables to save should be passed in a dict or a list: 3',
    );
    expect(said(() => new tf.train.Saver([a], { deferBuild: true }))).toMatch(
      /^ValueError: If `var_list` is provided then build cannot be deferred/,
    );
  });
  test('of places', () => {
    const a = new tf.Variable([1, 2], { name: 'a' });
    const saver = new tf.train.Saver([a]);
    const sess = initialized();
    expect(said(() => saver.save(sess, at('no/such/model')))).toBe(
      `ValueError: Parent directory of ${at('no/such/model')} doesn't exist, can't save.`,
    );
    expect(said(() => saver.save(sess, at('checkpoint')))).toBe(
      `ValueError: 'latest_filename' collides with 'save_path': 'checkpoint' and '${at('checkpoint')}'`,
    );
    expect(said(() => saver.save(sess, at('m'), { latestFilename: 'a/b' }))).toBe(
      "ValueError: 'latest_filename' must not contain path components",
    );
    expect(said(() => saver.restore(sess, at('none')))).toBe(
      `ValueError: The passed save_path is not a valid checkpoint: ${at('none')}`,
    );
    expect(said(() => saver.restore(sess, null as never))).toBe("ValueError: Can't load save_path when it is None.");
    expect(said(() => saver.save(7 as never, at('m')))).toBe("TypeError: 'sess' must be a Session; 7");
    expect(files()).toEqual([]);
    // A folder that is missing below one that is there is made, as TensorFlow makes it.
    expect(saver.save(sess, at('new/m'))).toBe(at('new/m'));
    sess.close();
  });
  test('of a checkpoint that does not fit', () => {
    const a = new tf.Variable([1, 2], { name: 'a' });
    const b = new tf.Variable(tf.zeros([2, 3]), { name: 'b' });
    const n = new tf.Variable(1, { name: 'n', dtype: tf.int32 });
    const sess = initialized();
    const path = new tf.train.Saver([a, b]).save(sess, at('m'))!;
    const told = (varList: Record<string, tf.Variable>): string => {
      try {
        new tf.train.Saver(varList).restore(sess, path);
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
      return 'nothing';
    };
    const failed = (what: string): string =>
      `Restoring from checkpoint failed. This is most likely due to ${what} from the checkpoint. Please ensure that ` +
      'you have not altered the graph expected based on the checkpoint. Original error:\n\n';
    const other = failed('a mismatch between the current graph and the graph');
    expect(told({ nope: a })).toContain(
      `NotFoundError: ${failed('a Variable name or other graph key that is missing')}` +
        'Key nope not found in checkpoint\n',
    );
    expect(told({ b: a })).toContain(
      `InvalidArgumentError: ${other}` +
        'Assign requires shapes of both tensors to match. lhs shape= [2] rhs shape= [2,3]\n',
    );
    expect(told({ b: n })).toContain(
      `InvalidArgumentError: ${other}tensor_name = b; expected dtype int32 does not equal original dtype float\n`,
    );
    const unset = new tf.Variable(1, { name: 'unset' });
    expect(said(() => new tf.train.Saver([unset]).save(sess, at('m2')))).toBe(
      'FailedPreconditionError: Attempting to use uninitialized value unset',
    );
    expect(files().filter((name) => name.startsWith('m2'))).toEqual([]);
    sess.close();
  });
});
