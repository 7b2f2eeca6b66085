/** The errors that sessions raise: TensorFlow's first line, byte for byte, then the line of the script and the cure. */
import { inspect } from 'node:util';
import * as tf from '../../src';
import { type NodeBytes, encodeGraphDef } from '../../src/format/graphdef';
import { devices, open } from '../sweep';
import { pattern } from '../pattern';

let graph: tf.Graph;
let sess: tf.Session;
beforeEach(() => {
  tf.resetDefaultGraph();
  graph = tf.getDefaultGraph();
  sess = open(graph, devices()[0]);
});

function caught(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
const first = (error: Error): string => error.message.split('\n')[0];
/** A line of this file, as errors name it. */
const LINE = /errors\.test\.ts:\d+:\d+/;
/**
 * The class and the first line, which are TensorFlow's; and what must stand below: lines of the script, causes, cures.
 */
function says(body: () => unknown, name: string, text: string, ...below: (string | RegExp)[]): Error {
  const error = caught(body);
  expect([error.name, first(error)]).toEqual([name, text]);
  const rest = error.message.slice(text.length);
  for (const part of below)
    expect(rest).toMatch(part instanceof RegExp ? part : new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return error;
}

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
  expect(first(caught(() => sess.run(tf.identity(x))))).toBe(
    "You must feed a value for placeholder tensor 'x' with dtype int64",
  );
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
  expect(error.message).toMatch(new RegExp(`x:0 was made at .*${LINE.source}\\n {2}fix: the fed data has 3 elements`));
  expect(first(caught(() => sess.run(x.mul(1), { 'x:0': new Float32Array(100) })))).toBe(
    "Cannot feed value of shape (100,) for Tensor 'x:0', which has shape '(?, 784)'",
  );
  expect(caught(() => sess.run(x.mul(1), { 'x:0': [new Array(28).fill(new Array(28).fill(0))] })).message).toContain(
    'its 784 elements would fill (1, 784)',
  );
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
  expect(first(error)).toBe(
    'Error while reading resource variable W from Container: localhost. This could mean that the variable was ' +
      'uninitialized. Not found: Container localhost does not exist. (Could not find resource: localhost/W)',
  );
  expect(error).toBeInstanceOf(tf.errors.FailedPreconditionError);
  expect(error.message).toMatch(
    /uninitialized: W \(made at .*errors\.test\.ts:\d+:\d+\)\n {2}fix: run the initializer/,
  );
});
test('5, 6: feeds and fetches of another graph', () => {
  const other = new tf.Graph();
  const x = other.asDefault(() => tf.placeholder(tf.float32, [null, 784], { name: 'x' }));
  const one = tf.constant(1);
  says(
    () => sess.run(one, [[x, 1]]),
    'TypeError',
    'Cannot interpret feed_dict key as Tensor: Tensor Tensor("x:0", shape=(?, 784), dtype=float32) is not an ' +
      'element of this graph.',
    LINE,
    'fix: open the session on that graph',
  );
  says(
    () => sess.run(x),
    'ValueError',
    "Fetch argument <tf.Tensor 'x:0' shape=(?, 784) dtype=float32> cannot be interpreted as a Tensor. " +
      '(Tensor Tensor("x:0", shape=(?, 784), dtype=float32) is not an element of this graph.)',
    LINE,
    'fix: open the session on that graph',
  );
});
test('5: names that are no tensors of the graph', () => {
  const x = tf.placeholder(tf.float32, [null], { name: 'images' });
  says(
    () => sess.run(x.mul(1), { X: [1] }),
    'TypeError',
    "Cannot interpret feed_dict key as Tensor: The name 'X' looks like an (invalid) Operation name, not a " +
      'Tensor. Tensor names must be of the form "<op_name>:<output_index>".',
    "placeholders of this graph: 'images:0'",
    "fix: feed by the tensor's own name: {[X.name]: value}",
  );
  expect(sess.run(x.mul(1), { feedDict: { 'images:0': [1] } }).toArray()).toEqual([1]);
  says(
    () => sess.run(x.mul(1), [[1, 2]] as never),
    'TypeError',
    'Cannot interpret feed_dict key as Tensor: Can not convert a int into a Tensor.',
    'pairs as [[X, value]]',
  );
  says(
    () => sess.run(x.mul(1), { 'image:0': [1] }),
    'TypeError',
    "Cannot interpret feed_dict key as Tensor: The name 'image:0' refers to a Tensor which does not exist. The " +
      "operation, 'image', does not exist in the graph.",
    "did you mean 'images:0'?",
  );
});
test('7: unknown names', () => {
  tf.constant(1, tf.float32, null, { name: 'cost' });
  const error = caught(() => sess.run('nope:0'));
  expect(error.name).toBe('ValueError');
  expect(first(error)).toBe(
    "Fetch argument 'nope:0' cannot be interpreted as a Tensor. (\"The name 'nope:0' refers to a Tensor which " +
      "does not exist. The operation, 'nope', does not exist in the graph.\")",
  );
  expect(first(caught(() => sess.run('cost:3')))).toContain("The operation, 'cost', exists but only has 1 outputs.");
  expect(first(caught(() => sess.run('a')))).toContain("The name 'a' refers to an Operation not in the graph.");
  expect(caught(() => sess.run('Cst:0')).message).toContain("did you mean 'cost:0'?");
});
test('8: a fetch that is null or a number', () => {
  tf.constant(1);
  const one = tf.constant(1);
  const none = says(
    () => sess.run(null as never),
    'TypeError',
    "Fetch argument None has invalid type <class 'NoneType'>",
    'the fetch is null',
    'likely cause: a gradient that is null',
  );
  expect(none).toBeInstanceOf(TypeError);
  says(
    () => sess.run([one, { cost: undefined }] as never),
    'TypeError',
    "Fetch argument None has invalid type <class 'NoneType'>",
    'it is fetches[1].cost, and is undefined',
    'likely cause: a misspelled property',
  );
  says(
    () => sess.run(3.5 as never),
    'TypeError',
    "Fetch argument 3.5 has invalid type <class 'float'>, must be a string or Tensor. (Can not convert a float " +
      'into a Tensor or Operation.)',
    'const loss = sess.run(loss) put the value in the place of the tensor',
  );
  says(
    () =>
      sess.run([
        one,
        function model() {
          return 1;
        },
      ] as never),
    'TypeError',
    "Fetch argument <function model> has invalid type <class 'function'>, must be a string or Tensor. (Can not " +
      'convert a function into a Tensor or Operation.)',
    'it is fetches[1]',
    'fix: call it',
  );
});
test('9: a tensor as a feed', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  says(
    () => sess.run(x.mul(1), [[x, x as never]]),
    'TypeError',
    'The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, ' +
      'lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was Tensor("x:0", shape=(), ' +
      'dtype=float32) which was passed to the feed with key Tensor("x:0", shape=(), dtype=float32).',
    'fix: run it first and feed the result',
  );
});
test('a tensor used as an object key is explained', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(caught(() => sess.run(x.mul(1), { [x as never]: 1 })).message).toContain('write {[X.name]: value}');
});
test('10: sessions that are closed or have nothing to run', () => {
  const closed = (() => {
    const one = tf.constant(1);
    sess.close();
    return caught(() => sess.run(one));
  })();
  expect([first(closed), closed.name]).toEqual(['Attempted to use a closed Session.', 'RuntimeError']);
  expect(closed.message).toContain('fix: run before sess.close()');
  const empty = caught(() => new tf.Session('', { graph: new tf.Graph() }).run([]));
  expect([first(empty), empty.name]).toEqual([
    'The Session graph is empty.  Add operations to the graph before calling run().',
    'RuntimeError',
  ]);
  expect(empty.message).toContain(
    'likely cause: the nodes are in another graph: the session was opened before tf.resetDefaultGraph()',
  );
});
test('11: no default session, or one of another graph', () => {
  const one = tf.constant(1);
  const tensor = caught(() => one.eval());
  expect([first(tensor), tensor.name]).toEqual([
    'Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or ' +
      'pass an explicit session to `eval(session=sess)`',
    'ValueError',
  ]);
  expect(tensor.message).toContain('in TypeScript: sess.asDefault(() => …)');
  says(
    () => one.op.run(),
    'ValueError',
    'Cannot execute operation using `run()`: No default session is registered. Use `with sess.as_default():` ' +
      'or pass an explicit session to `run(session=sess)`',
    'in TypeScript: sess.asDefault(() => …)',
  );
  const other = new tf.Graph();
  other.asDefault(() => tf.constant(1));
  const elsewhere = caught(() => open(other, devices()[0]).asDefault(() => one.eval()));
  expect(first(elsewhere)).toBe(
    "Cannot use the default session to evaluate tensor: the tensor's graph is different from the session's " +
      'graph. Pass an explicit session to `eval(session=sess)`.',
  );
  expect(elsewhere.message).toContain('likely cause: tf.resetDefaultGraph()');
});
test('12: static shapes that do not fit, with both operands and their lines', () => {
  const x = tf.placeholder(tf.float32, [null, 784]);
  const w = tf.zeros([100, 10]);
  const error = caught(() => tf.matmul(x, w));
  expect(first(error)).toBe(
    "Dimensions must be equal, but are 784 and 100 for 'MatMul' (op: 'MatMul') with input shapes: [?,784], [100,10].",
  );
  expect(error.message).toMatch(/a: Placeholder:0 \[\?,784\], made at .*errors\.test\.ts:\d+/);
  expect(error.message).toMatch(/b: zeros:0 \[100,10\], made at .*errors\.test\.ts:\d+/);
});
test('12: the family of static shapes, each with what would fit', () => {
  const cases: [() => unknown, string, string | null][] = [
    [
      () => tf.nn.conv2d(tf.placeholder(tf.float32, [null, 28, 28]), tf.zeros([5, 5, 1, 32]), [1, 1, 1, 1], 'SAME'),
      "Shape must be rank 4 but is rank 3 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,28,28], [5,5,1,32].",
      'tf.expandDims(Placeholder, -1)',
    ],
    [
      () =>
        tf.nn.conv2d(
          tf.placeholder(tf.float32, [null, 784], { name: 'x' }),
          tf.zeros([5, 5, 1, 32]),
          [1, 1, 1, 1],
          'SAME',
        ),
      "Shape must be rank 4 but is rank 2 for 'Conv2D' (op: 'Conv2D') with input shapes: [?,784], [5,5,1,32].",
      'reshape x to [-1, 28, 28, 1]',
    ],
    [
      () => tf.matmul(tf.zeros([5, 784]), tf.zeros([100, 784])),
      "Dimensions must be equal, but are 784 and 100 for 'MatMul' (op: 'MatMul') with input shapes: [5,784], " +
        '[100,784].',
      'fix: transpose b: tf.matmul(zeros, zeros_1, {transposeB: true}).',
    ],
    [
      () => tf.matmul(tf.zeros([784, 5]), tf.zeros([784, 100])),
      "Dimensions must be equal, but are 5 and 784 for 'MatMul' (op: 'MatMul') with input shapes: [784,5], [784,100].",
      'fix: transpose a: tf.matmul(zeros, zeros_1, {transposeA: true}).',
    ],
    [
      () => tf.matmul(tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'x' }), tf.zeros([784, 10])),
      "Dimensions must be equal, but are 1 and 784 for 'MatMul' (op: 'BatchMatMulV2') with input shapes: " +
        '[?,28,28,1], [784,10].',
      'fix: reshape x to [-1, 784]',
    ],
    [
      () => tf.matmul(tf.zeros([784]), tf.zeros([784, 10])),
      "Shape must be rank 2 but is rank 1 for 'MatMul' (op: 'MatMul') with input shapes: [784], [784,10].",
      'reshape zeros to [1, 784]',
    ],
    [
      () => tf.zeros([3, 5]).add(tf.zeros([3])),
      "Dimensions must be equal, but are 5 and 3 for 'add' (op: 'AddV2') with input shapes: [3,5], [3].",
      'tf.expandDims(zeros_1, 1), which is [3, 1]',
    ],
    [
      () => tf.zeros([3, 5]).mul(tf.zeros([5, 3])),
      "Dimensions must be equal, but are 3 and 5 for 'mul' (op: 'Mul') with input shapes: [3,5], [5,3].",
      'tf.transpose(zeros_1)',
    ],
    [
      () =>
        tf.nn.conv2d(
          tf.placeholder(tf.float32, [null, 28, 28, 3], { name: 'x' }),
          tf.zeros([5, 5, 1, 32]),
          [1, 1, 1, 1],
          'SAME',
        ),
      "Depth of output (32) is not a multiple of the number of groups (3) for 'Conv2D' (op: 'Conv2D') with " +
        'input shapes: [?,28,28,3], [5,5,1,32].',
      'x has 3 channels and the filter takes 1: make the filter [5, 5, 3, 32]',
    ],
    [
      () => tf.nn.biasAdd(tf.zeros([2, 3]), tf.zeros([2])),
      "Dimensions must be equal, but are 3 and 2 for 'BiasAdd' (op: 'BiasAdd') with input shapes: [2,3], [2].",
      'make zeros_1 [3].',
    ],
    [
      () => tf.concat([tf.zeros([2, 3]), tf.zeros([2, 4])], 0),
      "Dimension 0 in both shapes must be equal, but are 3 and 4. Shapes are [3] and [4]. for 'concat' (op: " +
        "'ConcatV2') with input shapes: [2,3], [2,4], [] and with computed input tensors: input[2] = <0>.",
      'values[1]: zeros_1:0 [2,4]',
    ],
    [
      () => tf.zeros([2]).add(tf.zeros([3])),
      "Dimensions must be equal, but are 2 and 3 for 'add' (op: 'AddV2') with input shapes: [2], [3].",
      null,
    ],
    [() => tf.addN([tf.zeros([2, 1]), tf.zeros([2])]), 'Shapes must be equal rank, but are 2 and 1', null],
    [
      () => tf.addN([tf.zeros([2]), tf.zeros([3])]),
      'Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3].',
      null,
    ],
  ];
  for (const [body, text, cure] of cases) {
    tf.resetDefaultGraph();
    const error = caught(body);
    expect([first(error), error.name]).toEqual([text, 'ValueError']);
    expect(error.message).toMatch(/made at .*errors\.test\.ts:\d+:\d+/);
    if (cure) expect(error.message).toContain(cure);
  }
});
test('12: a reshape is not told to reshape its shape', () => {
  says(
    () => tf.reshape(tf.zeros([2, 3]), [4, 2]),
    'ValueError',
    "Cannot reshape a tensor with 6 elements to shape [4,2] (8 elements) for 'Reshape' (op: 'Reshape') with " +
      'input shapes: [2,3], [2] and with input tensors computed as partial shapes: input[1] = [4,2].',
    /tensor: zeros:0 \[2,3\], made at [^]*the failing node is made at .*errors\.test\.ts:\d+:\d+$/,
  );
});
test('13: shapes that do not fit when the graph runs', () => {
  const [a, b] = ['a', 'b'].map((name) => tf.placeholder(tf.float32, null, { name }));
  const zeros = (...shape: number[]): tf.NDArray =>
    new tf.NDArray(tf.float32, shape, new Float32Array(shape.reduce((x, y) => x * y, 1)));
  const [p, q] = [a, b].map((t) => {
    const m = tf.identity(t);
    m.setShape([null, null]);
    return m;
  });
  const cases: [tf.Tensor, tf.NDArray, tf.NDArray, string, string | null][] = [
    [
      tf.matmul(p, q),
      zeros(3, 7),
      zeros(100, 10),
      'Matrix size-incompatible: In[0]: [3,7], In[1]: [100,10]',
      'rule: the columns of a, 7, must be the rows of b, 100.',
    ],
    [
      tf.matmul(p, q),
      zeros(3, 7),
      zeros(10, 7),
      'Matrix size-incompatible: In[0]: [3,7], In[1]: [10,7]',
      '{transposeB: true}',
    ],
    [a.add(b), zeros(2, 3), zeros(2, 5), 'Incompatible shapes: [2,3] vs. [2,5]', null],
    [a.add(b), zeros(2, 3), zeros(2), 'Incompatible shapes: [2,3] vs. [2]', 'tf.expandDims(b, 1), which is [2, 1]'],
    [
      tf.reshape(a, [784]).add(b),
      zeros(100),
      zeros(1),
      'Input to reshape is a tensor with 100 values, but the requested shape has 784',
      'each row wants 784 values, and 100 came',
    ],
    [
      tf.reshape(a, [-1, 784]).add(b),
      zeros(100),
      zeros(1),
      'Input to reshape is a tensor with 100 values, but the requested shape requires a multiple of 784',
      'each row wants 784 values',
    ],
  ];
  for (const [fetch, x, y, text, cure] of cases) {
    const error = caught(() =>
      sess.run(fetch, [
        [a, x],
        [b, y],
      ]),
    );
    expect(first(error)).toBe(text);
    expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
    expect(error.message).toMatch(/\[\[node .* \(defined at .*errors\.test\.ts:\d+:\d+\) \]\]/);
    if (cure) expect(error.message).toContain(cure);
  }
});
test('14: dtypes that differ', () => {
  const x = tf.constant(1, tf.int32, null, { name: 'count' });
  const y = tf.constant(1);
  const lines = pattern(
    /x: count:0 is int32, made at .*errors\.test\.ts:\d+:\d+\n {2}y: Const:0 is float32, made at /,
    /.*errors\.test\.ts:\d+:\d+\n {2}fix: tf\.cast\(count, tf\.float32\)\./,
  );
  says(
    () => x.add(y),
    'TypeError',
    "Input 'y' of 'AddV2' Op has type float32 that does not match type int32 of argument 'x'.",
    lines,
  );
  expect(
    says(
      () => tf.add(x, y),
      'TypeError',
      "Input 'y' of 'Add' Op has type float32 that does not match type int32 of argument 'x'.",
      lines,
    ),
  ).toBeInstanceOf(TypeError);
  const labels = tf.placeholder(tf.int32, [null, 3], { name: 'labels' });
  says(
    () => tf.matmul(labels, tf.zeros([3, 2])),
    'TypeError',
    "Input 'b' of 'MatMul' Op has type float32 that does not match type int32 of argument 'a'.",
    'a: labels:0 is int32',
    'b: zeros:0 is float32',
    'fix: tf.cast(labels, tf.float32).',
  );
  says(
    () => tf.where(labels, y, y),
    'TypeError',
    "Input 'condition' of 'Select' Op has type int32 that does not match expected type of bool.",
    LINE,
    'fix: tf.cast(labels, tf.bool).',
  );
  says(
    () => tf.oneHot(y, 10),
    'TypeError',
    "Value passed to parameter 'indices' has DataType float32 not in list of allowed values: uint8, int32, int64",
    LINE,
  );
});
test('14: what does not convert to a tensor', () => {
  const x = tf.constant(1);
  says(
    () => tf.add(x, undefined as never),
    'ValueError',
    "Tried to convert 'y' to a tensor and failed. Error: None values not supported.",
    'the value is undefined',
    'x.get(0)',
    "an input of 'Add'",
  );
  says(() => x.add(null as never), 'ValueError', 'None values not supported.', 'a gradient that is null');
  says(() => tf.constant('a', tf.float32), 'TypeError', "Expected float32, got 'a' of type 'str' instead.");
  says(
    () => tf.add(x, 'a'),
    'TypeError',
    "Expected float32 passed to parameter 'y' of op 'Add', got 'a' of type 'str' instead. Error: Expected " +
      "float32, got 'a' of type 'str' instead.",
  );
  says(
    () => tf.constant([[1, 2], [3]]),
    'ValueError',
    'Argument must be a dense tensor: [[1, 2], [3]] - got shape [2], but wanted [2, 2].',
    '[3] stands where a list of 2 was wanted',
  );
  says(() => tf.constant(undefined as never), 'ValueError', 'None values not supported.', 'an argument left out');
  says(
    () => tf.reshape(x, [x.shape.dims![0] ?? null, 2] as never),
    'TypeError',
    "Failed to convert object of type <class 'list'> to Tensor. Contents: [None, 2]. Consider casting elements " +
      'to a supported type.',
    'a size that is not known is -1 in tf.reshape',
  );
  says(
    () => tf.cast(x, undefined as never),
    'TypeError',
    'Cannot convert value None to a TensorFlow DType.',
    'fix: dtypes are tf.float32',
  );
  says(
    () => tf.nn.conv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), [1, 1, 1, 1], undefined as never),
    'TypeError',
    "missing a required argument: 'padding'",
    "'SAME' or 'VALID'",
  );
  says(
    () =>
      tf.nn.maxPool(
        tf.zeros([1, 4, 4, 1]),
        { ksize: 2, strides: 2, padding: 'SAME' } as never,
        undefined as never,
        'SAME',
      ),
    'TypeError',
    "missing a required argument: 'ksize'",
    'not in the options',
  );
  says(
    () => tf.placeholder(undefined as never),
    'TypeError',
    "Expected DataType for argument 'dtype' not None.",
    'fix: the dtype comes first',
  );
  expect(tf.placeholder(tf.float32, { shape: [1] }).shape.dims).toEqual([1]);
  expect(tf.placeholder(tf.float32, 784 as never).shape.dims).toEqual([784]);
});
test('15: two graphs in one op', () => {
  const a = new tf.Graph().asDefault(() => tf.constant(1));
  const b = new tf.Graph().asDefault(() => {
    tf.constant(1);
    return tf.constant(1);
  });
  says(
    () => tf.add(b, a),
    'ValueError',
    'Tensor("Const:0", shape=(), dtype=float32) must be from the same graph as Tensor("Const_1:0", shape=(), ' +
      'dtype=float32).',
    /Const:0 was made at .*errors\.test\.ts.*\n {2}Const_1:0 was made at .*errors\.test\.ts/,
    'fix: build both in one graph',
  );
  says(
    () => tf.controlDependencies([a], () => tf.constant(2)),
    'ValueError',
    'Tensor Tensor("Const:0", shape=(), dtype=float32) is not an element of this graph.',
    LINE,
    'fix: what waits, and what it waits for, must be of one graph',
  );
  says(
    () => tf.controlDependencies([null as never], () => 1),
    'TypeError',
    'Can not convert a NoneType into a Tensor or Operation.',
  );
});
test('16: getVariable', () => {
  tf.getVariable('v', { shape: [1] });
  const twice = caught(() => tf.getVariable('v', { shape: [1] }));
  expect([first(twice), twice.name]).toEqual([
    'Variable v already exists, disallowed. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope? ' +
      'Originally defined at:',
    'ValueError',
  ]);
  expect(twice.message).toMatch(/errors\.test\.ts", line \d+[^]*fix: tf\.variableScope/);
  expect(first(caught(() => tf.variableScope('s', { reuse: true }, () => tf.getVariable('v', { shape: [1] }))))).toBe(
    'Variable s/v does not exist, or was not created with tf.get_variable(). Did you mean to set ' +
      'reuse=tf.AUTO_REUSE in VarScope?',
  );
  const shape = caught(() =>
    tf.variableScope(tf.getVariableScope(), { reuse: true }, () => tf.getVariable('v', { shape: [2] })),
  );
  expect(first(shape)).toBe('Trying to share variable v, but specified shape (2,) and found shape (1,).');
  expect(shape.message).toMatch(/v was made at .*errors\.test\.ts[^]*fix: ask for the same shape/);
  says(
    () => tf.variableScope('s', { reuse: true }, () => tf.getVariable('v', [1])),
    'ValueError',
    'Variable s/v does not exist, or was not created with tf.get_variable(). Did you mean to set ' +
      'reuse=tf.AUTO_REUSE in VarScope?',
    "there is 'v': the variable scopes differ",
    'fix: {reuse: tf.AUTO_REUSE}',
  );
  says(
    () => tf.getVariable('u'),
    'ValueError',
    'The initializer passed is not valid. It should be a callable with no arguments and the shape should not ' +
      "be provided or an instance of `tf.keras.initializers.*' and `shape` should be fully defined.",
    "fix: give all its sizes: tf.getVariable('u', [784, 10])",
  );
});
test('17: an optimizer without variables, or without gradients', () => {
  const minimize = (loss: tf.Tensor) => caught(() => new tf.train.GradientDescentOptimizer(1).minimize(loss));
  const none = minimize(tf.constant(1));
  expect([first(none), none.name]).toEqual(['No variables to optimize.', 'ValueError']);
  expect(none.message).toContain('likely cause: the graph of the loss has no trainable tf.Variable');
  const w = new tf.Variable(1, { name: 'w' });
  says(
    () => new tf.train.GradientDescentOptimizer(1).minimize(tf.cast(w, tf.int32)),
    'ValueError',
    'Invalid type tf.int32 for Cast:0, expected: [tf.float32, tf.float64, tf.float16, tf.bfloat16].',
    LINE,
    'compute the cost in tf.float32',
  );
  const cut = minimize(tf.reduceSum(tf.constant([1, 2])));
  expect(first(cut)).toBe(
    'No gradients provided for any variable, check your graph for ops that do not support gradients, between ' +
      'variables ["<tf.Variable \'w:0\' shape=() dtype=float32_ref>"] and loss Tensor("Sum:0", shape=(), ' +
      'dtype=float32).',
  );
  expect(cut).toBeInstanceOf(Error);
  expect([cut.name, cut.message.includes('Sum:0 does not depend on w:0.')]).toEqual(['ValueError', true]);
  says(
    () => new tf.train.GradientDescentOptimizer(1).minimize(tf.cast(tf.argmax(tf.stack([w, w]), 0), tf.float32)),
    'ValueError',
    'No gradients provided for any variable, check your graph for ops that do not support gradients, between ' +
      'variables ["<tf.Variable \'w:0\' shape=() dtype=float32_ref>"] and loss Tensor("Cast_1:0", shape=(), ' +
      'dtype=float32).',
    pattern(
      /ArgMax:0, made at .*errors\.test\.ts:\d+:\d+, is int64, and gradients flow through floating-point /,
      /tensors only; make the cost of what comes before it\./,
    ),
  );
});
test('18: an operation without a gradient', () => {
  const x = tf.constant([1, 1]);
  const error = caught(() => tf.gradients(tf.unique(x).y, x));
  expect([first(error), error.name]).toEqual([
    "No gradient defined for operation 'Unique' (op type: Unique)",
    'LookupError',
  ]);
  expect(error.message).toMatch(/Unique was made at .*errors\.test\.ts:\d+:\d+\n {2}fix: /);
});
test('19: a finalized graph', () => {
  tf.constant(1);
  graph.finalize();
  says(
    () => tf.constant(2),
    'RuntimeError',
    'Graph is finalized and cannot be modified.',
    /'Const' \(op type: Const\) would be added at .*errors\.test\.ts:\d+:\d+/,
    'fix: build everything before graph.finalize()',
  );
});
test('20: a tensor as a condition or in arithmetic', () => {
  const x = tf.constant(1);
  const cure = 'fix: for arithmetic use its methods (a.add(b), a.less(b))';
  for (const body of [
    () => (x as unknown as number) + 1,
    () => (x as unknown as number) > 1,
    () => Math.sqrt(x as never),
  ]) {
    expect(
      says(
        body,
        'OperatorNotAllowedInGraphError',
        'using a `tf.Tensor` as a Python `bool` is not allowed in Graph execution. Use Eager execution or ' +
          'decorate this function with @tf.function.',
        LINE,
        cure,
      ),
    ).toBeInstanceOf(TypeError);
  }
  for (const body of [
    () => [...(x as unknown as number[])],
    () => new Float32Array(x as never),
    () => {
      const [a] = x as unknown as number[];
      return a;
    },
  ]) {
    says(
      body,
      'OperatorNotAllowedInGraphError',
      'iterating over `tf.Tensor` is not allowed in Graph execution. Use Eager execution or decorate this ' +
        'function with @tf.function.',
      LINE,
      'fix: to split it into tensors use tf.unstack(tensor)',
    );
  }
  says(
    () => x.length,
    'TypeError',
    'len is not well defined for symbolic Tensors. (Const:0) Please call `x.shape` rather than `len(x)` for ' +
      'shape information.',
    LINE,
    'fix: tensor.shape.dims',
  );
});
test('20: a template string and JSON are harmless, console.log says that it is symbolic', () => {
  const x = tf.placeholder(tf.float32, [null, 2], { name: 'x' });
  const v = new tf.Variable([1], { name: 'v' });
  expect(`${x}`).toBe('Tensor("x:0", shape=(?, 2), dtype=float32)');
  expect(JSON.parse(JSON.stringify({ x, op: x.op, v }))).toEqual({
    x: { tensor: 'x:0', dtype: 'float32', shape: [null, 2], op: 'Placeholder', note: 'symbolic: run it in a session' },
    op: { operation: 'x', op: 'Placeholder', inputs: [], note: 'symbolic: run it in a session' },
    v: {
      variable: 'v:0',
      dtype: 'float32',
      shape: [1],
      trainable: true,
      note: 'its value is in a session: v.eval(sess)',
    },
  });
  expect(inspect(x)).toMatch(
    pattern(
      /^<tf\.Tensor 'x:0' shape=\(\?, 2\) dtype=float32> from op Placeholder made at /,
      /.*errors\.test\.ts:\d+:\d+ \(symbolic: run it in a session\)$/,
    ),
  );
  expect(inspect(x.op)).toMatch(/^<tf\.Operation 'x' type=Placeholder> made at .* \(symbolic: run it in a session\)$/);
  expect(inspect(v)).toMatch(/^<tf\.Variable 'v:0' .* \(its value is in a session: v\.eval\(sess\)\)$/);
  expect(caught(() => (x as unknown as number) > 1).message).toContain('a.less(b)');
  expect(caught(() => (v as unknown as number) * 2).name).toBe('OperatorNotAllowedInGraphError');
  expect(caught(() => (x.op as unknown as number) + 1).message).toContain('fix: run it (sess.run(op))');
});
test('21: checkNumerics', () => {
  const error = says(
    () => sess.run(tf.checkNumerics(tf.log(tf.constant(-1)), 'bad log')),
    'InvalidArgumentError',
    'bad log : Tensor had NaN values',
    pattern(
      /\[\[node CheckNumerics \(defined at .*errors\.test\.ts:\d+:\d+\) \]\]\n {2}tensor: Log:0 \[\], made /,
      /at .*errors\.test\.ts/,
    ),
    'fix: config.checkNumerics',
  );
  expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
  expect(first(caught(() => sess.run(tf.checkNumerics(tf.log(tf.constant(0)), 'bad log'))))).toBe(
    'bad log : Tensor had Inf values',
  );
  expect(first(caught(() => sess.run(tf.checkNumerics(tf.log(tf.constant([0, -1])), 'bad log'))))).toBe(
    'bad log : Tensor had Inf and NaN values',
  );
});
test('22: labels and indices out of range', () => {
  const l = tf.placeholder(tf.int32, [null], { name: 'l' });
  const label = caught(() =>
    sess.run(tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: l, logits: tf.zeros([1, 3]) }), { 'l:0': [7] }),
  );
  expect(first(label)).toBe('Received a label value of 7 which is outside the valid range of [0, 3).  Label values: 7');
  expect([label.name, LINE.test(label.message)]).toEqual(['InvalidArgumentError', true]);
  expect(label.message).toContain('fix: labels are class indices from 0 to 2');
  const index = caught(() => sess.run(tf.gather(tf.zeros([3]), l), { 'l:0': [5] }));
  expect([index.name, first(index)]).toEqual(['InvalidArgumentError', 'indices[0] = 5 is not in [0, 3)']);
  expect(index.message).toMatch(/indices: l:0 \[\?\], made at .*\n[^]*there are only 3 rows, counted from 0/);
});
test('23: a cross entropy without names', () => {
  const call = tf.nn.softmaxCrossEntropyWithLogits as unknown as (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
  says(
    () => call(tf.zeros([1, 3]), tf.zeros([1, 3])),
    'ValueError',
    'Only call `softmax_cross_entropy_with_logits` with named arguments (labels=..., logits=..., ...)',
    'fix: tf.nn.softmaxCrossEntropyWithLogits({labels, logits})',
  );
});
test('25: starting over inside of another graph', () => {
  says(
    () => new tf.Graph().asDefault(() => tf.resetDefaultGraph()),
    'AssertionError',
    'Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit the nesting ' +
      'and create a new graph.',
    'fix: call tf.resetDefaultGraph() outside of graph.asDefault(…)',
  );
});
test('26: what a protocol buffer does not hold', () => {
  // Pages that nobody touches take no memory.
  const large = new tf.NDArray(tf.float32, [2 ** 29], new Float32Array(2 ** 29));
  says(
    () => tf.constant(large),
    'ValueError',
    'Cannot create a tensor proto whose content is larger than 2GB.',
    "the constant 'Const' is float32 [536870912]",
    'fix: feed it through a placeholder',
  );
  const half = new tf.NDArray(tf.float32, [2 ** 28], new Float32Array(2 ** 28));
  const node = (name: string): NodeBytes => ({
    name,
    op: 'Const',
    input: [],
    attr: { value: { kind: 'tensor', value: half } },
  });
  says(
    () => encodeGraphDef([node('a'), node('b')]),
    'ValueError',
    'GraphDef cannot be larger than 2GB.',
    'its constants alone have 2.0 GB',
    'fix: keep data out of the graph',
  );
});
test.each([
  ['bad name!', 'bad_name'],
  ['_x', 'x'],
  ['größe', 'gr_e'],
])('27: %p is no name', (name, better) => {
  says(
    () => tf.nameScope(name, () => 1),
    'ValueError',
    `'${name}' is not a valid scope name`,
    `begins with a letter, a digit or a dot: '${better}'.`,
  );
  says(
    () => tf.constant(1, tf.float32, null, { name }),
    'ValueError',
    `'${name}' is not a valid node name`,
    `'${better}'`,
  );
  says(() => new tf.Variable(1, { name }), 'ValueError', `'${name}' is not a valid scope name`, `'${better}'`);
});
test.each([
  ['/gpux:0', "Unknown attribute: 'gpux' in '/gpux:0'"],
  ['foo', "Unknown attribute: 'foo' in 'foo'"],
  ['/device:GPU', "Unknown attribute: 'device' in '/device:GPU'"],
  ['/cpu:0:1', "Unknown attribute: 'cpu' in '/cpu:0:1'"],
  ['/cpu:x', "invalid literal for int() with base 10: 'x'"],
  ['/gpu:', "invalid literal for int() with base 10: ''"],
  ['/job:a/task:x', "invalid literal for int() with base 10: 'x'"],
  ['/cpu:0/gpu:0', 'Cannot specify multiple device types: /cpu:0/gpu:0'],
])('28: %p is no device', (name, text) => {
  says(() => tf.device(name, () => tf.constant(1)), 'ValueError', text, "fix: devices are written '/");
});
test("28: devices are joined part by part, in TensorFlow's spelling", () => {
  const at = (...names: string[]): string =>
    names.reduceRight(
      (inner: () => string, name) => () => tf.device(name, inner),
      () => tf.constant(1).device,
    )();
  expect([
    at('/gpu:0'),
    at('gpu'),
    at('/device:gpu:1'),
    at('/cpu:*'),
    at('/'),
    at('/job:a', '/cpu:0', '/task:1'),
    at('/gpu:1', '/cpu'),
  ]).toEqual([
    '/device:GPU:0',
    '/device:GPU:*',
    '/device:GPU:1',
    '/device:CPU:*',
    '',
    '/job:a/task:1/device:CPU:0',
    '/device:CPU:*',
  ]);
});
test('28: a device type that is not there is left to this process, another process is not', () => {
  expect(sess.run(tf.device('/gpu:0', () => tf.constant(1).add(1)))).toBe(2);
  const far = tf.device('/job:worker/task:1', () => tf.constant(1, tf.float32, null, { name: 'far' }));
  for (let i = 0; i < 2; i++) {
    const error = says(
      () => sess.run(far.add(1)),
      'InvalidArgumentError',
      'Cannot assign a device for operation far: {{node far}} was explicitly assigned to /job:worker/task:1 ' +
        'but available devices are [ /job:localhost/replica:0/task:0/device:CPU:0 ]. Make sure the device ' +
        'specification refers to a valid device.',
      LINE,
      'fix: this session runs in one process',
    );
    expect((error as tf.errors.OpError).op!.name).toBe('far');
  }
});
test('integers that their type would wrap around', () => {
  const [x, y] = [tf.placeholder(tf.int32, [], { name: 'x' }), tf.placeholder(tf.uint8, [], { name: 'y' })];
  says(
    () => sess.run(x.mul(1), [[x, 3e9]]),
    'TypeError',
    "Type of feed value 3000000000 with type <class 'int'> is not compatible with Tensor type <class " +
      "'numpy.int32'>. Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).",
    LINE,
  );
  says(
    () => sess.run(tf.identity(y), [[y, 300]]),
    'TypeError',
    "Type of feed value 300 with type <class 'int'> is not compatible with Tensor type <class 'numpy.uint8'>. " +
      'Try explicitly setting the type of the feed tensor to a larger type (e.g. int64).',
  );
});
test.each<[string, unknown, string]>([
  ['strings', ['a', 'b'], 'convert the strings'],
  ['a promise', Promise.resolve([1]), 'await it'],
  ['bytes', new ArrayBuffer(8), 'new Float32Array(buffer)'],
])('%s for numbers', (_, value, cure) => {
  const x = tf.placeholder(tf.float32, [null], { name: 'x' });
  expect(caught(() => sess.run(x.mul(1), [[x, value as never]])).message).toMatch(
    new RegExp(`it was fed for .*${LINE.source}[^]*fix: .*${cure.replace(/[()]/g, '\\$&')}`),
  );
});
