import * as tf from '../../src';
import { sameNodes } from '../same-nodes';
import { devices, open } from '../sweep';
import { list, said } from '../said';

sameNodes('variables', 'initialized value', (tf) => new tf.Variable([1, 2], { name: 'W' }).initializedValue());
sameNodes('variables', 'initialized value of a resource', (tf) =>
  new tf.Variable([1, 2], { name: 'W', useResource: true }).initializedValue(),
);
sameNodes('variables', 'of another variable', (tf) => {
  const w = new tf.Variable([1, 2], { name: 'W' });
  new tf.Variable(tf.add(w.mul(2), w), { name: 'V' });
});
sameNodes('variables', 'resource of another', (tf) => {
  const w = new tf.Variable([1, 2], { name: 'W', useResource: true });
  new tf.Variable(w.mul(2), { name: 'V', useResource: true });
});

beforeEach(() => tf.resetDefaultGraph());

test('a variable says what it is', () => {
  const w = new tf.Variable([1, 2], { name: 'w' });
  expect(String(w)).toBe("<tf.Variable 'w:0' shape=(2,) dtype=float32_ref>");
  expect([
    w.name,
    w.op.type,
    w.dtype.name,
    w.shape.dims,
    w.graph,
    w.initializer.name,
    w.initialValue!.name,
    w.trainable,
  ]).toEqual(['w:0', 'VariableV2', 'float32_ref', [2], tf.getDefaultGraph(), 'w/Assign', 'w/initial_value:0', true]);
  expect([w.value().name, w.asTensor().name, w.asTensor(true).name]).toEqual(['w/read:0', 'w/read:0', 'w:0']);
  const r = new tf.Variable([1, 2], { name: 'r', useResource: true });
  expect(String(r)).toBe("<tf.Variable 'r:0' shape=(2,) dtype=float32>");
  expect([r.op.type, r.isResource, r.handle.dtype.name]).toEqual(['VarHandleOp', true, 'resource']);
});
test('it is in the collections that it was made for', () => {
  const a = new tf.Variable(1);
  const b = new tf.Variable(1, { trainable: false });
  const c = new tf.Variable(1, { collections: [tf.GraphKeys.LOCAL_VARIABLES], trainable: false });
  const d = new tf.Variable(1, { name: 'scope/d' });
  expect(tf.globalVariables()).toEqual([a, b, d]);
  expect(tf.trainableVariables()).toEqual([a, d]);
  expect(tf.localVariables()).toEqual([c]);
  expect(tf.globalVariables('scope/')).toEqual([d]);
  expect([tf.modelVariables(), tf.movingAverageVariables()]).toEqual([[], []]);
});
test('wrong arguments are refused', () => {
  expect(said(() => new tf.Variable(null as never))).toBe('ValueError: initial_value must be specified.');
  expect(said(() => new tf.Variable(tf.placeholder(tf.float32, [null], { name: 'x' })))).toBe(
    'ValueError: initial_value must have a shape specified: Tensor("x:0", shape=(?,), dtype=float32)',
  );
  expect(said(() => new tf.Variable(1, { constraint: 3 as never }))).toBe(
    'ValueError: The `constraint` argument must be a callable.',
  );
  expect(said(() => new tf.Variable(1, { collections: 'variables' as never }))).toBe(
    'ValueError: collections argument to Variable constructor must be a list, tuple, or set. Got variables of ' +
      'type string',
  );
  expect(said(() => new tf.Variable([1, 2], { useResource: true, shape: [3] }))).toBe(
    "ValueError: The initial value's shape ((2,)) is not compatible with the explicitly supplied `shape` " +
      'argument ((3,)).',
  );
});
test('it has the operators of a tensor', () => {
  const w = new tf.Variable([1, 2]);
  expect([w.add(1), w.sub(w), w.mul(2), w.div(w), w.neg(), w.less(2), w.square()].map((t) => t.op.type)).toEqual([
    'AddV2',
    'Sub',
    'Mul',
    'RealDiv',
    'Neg',
    'Less',
    'Square',
  ]);
  expect(() => (w as unknown as number) + 1).toThrow('is not allowed in Graph execution');
});
test('it is sliced like a tensor', () => {
  for (const useResource of [false, true]) {
    const w = new tf.Variable(
      [
        [1, 2],
        [3, 4],
      ],
      { useResource },
    );
    expect([w.get(0).shape.dims, w.get([], 1).op.type]).toEqual([[2], 'StridedSlice']);
  }
});
test('setShape adds what is not known', () => {
  const w = new tf.Variable(tf.placeholderWithDefault([1, 2], [null]), { validateShape: false });
  expect(w.shape.dims).toBeNull();
  w.setShape([2]);
  expect([w.shape.dims, w.value().shape.dims]).toEqual([[2], [2]]);
  expect(said(() => new tf.Variable([1], { useResource: true }).setShape([1]))).toBe(
    'RuntimeError: ResourceVariable does not implement set_shape()',
  );
});
test('as names, and from names again', () => {
  const [w, r] = [
    new tf.Variable([1, 2], { name: 's/w' }),
    new tf.Variable([1, 2], { name: 's/r', useResource: true }),
  ];
  expect(w.toProto()).toEqual({
    variableName: 's/w:0',
    initialValueName: 's/w/initial_value:0',
    initializerName: 's/w/Assign',
    snapshotName: 's/w/read:0',
    isResource: false,
    trainable: true,
  });
  expect(r.toProto('s')!.snapshotName).toBe('r/Read/ReadVariableOp:0');
  expect(w.toProto('t')).toBeNull();
  const again = new tf.Variable(null, { variableDef: w.toProto('s'), importScope: 's' });
  expect([again.op.name, again.value().name, again.initializer.name]).toEqual(['s/w', 's/w/read:0', 's/w/Assign']);
  const handle = new tf.Variable(null, { variableDef: r.toProto() });
  expect([handle.op === r.op, handle.isResource, handle.dtype, handle.shape.dims]).toEqual([
    true,
    true,
    tf.float32,
    [2],
  ]);
  expect(said(() => new tf.Variable(1, { variableDef: w.toProto() }))).toBe(
    'ValueError: variable_def and initial_value are mutually exclusive.',
  );
});

