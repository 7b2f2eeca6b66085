import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { apply, applyOp } from '../../src/graph/apply';
import { type Mode, devices, open, sameGraph } from '../sweep';

const x = (...shape: number[]): tf.Tensor => tf.placeholder(tf.float32, shape, { name: 'x' });
const ix = (...shape: number[]): tf.Tensor => tf.placeholder(tf.int32, shape, { name: 'i' });
/** Of data, so that the constant gets the name that it has in TensorFlow. */
const zeros = (shape: number[], options: tf.VariableOptions = {}): tf.Variable =>
  new tf.Variable(new NDArray(tf.float32, shape, new Float32Array(shape.reduce((a, b) => a * b, 1))), {
    name: 'v',
    ...options,
  });

sameGraph('state', 'references', (tf) => {
  const a = zeros([4, 2]);
  tf.assign(a, x(4, 2));
  tf.assignAdd(a, x(4, 2), { name: 'more' });
  tf.assignSub(a, x(4, 2));
  tf.assign(a, tf.placeholder(tf.float32, [3], { name: 'other' }), { validateShape: false });
  a.assign([
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
  ]);
  a.assignAdd(x(4, 2), { useLocking: true });
  a.readValue();
  tf.isVariableInitialized(a);
});
sameGraph('state', 'counting', (tf) => tf.countUpTo(new tf.Variable(0, { name: 'n', dtype: tf.int32 }), 3));
sameGraph('state', 'scatters', (tf) => {
  const a = zeros([4, 2]);
  for (const f of [
    tf.scatterUpdate,
    tf.scatterAdd,
    tf.scatterSub,
    tf.scatterMul,
    tf.scatterDiv,
    tf.scatterMin,
    tf.scatterMax,
  ])
    f(a, ix(3), x(3, 2));
  tf.scatterAdd(a, ix(3), 1);
  tf.scatterNdUpdate(a, ix(3, 1), x(3, 2));
  tf.scatterNdAdd(a, ix(3, 2), x(3));
  tf.scatterNdSub(a, ix(3, 2), x(3));
  a.scatterSub(new tf.IndexedSlices(x(3, 2), ix(3)));
});
sameGraph('state', 'resources', (tf) => {
  const a = zeros([4, 2], { useResource: true });
  a.assign(x(4, 2), { readValue: false });
  a.assignAdd(x(4, 2), { readValue: false });
  a.assignSub(x(4, 2), { readValue: false, name: 'less' });
  a.assign(x(4, 2));
  a.readValue();
  tf.isVariableInitialized(a);
  tf.countUpTo(new tf.Variable(0, { name: 'n', dtype: tf.int32, useResource: true }), 3);
});
sameGraph('state', 'resource scatters', (tf) => {
  const a = zeros([4, 2], { useResource: true });
  for (const f of [
    tf.scatterUpdate,
    tf.scatterAdd,
    tf.scatterSub,
    tf.scatterMul,
    tf.scatterDiv,
    tf.scatterMin,
    tf.scatterMax,
  ])
    f(a, ix(3), x(3, 2));
  tf.scatterNdAdd(a, ix(3, 2), x(3));
  tf.gather(a, ix(3));
});
sameGraph('state', 'variables in arithmetic', (tf) => {
  const [a, b] = [zeros([2, 2]), zeros([2, 2], { useResource: true })];
  const y = a.mul(b).add(1);
  tf.matmul(b, y);
  tf.stack([b, a]);
});
sameGraph('state', 'gradient of a gather from a resource', (tf) => {
  const a = zeros([4, 2], { useResource: true });
  tf.gradients(tf.gather(a, ix(3)), [a]);
});
sameGraph('state', 'gradient to a resource', (tf) => {
  tf.gradients(zeros([2], { useResource: true }).mul(2), tf.trainableVariables());
});
sameGraph('state', 'gradient to a reference', (tf) => {
  tf.gradients(zeros([2]).mul(2), tf.trainableVariables());
});

