/** Readers: records out of the files whose names a queue gives. After TensorFlow 1.15's io_ops. */
import { TypeError_ } from '../base/errors';
import { resource } from '../base/dtype';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { type PackedAs, compressionOf } from '../format/compression';
import { apply, applyOp } from '../graph/apply';
import type { TensorLike, Text } from '../graph/constant';
import type { Input } from '../graph/convert-inputs';
import type { ArrayTensor, ScalarTensor } from '../graph/fetched';
import { type Operation, Tensor } from '../graph/graph';
import type { Long } from '../base/dtype';
import { type AnyQueue, checkedTensor } from '../queues/queue';

/** A queue of names, or what leads to one. */
type Names = AnyQueue | Tensor;
type Base = [readerRef: Tensor, supportsSerialize?: boolean];
const READER_BASE = constructorOf<Base>('ReaderBase');
const READ = signature<[queue: Names, name?: string]>('ReaderBase.read');
const READ_UP_TO = signature<[queue: Names, numRecords: TensorLike, name?: string]>('ReaderBase.read_up_to');
const NUM_RECORDS = signature<[name?: string]>('ReaderBase.num_records_produced');
const NUM_UNITS = signature<[name?: string]>('ReaderBase.num_work_units_completed');
const SERIALIZE = signature<[name?: string]>('ReaderBase.serialize_state');
const RESTORE = signature<[state: Text, name?: string]>('ReaderBase.restore_state');
const RESET = signature<[name?: string]>('ReaderBase.reset');
type Lines = [skipHeaderLines?: number, name?: string];
const TEXT_LINE = constructorOf<Lines>('TextLineReader');
const WHOLE_FILE = constructorOf<[name?: string]>('WholeFileReader');
type Fixed = [
  recordBytes: number,
  headerBytes?: number,
  footerBytes?: number,
  hopBytes?: number,
  name?: string,
  encoding?: '' | 'GZIP' | 'ZLIB',
];
const FIXED = constructorOf<Fixed>('FixedLengthRecordReader');
type Records = [name?: string, options?: PackedAs];
const RECORDS = constructorOf<Records>('TFRecordReader');
const LMDB = constructorOf<[name?: string, options?: unknown]>('LMDBReader');
const IDENTITY = constructorOf<[name?: string]>('IdentityReader');

/**
 * What all readers have in common. A run that reads takes a name out of a queue when the reader is at the end of what
 * it read before, and waits for one where there is none.
 *
 *     const names = new tf.FIFOQueue(3, tf.string, []);
 *     const [key, value] = new tf.IdentityReader().read(names);
 *     sess.run(names.enqueue('a name'));
 *     sess.run([key, value])   // ['a name', 'a name']
 */