describe.each(
  devices().flatMap((mode) =>
    [false, true].map((useResource) => ({ ...mode, useResource, kind: useResource ? 'handles' : 'references' })),
  ),
)('$title, $kind', ({ useResource, ...mode }) => {
  const variable = (value: unknown, options: tf.VariableOptions = {}): tf.Variable =>
    new tf.Variable(value as number[], { useResource, ...options });
  test('two sessions have their own variables', () => {
    const w = variable([1, 2]);
    const more = w.assignAdd([1, 1]);
    const init = tf.globalVariablesInitializer();
    const [a, b] = [open(tf.getDefaultGraph(), mode), open(tf.getDefaultGraph(), mode)];
    a.run(init);
    b.run(init);
    a.run(more);
    expect([list(a.run(w)), list(b.run(w))]).toEqual([
      [2, 3],
      [1, 2],
    ]);
    a.close();
    expect(list(b.run(w))).toEqual([1, 2]);
  });
  test('a failed run leaves it as it was', () => {
    const w = variable([1, 2]);
    const x = tf.placeholder(tf.float32, null, { name: 'x' });
    const fails = tf.controlDependencies([w.assign([5, 6])], () => tf.matmul(x, x));
    const later = tf.controlDependencies([tf.checkNumerics(x, 'bad')], () => w.assign([7, 8]));
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(tf.globalVariablesInitializer());
    expect(() => sess.run(later, [[x, NaN]])).toThrow('bad : Tensor had NaN values');
    expect(list(sess.run(w))).toEqual([1, 2]);
    expect(() => sess.run(fails, [[x, [[1, 2]]]])).toThrow();
    // What ran before the failure has run, as in TensorFlow.
    expect(list(sess.run(w))).toEqual([5, 6]);
  });
  test('eval and load', () => {
    const w = variable([1, 2]);
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(w.initializer);
    const nodes = tf.getDefaultGraph().getOperations().length;
    w.load([3, 4], sess);
    expect(list(w.eval(sess))).toEqual([3, 4]);
    sess.asDefault(() => {
      w.load([5, 6]);
      expect(list(w.eval())).toEqual([5, 6]);
    });
    expect(tf.getDefaultGraph().getOperations().length).toBe(nodes);
    expect(() => w.load([1, 2, 3], sess)).toThrow('Cannot feed value of shape (3,)');
    expect(() => w.eval()).toThrow('No default session is registered');
  });
  test('one initializer serves variables that depend on each other, in any order', () => {
    const w = variable([1, 2], { name: 'W' });
    const v = variable(w.initializedValue().mul(10), { name: 'V' });
    const u = useResource ? null : variable(w.add(v), { name: 'U' });
    const init = tf.globalVariablesInitializer();
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(init);
    expect(list(sess.run(v))).toEqual([10, 20]);
    if (u) expect(list(sess.run(u))).toEqual([11, 22]);
    w.load([5, 5], sess);
    expect(list(sess.run(w.initializedValue()))).toEqual([5, 5]);
    const other = open(tf.getDefaultGraph(), mode);
    other.run(v.initializer);
    expect(list(other.run(v))).toEqual([10, 20]);
    expect(other.run(tf.isVariableInitialized(w))).toBe(false);
  });
  test('names the variables without a value', () => {
    const w = variable([1, 2], { name: 'W' });
    variable(3, { name: 'b' });
    const [report, check] = [tf.reportUninitializedVariables(), tf.assertVariablesInitialized()!];
    const sess = open(tf.getDefaultGraph(), mode);
    expect(list(sess.run(report))).toEqual(['W', 'b']);
    expect(() => sess.run(check)).toThrow(tf.errors.FailedPreconditionError);
    sess.run(w.initializer);
    expect(list(sess.run(report))).toEqual(['b']);
    sess.run(tf.globalVariablesInitializer());
    expect(list(sess.run(report))).toEqual([]);
    expect(list(sess.run(check))).toEqual([1, 0]);
  });
  test('the shape may change where that is said', () => {
    if (useResource) return;
    const w = variable([1, 2], { validateShape: false });
    const set = tf.assign(w, [[1, 2, 3]], { validateShape: false });
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(w.initializer);
    expect(list(sess.run(set))).toEqual([[1, 2, 3]]);
    expect(list(sess.run(w))).toEqual([[1, 2, 3]]);
  });
  test('text is kept too', () => {
    const s = variable(['a', 'b']);
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(s.initializer);
    expect(list(sess.run(s))).toEqual(['a', 'b']);
  });
});
