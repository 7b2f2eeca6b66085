/** Files of records, written and read: `tf.pythonIo`, and the same in `tf.io`. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { ZlibOptions } from 'node:zlib';
import { FailedPreconditionError, ValueError } from '../base/errors';
import { memberOf } from '../base/thrown';
import { type Args, bound, constructorOf } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { tried } from '../format/files';
import { type Compression, type RecordCompression, compressionOf } from '../format/compression';
import { frame, packed, recordsIn } from '../format/records';
import { bytesGiven } from '../format/given';

/**
 * How a file of records is packed.
 *
 *     tf.pythonIo.TFRecordCompressionType.GZIP   // 2
 */
export const TFRecordCompressionType = {
  /** As it is. */
  NONE: 0,
  /** As a zlib stream. */
  ZLIB: 1,
  /** As a gzip file. */
  GZIP: 2,
} as const;
export type { RecordCompression };

type OptionParts = [
  compressionType?: RecordCompression | TFRecordOptions | null,
  flushMode?: number | null,
  inputBufferSize?: number | null,
  outputBufferSize?: number | null,
  windowBits?: number | null,
  compressionLevel?: number | null,
  compressionMethod?: number | null,
  memLevel?: number | null,
  compressionStrategy?: number | null,
];
const OPTIONS = constructorOf<OptionParts>('io.TFRecordOptions');
/**
 * How a file of records is packed, with the settings of zlib.
 *
 *     new tf.pythonIo.TFRecordOptions('GZIP').compressionType   // 'GZIP'
 */
export class TFRecordOptions {
  /** How it is packed. */
  readonly compressionType: RecordCompression | TFRecordOptions | null;
  /** From 0 to 9; zlib's own where it is null. */
  readonly compressionLevel: number | null;
  /** How much zlib looks back, as a power of two; its own where it is null. */
  readonly windowBits: number | null;
  /** From 1 to 9: how much memory zlib takes; its own where it is null. */
  readonly memLevel: number | null;
  /** How zlib looks for what repeats; its own where it is null. */
  readonly compressionStrategy: number | null;
  /**
   * Says how a file is packed.
   *
   * @param compressionType      one of `TFRecordCompressionType`, or its name; not at all where not given
   * @param windowBits           how much zlib looks back, as a power of two
   * @param compressionLevel     from 0 to 9
   * @param memLevel             from 1 to 9: how much memory zlib takes
   * @param compressionStrategy  how zlib looks for what repeats
   * @throws ValueError  for a way to pack that there is not
   */
  constructor(...given: Args<'io.TFRecordOptions', OptionParts>) {
    const [type = null, , , , bits = null, level = null, , memory = null, strategy = null] = OPTIONS.take(given);
    compressionOf(type);
    this.compressionType = type;
    this.compressionLevel = level;
    this.windowBits = bits;
    this.memLevel = memory;
    this.compressionStrategy = strategy;
  }
  /** The name of a way to pack: '', 'ZLIB' or 'GZIP'. @throws ValueError  for one that there is not */
  static readonly getCompressionTypeString = bound(
    'io.TFRecordOptions.get_compression_type_string',
    (options: RecordCompression | TFRecordOptions | null): '' | 'ZLIB' | 'GZIP' => compressionOf(options),
  );
}

const settingsOf = (options: TFRecordOptions): ZlibOptions => ({
  level: options.compressionLevel ?? undefined,
  windowBits: options.windowBits ?? undefined,
  memLevel: options.memLevel ?? undefined,
  strategy: options.compressionStrategy ?? undefined,
});

/** Settings that zlib takes. @throws ValueError  for others, which only packing would show */
function checkedSettings(settings: ZlibOptions): ZlibOptions {
  try {
    packed(new Uint8Array(0), 'ZLIB', settings);
  } catch (error) {
    throw new ValueError(`zlib takes no such settings: ${String(memberOf(error, 'message')).replace('options.', '')}`);
  }
  return settings;
}

