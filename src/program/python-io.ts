/**
 * `tf.pythonIo`: files of records. Re-exports only.
 *
 * @module
 */
export {
  type RecordCompression,
  TFRecordCompressionType,
  TFRecordOptions,
  TFRecordWriter,
  tfRecordIterator,
} from './record-files';
