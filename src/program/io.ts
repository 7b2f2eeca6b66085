/**
 * `tf.io`: files, and what is in them. Re-exports only.
 *
 * @module
 */
export * as gfile from './io-gfile';
export { writeGraph } from '../train/graphs/files';
export { FixedLenFeature, FixedLenSequenceFeature, VarLenFeature } from '../nn/features';
export { parseExample, parseSingleExample, parseSingleSequenceExample } from '../nn/parse-example';
export { matchFilenamesOnce } from '../input/producers';
export { matchingFiles, readFile, writeFile } from '../ops/files';
export { decodeCsv, decodeRaw } from '../ops/parsing';
export { parseTensor, serializeTensor } from '../ops/serialized';
export { decodeBase64, encodeBase64 } from '../ops/texts';
export { PaddingFIFOQueue, PriorityQueue, QueueBase, RandomShuffleQueue } from '../queues';
export { TFRecordCompressionType, TFRecordOptions, TFRecordWriter, tfRecordIterator } from './record-files';
