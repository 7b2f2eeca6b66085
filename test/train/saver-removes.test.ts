/** What savers remove of what a record of checkpoints names. */
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import * as tf from '../../src';
import { TemporaryFolder, initialized } from '../temporary-folder';

const { at } = new TemporaryFolder('saver-');

/** What is said on stderr meanwhile. */
function warned(body: () => unknown): string {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    body();
  } finally {
    spy.mockRestore();
  }
  return lines.join('');
}
test('what it names outside of the folder, or is no checkpoint, stays', () => {
  const somebodys = ['other/w-1.index', 'other/w-1.meta', 'other/text', 'run/text'];
  for (const name of ['run', 'other']) mkdirSync(at(name));
  for (const name of somebodys) writeFileSync(at(name), 'of somebody');
  symlinkSync(at('other'), at('run/linked'));
  new tf.Variable([1, 2], { name: 'a' });
  const sess = initialized();
  const saved = (path: string, writeVersion: number): string => {
    const saver = new tf.train.Saver({ maxToKeep: 1, writeVersion });
    saver.recoverLastCheckpoints([path]);
    expect(saver.lastCheckpoints).toEqual([path]);
    return warned(() => saver.save(sess, at('run/m'), 1, { writeMetaGraph: false }));
  };
  const stays = (path: string): string =>
    `${path}: is no checkpoint in ${at('run')}, to which this saver saves, and stays.\n`;
  for (const path of [at('other/w-1'), `${at('run')}/../other/w-1`, at('run/linked/w-1')])
    expect(saved(path, 2)).toBe(stays(path));
  for (const path of [at('other/text'), at('run/text'), at('run/te*')]) expect(saved(path, 1)).toContain(stays(path));
  expect(somebodys.filter((name) => existsSync(at(name)))).toEqual(somebodys);
  sess.close();
});
test.each([1, 2])('an older one of version %i that lies in the folder goes', (writeVersion) => {
  new tf.Variable([1, 2], { name: 'a' });
  const sess = initialized();
  const first = new tf.train.Saver({ writeVersion }).save(sess, at('m'), 1);
  const saver = new tf.train.Saver({ writeVersion, maxToKeep: 1 });
  saver.recoverLastCheckpoints([first]);
  warned(() => saver.save(sess, at('m'), 2));
  expect([tf.train.checkpointExists(first), tf.train.checkpointExists(at('m-2'))]).toEqual([false, true]);
  sess.close();
});
