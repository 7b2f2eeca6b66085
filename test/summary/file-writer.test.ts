/** Event files: what is written, when, and what is read of TensorFlow's. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { TemporaryFolder, session } from '../temporary-folder';

interface RecordedEvent {
  readonly step: number;
  readonly what: string;
  readonly text: string;
  readonly version: string;
}
const RECORDED: { readonly events: readonly RecordedEvent[]; readonly file: string } = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/summaries.json'), 'utf8'),
);
const folder = new TemporaryFolder('events-');
const eventsIn = (file: string | null): tf.Event[] => [...tf.train.summaryIterator(file!)];
const filesIn = (name: string): string[] =>
  readdirSync(folder.at(name)).map((file) => path.join(folder.at(name), file));
const FIELDS = 'fileVersion graphDef summary logMessage sessionLog taggedRunMetadata metaGraphDef'.split(' ');
const whatOf = (event: tf.Event): string =>
  FIELDS.filter((field) => event[field as keyof tf.Event] !== null)
    .join()
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const loss = (value: number): tf.Summary => new tf.Summary({ value: [{ tag: 'loss', simpleValue: value }] });

test('reads an event file of TensorFlow, and says of it what Python says', () => {
  writeFileSync(folder.at('file'), Buffer.from(RECORDED.file, 'base64'));
  const events = eventsIn(folder.at('file'));
  expect(events.map((e) => [e.step, whatOf(e), e.fileVersion ?? '', String(e.summary ?? '')])).toEqual(
    RECORDED.events.map(({ step, what, version, text }) => [step, what, version, text]),
  );
  expect(tf.GraphDef.fromString(events[1].graphDef!).node.map(({ op }) => op)).toContain('HistogramSummary');
  expect(events[5].sessionLog).toMatchObject({ status: tf.SessionLog.CHECKPOINT, checkpointPath: '/m' });
});
test('what TensorFlow wrote is written back byte for byte', () => {
  writeFileSync(folder.at('file'), Buffer.from(RECORDED.file, 'base64'));
  const writer = new tf.summary.FileWriter(folder.at('logs'));
  const events = eventsIn(folder.at('file'));
  for (const event of events.slice(1)) writer.addEvent(event);
  const file = writer.path!;
  writer.close();
  const [ours, theirs] = [readFileSync(file), Buffer.from(RECORDED.file, 'base64')];
  // The first event says when the file was begun.
  expect(ours.subarray(40).toString('hex')).toBe(theirs.subarray(40).toString('hex'));
});
test('summaries of a run stand under their steps; who shows them is said once', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  tf.summary.scalar('x', x);
  tf.summary.text('said', tf.constant('a'));
  const merged = tf.summary.mergeAll()!;
  const sess = session();
  const writer = new tf.summary.FileWriter(folder.at('logs'), sess.graph);
  for (let step = 0; step < 3; step++) writer.addSummary(sess.run(merged, { 'x:0': step / 2 }), step * 10);
  writer.addSummary(loss(7), 30n);
  writer.close();
  const events = eventsIn(filesIn('logs')[0]);
  expect(events.map(whatOf)).toEqual(
    'file_version graph_def meta_graph_def summary summary summary summary'.split(' '),
  );
  expect(events.slice(3).map(({ step }) => step)).toEqual([0, 10, 20, 30]);
  expect(events.slice(3).map(({ summary }) => summary!.value[0].simpleValue)).toEqual([0, 0.5, 1, 7]);
  const names = events.slice(3, 6).map(({ summary }) => summary!.value[1].metadata?.pluginData?.pluginName);
  expect(names).toEqual(['text', undefined, undefined]);
  expect(events[3].summary!.value[1].tensor!.item()).toBe('a');
  expect(Math.abs(events[3].wallTime - Date.now() / 1000)).toBeLessThan(300);
  expect(tf.MetaGraphDef.fromString(events[2].metaGraphDef!).graphDef.node.length).toBe(
    sess.graph.getOperations().length,
  );
});
test('what a run took, logs and other events are there', () => {
  const sess = session();
  const runMetadata = new tf.RunMetadata();
  const y = tf.add(tf.placeholder(tf.float32, [2], { name: 'x' }), 1, { name: 'y' });
  sess.run(y, { 'x:0': [1, 2] }, { options: new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }), runMetadata });
  const writer = new tf.summary.FileWriter(folder.at('logs'));
  writer.addRunMetadata(runMetadata, 'step 1', 1);
  expect(() => writer.addRunMetadata(runMetadata, 'step 1')).toThrow(
    'The provided tag was already used for this event type',
  );
  writer.addSessionLog({ status: tf.SessionLog.START }, 2);
  writer.addEvent(
    new tf.Event({ wallTime: 5, step: 3, logMessage: { level: 30, message: 'm', unknown: new Uint8Array() } }),
  );
  writer.addMetaGraph(tf.train.exportMetaGraph(), 4);
  writer.close();
  const events = eventsIn(filesIn('logs')[0]).slice(1);
  expect(events.map((e) => [e.step, whatOf(e)])).toEqual([
    [1, 'tagged_run_metadata'],
    [2, 'session_log'],
    [3, 'log_message'],
    [4, 'meta_graph_def'],
  ]);
  expect(Buffer.from(events[0].taggedRunMetadata!.runMetadata).toString('latin1')).toContain('y = Add(x, y/y)');
});

test('the first event is in the file at once, others with time, a flush or the end', async () => {
  const writer = new tf.summary.FileWriter(folder.at('logs'), { flushSecs: 0.05 });
  writer.addSummary(loss(1), 1);
  expect(eventsIn(writer.path).length).toBe(2);
  writer.addSummary(loss(2), 2);
  expect(eventsIn(writer.path).length).toBe(2);
  writer.flush();
  expect(eventsIn(writer.path).length).toBe(3);
  writer.addSummary(loss(3), 3);
  while (eventsIn(writer.path).length < 4) await new Promise((done) => setTimeout(done, 20));
  const { path: file } = writer;
  writer.addSummary(loss(4), 4);
  writer.close();
  expect(eventsIn(file).length).toBe(5);
});
test('a program that ends without closing its writer loses nothing', () => {
  const script = `
    const tf = require(${JSON.stringify(path.join(__dirname, '../../src'))});
    const writer = new tf.summary.FileWriter(${JSON.stringify(folder.at('logs'))});
    for (let i = 0; i < 10; i++) writer.addSummary(new tf.Summary({ value: [{ tag: 'a', simpleValue: i }] }), i);
    if (process.argv[1] === 'throw') throw new Error('an end');`;
  const args = ['-r', require.resolve('../transpiled.cjs'), '-e', script, 'throw'];
  expect(spawnSync(process.execPath, args, { encoding: 'utf8' }).stderr).toContain('an end');
  expect(eventsIn(filesIn('logs')[0]).length).toBe(11);
});
test('a closed writer takes nothing, says so once, and goes on in another file when it is opened again', () => {
  const writer = new tf.summary.FileWriter(folder.at('logs'), { filenameSuffix: '.v2' });
  writer.addSummary(loss(1));
  writer.close();
  const said: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
  writer.addSummary(loss(2));
  writer.flush();
  spy.mockRestore();
  expect(said.length).toBe(1);
  expect(said[0]).toMatch(/^Attempting to use a closed FileWriter\./);
  writer.reopen();
  writer.addSummary(loss(3));
  writer.close();
  const files = filesIn('logs');
  expect(files.length).toBe(2);
  expect(files.every((file) => file.endsWith('.v2'))).toBe(true);
  expect(files.map((file) => eventsIn(file)[1].summary!.value[0].simpleValue).sort()).toEqual([1, 3]);
});
test('one writer for each folder', () => {
  const { FileWriterCache } = tf.summary;
  const one = FileWriterCache.get(folder.at('a'));
  expect(FileWriterCache.get(folder.at('a'))).toBe(one);
  expect(FileWriterCache.get(folder.at('b'))).not.toBe(one);
  FileWriterCache.clear();
  expect(FileWriterCache.get(folder.at('a'))).not.toBe(one);
  FileWriterCache.clear();
});

describe('what is wrong is told', () => {
  test('damaged files', () => {
    const writer = new tf.summary.FileWriter(folder.at('logs'));
    writer.addSummary(loss(1));
    const file = writer.path!;
    writer.close();
    const whole = readFileSync(file);
    truncateSync(file, whole.length - 1);
    expect(() => eventsIn(file)).toThrow(tf.errors.DataLossError);
    expect(() => eventsIn(file)).toThrow(`truncated record at 40; ${file}`);
    for (const at of [3, 9, 45, whole.length - 2]) {
      const bytes = Buffer.from(whole);
      bytes[at] ^= 1;
      writeFileSync(file, bytes);
      expect(() => eventsIn(file)).toThrow(/^corrupted record at (0|40|52); /);
    }
    expect(() => eventsIn(folder.at('none'))).toThrow(`${folder.at('none')}; No such file or directory`);
  });
  test('folders that cannot be', () => {
    writeFileSync(folder.at('file'), '');
    expect(() => new tf.summary.FileWriter(folder.at('file/logs'))).toThrow(tf.errors.OpError);
    expect(() => new tf.summary.FileWriter('')).toThrow("logdir is the name of a folder, not ''.");
    expect(() => new tf.summary.FileWriter(folder.at('logs'), { filenameSuffix: '/../x' })).toThrow('has no /');
  });
  test('a link in the place of the file is not followed', () => {
    mkdirSync(folder.at('logs'));
    const now = Math.floor(Date.now() / 1000);
    writeFileSync(folder.at('kept'), 'kept');
    const hostname = require('node:os').hostname() as string;
    for (let s = now; s < now + 60; s++)
      symlinkSync(folder.at('kept'), path.join(folder.at('logs'), `events.out.tfevents.${s}.${hostname}`));
    const writer = new tf.summary.FileWriter(folder.at('logs'));
    writer.addSummary(loss(1));
    writer.close();
    expect(readFileSync(folder.at('kept'), 'utf8')).toBe('kept');
  });
  test('fields that there are not', () => {
    // @ts-expect-error  no such field
    expect(() => new tf.Summary({ value: [{ tag: 'a', simple_value: 1 }] })).toThrow(
      'Protocol message Value has no "simple_value" field.\n  fix: simpleValue',
    );
    // @ts-expect-error  no number
    expect(() => new tf.Summary({ value: [{ simpleValue: 'x' }] })).toThrow('expected one of: int, long, float');
    // @ts-expect-error  no summary
    expect(() => new tf.Event({ summary: {} })).toThrow('which is a tf.Summary');
    const writer = new tf.summary.FileWriter(folder.at('logs'));
    expect(() => writer.addSummary('\xff\xff\xff')).toThrow(tf.errors.ValueError);
    // @ts-expect-error  no graph
    expect(() => writer.addGraph(3)).toThrow('The passed graph must be an instance of `Graph`');
    expect(() => writer.addGraph(tf.getDefaultGraph(), 0, new tf.GraphDef())).toThrow('Please pass only graph');
    writer.close();
  });
  test('values that are no summaries', () => {
    expect(() => tf.summary.text('t', tf.constant(1))).toThrow('to have dtype string, got');
    expect(() => tf.summary.merge([])).toThrow("List argument 'inputs' to 'MergeSummary' Op with length 0");
    expect(() => tf.summary.scalar('s', tf.constant('a'))).toThrow(TypeError);
    expect(() => tf.summary.initialize()).toThrow('No default tf.contrib.summary.SummaryWriter found');
  });
});
