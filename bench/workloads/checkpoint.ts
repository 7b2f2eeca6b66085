/** A checkpoint of ten variables, written or read: once, after it was done twice, as in a training that goes on. */
import { join } from 'node:path';
import * as tf from '../../src';
import { type Setup, secondsSince } from '../serve';
import { temporaryFolder } from '../temporary';
import { openSession } from '../training';

const VARIABLES = 10;
export const setup: Setup = ({ megabytes, read }) => {
  const size = (megabytes * 1e6) / 4 / VARIABLES;
  for (let i = 0; i < VARIABLES; i++) new tf.Variable(tf.fill([size], i + 0.5), { name: `v${i}` });
  const saver = new tf.train.Saver({ maxToKeep: 2 });
  const sess = openSession();
  sess.run(tf.globalVariablesInitializer());
  const folder = temporaryFolder();
  let steps = 0;
  const save = (): string => saver.save(sess, join(folder.path, 'model'), steps++, { writeMetaGraph: false });
  let path = '';
  for (let i = 0; i < 2; i++) saver.restore(sess, (path = save()));
  return {
    time() {
      const started = process.hrtime.bigint();
      if (read) saver.restore(sess, path);
      else save();
      const seconds = secondsSince(started);
      folder.remove();
      return seconds;
    },
  };
};
