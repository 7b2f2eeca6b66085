/** tf.train.checkpointsIterator: each checkpoint once, as it comes. */
import * as tf from '../../src';
import { TemporaryFolder } from '../temporary-folder';

const written = new TemporaryFolder('checkpoints-');
test('gives each new checkpoint once, asks when time is over, and ends', () => {
  const folder = written.path;
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const w = new tf.Variable(1);
    const sess = new tf.Session({ graph });
    sess.run(w.initializer);
    const saver = new tf.train.Saver();
    const save = (step: number): unknown => saver.save(sess, `${folder}/model`, step);
    save(1);
    const seen: string[] = [];
    let asked = 0;
    const over = (): boolean => {
      asked++;
      if (asked === 1) save(3);
      return asked > 1;
    };
    for (const path of tf.train.checkpointsIterator(folder, 0, 0, over)) {
      seen.push(path.split('-').pop()!);
      if (seen.length === 1) save(2);
    }
    expect(seen).toEqual(['1', '2', '3']);
    expect(asked).toBe(2);
    expect([...tf.train.checkpointsIterator(`${folder}/none`, { timeout: 0 })]).toEqual([]);
    sess.close();
  });
});
