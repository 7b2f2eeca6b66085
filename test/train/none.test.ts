/** What is null in odd programs is typed as if it were there; a program that goes on with it is told why it is null. */
import * as tf from '../../src';
import { printed } from '../printed';

beforeEach(() => tf.resetDefaultGraph());

test('no saver, no summary, no average', () => {
  const saver = tf.train.importMetaGraph(new tf.MetaGraphDef());
  expect(saver).toBeNull();
  using sess = new tf.Session();
  expect(printed(() => saver.restore(sess, 'a'))).toMatch(
    /reading 'restore'\)\n {2}likely cause: tf.train.importMetaGraph gives null for a graph without variables\.\n/,
  );
  const all = tf.summary.mergeAll();
  expect(printed(() => all.name)).toMatch(
    /reading 'name'\)\n {2}likely cause: tf.summary.mergeAll\(\) is null where there is no summary in 'summaries'\.\n/,
  );
  const w = new tf.Variable(1, { name: 'w' });
  expect(() => sess.run(all)).toThrow('Fetch argument None has invalid type');
  const average = new tf.train.ExponentialMovingAverage(0.9).average(w);
  expect(average).toBeNull();
  expect(printed(() => average.op)).toMatch(
    /reading 'op'\)\n {2}likely cause: there is no average of 'w:0': ema\.apply\(\[…\]\) comes first/,
  );
});
test('other errors stay as they are', () => {
  tf.train.importMetaGraph(new tf.MetaGraphDef());
  const other = null as unknown as { readonly scoree: number };
  expect(printed(() => other.scoree)).not.toContain('likely cause');
});
