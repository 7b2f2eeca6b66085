/**
 * Variables that begin with what a checkpoint has, for the same words and in parts, beside what TensorFlow 1.15 was
 * recorded to make of them (record/warm_starts.py).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { apply, applyOp } from '../../src/graph/apply';
import { devices, open } from '../devices';
import { expectNodes, graphJson } from '../graph-json';
import type { JsonNode } from '../recorded';
import { said } from '../said';
import { TemporaryFolder } from '../temporary-folder';

interface Program {
  readonly nodes: readonly JsonNode[];
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}
interface Recorded {
  readonly files: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, Program>>;
  readonly right: Readonly<Record<string, unknown>>;
  readonly wrong: Readonly<Record<string, string>>;
}
const TEXT = readFileSync(join(__dirname, '../fixtures/warm-starts.json'), 'utf8');
const { files, programs, right, wrong } = JSON.parse(TEXT) as Recorded;
const folder = new TemporaryFolder('warm-starts-');
const { at } = folder;
beforeEach(() => {
  for (const [name, data] of Object.entries(files)) writeFileSync(at(name), Buffer.from(data, 'base64'));
});
/** With the folder of this test. */
const here = <T>(recorded: T): T => JSON.parse(JSON.stringify(recorded).replaceAll('FOLDER', folder.path)) as T;

const three = tf.fixedSizePartitioner(3);
const zeros = tf.zerosInitializer();
interface More {
  readonly oldVocabSize?: number;
  readonly backupInitializer?: tf.train.BackupInitializer;
  readonly axis?: 0 | 1;
}
const words = (size: number, buckets: number, more: More = {}): tf.train.VocabInfo =>
  new tf.train.VocabInfo(at('new'), size, buckets, at('old'), more);
const variable = (name: string, shape: number[], useResource = false): tf.Variable =>
  tf.getVariable(name, shape, { initializer: zeros, useResource });
const inParts = (
  name: string,
  shape: number[],
  partitioner: tf.Partitioner,
  useResource = false,
): tf.PartitionedVariable => tf.getVariable(name, shape, { initializer: zeros, partitioner, useResource });