const first = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.split('\n')[0]}`;
  }
  throw new Error('nothing was thrown');
};
const list = (value: unknown): unknown => (value instanceof NDArray ? value.toArray() : value);

describe('shapes that do not fit are refused when the graph is built', () => {
  beforeEach(() => tf.resetDefaultGraph());
  const w = (useResource: boolean): tf.Variable => new tf.Variable([1, 2], { name: 'W', useResource });
  test('references', () => {
    expect(first(() => w(false).assign([1, 2, 3]))).toBe(
      'ValueError: Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3]. for ' +
        "'Assign' (op: 'Assign') with input shapes: [2], [3].",
    );
    expect(first(() => w(false).assignAdd(1))).toBe(
      "ValueError: Shapes must be equal rank, but are 1 and 0 for 'AssignAdd' (op: 'AssignAdd') with input " +
        'shapes: [2], [].',
    );
    expect(first(() => tf.scatterAdd(zeros([4, 2]), [0, 1], [1, 2]))).toBe(
      "ValueError: Shapes must be equal rank, but are 1 and 2 for 'ScatterAdd' (op: 'ScatterAdd') with input " +
        'shapes: [4,2], [2], [2].',
    );
    expect(() => tf.assign(tf.constant([1, 2]), [1, 2])).toThrow('is not a variable');
    expect(() => apply('Assign', [tf.constant([1, 2]), [1, 2]])).toThrow(
      "'Assign' Op requires that input 'ref' be a mutable tensor (e.g.: a tf.Variable)",
    );
  });
  test('handles', () => {
    expect(first(() => w(true).assign([1, 2, 3]))).toBe('ValueError: Shapes (2,) and (3,) are incompatible');
    const { handle } = w(true);
    expect(first(() => applyOp('AssignAddVariableOp', [handle, [1, 2, 3]]))).toBe(
      'ValueError: Dimension 0 in both shapes must be equal, but are 2 and 3. Shapes are [2] and [3]. for ' +
        "'AssignAddVariableOp' (op: 'AssignAddVariableOp') with input shapes: [], [3].",
    );
    expect(first(() => apply('ReadVariableOp', [handle], { dtype: tf.int32 }))).toBe(
      "ValueError: Trying to read variable with wrong dtype. Expected float got int32 for 'ReadVariableOp' " +
        "(op: 'ReadVariableOp') with input shapes: [].",
    );
    expect(first(() => applyOp('ResourceScatterAdd', [handle, [1, 2], [1, 2, 3]]))).toBe(
      'ValueError: Dimension 0 in both shapes must be equal, but are 3 and 2. Shapes are [3] and [2]. for ' +
        "'ResourceScatterAdd' (op: 'ResourceScatterAdd') with input shapes: [], [2], [3].",
    );
  });
});

const KINDS: [string, boolean][] = [
  ['references', false],
  ['handles', true],
];
const MODES = devices().flatMap((mode) =>
  (['auto', 'host', 'device'] as const).flatMap((placement) =>
    KINDS.map(([kind, useResource]): [string, string, Mode, boolean] => [
      `${mode.title}, ${placement}`,
      kind,
      { ...mode, placement },
      useResource,
    ]),
  ),
);

describe.each(MODES)('on %s: %s', (_, __, mode, useResource) => {
  let sess: tf.Session;
  beforeEach(() => {
    tf.resetDefaultGraph();
    sess = open(tf.getDefaultGraph(), mode);
  });
  afterEach(() => sess.close());
  const variable = (value: unknown, options: tf.VariableOptions = {}): tf.Variable =>
    new tf.Variable(value as number[], { name: 'W', useResource, ...options });
  const start = (): void => {
    sess.run(tf.globalVariablesInitializer());
  };

  test('assign, += and -= give the value after', () => {
    const w = variable([1, 2]);
    const d = tf.placeholder(tf.float32, null);
    const ops = [w.assign(d), w.assignAdd(d), w.assignSub(d)];
    start();
    const got = ops.map((op) => list(sess.run(op, [[d, [10, 20]]])));
    expect(got).toEqual([
      [10, 20],
      [20, 40],
      [10, 20],
    ]);
    expect(list(sess.run(w))).toEqual([10, 20]);
  });
  test.each(['float64', 'int32', 'int64', 'uint8', 'int8', 'int16'])('adds up %s', (name) => {
    const dtype = tf.asDtype(name);
    const w = variable([100, 2], { dtype });
    const more = w.assignAdd(tf.constant([27, 3], dtype));
    const less = w.assignSub(tf.constant([5, 1], dtype));
    start();
    expect([list(sess.run(more)), list(sess.run(less))]).toEqual([
      [127, 5],
      [122, 4],
    ]);
    expect((sess.run(w) as NDArray).dtype).toBe(dtype);
  });
  test('half floats add up', () => {
    const w = variable(tf.cast(tf.constant([1, 2]), tf.float16));
    const more = w.assignAdd(tf.cast(tf.constant([0.5, 0.25]), tf.float16));
    start();
    sess.run(more);
    expect(list(sess.run(tf.cast(w, tf.float32)))).toEqual([1.5, 2.25]);
  });
  test('what was read before an update: a handle gives the value as of then, a reference the buffer', () => {
    const w = variable([1, 2]);
    const before = w.readValue();
    const after = tf.controlDependencies([before], () => w.assignAdd([1, 1]));
    const copy = tf.identity(before);
    start();
    // Plans that are run often are rewritten: the answer stays.
    for (let i = 0; i < 60; i++) {
      const [old, updated] = [
        [1 + i, 2 + i],
        [2 + i, 3 + i],
      ];
      const read = useResource ? old : updated;
      expect(sess.run([before, after, copy]).map(list)).toEqual([read, updated, read]);
    }
  });
  test('reads and writes keep their order in plans that are run often', () => {
    const w = variable([1, 2]);
    const x = tf.placeholder(tf.float32, [2]);
    const old = w.readValue();
    const set = tf.controlDependencies([old], () => w.assign(x.mul(x), { readValue: false }));
    const next = tf.controlDependencies([set], () => w.readValue().add(x));
    const last = tf.controlDependencies([next], () => w.assignAdd([1, 1]));
    start();
    let previous = [1, 2];
    for (let i = 0; i < 60; i++) {
      const fed = [i, i + 1];
      const got = sess.run([old, next, last], [[x, fed]]).map(list);
      const squares = fed.map((v) => v * v);
      const final = squares.map((v) => v + 1);
      // A reference is read when it is fetched.
      expect(got).toEqual([useResource ? previous : final, squares.map((v, k) => v + fed[k]), final]);
      previous = final;
    }
  });
  test('a variable can be fed', () => {
    const w = variable([1, 2], { name: 'W' });
    const y = useResource ? w.asTensor(true).mul(2) : w.mul(2);
    start();
    expect([list(sess.run(y, [[w, [5, 6]]])), list(sess.run(w, [[w, [5, 6]]])), list(sess.run(w))]).toEqual([
      [10, 12],
      [5, 6],
      [1, 2],
    ]);
  });
  test('a variable added to itself doubles', () => {
    const w = variable([1, 2]);
    const twice = w.assignAdd(w);
    const same = tf.assign(w, w);
    start();
    sess.run(twice);
    expect(list(sess.run(same))).toEqual([2, 4]);
    expect(list(sess.run(twice))).toEqual([4, 8]);
  });
  test('initial constants are not written to', () => {
    const w = variable([1, 2]);
    const more = w.assignAdd([1, 1]);
    start();
    sess.run(more);
    sess.run(more);
    start();
    expect(list(sess.run(w))).toEqual([1, 2]);
  });
  test('a fed array is copied', () => {
    const w = variable([0, 0]);
    const d = tf.placeholder(tf.float32, [2]);
    const [set, twice] = [w.assign(d), w.assign(d.mul(1))];
    const fed = new Float32Array([1, 2]);
    start();
    for (const op of [set, twice]) {
      sess.run(op, [[d, fed]]);
      fed.fill(9);
      expect(list(sess.run(w))).toEqual([1, 2]);
      fed.set([1, 2]);
    }
  });
  test('what does not fit leaves the variable as it was', () => {
    const w = variable([1, 2]);
    const d = tf.placeholder(tf.float32, null);
    const add = useResource ? applyOp('AssignAddVariableOp', [w.handle, d]) : tf.assignAdd(w, d);
    const bad = tf.scatterAdd(w, [0, 2], [5, 5]);
    start();
    expect(first(() => sess.run(add, [[d, [1, 2, 3]]]))).toBe(
      useResource
        ? 'InvalidArgumentError: Cannot update variable with shape [2] using a Tensor with shape [3], shapes ' +
            'must be equal.'
        : 'InvalidArgumentError: Parameters and update must be the same size',
    );
    expect(first(() => sess.run(bad))).toBe('InvalidArgumentError: indices[1] = 2 is not in [0, 2)');
    if (!useResource)
      expect(first(() => sess.run(w.assign(d), [[d, [1]]]))).toBe(
        'InvalidArgumentError: Assign requires shapes of both tensors to match. lhs shape= [2] rhs shape= [1]',
      );
    expect(list(sess.run(w))).toEqual([1, 2]);
  });
  test('an update of a variable without a value', () => {
    const w = variable([1, 2]);
    const other = variable([1, 2], { name: 'V' });
    const ops = [
      w.assignAdd([1, 1], { readValue: false }),
      w.assignSub([1, 1], { readValue: false }),
      tf.scatterAdd(w, [0], [1]).op,
    ];
    for (const op of ops) {
      const text = first(() => sess.run(useResource && op.type === 'ReadVariableOp' ? op.controlInputs[0] : op));
      expect(text).toBe(
        useResource
          ? 'NotFoundError: Container localhost does not exist. (Could not find resource: localhost/W)'
          : 'FailedPreconditionError: Attempting to use uninitialized value W',
      );
    }
    sess.run(other.initializer);
    expect(first(() => sess.run(ops[0]))).toBe(
      useResource
        ? 'NotFoundError: Resource localhost/W/N10tensorflow3VarE does not exist.'
        : 'FailedPreconditionError: Attempting to use uninitialized value W',
    );
  });
  test('3, 4: reading a variable without a value', () => {
    const w = variable([1, 2]);
    const other = variable([1, 2], { name: 'V' });
    const error = first(() => sess.run(w));
    const prefix =
      'FailedPreconditionError: Error while reading resource variable W from Container: localhost. This could ' +
      'mean that the variable was uninitialized. Not found: ';
    expect(error).toBe(
      useResource
        ? `${prefix}Container localhost does not exist. (Could not find resource: localhost/W)`
        : 'FailedPreconditionError: Attempting to use uninitialized value W',
    );
    sess.run(other.initializer);
    if (useResource)
      expect(first(() => sess.run(w))).toBe(`${prefix}Resource localhost/W/N10tensorflow3VarE does not exist.`);
  });
  test('counts up to a limit', () => {
    const n = variable(0, { dtype: tf.int32 });
    const next = tf.countUpTo(n, 3);
    start();
    expect([0, 1, 2].map(() => sess.run(next))).toEqual([0, 1, 2]);
    expect(first(() => sess.run(next))).toBe('OutOfRangeError: Reached limit of 3');
    expect(sess.run(n)).toBe(3);
    const long = new tf.Variable(2 ** 40, { dtype: tf.int64, useResource });
    sess.run(long.initializer);
    expect([sess.run(long.countUpTo(2 ** 41)), sess.run(long)]).toEqual([2 ** 40, 2 ** 40 + 1]);
  });
  // Values recorded from TensorFlow 1.15.
  test.each([
    [
      'Update',
      [
        [5, 0.5],
        [3, 4],
        [3, 4],
        [7, 8],
      ],
    ],
    [
      'Add',
      [
        [8, 5.5],
        [3, 4],
        [8, 10],
        [7, 8],
      ],
    ],
    [
      'Sub',
      [
        [-6, -1.5],
        [3, 4],
        [2, 2],
        [7, 8],
      ],
    ],
    [
      'Mul',
      [
        [10, 3],
        [3, 4],
        [15, 24],
        [7, 8],
      ],
    ],
    [
      'Div',
      [
        [0.1, 4 / 3],
        [3, 4],
        [5 / 3, 1.5],
        [7, 8],
      ],
    ],
    [
      'Min',
      [
        [1, 0.5],
        [3, 4],
        [3, 4],
        [7, 8],
      ],
    ],
    [
      'Max',
      [
        [5, 3],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
    ],
  ] as const)('scatter%s: rows that come twice are changed twice', (kind, want) => {
    const w = variable([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
    const op = tf[`scatter${kind}`](
      w,
      [0, 2, 0],
      [
        [2, 3],
        [3, 4],
        [5, 0.5],
      ],
    );
    const before = w.readValue();
    start();
    sess.run(before);
    const got = sess.run(op) as NDArray;
    (want.flat() as number[]).forEach((value, i) => expect(got.data[i]).toBeCloseTo(value, 5));
    expect(list(sess.run(w))).toEqual(got.toArray());
  });
  test('scatter of a scalar, by a scalar index, of integers and of text', () => {
    const w = variable([
      [1, 2],
      [3, 4],
    ]);
    const n = variable([7, -7, 3], { dtype: tf.int32 });
    const s = variable(['a', 'b']);
    const big = variable([1n, 2n]);
    const ops = [
      tf.scatterAdd(w, [0, 1], 3),
      tf.scatterSub(w, 1, [1, 2]),
      tf.scatterDiv(n, [0, 1], [2, 2]),
      tf.scatterUpdate(s, [1], ['z']),
      tf.scatterMul(big, tf.constant([1], tf.int64), [5n]),
    ];
    start();
    expect(ops.map((op) => list(sess.run(op)))).toEqual([
      [
        [4, 5],
        [6, 7],
      ],
      [
        [4, 5],
        [5, 5],
      ],
      [3, -3, 3],
      ['a', 'z'],
      [1, 10],
    ]);
  });
  test('scatter by index tuples', () => {
    const w = variable([
      [1, 2],
      [3, 4],
    ]);
    const ops = [
      tf.scatterNdUpdate(w, [[1]], [[7, 8]]),
      tf.scatterNdAdd(
        w,
        [
          [0, 1],
          [0, 1],
        ],
        [1, 1],
      ),
      tf.scatterNdSub(w, [[1, 0]], [7]),
    ];
    start();
    expect(ops.map((op) => list(sess.run(op)))).toEqual([
      [
        [1, 2],
        [7, 8],
      ],
      [
        [1, 4],
        [7, 8],
      ],
      [
        [1, 4],
        [0, 8],
      ],
    ]);
  });
  test('the sizes of updates are checked when they are known', () => {
    const w = variable([
      [1, 2],
      [3, 4],
    ]);
    const d = tf.placeholder(tf.float32, null);
    const op = tf.scatterAdd(w, [0, 1], d);
    start();
    expect(first(() => sess.run(op, [[d, [1, 2, 3]]]))).toBe(
      useResource
        ? 'InvalidArgumentError: shape of indices ([2]) is not compatible with the shape of updates ([3])'
        : 'InvalidArgumentError: Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = ' +
            '[], got updates.shape [3], indices.shape [2], params.shape [2,2]',
    );
  });
  test('says whether it has a value', () => {
    const w = variable([1, 2]);
    const has = tf.isVariableInitialized(w);
    expect(sess.run(has)).toBe(false);
    start();
    expect(sess.run(has)).toBe(true);
  });
  test('device memory stays the same over 1,000 updates', () => {
    const w = variable(new NDArray(tf.float32, [64, 64], new Float32Array(4096)));
    const d = tf.placeholder(tf.float32, [64, 64]);
    const ops = [w.assign(d), w.assignAdd(d), w.assign(tf.matmul(w, d)), w.assignAdd(tf.matmul(w, d))];
    const value = new NDArray(tf.float32, [64, 64], new Float32Array(4096).fill(0.001));
    const others = sess.device.tensorsAlive(); // of earlier tests in this process
    start();
    sess.run(ops[3], [[d, value]]);
    const before = sess.device.tensorsAlive();
    for (let i = 0; i < 1000; i++) sess.run(ops[i % 4], [[d, value]]);
    expect(sess.device.tensorsAlive()).toBeLessThanOrEqual(before);
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(others);
  });
});

describe.each(devices())('on $title', (mode) => {
  test.each(KINDS)(
    '%s: a value on the device is assigned and read without being brought to the host',
    (_, useResource) => {
      tf.resetDefaultGraph();
      const w = new tf.Variable(tf.zeros([200, 200]), { useResource });
      const x = tf.placeholder(tf.float32, [200, 200]);
      const set = w.assign(tf.matmul(x, x), { readValue: false });
      const next = w.assign(tf.matmul(w, x), { readValue: false });
      const sess = open(tf.getDefaultGraph(), { ...mode, placement: 'device' });
      const value = new NDArray(tf.float32, [200, 200], new Float32Array(40_000).fill(0.01));
      sess.run(w.initializer);
      const read = jest.spyOn(sess.device, 'read');
      sess.run(set, [[x, value]]);
      sess.run(next, [[x, value]]);
      expect(read).not.toHaveBeenCalled();
      read.mockRestore();
      expect((sess.run(w) as NDArray).data[0]).toBeCloseTo(0.04, 5);
      sess.close();
    },
  );
});

describe.each(devices())('handles on $title', (mode) => {
  beforeEach(() => tf.resetDefaultGraph());
  test('rows, shapes and the end of a variable', () => {
    const w = new tf.Variable(
      [
        [1, 2],
        [3, 4],
      ],
      { name: 'W', useResource: true },
    );
    const sess = open(tf.getDefaultGraph(), mode);
    const [rows, elements] = [
      tf.gather(w, [1, 1]),
      apply('ResourceGatherNd', [w.handle, [[1, 0]]], { dtype: tf.float32 }),
    ];
    const shape = apply('VariableShape', [w.handle], { out_type: tf.int64 });
    const end = applyOp('DestroyResourceOp', [w.handle], { ignore_lookup_error: false });
    expect(first(() => sess.run(end))).toBe('NotFoundError: Container localhost does not exist.');
    expect(first(() => sess.run(rows))).toContain('W');
    sess.run(w.initializer);
    expect(sess.run([rows, elements, shape]).map(list)).toEqual([
      [
        [3, 4],
        [3, 4],
      ],
      [3],
      [2, 2],
    ]);
    expect(first(() => sess.run(tf.gather(w, [1, 2])))).toBe('InvalidArgumentError: indices[1] = 2 is not in [0, 2)');
    sess.run(end);
    expect(sess.run(tf.isVariableInitialized(w))).toBe(false);
  });
  test('a read stands where it is made', () => {
    const w = new tf.Variable(1, { useResource: true });
    const set = w.assign(5, { readValue: false });
    const after = tf.controlDependencies([set], () => w.value().add(0));
    const sess = open(tf.getDefaultGraph(), mode);
    sess.run(w.initializer);
    expect(sess.run(after)).toBe(5);
  });
});