type WriterParts = [path: string, options?: RecordCompression | TFRecordOptions | null];
const WRITER = constructorOf<WriterParts>('io.TFRecordWriter');
/**
 * Writes a file of records.
 *
 *     const writer = new tf.pythonIo.TFRecordWriter(`${folder}/a.tfrecord`);
 *     writer.write('one');
 *     writer.close();
 *     [...tf.pythonIo.tfRecordIterator(`${folder}/a.tfrecord`)].map((bytes) => tf.compat.asText(bytes))   // ['one']
 */
export class TFRecordWriter implements Disposable {
  private readonly path: string;
  private readonly compression: Compression;
  private readonly settings: ZlibOptions;
  private file: number | null;
  /** Records of a packed file, which is packed as a whole. */
  private waiting: Uint8Array[] = [];
  /**
   * Opens a file anew.
   *
   * @param path     its path
   * @param options  how it is packed: 'GZIP', 'ZLIB', or `tf.pythonIo.TFRecordOptions`; not at all where not given
   * @throws ValueError  for a way to pack, or settings of it, that there are not
   * @throws NotFoundError  where there is no such folder
   */
  constructor(...given: Args<'io.TFRecordWriter', WriterParts>) {
    const [path, options] = WRITER.take(given);
    this.path = path;
    this.compression = compressionOf(options);
    this.settings = options instanceof TFRecordOptions ? checkedSettings(settingsOf(options)) : {};
    this.file = tried(path, () => openSync(path, 'w'));
  }
  private put(bytes: Uint8Array): void {
    const { file } = this;
    if (file === null) throw new FailedPreconditionError(null, `Writer is closed: ${this.path}`);
    tried(this.path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    });
  }
  /**
   * Writes a record.
   *
   * @param record  its bytes, as `serializeToString` gives them, or text
   * @throws FailedPreconditionError  after `close`
   */
  write(record: Uint8Array | string | { readonly record: Uint8Array | string }): void;
  write(record: Uint8Array | string): void {
    const framed = frame(bytesGiven(record, 'record'));
    if (this.compression && this.file !== null) this.waiting.push(framed);
    else this.put(framed);
  }
  /** Nothing waits in memory, but the records of a packed file, which is packed as a whole when it is closed. */
  flush(): void {
    this.put(new Uint8Array(0));
  }
  /** Closes the file; once more does nothing. */
  close(): void {
    const { file, compression } = this;
    if (file === null) return;
    try {
      if (compression) this.put(packed(Buffer.concat(this.waiting), compression, this.settings));
    } finally {
      this.waiting = [];
      this.file = null;
      closeSync(file);
    }
  }
  /** Closes the file at the end of a block: `using writer = …`. */
  [Symbol.dispose](): void {
    this.close();
  }
}
bindMethods(TFRecordWriter, {
  write: 'io.TFRecordWriter.write',
  flush: 'io.TFRecordWriter.flush',
  close: 'io.TFRecordWriter.close',
});

/**
 * The records of a file, one after the other.
 *
 *     const writer = new tf.pythonIo.TFRecordWriter(`${folder}/b.tfrecord`, 'GZIP');
 *     writer.write(new tf.train.Example().serializeToString());
 *     writer.close();
 *     [...tf.pythonIo.tfRecordIterator(`${folder}/b.tfrecord`, 'GZIP')].length   // 1
 *
 * @param path     a file of records
 * @param options  how it is packed: 'GZIP', 'ZLIB', or `tf.pythonIo.TFRecordOptions`; not at all where not given
 * @returns  each record's bytes
 * @throws NotFoundError  if there is no such file, DataLossError where it is cut or damaged
 */
export const tfRecordIterator = bound(
  'io.tf_record_iterator',
  (path: string, options: RecordCompression | TFRecordOptions | null = null): Generator<Uint8Array, void, undefined> =>
    recordsIn(path, compressionOf(options)),
);