const PROGRAMS: Readonly<Record<string, () => void>> = {
  rows() {
    variable('table', [6, 3]);
    variable('other', [2]);
    tf.train.warmStart(at('model'), {
      varNameToVocabInfo: { table: words(5, 1) },
      varNameToPrevVarName: { other: 'b' },
    });
  },
  'rows in parts'() {
    inParts('table', [7, 3], three);
    const backupInitializer = tf.truncatedNormalInitializer(0, 0.5, 3);
    tf.train.warmStart(folder.path, null, { table: words(5, 2, { backupInitializer }) });
  },
  'unknown rows alone'() {
    inParts('table', [6, 3], tf.fixedSizePartitioner(6));
    const table = words(3, 3, { backupInitializer: new tf.keras.initializers.Ones() });
    tf.train.warmStart(at('model'), 'table', { table });
  },
  'fewer old words'() {
    variable('table', [3, 3], true);
    const backupInitializer: tf.train.BackupInitializer = (shape) => tf.fill(shape, 9);
    tf.train.warmStart(at('model'), ['table'], { table: words(3, 0, { oldVocabSize: 2, backupInitializer }) });
  },
  columns() {
    const w = variable('classes', [3, 6]);
    const backupInitializer = tf.randomNormalInitializer({ seed: 2 });
    const classes = words(5, 1, { axis: 1, backupInitializer });
    tf.train.warmStart(at('model'), [w], { classes }, { classes: 'wide' });
  },
  'columns in parts'() {
    inParts('wide', [3, 5], tf.fixedSizePartitioner(2));
    tf.train.warmStart(at('model'), { varNameToVocabInfo: { wide: words(5, 0, { axis: 1 }) } });
  },
  'parts without words'() {
    inParts('table', [4, 3], tf.fixedSizePartitioner(2, 1));
    inParts('s/t', [3, 4], three);
    tf.train.warmStart(at('model'), { varNameToPrevVarName: { 's/t': 'wide' } });
  },
  'assigned in parts'() {
    const table = inParts('a/table', [4, 3], three);
    variable('a/b', [2]);
    inParts('wide', [3, 4], three, true);
    tf.train.initFromCheckpoint(at('model'), { table: [...table], b: 'a/b', wide: 'wide' });
  },
  'scope in parts'() {
    inParts('n/table', [4, 3], three);
    variable('n/b', [2]);
    tf.train.initFromCheckpoint(at('model'), { '/': 'n/' });
  },
};
/** TensorFlow reads the files for the static shape of the missing values; nothing is read while building here. */
function asFarAsKnown(recorded: readonly JsonNode[], graph: tf.Graph): JsonNode[] {
  const ours = graphJson(graph);
  return recorded.map((node, i) => ({
    ...node,
    shape: node.shape.map((dims, k) => dims && dims.map((d, j) => (ours[i]?.shape[k]?.[j] === null ? null : d))),
  }));
}
test('each recorded program is here', () => {
  expect([PROGRAMS, WRONG, RIGHT].map((each) => Object.keys(each))).toEqual(
    [programs, wrong, right].map((each) => Object.keys(each)),
  );
});
describe.each(Object.keys(programs))('%s', (name) => {
  const build = (): void => {
    tf.setRandomSeed(7);
    PROGRAMS[name]();
  };
  test('makes the nodes that Python makes', () => {
    const { nodes, names } = here(programs[name]);
    build();
    tf.globalVariablesInitializer();
    expectNodes(tf.getDefaultGraph(), asFarAsKnown(nodes, tf.getDefaultGraph()));
    expect(tf.globalVariables().map((v) => v.name)).toEqual(names);
  });
  test.each(devices())('gives its values on $title', (mode) => {
    build();
    const variables = tf.globalVariables();
    using sess = open(tf.getDefaultGraph(), mode);
    sess.run(tf.globalVariablesInitializer());
    const values = sess.run(variables).map((value) => (value as tf.NDArray).toArray());
    const flat = (list: unknown): number[] => [list].flat(3) as number[];
    values.forEach((value, i) => {
      const want = flat(programs[name].values[i]);
      flat(value).forEach((v, k) => expect(v).toBeCloseTo(want[k], 5));
    });
  });
});

function run(fetch: tf.Tensor): unknown {
  using sess = new tf.Session('', { config: { device: 'portable' } });
  return (sess.run(fetch) as tf.NDArray).toArray();
}
interface Asked {
  readonly wanted?: string;
  readonly old?: string;
  readonly offset?: number;
  readonly count?: number;
  readonly size?: number;
}
const wordsAt =
  ({ wanted = 'new', old = 'old', offset = 0, count = 4, size = -1 }: Asked): (() => unknown) =>
  () => {
    const names = [wanted, old].map((name) => (name ? at(name) : ''));
    const attrs = { new_vocab_offset: offset, num_new_vocab: count, old_vocab_size: size };
    return (run(applyOp('GenerateVocabRemapping', names, attrs).outputs[0]) as bigint[]).map(Number);
  };
interface Loaded {
  readonly name?: string;
  readonly rows?: readonly number[];
  readonly columns?: readonly number[];
  readonly values?: number;
  readonly count?: number;
  readonly width?: number;
  readonly path?: string;
  readonly most?: number;
}
const loaded =
  ({ name = 'table', rows = [2, -1, 0, -1], columns = [], values = 6, count = 4, ...more }: Loaded): (() => unknown) =>
  () => {
    const { width = 3, path = 'model', most = -1 } = more;
    const remappings = [rows, columns].map((each) => tf.constant(each, tf.int64));
    const inputs = [at(path), name, ...remappings, tf.ones([values])];
    const attrs = { num_rows: count, num_cols: width, max_rows_in_memory: most };
    return run(apply('LoadAndRemapMatrix', inputs, attrs));
  };
