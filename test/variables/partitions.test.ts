/** Variables in parts, beside what TensorFlow 1.15 was recorded to make of them (record/partitions.py). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { type Programs, samePrograms } from '../layers/same-programs';
import { TemporaryFolder } from '../temporary-folder';

const RECORDED = JSON.parse(readFileSync(join(__dirname, '../fixtures/partition-facts.json'), 'utf8')) as {
  readonly wrong: Readonly<Record<string, string>>;
  readonly sizes: readonly (readonly [
    kind: 'fixed_size' | 'variable_axis_size' | 'min_max_variable',
    args: readonly number[],
    shape: readonly number[],
    dtype: string,
    parts: readonly number[],
  ])[];
  readonly checkpoints: readonly (readonly [
    files: Readonly<Record<string, string>>,
    table: readonly (readonly number[])[],
    slot: readonly (readonly number[])[],
  ])[];
};
const three = tf.fixedSizePartitioner(3);
const columns = tf.fixedSizePartitioner(2, 1);
const rows = (): tf.Tensor => tf.placeholder(tf.float32, [null, 4], { name: 'x' });
const l2 = (w: Parameters<typeof tf.nn.l2Loss>[0]): tf.Tensor => tf.nn.l2Loss(w);
const PROGRAMS: Programs = {
  'default start': () => tf.matmul(rows(), tf.getVariable('w', [4, 5], { partitioner: three })),
  'along columns'() {
    const initializer = tf.randomNormalInitializer({ seed: 3 });
    const w = tf.getVariable('w', [4, 5], { initializer, partitioner: columns });
    return tf.matmul(rows(), w);
  },
  'a value'() {
    const initializer = tf.constant([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
    const x = rows();
    return tf.matmul(x, tf.getVariable('w', { initializer, partitioner: three }));
  },
  'one part': () => tf.matmul(rows(), tf.getVariable('w', [4, 2], { partitioner: tf.minMaxVariablePartitioner(4) })),
  'in a scope'() {
    const initializer = tf.onesInitializer();
    const partitioner = tf.variableAxisSizePartitioner(32);
    const [w, b] = tf.variableScope('s', { partitioner, regularizer: l2 }, () => [
      tf.getVariable('w', [4, 5], { initializer }),
      tf.getVariable('b', [], { initializer }),
    ]);
    const again = tf.variableScope('s', { reuse: true }, () => tf.getVariable('w', [4, 5]));
    expect(again).toBe(w);
    return [tf.matmul(rows(), w).add(b), tf.convertToTensor(again)];
  },
  'identity and scaled'() {
    const x = rows();
    const eye = tf.getVariable('e', [4, 4], { initializer: tf.initializers.identity(2), partitioner: three });
    const scaled = tf.uniformUnitScalingInitializer({ seed: 1 });
    const unit = tf.getVariable('u', [4, 3], { initializer: scaled, partitioner: three });
    return [tf.matmul(x, eye), tf.matmul(x, unit)];
  },
  'looked up'() {
    rows();
    const table = tf.getVariable('t', [7, 2], { partitioner: three });
    return [tf.nn.embeddingLookup(table, [0, 6, 3, 2], 'div'), tf.nn.embeddingLookup(table, [0, 2], 'mod')];
  },
  assigned() {
    const x = rows();
    const w = tf.getVariable('w', [4, 5], { initializer: tf.zerosInitializer(), partitioner: three });
    const added = tf.controlDependencies(w.assign(tf.ones([4, 5])), () =>
      w.assignAdd([tf.ones([2, 5]), tf.ones([1, 5]), tf.ones([1, 5])]),
    );
    const b = tf.getVariable('b', [5], { initializer: tf.zerosInitializer() });
    return tf.matmul(x, tf.concat(added as tf.Tensor[], 0)).add(b);
  },
  created() {
    const x = rows();
    const parts = tf.createPartitionedVariables([4, 5], [2, 1], tf.onesInitializer(), { name: 'w' });
    const again = tf.createPartitionedVariables([4, 5], [2, 1], null, { name: 'w', reuse: true });
    expect(again).toEqual(parts);
    const other = tf.createPartitionedVariables([4, 5], [1, 2], tf.randomNormalInitializer({ seed: 3 }));
    return [tf.matmul(x, tf.concat(parts, 0)), tf.matmul(x, tf.concat(other, 1))];
  },
  'with slots'() {
    const x = rows();
    const initializer = tf.onesInitializer();
    return tf.variableScope('s', { partitioner: tf.fixedSizePartitioner(2) }, () => {
      const w: unknown = tf.getVariable('w', [4, 3], { initializer, trainable: false });
      const parts = w as tf.PartitionedVariable;
      const loss = tf.reduceSum(tf.square(tf.matmul(x, parts)));
      const step = new tf.train.AdamOptimizer(0.1).minimize(loss, { varList: [...parts] });
      tf.addToCollection(tf.GraphKeys.UPDATE_OPS, step);
      return tf.convertToTensor(parts);
    });
  },
  'rows trained'() {
    rows();
    const initializer = tf.randomNormalInitializer({ seed: 3 });
    const table = tf.getVariable('t', [7, 2], { initializer, partitioner: three, trainable: false });
    const loss = tf.reduceSum(tf.square(tf.nn.embeddingLookup(table, [0, 6, 3, 3], 'div')));
    const step = new tf.train.AdagradOptimizer(0.1).minimize(loss, { varList: [...table] });
    tf.addToCollection(tf.GraphKeys.UPDATE_OPS, step);
    return tf.matmul(table, tf.ones([2, 1]));
  },
  'a layer'() {
    const x = rows();
    return tf.variableScope('s', { partitioner: tf.fixedSizePartitioner(2) }, () =>
      tf.layers.dense(x, 3, { kernelInitializer: tf.onesInitializer() }),
    );
  },
};
samePrograms('partitions', PROGRAMS);

const PARTITIONERS = {
  fixed_size: tf.fixedSizePartitioner,
  variable_axis_size: tf.variableAxisSizePartitioner,
  min_max_variable: tf.minMaxVariablePartitioner,
};
test.each(RECORDED.sizes)('%s %j of %j %s', (kind, args, shape, dtype, parts) => {
  const partitioner = (PARTITIONERS[kind] as (...given: readonly number[]) => tf.Partitioner)(...args);
  expect(partitioner(new tf.TensorShape(shape), tf.asDtype(dtype))).toEqual(parts);
});

type Options = { readonly reuse: true };
const again = (shape: number[], partitioner?: tf.Partitioner, options: Options | null = null): void => {
  tf.getVariable('w', [4, 2], { partitioner: three });
  tf.variableScope('', options, () => tf.getVariable('w', shape, { partitioner }));
};
const asked = (partitioner: unknown, shape: (number | null)[] = [4, 2]): unknown =>
  tf.getVariable('w', shape, { partitioner: partitioner as tf.Partitioner });
const WRONG: Readonly<Record<string, () => unknown>> = {
  'shorter slicing': () => tf.createPartitionedVariables([4, 2], [2], null),
  'no slicing': () => tf.createPartitionedVariables([], [], null),
  'sliced twice': () => tf.createPartitionedVariables([4, 2], [2, 2], null),
  reference: () => tf.gradients(tf.constant(1), tf.getVariable('w', [4, 2], { partitioner: three })),
  twice: () => again([4, 2], three),
  'other parts': () => again([4, 2], tf.fixedSizePartitioner(2), { reuse: true }),
  'other shape': () => again([4, 3], three, { reuse: true }),
  'not in parts': () => again([4, 2]),
  'unknown shape': () => asked(three, [null, 2]),
  'no sequence': () => asked(() => 3),
  'two axes': () => asked(() => [2, 2]),
  'too short': () => asked(() => [2]),
  none: () => asked(() => [0, 1]),
  'not callable': () => asked(3),
  bytes: () => tf.variableAxisSizePartitioner(0),
  shards: () => tf.variableAxisSizePartitioner(8, { maxShards: -1 }),
};
test.each(Object.entries(RECORDED.wrong))('%s is refused', (name, said) => {
  let message = 'nothing';
  try {
    new tf.Graph().asDefault(WRONG[name]);
  } catch (error) {
    message = `${(error as Error).name}: ${(error as Error).message.split('\n')[0]}`;
  }
  if (name === 'not callable') expect(message).toMatch(/^\w+Error: .*partitioner/i);
  // Python's NotImplementedError is one of its RuntimeErrors.
  else expect(message).toBe(said.replace('NotImplementedError', 'RuntimeError'));
});
test('parts are whole in number', () => {
  const half = (): unknown => new tf.Graph().asDefault(() => asked(tf.fixedSizePartitioner(2.5)));
  expect(half).toThrow('Partitioner must return whole numbers, but saw: [2.5, 1]');
});

const folder = new TemporaryFolder('partitions-');
test.each(RECORDED.checkpoints.map((recorded, i) => [i + 1, ...recorded] as const))(
  "Python's checkpoint of version %d is restored into other parts, and into one; ours as well",
  (version, files, ...values) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(folder.at(name), Buffer.from(text, 'base64'));
    const ours = folder.at(`ours-${version}`);
    const read = (from: string, partitioner?: tf.Partitioner | null, to?: string): unknown =>
      new tf.Graph().asDefault(() => {
        const table: unknown = tf.getVariable('t', [7, 2], { partitioner });
        const parts = partitioner ? [...(table as tf.PartitionedVariable)] : [table as tf.Variable];
        const optimizer = new tf.train.AdagradOptimizer(0.1);
        optimizer.minimize(tf.nn.l2Loss(table as tf.Variable));
        const slots = parts.map((part) => optimizer.getSlot(part, 'accumulator')!);
        using sess = new tf.Session('', { config: { device: 'portable' } });
        const saver = new tf.train.Saver({ writeVersion: version });
        saver.restore(sess, from);
        if (to !== undefined) saver.save(sess, to);
        const axis = partitioner === columns ? 1 : 0;
        return [parts, slots].map((each) => sess.run(tf.concat(each, axis)).toArray());
      });
    expect(read(folder.at('m'), three, ours)).toEqual(values);
    for (const from of [folder.at('m'), ours])
      for (const partitioner of [null, tf.fixedSizePartitioner(2), columns])
        expect(read(from, partitioner)).toEqual(values);
    expect(tf.train.listVariables(ours)).toEqual([
      ['t', [7, 2]],
      ['t/Adagrad', [7, 2]],
    ]);
  },
);
test('savers and checkpoints take a variable in parts by its name, as a list and as itself', () => {
  const path = folder.at('whole');
  const build = (partitioner: tf.Partitioner): tf.PartitionedVariable =>
    tf.getVariable('t', [3, 2], { initializer: tf.zerosInitializer(), partitioner });
  const value = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  new tf.Graph().asDefault(() => {
    const table = build(three);
    using sess = new tf.Session('', { config: { device: 'portable' } });
    sess.run(table.assign(value));
    new tf.train.Saver([table]).save(sess, path);
    new tf.train.Saver({ other: table }).save(sess, `${path}-named`);
    expect(() => new tf.train.Saver([table, ...table])).toThrow('slices');
    expect(tf.train.listVariables(`${path}-named`)).toEqual([['other', [3, 2]]]);
  });
  for (const assigned of ['t', (t: tf.PartitionedVariable) => t, (t: tf.PartitionedVariable) => [...t]])
    new tf.Graph().asDefault(() => {
      const table = build(columns);
      tf.train.initFromCheckpoint(path, { t: typeof assigned === 'string' ? assigned : assigned(table) });
      using sess = new tf.Session('', { config: { device: 'portable' } });
      sess.run(tf.globalVariablesInitializer());
      expect((sess.run(tf.convertToTensor(table)) as tf.NDArray).toArray()).toEqual(value);
    });
});
test('a variable in parts goes through its parts, and says what it is', () => {
  new tf.Graph().asDefault(() => {
    const scope = tf.getVariableScope();
    scope.setPartitioner(three);
    expect(scope.partitioner).toBe(three);
    const w = tf.getVariable('w', [4, 2], { partitioner: three });
    expect([w.length, String(w), w.getShape().asList(), w.dtype]).toEqual([
      3,
      "<tf.PartitionedVariable 'w' shape=(4, 2) dtype=float32 in 3 parts>",
      [4, 2],
      tf.float32,
    ]);
    expect(Array.from(w, (part) => part.op.name)).toEqual(['w/part_0', 'w/part_1', 'w/part_2']);
    expect(tf.einsum('ij,jk->ik', tf.ones([1, 4]), w).shape.dims).toEqual([1, 2]);
    expect(() => tf.assign(w as unknown as tf.Variable, tf.ones([4, 2]))).toThrow('w.assign(value) sets all parts');
    expect(() => w.assign([tf.ones([2, 2])])).toThrow('w has 3 parts, and 1 values are given.');
  });
});
