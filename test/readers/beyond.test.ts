/** What TensorFlow does not record of readers: who waits, what ends them, servers that touch no files, and cures. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';
import { filesIn } from '../../src/distributed/file-access';
import { Worker } from '../../src/session/worker';
import { devices, open } from '../devices';
import { at } from './run';

const [mode] = devices();
let folder: string;
beforeEach(() => {
  tf.resetDefaultGraph();
  folder = mkdtempSync(join(tmpdir(), 'readers-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const session = (): tf.Session => open(tf.getDefaultGraph(), mode);
function said(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}
const names = (): tf.FIFOQueue => new tf.FIFOQueue(9, tf.string, [], { name: 'names' });

test('a read that is given up leaves the names to the next', async () => {
  const queue = names();
  const [, line] = new tf.TextLineReader().read(queue);
  using sess = session();
  const short = new tf.RunOptions({ timeoutInMs: 20 });
  const failed = await sess.runAsync(line, null, { options: short }).then(String, String);
  expect(failed).toContain('DeadlineExceeded');
  sess.run(queue.enqueue(at('b.txt')[0]));
  expect([sess.run(line), sess.run(line)]).toEqual(['five', 'six']);
});
test('one that stands behind another is given up, and the other goes on', async () => {
  const queue = names();
  const [, line] = new tf.TextLineReader().read(queue);
  using sess = session();
  const first = sess.runAsync(line);
  const short = new tf.RunOptions({ timeoutInMs: 20 });
  expect(await sess.runAsync(line, null, { options: short }).then(String, String)).toContain('DeadlineExceeded');
  sess.run(queue.enqueue(at('b.txt')[0]));
  expect(await first).toBe('five');
  expect(sess.run(line)).toBe('six');
});
test('where no name comes, the run says for what it waits', () => {
  const [key] = new tf.TextLineReader().read(names());
  using sess = session();
  expect(said(() => sess.run(key))).toContain("an element of the queue 'names', to read what it names");
});
test('a session that is closed ends those who wait', async () => {
  const [key] = new tf.TextLineReader().read(names());
  const sess = session();
  const waits = sess.runAsync(key).then(String, String);
  sess.close();
  expect(await waits).toMatch(/CancelledError/);
});
test('long files come in pieces, and lines that are longer than a piece whole', () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${i}`.repeat((i % 7) * 9 + 1));
  lines[1500] = 'x'.repeat(200_000);
  writeFileSync(join(folder, 'long.txt'), lines.join('\r\n'));
  const queue = names();
  const reader = new tf.TextLineReader();
  const [keys, values] = reader.readUpTo(queue, 4000);
  using sess = session();
  sess.run(queue.enqueue(join(folder, 'long.txt')));
  const [at, got] = sess.run([keys, values]);
  expect([...got.data]).toEqual(lines);
  expect(at.data[2999]).toBe(`${join(folder, 'long.txt')}:3000`);
});
test('bytes that are no text come as they are', () => {
  writeFileSync(join(folder, 'bytes'), Buffer.of(0xff, 0xfe, 10, 0x80, 0xc3, 0xa4));
  const queue = names();
  const [, value] = new tf.FixedLengthRecordReader(2).read(queue);
  const numbers = tf.decodeRaw(value, tf.uint8);
  using sess = session();
  sess.run(queue.enqueue(join(folder, 'bytes')));
  expect([0, 1, 2].map(() => [...(sess.run(numbers) as tf.NDArray<number>).data])).toEqual([
    [255, 254],
    [10, 128],
    [195, 164],
  ]);
});
test('a reader of an old graph reads records of a length', () => {
  const text = `versions { producer: 20 }
    node { name: "r" op: "FixedLengthRecordReader" attr { key: "record_bytes" value { i: 8 } } }
    node { name: "q" op: "FIFOQueue" attr { key: "component_types" value { list { type: DT_STRING } } } }
    node { name: "read" op: "ReaderRead" input: "r" input: "q" }`;
  tf.importGraphDef(tf.GraphDef.fromText(text), { name: '' });
  const queue = new tf.QueueBase([tf.string], [[]], null, tf.getDefaultGraph().getTensorByName('q:0'));
  using sess = session();
  sess.run(queue.enqueue(at('bytes.bin')[0]));
  expect(sess.run(['read:0', 'read:1'])).toEqual(['test/fixtures/readers/bytes.bin:0', 'abcdefgh']);
});
test('what LMDB wrote is not read, which the error says with what to do instead', () => {
  const queue = names();
  const [key] = new tf.LMDBReader().read(queue);
  using sess = session();
  sess.run(queue.enqueue('a'));
  expect(said(() => sess.run(key))).toMatch(
    /^UnimplementedError: No kernel for op type 'LMDBReader': files of LMDB are not read[\s\S]*TFRecordReader/,
  );
});
test.each([
  [
    'a file that is not there',
    () => new tf.TextLineReader(),
    'no/such.txt',
    /no\/such.txt; No such file[\s\S]*fix: .*paths/,
  ],
  [
    'a damaged one',
    () => new tf.TFRecordReader(),
    at('damaged.tfrecord')[0],
    /damaged\.tfrecord[\s\S]*fix: write the file anew/,
  ],
  ['a folder', () => new tf.WholeFileReader(), 'test', /test; Is a directory[\s\S]*fix: /],
  [
    'one of records that is short',
    () => new tf.FixedLengthRecordReader(4, 99),
    at('b.txt')[0],
    /fix: .*headerBytes, 99/,
  ],
])('%s is named with the cure', (_, make, name, text) => {
  const queue = names();
  const pair = make().read(queue);
  using sess = session();
  sess.run(queue.enqueueMany([[name, name]]));
  for (let i = 0; i < 3; i++) if (said(() => sess.run(pair)) !== 'nothing') break;
  sess.run(queue.enqueue(name));
  expect(said(() => [sess.run(pair), sess.run(pair)])).toMatch(text);
});
test('rows without end are refused before there are handles of them', () => {
  const indices = tf.constant([], tf.int64, { shape: [0, 2] });
  const rows = new tf.SparseTensor(indices, tf.constant([], tf.float32), [2 ** 40, 2]);
  const batch = tf.train.batch([rows], 2, { enqueueMany: true });
  using sess = session();
  const coord = new tf.train.Coordinator();
  const threads = tf.train.startQueueRunners(sess, coord);
  expect(said(() => sess.run(batch.values))).toMatch(/^OutOfRangeError/);
  expect(said(() => coord.join(threads))).toMatch(/^ResourceExhaustedError: 1099511627776 rows of a SparseTensor/);
});
test('a server that touches no files, or those of one folder, keeps to that', () => {
  writeFileSync(join(folder, 'a.txt'), 'one\n');
  const queue = names();
  const [, line] = new tf.TextLineReader().read(queue);
  const name = tf.placeholder(tf.string, []);
  const put = queue.enqueue(name);
  const all = [tf.readFile(name), tf.matchingFiles(name), tf.writeFile(name, 'x')];
  const ask = (allowed: string | null, path: string): string[] => {
    const worker = new Worker(filesIn(allowed));
    using sess = new tf.Session('', { worker, config: { device: 'portable' } });
    const answers = all.map((each) => said(() => sess.run(each as tf.Tensor, [[name, path]])));
    sess.run(put, [[name, path]]);
    return [...answers, said(() => sess.run(line))].map((text) => text.split('\n')[0]);
  };
  const none = ask(null, 'a.txt');
  expect(none).toEqual(none.map(() => 'PermissionDeniedError: a.txt: this server touches no files'));
  const outside = ask(folder, '../b.txt');
  expect(outside).toEqual(outside.map(() => expect.stringMatching(/^PermissionDeniedError: .*no files outside of/)));
  expect(ask(folder, 'a.txt')).toEqual(outside.map(() => 'nothing'));
});