const warm = (shape: number[], info: () => tf.train.VocabInfo) => (): void => {
  variable('table', shape);
  tf.train.warmStart(at('model'), '.*', { table: info() });
};
const WRONG: Readonly<Record<string, () => unknown>> = {
  'another axis': () => words(5, 1, { axis: 2 as 1 }),
  'too many rows': warm([7, 3], () => words(5, 1)),
  'too few columns': warm([3, 3], () => words(4, 0, { axis: 1 })),
  'no file': warm([6, 3], () => new tf.train.VocabInfo(at('new'), 5, 1, '')),
  unused: () => tf.train.warmStart(at('model'), '.*', { gone: words(5, 1) }),
  'words beyond the file': wordsAt({ count: 6 }),
  'words of which some are twice': wordsAt({ old: 'dup' }),
  'an empty file of old words': wordsAt({ old: 'empty' }),
  'an empty file of new words': wordsAt({ wanted: 'empty', count: 0 }),
  'no new words': wordsAt({ wanted: 'gone' }),
  'no old words': wordsAt({ old: 'gone' }),
  'no name of new words': wordsAt({ wanted: '' }),
  'no name of old words': wordsAt({ old: '' }),
  'none of the old words': wordsAt({ size: 0 }),
  'more old words than there are': wordsAt({ size: 9 }),
  'an empty line': wordsAt({ old: 'blank' }),
  'an empty line of carriage returns': wordsAt({ old: 'gap' }),
  'too few values': loaded({ values: 5 }),
  'too many values': loaded({ values: 7 }),
  'another dtype': loaded({ name: 'long' }),
  'a vector': loaded({ name: 'b' }),
  'no such tensor': loaded({ name: 'gone' }),
  'no such checkpoint': loaded({ path: 'gone' }),
  'another number of rows': loaded({ rows: [1] }),
  'another number of columns': loaded({ columns: [1] }),
  'another width': loaded({ width: 2, values: 4 }),
  'a row that is not there': loaded({ rows: [9, 0, 1, 2], values: 0 }),
  'a row twice': loaded({ rows: [1, 1, 0, 2], values: 0 }),
  'a column twice': loaded({ columns: [1, 1, 0] }),
};
const RIGHT: Readonly<Record<string, () => unknown>> = {
  'some of the words': wordsAt({ offset: 1, count: 2 }),
  'none of the words': wordsAt({ count: 0 }),
  'the first of the old words': wordsAt({ size: 2 }),
  'words before an empty line': wordsAt({ old: 'blank', size: 1 }),
  'lines that end in carriage returns': wordsAt({ wanted: 'crlf', old: 'crlf', count: 3 }),
  'no rows': loaded({ rows: [], values: 0, count: 0 }),
  'no columns': loaded({ columns: [-1, -1, -1], values: 12 }),
  'negative rows': loaded({ rows: [-5, 0, 1, 2], values: 3 }),
  'a tensor in parts': loaded({ name: 'parts' }),
};
test.each(Object.entries(right))('%s', (name, value) => {
  expect(RIGHT[name]()).toEqual(value);
});
test.each(Object.entries(wrong))('%s: is refused', (name, message) => {
  const first = said(WRONG[name]).split('\n')[0];
  expect(first).toBe(here(message).replace('dict_keys([])', '[]'));
});
test('rows are read a few at a time, and a column that is not there is refused', () => {
  const rows = [3, -1, 1, 0];
  for (const most of [1, 2, 3, 9]) expect(loaded({ rows, values: 3, most })()).toEqual(loaded({ rows, values: 3 })());
  // TensorFlow reads beyond the matrix.
  expect(said(loaded({ columns: [9, 0, 1] }))).toMatch(/col_remapping leads to a column outside of tensor table/);
  const given = { table: { newVocab: 'a' } } as unknown as Record<string, tf.train.VocabInfo>;
  variable('table', [6, 3]);
  expect(said(() => tf.train.warmStart(at('model'), '.*', given))).toMatch(/must map to tf.train.VocabInfo/);
});
