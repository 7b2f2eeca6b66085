/** Rows of the surface test for examples, and for files of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as tf from '../src';
import type { Row } from './surface-rows';

const { train } = tf;
const ages = { feature: { age: { int64List: { value: [29] } } } };
const age = { age: new tf.FixedLenFeature([], tf.int64) };
const example = (): Uint8Array => new train.Example({ features: ages }).serializeToString();
const steps = { featureList: { age: { feature: [ages.feature.age, ages.feature.age] } } };
/** How many records a file has after one was written. */
function written(options?: tf.io.TFRecordOptions): number {
  const folder = mkdtempSync(path.join(tmpdir(), 'surface-'));
  const file = path.join(folder, 'a.tfrecord');
  try {
    using writer = new tf.pythonIo.TFRecordWriter(file, options);
    writer.write(example());
    writer.close();
    return [...tf.pythonIo.tfRecordIterator(file, options)].length;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const both = (name: string, row: Row): Record<string, Row> => ({ [`tf.${name}`]: row, [`tf.io.${name}`]: row });
const files = (name: string, row: Row): Record<string, Row> => ({
  [`tf.pythonIo.${name}`]: row,
  [`tf.io.${name}`]: row,
});
export function parsingRows(): Readonly<Record<string, Row>> {
  return {
    ...both('decodeCsv', [() => tf.decodeCsv(['1,a'], [[0], ['']]), [[1], ['a']]]),
    ...both('FixedLenFeature', [() => new tf.FixedLenFeature([2], tf.int64, [1, 2]).defaultValue, [1, 2]]),
    ...both('VarLenFeature', [() => tf.VarLenFeature('string').dtype, 'string']),
    ...both('FixedLenSequenceFeature', [() => tf.FixedLenSequenceFeature([], tf.int64, true).allowMissing, true]),
    ...both('parseExample', [() => tf.parseExample([example()], age).age, [29]]),
    ...both('parseSingleExample', [() => tf.parseSingleExample(example(), age).age, 29]),
    ...both('parseSingleSequenceExample', [
      () => {
        const bytes = new train.SequenceExample({ featureLists: steps }).serializeToString();
        const sequenceFeatures = { age: new tf.FixedLenSequenceFeature([], tf.int64) };
        return tf.parseSingleSequenceExample(bytes, { sequenceFeatures })[1].age;
      },
      [29, 29],
    ]),
    ...files('TFRecordWriter', [() => written(), 1]),
    ...files('TFRecordOptions', [() => written(new tf.io.TFRecordOptions('ZLIB', { compressionLevel: 9 })), 1]),
    ...files('TFRecordCompressionType', [() => written(new tf.io.TFRecordOptions(2)), 1]),
    ...files('tfRecordIterator', [() => written(), 1]),
    'tf.train.BytesList': [() => new train.BytesList({ value: ['ab'] }).value[0].length, 2],
    'tf.train.FloatList': [() => new train.FloatList({ value: [0.5] }).value, [0.5]],
    'tf.train.Int64List': [() => Number(new train.Int64List({ value: [3n] }).value[0]), 3],
    'tf.train.Feature': [() => String(new train.Feature(ages.feature.age)), 'int64_list {\n  value: 29\n}\n'],
    'tf.train.Features': [() => new train.Features(ages).feature.size, 1],
    'tf.train.FeatureList': [() => new train.FeatureList({ feature: [{}] }).feature.length, 1],
    'tf.train.FeatureLists': [() => new train.FeatureLists(steps).featureList.get('age')?.feature.length, 2],
    'tf.train.Example': [() => train.Example.fromString(example()).features?.feature.size, 1],
    'tf.train.SequenceExample': [() => new train.SequenceExample({ context: ages }).context?.feature.size, 1],
  };
}
