import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { sameGraph, sweep } from '../sweep';

sweep('parsing');

const texts = (...shape: readonly (number | null)[]): tf.Tensor => tf.placeholder(tf.string, shape, { name: 'x' });
const FEATURES = {
  b: new tf.FixedLenFeature([2], tf.float32),
  a: new tf.VarLenFeature(tf.int64),
  'c c': new tf.FixedLenFeature([], tf.string, ''),
  d: new tf.FixedLenSequenceFeature([3], tf.int64, { allowMissing: true }),
  e: new tf.FixedLenSequenceFeature([], tf.float32, true, 1.5),
  f: tf.VarLenFeature(tf.string),
};
const { a, b, 'c c': c, d } = FEATURES;
sameGraph('parsing', 'decodeRaw', () => tf.decodeRaw(texts(2), tf.int16, { littleEndian: false, name: 'raw' }));
sameGraph('parsing', 'decodeCsv', () => {
  const records = texts(2);
  return tf.decodeCsv(records, [[0], [''], tf.constant([], tf.float32)], {
    fieldDelim: ';',
    naValue: 'NA',
    selectCols: [0, 2, 3],
  });
});
sameGraph('parsing', 'parseExample', () => tf.parseExample(texts(null), FEATURES));
sameGraph('parsing', 'parseExample by name', () =>
  tf.parseExample(
    texts(2),
    { a: new tf.FixedLenFeature([], tf.int64, tf.constant(3, tf.int64)) },
    { name: 'parsed', exampleNames: ['one', 'two'] },
  ),
);
sameGraph('parsing', 'parseSingleExample', () => tf.parseSingleExample(texts(), FEATURES));
sameGraph('parsing', 'parseSingleExample of bytes', () =>
  tf.io.parseSingleExample(new Uint8Array(0), { a: new tf.FixedLenFeature([1], tf.int64, [3]) }, { name: 'parsed' }),
);
sameGraph('parsing', 'parseSingleExample by name', () =>
  tf.parseSingleExample(texts(), { a, b, 'c c': c }, { exampleNames: 'one' }),
);
sameGraph('parsing', 'parseSingleExample of unknown rank', () =>
  tf.parseSingleExample(
    tf.placeholder(tf.string, null, { name: 'x' }),
    { b },
    { exampleNames: tf.placeholder(tf.string, null, { name: 'n' }) },
  ),
);
sameGraph('parsing', 'parseSingleSequenceExample', () =>
  tf.parseSingleSequenceExample(texts(), {
    contextFeatures: { a, b, 'c c': c },
    sequenceFeatures: { a, d, g: new tf.FixedLenSequenceFeature([], tf.string) },
    exampleName: 'one',
  }),
);

test('what says too little of a feature is refused', () => {
  const parse = (features: tf.FeatureMap) => () => tf.parseExample(texts(2), features);
  expect(parse({})).toThrow('Missing: features was {}.');
  expect(parse({ a: new tf.FixedLenFeature(null, tf.int64) })).toThrow('Missing shape for feature a.');
  expect(parse({ a: new tf.FixedLenFeature([null], tf.int64) })).toThrow(
    'First dimension of shape for feature a unknown. Consider using FixedLenSequenceFeature.',
  );
  expect(parse({ a: new tf.FixedLenFeature([2, null], tf.int64) })).toThrow(
    'All dimensions of shape for feature a need to be known but received (2, ?).',
  );
  expect(parse({ a: new tf.FixedLenSequenceFeature([2], tf.int64) })).toThrow(
    'Unsupported: FixedLenSequenceFeature requires allow_missing to be True.',
  );
  expect(() => tf.parseSingleSequenceExample(texts(), { sequenceFeatures: { b } })).toThrow(
    'Unsupported FixedLenFeature b.',
  );
  expect(() => tf.parseSingleSequenceExample(texts())).toThrow('Missing features.');
  const step = new tf.FixedLenSequenceFeature([], tf.int64, { defaultValue: 1 });
  expect(() => tf.parseSingleSequenceExample(texts(), { sequenceFeatures: { step } })).toThrow(
    'Value feature_list_dense_defaults[step] must be None',
  );
});
test('columns that are selected are in order, and as many as the defaults', () => {
  const decode = (selectCols: readonly number[]) => () => tf.decodeCsv(['1'], [[0], [0]], { selectCols });
  expect(decode([1, 1])).toThrow('select_cols is not strictly increasing.');
  expect(decode([-1, 1])).toThrow('select_cols contains negative values.');
  expect(decode([0])).toThrow('Length of select_cols and record_defaults do not match.');
});
test('lists of dtypes and shapes are as long as the keys are', () => {
  const dense = [tf.constant([1, 2], tf.float32)];
  const none = tf.constant([], tf.string);
  const example = (sparse: string[], keys: string[], attrs: object) => () =>
    applyOp('ParseExample', [['a'], none, sparse, keys, dense], { sparse_types: [], ...attrs });
  const pair = new tf.TensorShape([2]);
  expect(example([], ['a'], { dense_shapes: [] })).toThrow('len(dense_keys) != len(dense_shapes) for');
  expect(example([], ['a', 'b'], { dense_shapes: [pair, pair] })).toThrow('len(dense_keys) != len(dense_types) for');
  expect(example(['x'], ['a'], { dense_shapes: [pair] })).toThrow('len(sparse_keys) != len(sparse_types) for');
  const single = (attrs: object) => () =>
    applyOp('ParseSingleExample', ['a', dense], { num_sparse: 0, sparse_keys: [], sparse_types: [], ...attrs });
  expect(single({ dense_keys: ['a'], dense_shapes: [] })).toThrow('len(dense_keys) != len(dense_shapes) for');
  expect(single({ sparse_keys: ['x'], dense_keys: ['a'], dense_shapes: [pair] })).toThrow(
    'num_sparse (0) must match the size of sparse_keys (1) and sparse_types (0) for',
  );
  const sequence = (lists: readonly (readonly string[])[], defaults: readonly tf.Tensor[], attrs: object) => () =>
    applyOp('ParseSingleSequenceExample', ['a', none, ...lists.map((keys) => [...keys]), [...defaults], ''], {
      ...attrs,
    });
  expect(sequence([['x'], [], [], []], [], {})).toThrow('len(context_sparse_keys) != len(context_sparse_types) for');
  expect(sequence([[], [], [], []], dense, { context_dense_shapes: [pair] })).toThrow(
    'len(context_dense_keys) != len(context_dense_types) for',
  );
  expect(sequence([[], ['a'], [], []], dense, {})).toThrow('len(context_dense_keys) != len(context_dense_shapes) for');
  expect(sequence([[], [], ['x'], []], [], {})).toThrow(
    'len(feature_list_sparse_keys) != len(feature_list_sparse_types) for',
  );
  expect(sequence([[], [], [], ['x']], [], {})).toThrow(
    'len(feature_list_dense_keys) != len(feature_list_dense_types) for',
  );
  expect(sequence([[], [], [], ['x']], [], { feature_list_dense_types: [tf.int64] })).toThrow(
    'len(feature_list_dense_keys) != len(feature_list_dense_shapes) for',
  );
});
