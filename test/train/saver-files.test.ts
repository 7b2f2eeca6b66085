/** What savers keep and remove, savers that are made in other ways, and reading without a session. */
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import * as tf from '../../src';
import { list, said } from '../said';
import { TemporaryFolder, initialized, session } from '../temporary-folder';

const folder = new TemporaryFolder('saver-');
const { at, files } = folder;

describe('what is kept', () => {
  const saver = (options: object = {}): [tf.train.Saver, tf.Session] => {
    new tf.Variable([1, 2], { name: 'a' });
    return [new tf.train.Saver(options), initialized()];
  };
  const checkpoints = (): string[] =>
    files()
      .filter((name) => name.endsWith('.index'))
      .map((name) => name.replace('.index', ''));
  test('the last five, with their meta graphs; the file `checkpoint` lists them', () => {
    const [five, sess] = saver();
    for (let i = 1; i <= 7; i++) five.save(sess, at('m'), i);
    expect(checkpoints()).toEqual(['m-3', 'm-4', 'm-5', 'm-6', 'm-7']);
    expect(files().filter((name) => name.endsWith('.meta')).length).toBe(5);
    expect(five.lastCheckpoints).toEqual([3, 4, 5, 6, 7].map((i) => at(`m-${i}`)));
    expect(readFileSync(at('checkpoint'), 'utf8')).toBe(
      `model_checkpoint_path: "${at('m-7')}"\n${[3, 4, 5, 6, 7]
        .map((i) => `all_model_checkpoint_paths: "${at(`m-${i}`)}"\n`)
        .join('')}`,
    );
    sess.close();
  });
  test('all, where maxToKeep is 0 or null, and the last one is listed', () => {
    for (const maxToKeep of [0, null]) {
      tf.resetDefaultGraph();
      const [all, sess] = saver({ maxToKeep });
      for (let i = 1; i <= 7; i++) all.save(sess, at('m'), i);
      expect(checkpoints().length).toBe(7);
      expect(all.lastCheckpoints).toEqual([]);
      expect(tf.train.getCheckpointState(folder.path)?.allModelCheckpointPaths).toEqual([at('m-7')]);
      sess.close();
    }
  });
  test('what comes after some hours is kept for good', () => {
    const [often, sess] = saver({ maxToKeep: 1, keepCheckpointEveryNHours: 1 });
    often.save(sess, at('m'), 1);
    often.save(sess, at('m'), 2);
    expect(checkpoints()).toEqual(['m-2']);
    // As if two hours had gone by before the next one went out of the list.
    often.setLastCheckpointsWithTime([[at('m-2'), Date.now() / 1000 + 7200]]);
    often.save(sess, at('m'), 3);
    expect(checkpoints()).toEqual(['m-2', 'm-3']);
    often.save(sess, at('m'), 4);
    expect(checkpoints()).toEqual(['m-2', 'm-4']);
    sess.close();
  });
  test('a saver that starts anew takes up what was there', () => {
    const [first, sess] = saver({ maxToKeep: 2 });
    for (let i = 1; i <= 2; i++) first.save(sess, at('m'), i);
    utimesSync(at('m-1.index'), 1000, 1000);
    expect(tf.train.getCheckpointMtimes([at('m-1'), at('gone')])).toEqual([1000]);
    const second = new tf.train.Saver({ maxToKeep: 2 });
    second.recoverLastCheckpoints([...tf.train.getCheckpointState(folder.path)!.allModelCheckpointPaths, at('gone')]);
    expect(second.lastCheckpoints).toEqual([at('m-1'), at('m-2')]);
    second.save(sess, at('m'), 3);
    expect(checkpoints()).toEqual(['m-2', 'm-3']);
    second.setLastCheckpoints([at('m-3')]);
    expect(second.lastCheckpoints).toEqual([at('m-3')]);
    sess.close();
  });
  test('names: padded steps, relative paths, other files', () => {
    const [padded, sess] = saver({ padStepNumber: true, saveRelativePaths: true });
    expect(padded.save(sess, at('m'), 12, 'latest', 'graph')).toBe(at('m-00000012'));
    expect(files()).toContain('m-00000012.graph');
    expect(readFileSync(at('latest'), 'utf8')).toBe(
      'model_checkpoint_path: "m-00000012"\nall_model_checkpoint_paths: "m-00000012"\n',
    );
    expect(tf.train.latestCheckpoint(folder.path)).toBe(null);
    expect(tf.train.latestCheckpoint(folder.path, 'latest')).toBe(at('m-00000012'));
    padded.save(sess, at('n'), { writeMetaGraph: false, writeState: false });
    expect(files().filter((name) => name.startsWith('n'))).toEqual(['n.data-00000-of-00001', 'n.index']);
    tf.train.removeCheckpoint(at('m-00000012'), 2, 'graph');
    expect(files().filter((name) => name.startsWith('m'))).toEqual([]);
    sess.close();
  });
  test('a save over a checkpoint of the same name leaves just its files', () => {
    const [again, sess] = saver();
    for (let i = 0; i < 3; i++) again.save(sess, at('m'));
    expect(files()).toEqual(['checkpoint', 'm.data-00000-of-00001', 'm.index', 'm.meta']);
    again.restore(sess, at('m'));
    sess.close();
  });
});

