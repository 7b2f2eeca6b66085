/** Checkpoints that are large enough for a device to write and to read: the same files, values and errors. */
import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import * as tf from '../../src';
import { BundleReader } from '../../src/format/bundle-reader';
import { publish, shapeMessage } from '../../src/format/bundle-writer';
import { openDevice } from '../../src/kernels/devices';
import { type Mode, devices, open } from '../devices';
import { list, said } from '../said';
import { TemporaryFolder } from '../temporary-folder';

const folder = new TemporaryFolder('saver-on-device-');
const { at, files } = folder;
const DATA = '.data-00000-of-00001';

/** 18 MB that a device computes, in parts also, and values of all kinds that it takes, out of order. */
function variables(): tf.Variable[] {
  const column = tf.reshape(tf.cast(tf.range(2000), tf.float32), [2000, 1]);
  const part = (name: string, from: number): tf.Variable => {
    const v = new tf.Variable(tf.fill([3, 2], from), { name });
    v.setSaveSliceInfo({ fullName: 'parts', fullShape: [6, 2], varOffset: [from, 0], varShape: [3, 2] });
    return v;
  };
  return [
    new tf.Variable(tf.matmul(column, tf.ones([1, 2000]).mul(0.7)), { name: 'z/large' }),
    new tf.Variable(tf.ones([700, 700]), { name: 'handle', useResource: true }),
    new tf.Variable([[1.5, -0, NaN]], { name: 'double', dtype: tf.float64 }),
    new tf.Variable([2 ** 40, -1], { name: 'long', dtype: tf.int64 }),
    new tf.Variable([true, false], { name: 'bool', dtype: tf.bool }),
    new tf.Variable([1, 255], { name: 'bytes', dtype: tf.uint8 }),
    new tf.Variable(7, { name: 'int', dtype: tf.int32 }),
    new tf.Variable(tf.zeros([0, 2]), { name: 'empty' }),
    new tf.Variable(['a', '\udcff', ''], { name: 'a/string', dtype: tf.string }),
    part('parts/part_0', 0),
    part('parts/part_1', 3),
  ];
}
const elements = (value: unknown): ArrayLike<unknown> => (value as tf.NDArray).data;
/** A session that is where most of its variables are on the device: they were updated there. */
function started(mode: Pick<Mode, 'device' | 'placement'>): tf.Session {
  const sess = open(tf.getDefaultGraph(), { title: '', ...mode });
  sess.run(tf.globalVariablesInitializer());
  return sess;
}

