/** How the whole of a file of records is packed, as TensorFlow names it and as programs say it. */
import { ValueError } from '../base/errors';
import { preview } from '../base/preview';

export type Compression = '' | 'GZIP' | 'ZLIB';
const NAMES: readonly Compression[] = ['', 'ZLIB', 'GZIP'];
/** One of `tf.pythonIo.TFRecordCompressionType`, or its name: '', 'ZLIB' or 'GZIP'. */
export type RecordCompression = 0 | 1 | 2 | '' | 'ZLIB' | 'GZIP';
/** The same, or options that say it. */
export type PackedAs = RecordCompression | { readonly compressionType: PackedAs | null };

/** The name of a way to pack. @throws ValueError  for what is none */
export function compressionOf(given: PackedAs | null | undefined): Compression {
  if (typeof given === 'object' && given !== null && 'compressionType' in given)
    return compressionOf(given.compressionType);
  const name = typeof given === 'number' ? NAMES[given] : (given ?? '');
  if (!NAMES.includes(name)) throw new ValueError(`Not a valid compression_type: ${preview(given)}`);
  return name;
}