export class ReaderBase {
  /** What leads to it. */
  readonly readerRef: Tensor;
  /** Whether what it has done so far can be kept, and gone on with. */
  readonly supportsSerialize: boolean;
  /**
   * A reader that is there already.
   *
   * @param readerRef          what leads to it
   * @param supportsSerialize  whether its state can be kept; false where not given
   * @throws TypeError  for what is no tensor
   */
  constructor(...given: Args<'ReaderBase', Base>) {
    const [readerRef, supportsSerialize = false] = READER_BASE.take(given);
    this.readerRef = checkedTensor(readerRef, 'reader_ref');
    this.supportsSerialize = supportsSerialize;
  }
  private get isHandle(): boolean {
    return this.readerRef.dtype.baseDtype === resource;
  }
  private op(type: string, inputs: readonly Input[], name: string | undefined): Operation {
    return applyOp(this.isHandle ? `${type}V2` : type, [this.readerRef, ...inputs], {}, name);
  }
  /** A queue as the reader takes it. */
  private queueIn(queue: Names): Tensor {
    const ref = queue instanceof Tensor ? queue : refOf(queue);
    return this.isHandle ? ref : apply('FakeQueue', [ref]);
  }
  /**
   * The next record.
   *
   * @param queue  gives the names of what is read, each a string: a queue, or what leads to one
   * @returns  two scalars of string: where the record was, such as `a.txt:3`, and what it holds
   * @throws TypeError  for what is no queue
   * @throws OutOfRangeError  when run, where there are no more names and the queue is closed
   */
  read(
    ...given: Args<'ReaderBase.read', [queue: Names, name?: string]>
  ): [key: ScalarTensor<string>, value: ScalarTensor<string>] {
    const [queue, name] = READ.take(given);
    const [key, value] = this.op('ReaderRead', [this.queueIn(queue)], name).outputs;
    return [key as ScalarTensor<string>, value as ScalarTensor<string>];
  }
  /**
   * Up to `numRecords` records, of no more than one name: fewer where that has no more.
   *
   * @param queue       as of `read`
   * @param numRecords  an int64 scalar
   * @returns  two vectors of string: where the records were, and what they hold
   * @throws TypeError  for what is no queue
   * @throws OutOfRangeError  when run, where there are no more names and the queue is closed
   */
  readUpTo(
    ...given: Args<'ReaderBase.read_up_to', [queue: Names, numRecords: TensorLike, name?: string]>
  ): [keys: ArrayTensor<string, 1>, values: ArrayTensor<string, 1>] {
    const [queue, numRecords, name] = READ_UP_TO.take(given);
    const [keys, values] = this.op('ReaderReadUpTo', [this.queueIn(queue), numRecords], name).outputs;
    return [keys as ArrayTensor<string, 1>, values as ArrayTensor<string, 1>];
  }
  /** How many records it has given: an int64 scalar. */
  numRecordsProduced(...given: Args<'ReaderBase.num_records_produced', [name?: string]>): ScalarTensor<Long> {
    const [name] = NUM_RECORDS.take(given);
    return this.op('ReaderNumRecordsProduced', [], name).outputs[0] as ScalarTensor<Long>;
  }
  /** How many names it is done with: an int64 scalar. */
  numWorkUnitsCompleted(...given: Args<'ReaderBase.num_work_units_completed', [name?: string]>): ScalarTensor<Long> {
    const [name] = NUM_UNITS.take(given);
    return this.op('ReaderNumWorkUnitsCompleted', [], name).outputs[0] as ScalarTensor<Long>;
  }
  /**
   * What it has done so far, as bytes.
   *
   * @returns  a scalar of string
   * @throws UnimplementedError  when run, where it does not `supportsSerialize`
   */
  serializeState(...given: Args<'ReaderBase.serialize_state', [name?: string]>): ScalarTensor<string> {
    const [name] = SERIALIZE.take(given);
    return this.op('ReaderSerializeState', [], name).outputs[0] as ScalarTensor<string>;
  }
  /**
   * Goes on where one was that gave this state.
   *
   * @param state  what `serializeState` gave
   * @returns  an operation
   * @throws UnimplementedError  when run, where it does not `supportsSerialize`
   */
  restoreState(...given: Args<'ReaderBase.restore_state', [state: Text, name?: string]>): Operation {
    const [state, name] = RESTORE.take(given);
    return this.op('ReaderRestoreState', [state], name);
  }
  /** Forgets what it has done, and what it is at: an operation. */
  reset(...given: Args<'ReaderBase.reset', [name?: string]>): Operation {
    const [name] = RESET.take(given);
    return this.op('ReaderReset', [], name);
  }
}
function refOf(queue: unknown): Tensor {
  if (typeof queue === 'object' && queue !== null && 'queueRef' in queue && queue.queueRef instanceof Tensor)
    return queue.queueRef;
  throw new TypeError_(
    `queue must be a queue of names, not ${preview(queue)}.\n  fix: tf.train.stringInputProducer([…]) makes one.`,
  );
}

/**
 * Reads files line by line, without the ends of the lines.
 *
 *     sess.run(tf.writeFile(`${folder}/lines.txt`, 'one\ntwo\n'));
 *     const names = new tf.FIFOQueue(1, tf.string, []);
 *     const [, line] = new tf.TextLineReader().read(names);
 *     sess.run(names.enqueue(`${folder}/lines.txt`));
 *     sess.run(line)   // 'one'
 */
export class TextLineReader extends ReaderBase {
  /**
   * Makes a reader.
   *
   * @param skipHeaderLines  how many lines of each file are left out; none where not given
   * @param name             the node's name
   */
  constructor(...given: Args<'TextLineReader', Lines>) {
    const [skipHeaderLines, name] = TEXT_LINE.take(given);
    super(apply('TextLineReaderV2', [], { skip_header_lines: skipHeaderLines }, name));
  }
}
/**
 * Reads whole files: the key is the name of one, the value what it holds.
 *
 *     sess.run(tf.writeFile(`${folder}/whole.txt`, 'one\ntwo\n'));
 *     const names = new tf.FIFOQueue(1, tf.string, []);
 *     const [, text] = new tf.WholeFileReader().read(names);
 *     sess.run(names.enqueue(`${folder}/whole.txt`));
 *     sess.run(text)   // 'one\ntwo\n'
 */
