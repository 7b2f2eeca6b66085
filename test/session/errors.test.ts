/** The errors that sessions raise: TensorFlow's first line, byte for byte, then the line of the script and the cure. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { devices, open } from '../sweep';

let graph: tf.Graph;
let sess: tf.Session;
beforeEach(() => { tf.resetDefaultGraph(); graph = tf.getDefaultGraph(); sess = open(graph, devices()[0]); });

function caught(body: () => unknown): Error {
  try { body(); } catch (error) { return error as Error; }
  throw new Error('nothing was thrown');
}
const first = (error: Error): string => error.message.split('\n')[0];

test('1: an unfed placeholder', () => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const y = tf.reduceSum(x.mul(2));
  const error = caught(() => sess.run(y)) as tf.errors.InvalidArgumentError;
  expect(first(error)).toBe("You must feed a value for placeholder tensor 'x' with dtype float and shape [?,784]");
  expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect([error.errorCode, error.op!.name, (error.nodeDef as { op: string }).op]).toEqual([3, 'x', 'Placeholder']);
  expect(error.message).toMatch(/\[\[node x \(defined at .*errors\.test\.ts:\d+:\d+\) \]\]/);
  expect(error.message).toContain('needed by: Sum (x -> mul -> Sum)');
  expect(error.message).toContain("fix: feed it: sess.run(fetches, {'x:0': value})");
});
test('1: without a shape the text ends with the dtype', () => {
  const x = tf.placeholder(tf.int64, null, { name: 'x' });
  expect(first(caught(() => sess.run(tf.identity(x))))).toBe("You must feed a value for placeholder tensor 'x' with dtype int64");
});
test('1: an older duplicate that was fed instead is named', () => {
  const old = tf.placeholder(tf.float32, [], { name: 'X' });
  const now = tf.placeholder(tf.float32, [], { name: 'X' });
  expect(caught(() => sess.run(now.add(old), [[old, 1]])).message).toContain("'X' was fed, made at");
});
test('2: a feed of the wrong shape', () => {
  const x = tf.placeholder(tf.float32, [null, 784], { name: 'x' });
  const error = caught(() => sess.run(x.mul(1), { 'x:0': [[1, 2, 3]] }));
  expect(first(error)).toBe("Cannot feed value of shape (1, 3) for Tensor 'x:0', which has shape '(?, 784)'");
  expect(error.name).toBe('ValueError');
  expect(first(caught(() => sess.run(x.mul(1), { 'x:0': new Float32Array(100) })))).toBe("Cannot feed value of shape (100,) for Tensor 'x:0', which has shape '(?, 784)'");
  expect(caught(() => sess.run(x.mul(1), { 'x:0': [new Array(28).fill(new Array(28).fill(0))] })).message).toContain('its 784 elements would fill (1, 784)');
});
test('3: all uninitialized variables, and that the initializer came too early', () => {
  const w = new tf.Variable(1, { name: 'W' });
  const init = tf.globalVariablesInitializer();
  const b = new tf.Variable(1, { name: 'b' });
  const y = w.add(b);
  const error = caught(() => sess.run(y));
  expect(first(error)).toBe('Attempting to use uninitialized value W');
  expect(error).toBeInstanceOf(tf.errors.FailedPreconditionError);
  expect(error.message).toMatch(/uninitialized: W \(made at .*\), b \(made at /);
  sess.run(init);
  const second = caught(() => sess.run(y));
  expect(first(second)).toBe('Attempting to use uninitialized value b');
  expect(second.message).toContain('before this variable was made');
});
test('4: a variable behind a handle', () => {
  const w = new tf.Variable(1, { name: 'W', useResource: true });
  const error = caught(() => sess.run(w.add(1)));
  expect(first(error)).toBe('Error while reading resource variable W from Container: localhost. This could mean that the variable was uninitialized. Not found: Container localhost does not exist. (Could not find resource: localhost/W)');
  expect(error).toBeInstanceOf(tf.errors.FailedPreconditionError);
  expect(error.message).toMatch(/uninitialized: W \(made at .*errors\.test\.ts:\d+:\d+\)\n {2}fix: run the initializer/);
});
test('5, 6: feeds and fetches of another graph', () => {
  const other = new tf.Graph();
  const x = other.asDefault(() => tf.placeholder(tf.float32, [null, 784], { name: 'x' }));
  const one = tf.constant(1);
  expect(first(caught(() => sess.run(one, [[x, 1]])))).toBe('Cannot interpret feed_dict key as Tensor: Tensor Tensor("x:0", shape=(?, 784), dtype=float32) is not an element of this graph.');
  const error = caught(() => sess.run(x));
  expect(first(error)).toBe("Fetch argument <tf.Tensor 'x:0' shape=(?, 784) dtype=float32> cannot be interpreted as a Tensor. (Tensor Tensor(\"x:0\", shape=(?, 784), dtype=float32) is not an element of this graph.)");
  expect(error.name).toBe('ValueError');
});
test('7: unknown names', () => {
  tf.constant(1, tf.float32, null, { name: 'cost' });
  const error = caught(() => sess.run('nope:0'));
  expect(first(error)).toBe("Fetch argument 'nope:0' cannot be interpreted as a Tensor. (\"The name 'nope:0' refers to a Tensor which does not exist. The operation, 'nope', does not exist in the graph.\")");
  expect(first(caught(() => sess.run('cost:3')))).toContain("The operation, 'cost', exists but only has 1 outputs.");
  expect(first(caught(() => sess.run('a')))).toContain("The name 'a' refers to an Operation not in the graph.");
  expect(caught(() => sess.run('Cst:0')).message).toContain("did you mean 'cost:0'?");
});
test('8: a fetch that is null or a number', () => {
  tf.constant(1);
  const none = caught(() => sess.run(null as never));
  expect(first(none)).toBe("Fetch argument None has invalid type <class 'NoneType'>");
  expect(none).toBeInstanceOf(TypeError);
  expect(first(caught(() => sess.run(3.5 as never)))).toBe("Fetch argument 3.5 has invalid type <class 'float'>, must be a string or Tensor. (Can not convert a float into a Tensor or Operation.)");
});
test('9: a tensor as a feed', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(first(caught(() => sess.run(x.mul(1), [[x, x as never]])))).toBe('The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was Tensor("x:0", shape=(), dtype=float32) which was passed to the feed with key Tensor("x:0", shape=(), dtype=float32).');
});
test('a tensor used as an object key is explained', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(caught(() => sess.run(x.mul(1), { [x as never]: 1 })).message).toContain('write {[X.name]: value}');
});
test('10: sessions that are closed or have nothing to run', () => {
  const closed = (() => { const one = tf.constant(1); sess.close(); return caught(() => sess.run(one)); })();
  expect([first(closed), closed.name]).toEqual(['Attempted to use a closed Session.', 'RuntimeError']);
  expect(closed.message).toContain('fix: run before sess.close()');
  const empty = caught(() => new tf.Session('', { graph: new tf.Graph() }).run([]));
  expect([first(empty), empty.name]).toEqual(['The Session graph is empty.  Add operations to the graph before calling run().', 'RuntimeError']);
  expect(empty.message).toContain('likely cause: the session was opened on a new graph');
});
test('11: no default session, or one of another graph', () => {
  const one = tf.constant(1);
  const tensor = caught(() => one.eval());
  expect([first(tensor), tensor.name]).toEqual(['Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or pass an explicit session to `eval(session=sess)`', 'ValueError']);
  expect(tensor.message).toContain('in TypeScript: sess.asDefault(() => …)');
  expect(first(caught(() => one.op.run()))).toBe('Cannot execute operation using `run()`: No default session is registered. Use `with sess.as_default():` or pass an explicit session to `run(session=sess)`');
  const other = new tf.Graph();
  other.asDefault(() => tf.constant(1));
  const elsewhere = caught(() => open(other, devices()[0]).asDefault(() => one.eval()));
  expect(first(elsewhere)).toBe("Cannot use the default session to evaluate tensor: the tensor's graph is different from the session's graph. Pass an explicit session to `eval(session=sess)`.");
  expect(elsewhere.message).toContain('likely cause: tf.resetDefaultGraph()');
});
test('12: static shapes that do not fit, with both operands and their lines', () => {
  const x = tf.placeholder(tf.float32, [null, 784]);
  const w = tf.zeros([100, 10]);
  const error = caught(() => tf.matmul(x, w));
  expect(first(error)).toBe("Dimensions must be equal, but are 784 and 100 for 'MatMul' (op: 'MatMul') with input shapes: [?,784], [100,10].");
  expect(error.message).toMatch(/a: Placeholder:0 \[\?,784\], made at .*errors\.test\.ts:\d+/);
  expect(error.message).toMatch(/b: zeros:0 \[100,10\], made at .*errors\.test\.ts:\d+/);
});
test('12: the family of static shapes, each with what would fit', () => {
  const cases: [() => unknown, string, string | null][] = [
    [() => tf.nn.conv2d(tf.placeholder(tf.float32, [null, 28, 28]), tf.zeros([5, 5, 1, 32]), [1, 1, 1, 1], 'SAME'),
      "Shape must be rank 4 but is rank 3 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,28,28], [5,5,1,32].", 'tf.expandDims(Placeholder, -1)'],
    [() => tf.nn.conv2d(tf.placeholder(tf.float32, [null, 784], { name: 'x' }), tf.zeros([5, 5, 1, 32]), [1, 1, 1, 1], 'SAME'),
      "Shape must be rank 4 but is rank 2 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,784], [5,5,1,32].", 'reshape x to [-1, 28, 28, 1]'],
    [() => tf.matmul(tf.zeros([5, 784]), tf.zeros([100, 784])), "Dimensions must be equal, but are 784 and 100 for 'MatMul' (op: 'MatMul') with input shapes: [5,784], [100,784].", 'fix: transpose b: tf.matmul(zeros, zeros_1, {transposeB: true}).'],
    [() => tf.matmul(tf.zeros([784, 5]), tf.zeros([784, 100])), "Dimensions must be equal, but are 5 and 784 for 'MatMul' (op: 'MatMul') with input shapes: [784,5], [784,100].", 'fix: transpose a: tf.matmul(zeros, zeros_1, {transposeA: true}).'],
    [() => tf.matmul(tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'x' }), tf.zeros([784, 10])), "Dimensions must be equal, but are 1 and 784 for 'MatMul' (op: 'BatchMatMulV2') with input shapes: [?,28,28,1], [784,10].", 'fix: reshape x to [-1, 784]'],
    [() => tf.matmul(tf.zeros([784]), tf.zeros([784, 10])), "Shape must be rank 2 but is rank 1 for 'MatMul' (op: 'MatMul') with input shapes: [784], [784,10].", 'reshape zeros to [1, 784]'],
    [() => tf.zeros([3, 5]).add(tf.zeros([3])), "Dimensions must be equal, but are 5 and 3 for 'add' (op: 'AddV2') with input shapes: [3,5], [3].", 'tf.expandDims(zeros_1, 1), which is [3, 1]'],
    [() => tf.zeros([3, 5]).mul(tf.zeros([5, 3])), "Dimensions must be equal, but are 3 and 5 for 'mul' (op: 'Mul') with input shapes: [3,5], [5,3].", 'tf.transpose(zeros_1)'],
    [() => tf.zeros([2]).add(tf.zeros([3])), "Dimensions must be equal, but are 2 and 3 for 'add' (op: 'AddV2') with input shapes: [2], [3].", null],
    [() => tf.addN([tf.zeros([2, 1]), tf.zeros([2])]), 'Shapes must be equal rank, but are 2 and 1', null],
    [() => tf.addN([tf.zeros([2]), tf.zeros([3])]), 'Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3].', null],
  ];
  for (const [body, text, cure] of cases) {
    tf.resetDefaultGraph();
    const error = caught(body);
    expect([first(error), error.name]).toEqual([text, 'ValueError']);
    expect(error.message).toMatch(/made at .*errors\.test\.ts:\d+:\d+/);
    if (cure) expect(error.message).toContain(cure);
  }
});
test('13: shapes that do not fit when the graph runs', () => {
  const [a, b] = ['a', 'b'].map((name) => tf.placeholder(tf.float32, null, { name }));
  const zeros = (...shape: number[]): tf.NDArray => new tf.NDArray(tf.float32, shape, new Float32Array(shape.reduce((x, y) => x * y, 1)));
  const [p, q] = [a, b].map((t) => { const m = tf.identity(t); m.setShape([null, null]); return m; });
  const cases: [tf.Tensor, tf.NDArray, tf.NDArray, string, string | null][] = [
    [tf.matmul(p, q), zeros(3, 7), zeros(100, 10), 'Matrix size-incompatible: In[0]: [3,7], In[1]: [100,10]', 'rule: the columns of a, 7, must be the rows of b, 100.'],
    [tf.matmul(p, q), zeros(3, 7), zeros(10, 7), 'Matrix size-incompatible: In[0]: [3,7], In[1]: [10,7]', '{transposeB: true}'],
    [a.add(b), zeros(2, 3), zeros(2, 5), 'Incompatible shapes: [2,3] vs. [2,5]', null],
    [a.add(b), zeros(2, 3), zeros(2), 'Incompatible shapes: [2,3] vs. [2]', 'tf.expandDims(b, 1), which is [2, 1]'],
    [tf.reshape(a, [784]).add(b), zeros(100), zeros(1), 'Input to reshape is a tensor with 100 values, but the requested shape has 784', 'each row wants 784 values, and 100 came'],
    [tf.reshape(a, [-1, 784]).add(b), zeros(100), zeros(1), 'Input to reshape is a tensor with 100 values, but the requested shape requires a multiple of 784', 'each row wants 784 values'],
  ];
  for (const [fetch, x, y, text, cure] of cases) {
    const error = caught(() => sess.run(fetch, [[a, x], [b, y]]));
    expect(first(error)).toBe(text);
    expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
    expect(error.message).toMatch(/\[\[node .* \(defined at .*errors\.test\.ts:\d+:\d+\) \]\]/);
    if (cure) expect(error.message).toContain(cure);
  }
});
test('14: dtypes that differ', () => {
  const x = tf.constant(1, tf.int32);
  const y = tf.constant(1);
  expect(first(caught(() => x.add(y)))).toBe("Input 'y' of 'AddV2' Op has type float32 that does not match type int32 of argument 'x'.");
  const error = caught(() => tf.add(x, y));
  expect(first(error)).toBe("Input 'y' of 'Add' Op has type float32 that does not match type int32 of argument 'x'.");
  expect(error).toBeInstanceOf(TypeError);
});
test('15: two graphs in one op', () => {
  const a = new tf.Graph().asDefault(() => tf.constant(1));
  const b = new tf.Graph().asDefault(() => { tf.constant(1); return tf.constant(1); });
  expect(first(caught(() => tf.add(b, a)))).toBe('Tensor("Const:0", shape=(), dtype=float32) must be from the same graph as Tensor("Const_1:0", shape=(), dtype=float32).');
});
test('16: getVariable', () => {
  tf.getVariable('v', { shape: [1] });
  const twice = caught(() => tf.getVariable('v', { shape: [1] }));
  expect([first(twice), twice.name]).toEqual(['Variable v already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope? Originally defined at:', 'ValueError']);
  expect(twice.message).toMatch(/errors\.test\.ts", line \d+[^]*fix: tf\.variableScope/);
  expect(first(caught(() => tf.variableScope('s', { reuse: true }, () => tf.getVariable('v', { shape: [1] })))))
    .toBe('Variable s/v does not exist, or was not created with tf.get_variable(). Did you mean to set reuse=tf.AUTO_REUSE in VarScope?');
  const shape = caught(() => tf.variableScope(tf.getVariableScope(), { reuse: true }, () => tf.getVariable('v', { shape: [2] })));
  expect(first(shape)).toBe('Trying to share variable v, but specified shape (2,) and found shape (1,).');
  expect(shape.message).toMatch(/v was made at .*errors\.test\.ts/);
});
test('17: an optimizer without variables, or without gradients', () => {
  const minimize = (loss: tf.Tensor) => caught(() => new tf.train.GradientDescentOptimizer(1).minimize(loss));
  const none = minimize(tf.constant(1));
  expect([first(none), none.name]).toEqual(['No variables to optimize.', 'ValueError']);
  expect(none.message).toContain('likely cause: the graph of the loss has no trainable tf.Variable');
  new tf.Variable(1, { name: 'w' });
  const cut = minimize(tf.reduceSum(tf.constant([1, 2])));
  expect(first(cut)).toBe('No gradients provided for any variable, check your graph for ops that do not support gradients, between variables ["<tf.Variable \'w:0\' shape=() dtype=float32_ref>"] and loss Tensor("Sum:0", shape=(), dtype=float32).');
  expect(cut.message).toContain('Sum:0 does not depend on w:0.');
});
test('18: an operation without a gradient', () => {
  const x = tf.constant([1, 1]);
  const error = caught(() => tf.gradients(tf.unique(x).y, x));
  expect([first(error), error.name]).toEqual(["No gradient defined for operation 'Unique' (op type: Unique)", 'LookupError']);
  expect(error.message).toMatch(/Unique was made at .*errors\.test\.ts:\d+:\d+\n {2}fix: /);
});
test('19: a finalized graph', () => {
  tf.constant(1);
  graph.finalize();
  const error = caught(() => tf.constant(2));
  expect([first(error), error.name]).toEqual(['Graph is finalized and cannot be modified.', 'RuntimeError']);
});
test('20: a tensor as a condition or in arithmetic', () => {
  const x = tf.constant(1);
  const error = caught(() => (x as unknown as number) + 1);
  expect(first(error)).toBe('using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution. Use Eager execution or decorate this function with @tf.function.');
  expect(error).toBeInstanceOf(TypeError);
  expect(caught(() => [...(x as unknown as number[])]).name).toBe('OperatorNotAllowedInGraphError');
});
test('27: names that are not valid', () => {
  expect(first(caught(() => tf.nameScope('bad name!', () => 1)))).toBe("'bad name!' is not a valid scope name");
});
test('20: a template string and JSON are harmless, console.log says that it is symbolic', () => {
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
  const v = new tf.Variable([1], { name: 'v' });
  expect(`${x}`).toBe('Tensor("x:0", shape=(?, 2), dtype=float32)');
  expect(JSON.parse(JSON.stringify({ x, op: x.op, v }))).toEqual({
    x: { tensor: 'x:0', dtype: 'float32', shape: [null, 2], op: 'Placeholder', note: 'symbolic: run it in a session' },
    op: { operation: 'x', op: 'Placeholder', inputs: [], note: 'symbolic: run it in a session' },
    v: { variable: 'v:0', dtype: 'float32', shape: [1], trainable: true, note: 'its value is in a session: v.eval(sess)' },
  });
  expect(inspect(x)).toMatch(/^<tf\.Tensor 'x:0' shape=\(\?, 2\) dtype=float32> from op Placeholder made at .*errors\.test\.ts:\d+:\d+ \(symbolic: run it in a session\)$/);
  expect(inspect(x.op)).toMatch(/^<tf\.Operation 'x' type=Placeholder> made at .* \(symbolic: run it in a session\)$/);
  expect(inspect(v)).toMatch(/^<tf\.Variable 'v:0' .* \(its value is in a session: v\.eval\(sess\)\)$/);
  expect(caught(() => (x as unknown as number) > 1).message).toContain('a.less(b)');
  expect(caught(() => (v as unknown as number) * 2).name).toBe('OperatorNotAllowedInGraphError');
  expect(caught(() => (x.op as unknown as number) + 1).message).toContain('fix: run it (sess.run(op))');
});
test('21: checkNumerics', () => {
  const error = caught(() => sess.run(tf.checkNumerics(tf.log(tf.constant(-1)), 'bad log')));
  expect(first(error)).toBe('bad log : Tensor had NaN values');
  expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect(first(caught(() => sess.run(tf.checkNumerics(tf.log(tf.constant(0)), 'bad log'))))).toBe('bad log : Tensor had Inf values');
  expect(first(caught(() => sess.run(tf.checkNumerics(tf.log(tf.constant([0, -1])), 'bad log'))))).toBe('bad log : Tensor had Inf and NaN values');
});
test('22: labels and indices out of range', () => {
  const l = tf.placeholder(tf.int32, [null], { name: 'l' });
  const label = caught(() => sess.run(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: l, logits: tf.zeros([1, 3]) }), { 'l:0': [7] }));
  expect(first(label)).toBe('Received a label value of 7 which is outside the valid range of [0, 3).  Label values: 7');
  expect(label.message).toContain('fix: labels are class indices from 0 to 2');
  const index = caught(() => sess.run(tf.gather(tf.zeros([3]), l), { 'l:0': [5] }));
  expect(first(index)).toBe('indices[0] = 5 is not in [0, 3)');
  expect(index.message).toMatch(/indices: l:0 \[\?\], made at .*\n[^]*there are only 3 rows, counted from 0/);
});
test('23: a cross entropy without names', () => {
  const call = tf.nn.softmaxCrossEntropyWithLogits as unknown as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  const error = caught(() => call(tf.zeros([1, 3]), tf.zeros([1, 3])));
  expect([first(error), error.name]).toEqual(['Only call `softmax_cross_entropy_with_logits` with named arguments (labels=..., logits=..., ...)', 'ValueError']);
});
test('25: starting over inside of another graph', () => {
  const error = caught(() => new tf.Graph().asDefault(() => tf.resetDefaultGraph()));
  expect([first(error), error.name]).toEqual(['Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit the nesting and create a new graph.', 'AssertionError']);
});