test('a saver without variables saves nothing, where that is allowed', () => {
  const empty = new tf.train.Saver({ allowEmpty: true });
  tf.constant(1);
  const sess = session();
  expect(empty.save(sess, at('m'), { writeMetaGraph: false })).toBe(null);
  empty.restore(sess, at('m'));
  expect(files()).toEqual([]);
  sess.close();
});
test('a saver that is built later has the variables of then', () => {
  const saver = new tf.train.Saver({ deferBuild: true });
  const sess = session();
  expect(said(() => saver.save(sess, at('m')))).toBe(
    'RuntimeError: `build()` should be called before save if defer_build==True',
  );
  const a = new tf.Variable([1, 2], { name: 'a' });
  saver.build();
  sess.run(a.initializer);
  expect(saver.save(sess, at('m'))).toBe(at('m'));
  expect(tf.train.listVariables(folder.path)).toEqual([['a', [2]]]);
  sess.close();
});
test('a saver is made of its SaverDef, inside a scope also', () => {
  const a = new tf.Variable([1, 2], { name: 'a' });
  tf.nameScope('outer', () => new tf.train.Saver([a]));
  const def = {
    filenameTensorName: 'save/Const:0',
    saveTensorName: 'save/control_dependency:0',
    restoreOpName: 'save/restore_all',
    maxToKeep: 2,
    sharded: false,
    keepCheckpointEveryNHours: 1,
    version: 2,
  };
  const saver = tf.train.Saver.fromProto(def, 'outer');
  expect(saver.asSaverDef()?.restoreOpName).toBe('outer/save/restore_all');
  expect(saver.toProto('outer')).toEqual(def);
  expect(saver.toProto('elsewhere')).toBe(null);
  const sess = initialized();
  expect(saver.save(sess, at('m'))).toBe(at('m'));
  sess.close();
});
test('parts of a partitioned variable are saved as one, and may be restored in other parts', () => {
  const part = (name: string, from: number, rows: number): tf.Variable => {
    const v = new tf.Variable(tf.fill([rows, 2], from), { name });
    v.setSaveSliceInfo({ fullName: 'p', fullShape: [6, 2], varOffset: [from, 0], varShape: [rows, 2] });
    return v;
  };
  const two = [part('p/part_0', 0, 3), part('p/part_1', 3, 3)];
  const sess = initialized();
  const saved = new tf.train.Saver(two).save(sess, at('m'))!;
  expect(tf.train.listVariables(saved)).toEqual([['p', [6, 2]]]);
  expect(list(tf.train.loadVariable(saved, 'p'))).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
    [3, 3],
    [3, 3],
    [3, 3],
  ]);
  const three = [part('q/part_0', 0, 2), part('q/part_1', 2, 2), part('q/part_2', 4, 2)];
  new tf.train.Saver({ p: three }).restore(sess, saved);
  expect(sess.run(three).map(list)).toEqual([
    [
      [0, 0],
      [0, 0],
    ],
    [
      [0, 0],
      [3, 3],
    ],
    [
      [3, 3],
      [3, 3],
    ],
  ]);
  sess.close();
});
test('an object of your own is saved by the tensors that it names', () => {
  const n = new tf.Variable(3, { name: 'n' });
  const counter: tf.train.SaveableObject = {
    op: n,
    name: 'counter',
    specs: [{ tensor: () => n.mul(10), sliceSpec: '', name: 'tens', dtype: tf.float32 }],
    restore: ([tens]) => n.assign(tens.div(10), { readValue: false }),
  };
  const saver = new tf.train.Saver([counter]);
  const sess = initialized();
  const saved = saver.save(sess, at('m'))!;
  expect(tf.train.loadVariable(saved, 'tens').item()).toBe(30);
  sess.run(n.assign(0));
  saver.restore(sess, saved);
  expect(sess.run(n)).toBe(3);
  sess.close();
});
test('a reader says what is in a checkpoint', () => {
  new tf.Variable([1, 2], { name: 'a' });
  new tf.Variable(7, { name: 'b', dtype: tf.int64 });
  const sess = initialized();
  const saved = new tf.train.Saver().save(sess, at('m'))!;
  sess.close();
  const reader = tf.train.NewCheckpointReader(saved);
  expect(reader.getVariableToShapeMap()).toEqual({ a: [2], b: [] });
  expect(reader.getVariableToDtypeMap()).toEqual({ a: tf.float32, b: tf.int64 });
  expect(reader.debugString()).toBe('a (DT_FLOAT) [2]\nb (DT_INT64) []\n');
  expect(reader.hasTensor('c')).toBe(false);
  expect(said(() => reader.getTensor('c'))).toBe('NotFoundError: Key c not found in checkpoint');
  expect(list(reader.getTensor('a'))).toEqual([1, 2]);
  reader.close();
  expect(tf.train.loadVariable(folder.path, 'b:0').item()).toBe(7);
  expect(said(() => tf.train.listVariables(at('none')))).toBe(
    `NotFoundError: Unsuccessful TensorSliceReader constructor: Failed to find any matching files for ${at('none')}`,
  );
  mkdirSync(at('empty'));
  expect(said(() => tf.train.loadCheckpoint(at('empty')))).toBe(
    `ValueError: Couldn't find 'checkpoint' file or checkpoints in given directory ${at('empty')}`,
  );
});
test('a file `checkpoint` that is none is passed over with a line, as is one whose checkpoint is gone', () => {
  const { error } = console;
  const lines: string[] = [];
  const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  writeFileSync(at('checkpoint'), 'model_checkpoint_path "m"');
  expect(tf.train.latestCheckpoint(folder.path)).toBe(null);
  writeFileSync(at('checkpoint'), 'model_checkpoint_path: "gone"');
  expect(tf.train.latestCheckpoint(folder.path)).toBe(null);
  write.mockRestore();
  expect(lines.join('')).toMatch(/ValueError: 1:23 : Expected ":"\.[^]*Checkpoint ignored[^]*Couldn't match files for/);
  writeFileSync(at('checkpoint'), '');
  expect(said(() => tf.train.getCheckpointState(folder.path))).toBe(
    `ValueError: Invalid checkpoint state loaded from ${folder.path}`,
  );
  expect(existsSync(at('checkpoint'))).toBe(true);
  expect(console.error).toBe(error);
});
test('times of checkpoints are as many as their paths', () => {
  const { generateCheckpointStateProto } = tf.train;
  expect(said(() => generateCheckpointStateProto('d', 'b', ['a'], [1.5]))).toBe(
    'ValueError: Checkpoint timestamps, if provided, must match checkpoint paths ' +
      '(got paths ["a","b"] and timestamps [1.5])',
  );
  expect(said(() => generateCheckpointStateProto('d', 'b', ['a'], [1, 2n as never]))).toBe(
    'TypeError: each of allModelCheckpointTimestamps must be a number, not 2.',
  );
  expect(said(() => tf.train.updateCheckpointState('d', 'b', { lastPreservedTimestamp: 2n as never }))).toBe(
    'TypeError: lastPreservedTimestamp must be a number, not 2.',
  );
  expect(generateCheckpointStateProto('d', 'b', ['a'], [1, 2]).allModelCheckpointTimestamps).toEqual([1, 2]);
});