describe.each(devices())('$title', (mode) => {
  /** How often a device did what is wanted of it in a body: by a kernel of its own, or by showing its memory. */
  const doneByDevice = (body: () => void): number => {
    const device = openDevice(mode.device);
    const { checkpointKernel } = device;
    const calls = (['room', 'view'] as const).flatMap((name) =>
      device[name] ? [jest.spyOn(device, name as 'view')] : [],
    );
    if (!checkpointKernel) {
      body();
      // Two large variables, each looked at when it is written and when it is read to where there is room for it.
      const [rooms, views] = calls.map((spy) => spy.mock.calls.length);
      for (const spy of calls) spy.mockRestore();
      return rooms === 2 && views === 4 ? 2 : 0;
    }
    let done = 0;
    const counting = jest.spyOn(device as { checkpointKernel: typeof checkpointKernel }, 'checkpointKernel');
    counting.mockImplementation((node, types) => {
      const kernel = checkpointKernel(node, types)!;
      return (inputs, of) => {
        const outputs = kernel(inputs, of);
        done++;
        return outputs;
      };
    });
    body();
    counting.mockRestore();
    return done;
  };
  test('the files are those that the host writes, and the values come back', () => {
    const all = variables();
    const saver = new tf.train.Saver();
    const [sess, host] = [started(mode), started({ ...mode, placement: 'host' })];
    const save = (session: tf.Session, name: string): unknown =>
      saver.save(session, at(name), { writeMetaGraph: false, writeState: false });
    save(host, 'host');
    const later = open(tf.getDefaultGraph(), mode);
    const done = doneByDevice(() => {
      save(sess, 'device');
      saver.restore(later, at('device'));
    });
    expect(done).toBe(2);
    for (const ending of ['.index', DATA])
      expect(readFileSync(at(`device${ending}`)).equals(readFileSync(at(`host${ending}`)))).toBe(true);
    expect(files()).toEqual([`device${DATA}`, 'device.index', `host${DATA}`, 'host.index']);
    expect(later.run(all.slice(2)).map(list)).toEqual(sess.run(all.slice(2)).map(list));
    const [got, wanted] = [later, sess].map((session) => elements(session.run(all[0])));
    expect(Array.from(got).every((x, i) => x === wanted[i])).toBe(true);
  });
  test('training goes on from there', () => {
    const w = new tf.Variable(tf.ones([2000, 2000]), { name: 'w' });
    const trainStep = new tf.train.MomentumOptimizer(0.1, 0.9).minimize(tf.reduceSum(tf.square(w)));
    const saver = new tf.train.Saver();
    const [sess, later] = [started(mode), open(tf.getDefaultGraph(), mode)];
    for (let i = 0; i < 2; i++) sess.run(trainStep);
    saver.restore(later, saver.save(sess, at('model'))!);
    for (const session of [sess, later]) for (let i = 0; i < 2; i++) session.run(trainStep);
    expect(later.run(tf.gatherNd(w, [7, 7]))).toBe(sess.run(tf.gatherNd(w, [7, 7])));
  });
  describe('what is damaged', () => {
    const saved = (): readonly [tf.train.Saver, tf.Session, tf.Variable] => {
      const large = new tf.Variable(tf.matmul(tf.ones([2100, 2]), tf.ones([2, 2100])), { name: 'large' });
      const saver = new tf.train.Saver();
      const sess = started(mode);
      saver.save(sess, at('m'), { writeMetaGraph: false });
      return [saver, sess, large];
    };
    const overwrite = (path: string, place: number): void => {
      const file = openSync(path, 'r+');
      writeSync(file, Buffer.from([99]), 0, 1, place);
      closeSync(file);
    };
    const refused = (damage: () => void, message: RegExp): void => {
      const [saver, sess, large] = saved();
      damage();
      expect(said(() => saver.restore(sess, at('m')))).toMatch(message);
      expect(sess.run(tf.gatherNd(large, [3, 3]))).toBe(2);
    };
    test('an element', () => {
      refused(
        () => overwrite(at(`m${DATA}`), 1_000_000),
        /^DataLossError: TensorBundle at .*\/m shard 0 \(17640000 bytes\): Checksum does not match: .* tensor 'large'/,
      );
    });
    test('the end', () => {
      refused(
        () => truncateSync(at(`m${DATA}`), 17_000_000),
        /^OutOfRangeError: .*m\.data.*: Read less bytes than requested: tensor 'large' ends at 17640000/,
      );
    });
    test('the index', () => {
      refused(() => overwrite(at('m.index'), 20), /^DataLossError: .*m\.index: block checksum mismatch/);
    });
    test.each([
      ['a shape', { shape: shapeMessage([2 ** 40, 2 ** 40]) }, /the entry says shape/],
      ['another shape', { shape: shapeMessage([2100, 2101]) }, /Invalid size in bundle entry/],
      ['a place', { offset: 2 ** 45 }, /Read less bytes than requested/],
      ['a shard', { shardId: 3 }, /an entry lies in shard 3 of 1/],
    ])('%s', (_, lie, message) => {
      refused(() => {
        const { entries } = new BundleReader(at('m'));
        const lies = [...entries].map(([key, entry]) => [key, { ...entry, ...lie }] as const);
        publish(at('m'), [at(`m${DATA}`)], new Map(lies));
      }, message);
    });
  });
  test('what cannot be written leaves nothing, and says the same', () => {
    new tf.Variable(tf.matmul(tf.ones([2100, 2]), tf.ones([2, 2100])), { name: 'large' });
    const saver = new tf.train.Saver();
    const sess = started(mode);
    mkdirSync(at(`m${DATA}`));
    expect(said(() => saver.save(sess, at('m')))).toMatch(/^(FailedPrecondition|Unknown)Error: .*Is a directory/);
    expect(files()).toEqual([`m${DATA}`]);
  });
  test('what a process left that was killed goes with the next save', () => {
    new tf.Variable(tf.matmul(tf.ones([2100, 2]), tf.ones([2, 2100])), { name: 'large' });
    const saver = new tf.train.Saver();
    const sess = started(mode);
    const aside = 'm.tempstate999999999_3';
    for (const left of [`${DATA}.tempstate17`, DATA, '.index', '.index.tempstate5', ''])
      writeFileSync(at(aside + left), '');
    saver.save(sess, at('m'), { writeMetaGraph: false, writeState: false });
    expect(files()).toEqual([`m${DATA}`, 'm.index']);
  });
});
