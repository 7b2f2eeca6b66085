import * as tf from '../../src';
import { devices, open, sameGraph } from '../sweep';
import { said } from '../said';

const a = (): tf.Tensor => tf.constant(1, { name: 'a' });
sameGraph('group', 'of nothing', (tf) => tf.group());
sameGraph('group', 'of one', (tf) => tf.group(a()));
sameGraph('group', 'of several', (tf) => {
  tf.group(a(), a(), { name: 'both' });
  tf.group(a().op);
});
sameGraph('group', 'by device', (tf) => {
  const b = tf.device('/cpu:0', () => tf.constant(1, { name: 'b' }));
  const c = tf.device('/cpu:1', () => tf.constant(1, { name: 'c' }));
  tf.group(a(), b, [c, b], { name: 'all' });
});
sameGraph('group', 'of variables', (tf) => {
  const [v, w] = [new tf.Variable(1, { name: 'v' }), new tf.Variable(1, { name: 'w', useResource: true })];
  tf.group(v, w, v.initializer);
  tf.controlDependencies([v, w, v.initializer], () => tf.noOp());
});
sameGraph('group', 'tuple', (tf) => tf.tuple([a(), null, tf.noOp({ name: 'n' }), a()], { controlInputs: [a()] }));
sameGraph('group', 'control dependencies', (tf) => {
  const [x, y] = [a(), a()];
  tf.controlDependencies([x], () => {
    const z = x.add(1);
    tf.controlDependencies([y], () => {
      tf.constant(2, { name: 'two' });
      tf.identity(z);
      tf.controlDependencies(null, () => tf.constant(3, { name: 'three' }));
    });
  });
});
sameGraph('group', 'scopes', (tf) => {
  tf.nameScope('s', a);
  const s = tf.nameScope('s', (s) => {
    a();
    return s;
  });
  tf.nameScope(s, a);
  tf.nameScope(null, 'd', [a()], a);
  tf.nameScope('t', () => tf.nameScope(null, () => tf.noOp({ name: 'root' })));
  tf.colocateWith(a().op, () => tf.noOp());
});

beforeEach(() => tf.resetDefaultGraph());

test('a group runs everything in it', () => {
  const [v, w] = [new tf.Variable(1), new tf.Variable(1)];
  const both = tf.group(v.assignAdd(1), [w.assignAdd(2)]);
  const sess = open(tf.getDefaultGraph(), devices()[0]);
  sess.run(tf.globalVariablesInitializer());
  expect(sess.run(both)).toBeNull();
  expect(sess.run([v, w])).toEqual([2, 3]);
});
test('a tuple waits for all of it', () => {
  const v = new tf.Variable(1);
  const [x] = tf.tuple([tf.constant(5), v.assignAdd(1)]);
  const sess = open(tf.getDefaultGraph(), devices()[0]);
  sess.run(v.initializer);
  expect(sess.run(x as tf.Tensor)).toBe(5);
  expect(sess.run(v)).toBe(2);
});
test('wrong arguments are refused', () => {
  expect(said(() => tf.group(3 as never))).toBe(
    "TypeError: Expected tf.group() expected Tensor arguments not '3' with type 'int'",
  );
  expect(said(() => tf.tuple([null]))).toBe('ValueError: Must have at least one Tensor: null');
  for (const controlInputs of [0, false, '', 5])
    expect(said(() => tf.tuple([tf.constant(1)], { controlInputs: controlInputs as never }))).toMatch(
      /^TypeError: control_inputs /,
    );
  expect(said(() => tf.nameScope('bad name!', () => 1))).toBe("ValueError: 'bad name!' is not a valid scope name");
  expect(said(() => tf.nameScope(null, null, [tf.constant(1)], () => 1))).toContain(
    'ValueError: At least one of name (None) and default_name (None) must be provided.',
  );
});
test('25: the default graph is not cleared inside another', () => {
  expect(said(() => new tf.Graph().asDefault(() => tf.resetDefaultGraph()))).toBe(
    'AssertionError: Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, ' +
      'exit the nesting and create a new graph.',
  );
  const before = tf.getDefaultGraph();
  tf.resetDefaultGraph();
  expect(tf.getDefaultGraph() === before).toBe(false);
});
test('scopes return what their body returns', () => {
  expect(tf.nameScope('a', (scope) => scope)).toBe('a/');
  expect(tf.controlDependencies(null, () => 1)).toBe(1);
  expect(tf.device('/cpu:0', () => tf.constant(1).device)).toBe('/device:CPU:0');
  expect(tf.initScope(() => 2)).toBe(2);
});
test('collections', () => {
  tf.addToCollection('c', 1);
  tf.addToCollections(['c', 'd'], 2);
  expect([tf.getCollection('c'), tf.getCollection('d')]).toEqual([[1, 2], [2]]);
  tf.getCollectionRef('c').push(3);
  expect(tf.getCollection('c').length).toBe(3);
  tf.getCollection<number>('c').push(4);
  expect(tf.getCollection('c').length).toBe(3);
});
test('values become tensors', () => {
  const t = tf.constant(1);
  expect(tf.convertToTensor(t) === t).toBe(true);
  expect([
    tf.convertToTensor(1, tf.int32).dtype,
    tf.convertToTensor(1, 'int64').dtype,
    tf.convertToTensor(1, { dtype: tf.float64, name: 'n' }).name,
    tf.convertToTensor(1, null, 'm').name,
  ]).toEqual([tf.int32, tf.int64, 'n:0', 'm:0']);
  expect(tf.convertToTensor([1], { preferredDtype: tf.int32 }).dtype).toBe(tf.int32);
  expect(said(() => tf.convertToTensor(t, tf.int32))).toContain(
    'ValueError: Tensor conversion requested dtype int32 for Tensor with dtype float32',
  );
  expect([tf.isTensor(t), tf.isTensor(new tf.Variable(1)), tf.isTensor(1)]).toEqual([true, true, false]);
});
