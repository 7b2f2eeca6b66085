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
  readonly checkpoints: readonly Readonly<Record<string, string>>[];
};
const three = tf.fixedSizePartitioner(3);
const rows = (): tf.Tensor => tf.placeholder(tf.float32, [null, 4], { name: 'x' });
const l2 = (w: Parameters<typeof tf.nn.l2Loss>[0]): tf.Tensor => tf.nn.l2Loss(w);
const PROGRAMS: Programs = {
  'default start': () => tf.matmul(rows(), tf.getVariable('w', [4, 5], { partitioner: three })),
  'along columns'() {
    const initializer = tf.randomNormalInitializer({ seed: 3 });
    const w = tf.getVariable('w', [4, 5], { initializer, partitioner: tf.fixedSizePartitioner(2, 1) });
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
  else expect(message).toBe(said);
});

const folder = new TemporaryFolder('partitions-');
test.each(RECORDED.checkpoints.map((files, i) => [i + 1, files] as const))(
  "Python's checkpoint of version %d is restored into other parts, and into one; ours as well",
  (version, files) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(folder.at(name), Buffer.from(text, 'base64'));
    const all = Array.from({ length: 7 }, (_, i) => [2 * i, 2 * i + 1]);
    const read = (from: string, partitioner?: tf.Partitioner | null, to?: string): unknown =>
      new tf.Graph().asDefault(() => {
        const table: unknown = tf.getVariable('t', [7, 2], { partitioner });
        using sess = new tf.Session('', { config: { device: 'portable' } });
        const saver = new tf.train.Saver({ writeVersion: version });
        saver.restore(sess, from);
        if (to !== undefined) saver.save(sess, to);
        return (sess.run(tf.convertToTensor(table as tf.Variable)) as tf.NDArray).toArray();
      });
    expect(read(folder.at('m'), three, folder.at(`ours-${version}`))).toEqual(all);
    for (const from of [folder.at('m'), folder.at(`ours-${version}`)])
      for (const partitioner of [null, tf.fixedSizePartitioner(2), tf.fixedSizePartitioner(2, 1)])
        expect(read(from, partitioner)).toEqual(all);
    expect(tf.train.listVariables(folder.at(`ours-${version}`))).toEqual([['t', [7, 2]]]);
  },
);
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
    expect(() => w.assign([tf.ones([2, 2])])).toThrow('w has 3 parts, and 1 values are given.');
  });
});
