/** Rows of the surface test for readers, queues of what there is to read, and batches. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../src';
import type { Row } from './surface-rows';

/** What the first record of a file is. */
function firstOf(reader: () => tf.ReaderBase, contents: string | Uint8Array): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'first-'));
  const path = join(folder, 'a');
  writeFileSync(path, contents);
  const names = new tf.FIFOQueue(1, tf.string, []);
  const [, value] = reader().read(names);
  using sess = new tf.Session();
  sess.run(names.enqueue(path));
  const first = sess.run(value);
  rmSync(folder, { recursive: true });
  return first;
}
function recordOf(text: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'record-'));
  const path = join(folder, 'a');
  using out = new tf.pythonIo.TFRecordWriter(path);
  out.write(text);
  out.close();
  const sess = new tf.Session();
  const bytes = tf.decodeRaw(tf.readFile(path), tf.uint8);
  const data = Uint8Array.from((sess.run(bytes) as tf.NDArray<number>).data);
  sess.close();
  rmSync(folder, { recursive: true });
  return data;
}
/** What comes out of a queue that a runner fills, in a session of its own. */
function filled(make: () => tf.Tensor): unknown {
  const x = make();
  using sess = new tf.Session();
  sess.run(tf.localVariablesInitializer());
  tf.train.startQueueRunners(sess);
  return sess.run(x);
}
const asRead = (): tf.Tensor => tf.readFile(join(__dirname, 'fixtures/readers/b.txt'));
/** What a run wrote is what another reads. */
function written(): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'written-'));
  const path = join(folder, 'b');
  using sess = new tf.Session();
  sess.run(tf.writeFile(path, 'text'));
  const text = sess.run(tf.readFile(path));
  rmSync(folder, { recursive: true });
  return text;
}
function foundOnce(): unknown {
  const found = tf.train.matchFilenamesOnce(join(__dirname, 'fixtures/readers/?.txt'));
  using sess = new tf.Session();
  sess.run(tf.localVariablesInitializer());
  return sess.run(tf.shape(found));
}
const five = (): tf.Tensor => tf.constant(5);
const names = { shuffle: false };

export function inputRows(): Readonly<Record<string, Row>> {
  return {
    'tf.ReaderBase': [() => firstOf(() => new tf.ReaderBase(new tf.TextLineReader().readerRef), 'one\ntwo\n'), 'one'],
    'tf.TextLineReader': [() => firstOf(() => new tf.TextLineReader({ skipHeaderLines: 1 }), 'one\ntwo\n'), 'two'],
    'tf.WholeFileReader': [() => firstOf(() => new tf.WholeFileReader(), 'one\ntwo\n'), 'one\ntwo\n'],
    'tf.FixedLengthRecordReader': [() => firstOf(() => new tf.FixedLengthRecordReader(2, 1), 'abcdef'), 'bc'],
    'tf.TFRecordReader': [() => firstOf(() => new tf.TFRecordReader(), recordOf('a record')), 'a record'],
    'tf.IdentityReader': [() => firstOf(() => new tf.IdentityReader(), ''), (name: string) => name.endsWith('/a')],
    'tf.LMDBReader': [() => new tf.LMDBReader().readerRef.op.type, 'LMDBReader'],
    'tf.readFile': [asRead, 'five\nsix\n'],
    'tf.writeFile': [written, 'text'],
    'tf.matchingFiles': [() => tf.shape(tf.matchingFiles(join(__dirname, 'fixtures/readers/?.txt'))), [2]],
    'tf.train.matchFilenamesOnce': [foundOnce, [2]],
    'tf.train.limitEpochs': [() => filled(() => tf.train.limitEpochs(five(), 1)), 5],
    'tf.train.inputProducer': [() => filled(() => tf.train.inputProducer([[1, 2]]).dequeue()), [1, 2]],
    'tf.train.stringInputProducer': [() => filled(() => tf.train.stringInputProducer(['a'], 1).dequeue()), 'a'],
    'tf.train.rangeInputProducer': [
      () => filled(() => tf.train.rangeInputProducer(3, names).dequeueMany(3)),
      [0, 1, 2],
    ],
    'tf.train.sliceInputProducer': [
      () => filled(() => tf.train.sliceInputProducer([[[1, 2]], ['a']], names)[0]),
      [1, 2],
    ],
    'tf.train.batch': [() => filled(() => tf.train.batch([five()], 2)), [5, 5]],
    'tf.train.maybeBatch': [() => filled(() => tf.train.maybeBatch([five()], true, 2)), [5, 5]],
    'tf.train.batchJoin': [() => filled(() => tf.train.batchJoin([[five()], [five()]], 2)), [5, 5]],
    'tf.train.maybeBatchJoin': [() => filled(() => tf.train.maybeBatchJoin([[five()]], true, 2)), [5, 5]],
    'tf.train.shuffleBatch': [() => filled(() => tf.train.shuffleBatch([five()], 2, 9, 4)), [5, 5]],
    'tf.train.maybeShuffleBatch': [() => filled(() => tf.train.maybeShuffleBatch([five()], 2, 9, 4, true)), [5, 5]],
    'tf.train.shuffleBatchJoin': [() => filled(() => tf.train.shuffleBatchJoin([[five()]], 2, 9, 4)), [5, 5]],
    'tf.train.maybeShuffleBatchJoin': [
      () => filled(() => tf.train.maybeShuffleBatchJoin([[five()]], 2, 9, 4, true)),
      [5, 5],
    ],
  };
}
