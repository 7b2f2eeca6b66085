/** Variables that begin with what a checkpoint has, after TensorFlow 1.15. */
import * as tf from '../../src';
import { list, said } from '../said';
import { TemporaryFolder, initialized, session } from '../temporary-folder';

const folder = new TemporaryFolder('init-from-');
const { at } = folder;
const zeros = tf.zerosInitializer();

/** A checkpoint with a/w [1, 2], a/b 3 and c 4; the graph is empty after it. */
function checkpoint(): string {
  new tf.Variable([1, 2], { name: 'a/w', dtype: tf.float32 });
  new tf.Variable(3, { name: 'a/b', dtype: tf.float32 });
  new tf.Variable(4, { name: 'c', dtype: tf.float32 });
  using sess = initialized();
  const path = new tf.train.Saver().save(sess, at('model'))!;
  tf.resetDefaultGraph();
  return path;
}
const values = (...variables: tf.Variable[]): unknown[] => {
  using sess = session();
  sess.run(tf.globalVariablesInitializer());
  return variables.map((variable) => list(sess.run(variable)));
};
const variable = (name: string, shape: number[] = [], useResource = false): tf.Variable =>
  tf.getVariable(name, shape, { initializer: zeros, useResource });

test.each([false, true])('variables, names and scopes; behind handles: %s', (useResource) => {
  checkpoint();
  const [w, b, c, d] = [
    variable('n/w', [2], useResource),
    variable('n/b', [], useResource),
    variable('d', [], useResource),
    variable('e', [], useResource),
  ];
  tf.train.initFromCheckpoint(folder.path, { 'a/': 'n/', c: 'd' });
  expect(values(w, b, c, d)).toEqual([[1, 2], 3, 4, 0]);
  tf.train.initFromCheckpoint(at('model'), new Map([['a/b', d]]));
  expect(values(d)).toEqual([3]);
  expect(w.initialValue!.op.type).toBe('RestoreV2');
  expect(w.initialValue!.name).toMatch(/^checkpoint_initializer(_\d+)?:0$/);
});
test('all of it, and parts of larger variables', () => {
  checkpoint();
  const [w, b] = [variable('a/w', [2]), variable('a/b')];
  tf.train.initFromCheckpoint(folder.path, { '/': '/' });
  expect(values(w, b)).toEqual([[1, 2], 3]);
  const part = variable('p/part_0', [1]);
  part.setSaveSliceInfo({ fullName: 'p', fullShape: [2], varOffset: [1], varShape: [1] });
  tf.train.initFromCheckpoint(folder.path, { 'a/w': [part] });
  expect(values(part)).toEqual([[2]]);
});
test('warm starts: by pattern, by names, under other names', () => {
  checkpoint();
  const [w, b, c] = [variable('a/w', [2]), variable('a/b'), variable('x')];
  tf.train.warmStart(folder.path, 'a/w');
  expect(values(w, b, c)).toEqual([[1, 2], 0, 0]);
  tf.train.warmStart(folder.path, { varNameToPrevVarName: { x: 'c' } });
  expect(values(w, b, c)).toEqual([[1, 2], 3, 4]);
  expect(said(() => tf.train.warmStart(folder.path, ['a/w'], { varNameToPrevVarName: { y: 'c' } }))).toMatch(
    /^ValueError: You provided the following variables in var_name_to_prev_var_name that were not used: \{'y'\}/,
  );
});
test('what does not fit, in TensorFlow’s words', () => {
  checkpoint();
  const w = variable('n/w', [3]);
  const tried = (map: tf.train.AssignmentMap): string => said(() => tf.train.initFromCheckpoint(at('model'), map));
  expect(tried({ 'a/w': w })).toBe(
    "ValueError: Shape of variable n/w:0 ((3,)) doesn't match with shape of tensor a/w ([2]) from checkpoint reader.",
  );
  expect(tried({ z: w })).toMatch(/^ValueError: Tensor z is not found in .*model checkpoint /);
  expect(tried({ 'c/': 'n/' })).toBe(`ValueError: Tensor c/w (w in c/) is not found in ${at('model')} checkpoint`);
  expect(tried({ c: 'n/' })).toBe(
    "ValueError: Assignment map with scope only name n should map to scope only c. Should be 'scope/': 'other_scope/'.",
  );
  expect(said(() => tf.train.initFromCheckpoint(at('gone'), { c: w }))).toMatch(/^NotFoundError/);
});
