/** Graphs that are mixed, finished, nested or too large; names and devices. */
import * as tf from '../../src';
import { type NodeBytes, encodeGraphDef } from '../../src/format/graphdef';
import { LINE, graph, says, sess } from './says';

test('two graphs in one op', () => {
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
    /Const:0 was made at .*\.test\.ts.*\n {2}Const_1:0 was made at .*\.test\.ts/,
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
test('a finalized graph', () => {
  tf.constant(1);
  graph.finalize();
  says(
    () => tf.constant(2),
    'RuntimeError',
    'Graph is finalized and cannot be modified.',
    /'Const' \(op type: Const\) would be added at .*\.test\.ts:\d+:\d+/,
    'fix: build everything before graph.finalize()',
  );
});
test('starting over inside of another graph', () => {
  says(
    () => new tf.Graph().asDefault(() => tf.resetDefaultGraph()),
    'AssertionError',
    'Do not use tf.reset_default_graph() to clear nested graphs. If you need a cleared graph, exit the nesting ' +
      'and create a new graph.',
    'fix: call tf.resetDefaultGraph() outside of graph.asDefault(…)',
  );
});
test('what a protocol buffer does not hold', () => {
  // Pages that nobody touches take no memory.
  const large = new tf.NDArray(tf.float32, [2 ** 29], new Float32Array(2 ** 29));
  says(
    () => tf.constant(large),
    'ValueError',
    'Cannot create a tensor proto whose content is larger than 2GB.',
    "the constant 'Const' is float32 [536870912]",
    'fix: feed it through a placeholder',
  );
  // Nor does anybody copy them before they are refused.
  const before = process.memoryUsage().rss;
  expect(() => tf.constant(new Float32Array(2 ** 29))).toThrow('larger than 2GB');
  expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 29);
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
])('%p is no name', (name, better) => {
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
])('%p is no device', (name, text) => {
  says(() => tf.device(name, () => tf.constant(1)), 'ValueError', text, "fix: devices are written '/");
});
test("devices are joined part by part, in TensorFlow's spelling", () => {
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
    '/device:CPU:1',
  ]);
});
test('a device type that is not there is left to this process, another process is not', () => {
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
  // Constants go where their readers are: of several it is the first other node that is named.
  const sum = tf.device('/job:worker', () => tf.add(tf.constant(1), 2, { name: 'sum' }));
  says(
    () => sess.run(sum),
    'InvalidArgumentError',
    'Cannot assign a device for operation sum: {{node sum}} was explicitly assigned to /job:worker ' +
      'but available devices are [ /job:localhost/replica:0/task:0/device:CPU:0 ]. Make sure the device ' +
      'specification refers to a valid device.',
  );
});
