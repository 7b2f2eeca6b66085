/** Programs of test/fixtures/record/readers.py, on files as values. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';
import { DIR, type Programs } from './run';

export const FILES: Programs = {
  files_as_values(run) {
    const name = tf.placeholder(tf.string);
    const sorted = (files: tf.Tensor): void => run.say([...(run.session.run(files) as tf.NDArray<string>).data].sort());
    run.now(tf.readFile(`${DIR}b.txt`));
    run.now(tf.io.readFile(name), [[name, [`${DIR}b.txt`]]]);
    run.now(tf.readFile(name), [[name, `${DIR}missing.txt`]]);
    run.now(tf.readFile(name), [[name, DIR.slice(0, -1)]]);
    run.build(() => tf.readFile([`${DIR}b.txt`]));
    const m = tf.matchingFiles(`${DIR}*.txt`);
    run.say(m.shape.asList());
    sorted(m);
    sorted(tf.io.matchingFiles([`${DIR}a.*`, `${DIR}?.txt`]));
    run.now(tf.matchingFiles(`${DIR}none*`));
    run.now(tf.matchingFiles(name), [[name, [[`${DIR}none*`]]]]);
    const v = tf.train.matchFilenamesOnce(`${DIR}b.*`, { name: 'found' });
    run.say([v.name, String(v.shape), v.dtype.name, tf.localVariables().map((each) => each.name)]);
    run.now(v);
    run.now(tf.localVariablesInitializer());
    run.now(v);
    const q = tf.train.stringInputProducer(v, { numEpochs: 1 });
    run.start();
    run.all(q.dequeue());
    run.stop();
  },
  files_that_are_written(run) {
    const folder = mkdtempSync(join(tmpdir(), 'written-'));
    const [name, text] = [tf.placeholder(tf.string), tf.placeholder(tf.string)];
    const [put, get] = [tf.writeFile(name, text), tf.readFile(name)];
    const path = join(folder, 'new', 'deep', 'w.txt');
    const both = (path: string | string[], contents: string | string[]): [tf.Tensor, tf.FeedValue][] => [
      [name, path],
      [text, contents],
    ];
    run.now(put, both(path, 'abc'));
    run.now(get, [[name, path]]);
    run.now(tf.io.writeFile(name, text, { name: 'again' }), both(path, '\udcff'));
    run.say(readFileSync(path).equals(Buffer.of(0xff)));
    run.now(put, both([path], 'a'));
    run.now(put, both(path, ['a']));
    run.build(() => tf.writeFile(['a'], 'b'));
    rmSync(folder, { recursive: true });
  },
};