export class WholeFileReader extends ReaderBase {
  /**
   * Makes a reader.
   *
   * @param name  the node's name
   */
  constructor(...given: Args<'WholeFileReader', [name?: string]>) {
    const [name] = WHOLE_FILE.take(given);
    super(apply('WholeFileReaderV2', [], {}, name), true);
  }
}
/**
 * Reads records that all have so many bytes.
 *
 *     sess.run(tf.writeFile(`${folder}/fixed.bin`, 'head-abcdef'));
 *     const names = new tf.FIFOQueue(1, tf.string, []);
 *     const [, three] = new tf.FixedLengthRecordReader(3, { headerBytes: 5 }).read(names);
 *     sess.run(names.enqueue(`${folder}/fixed.bin`));
 *     sess.run(three)   // 'abc'
 */
export class FixedLengthRecordReader extends ReaderBase {
  /**
   * Makes a reader.
   *
   * @param recordBytes  how many bytes a record has
   * @param headerBytes  how many bytes stand in front of the first; none where not given
   * @param footerBytes  how many bytes stand behind the last; none where not given
   * @param hopBytes     how far the beginnings of two records are apart; `recordBytes` where not given
   * @param name         the node's name
   * @param encoding     how the files are packed: 'GZIP', 'ZLIB' or '', which it is where not given
   * @throws InvalidArgumentError  when run, for sizes below 0
   */
  constructor(...given: Args<'FixedLengthRecordReader', Fixed>) {
    const [record, header, footer, hop, name, encoding] = FIXED.take(given);
    const attrs = {
      record_bytes: record,
      header_bytes: header,
      footer_bytes: footer,
      hop_bytes: hop,
      encoding,
    };
    super(apply('FixedLengthRecordReaderV2', [], attrs, name));
  }
}
/**
 * Reads the records of TFRecord files, which `tf.pythonIo.TFRecordWriter` writes.
 *
 *     const out = new tf.pythonIo.TFRecordWriter(`${folder}/some.tfrecord`);
 *     out.write('a record');
 *     out.close();
 *     const names = new tf.FIFOQueue(1, tf.string, []);
 *     const [, record] = new tf.TFRecordReader().read(names);
 *     sess.run(names.enqueue(`${folder}/some.tfrecord`));
 *     sess.run(record)   // 'a record'
 */
export class TFRecordReader extends ReaderBase {
  /**
   * Makes a reader.
   *
   * @param name     the node's name
   * @param options  how the files are packed: a `tf.pythonIo.TFRecordOptions`
   * @throws ValueError  for another way to pack than TensorFlow has
   */
  constructor(...given: Args<'TFRecordReader', Records>) {
    const [name, options] = RECORDS.take(given);
    super(apply('TFRecordReaderV2', [], { compression_type: compressionOf(options) }, name));
  }
}
/**
 * The node of a reader of LMDB's files: graphs with one can be made, kept and shown. It cannot run here.
 *
 *     new tf.LMDBReader().readerRef.op.type   // 'LMDBReader'
 */
export class LMDBReader extends ReaderBase {
  /**
   * Makes a reader.
   *
   * @param name     the node's name
   * @param options  has no effect
   * @throws UnimplementedError  when run
   */
  constructor(...given: Args<'LMDBReader', [name?: string, options?: unknown]>) {
    const [name] = LMDB.take(given);
    super(apply('LMDBReader', [], {}, name));
  }
}
/**
 * Gives the names themselves, as key and as value.
 *
 *     const names = new tf.FIFOQueue(1, tf.string, []);
 *     const reader = new tf.IdentityReader();
 *     const [key] = reader.read(names);
 *     sess.run(names.enqueue('a'));
 *     sess.run(key)                            // 'a'
 *     sess.run(reader.numWorkUnitsCompleted()) // 1
 */
export class IdentityReader extends ReaderBase {
  /**
   * Makes a reader.
   *
   * @param name  the node's name
   */
  constructor(...given: Args<'IdentityReader', [name?: string]>) {
    const [name] = IDENTITY.take(given);
    super(apply('IdentityReaderV2', [], {}, name), true);
  }
}
