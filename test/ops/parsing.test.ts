import * as tf from '../../src';
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
