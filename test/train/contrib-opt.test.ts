/** The nodes that optimizers of tf.contrib.opt make. */
import * as tf from '../../src';
import { sameGraph } from '../sweep';
import { model } from './model';

const same = (title: string, build: () => unknown) => sameGraph('training', title, build);

describe('optimizers of tf.contrib', () => {
  const { AdamWOptimizer, LARSOptimizer } = tf.contrib.opt;
  const decaying = (rate: tf.TensorLike) => new AdamWOptimizer(rate);
  same('adam w', () => new AdamWOptimizer(0.1, 0.2).minimize(model()));
  same('adam w of resources', () => decaying(0.1).minimize(model({ resource: true })));
  same('adam w on rows', () => decaying(0.1).minimize(model({ rows: true })));
  same('adam w on rows of a resource', () =>
    decaying(tf.constant(0.1)).minimize(model({ rows: true, resource: true })),
  );
  same('adam w of some', () => {
    const optimizer = new AdamWOptimizer(0.1);
    const pairs = optimizer.computeGradients(model());
    optimizer.applyGradients(pairs, { decayVarList: [pairs[0][1]] });
  });
  same('lars', () => new LARSOptimizer(0.1).minimize(model()));
  same('lars of resources', () => new LARSOptimizer(0.1, { useNesterov: true }).minimize(model({ resource: true })));
  same('lars on rows', () => new LARSOptimizer(0.1, { skipList: ['bias'] }).minimize(model({ rows: true })));
  same('lars that skips', () => new LARSOptimizer(tf.constant(0.1), { skipList: ['b:'] }).minimize(model()));
});
