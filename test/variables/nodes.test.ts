/** The nodes of variables are TensorFlow 1.15's. */
import * as tf from '../../src';
import { sameGraph } from '../sweep';

const start = (): tf.Tensor => tf.constant([1, 2]);

sameGraph('variables', 'of data', (tf) => new tf.Variable([1, 2], { name: 'W' }));
sameGraph(
  'variables',
  'of a tensor',
  (tf) => new tf.Variable(tf.zeros([2, 3], { name: 'start' }), { name: 'W', trainable: false }),
);
sameGraph('variables', 'of a function', (tf) => new tf.Variable(start, { name: 'W', dtype: tf.float32 }));
sameGraph('variables', 'resource of data', (tf) => new tf.Variable([1, 2], { name: 'W', useResource: true }));
sameGraph('variables', 'resource of a function', (tf) => new tf.Variable(start, { name: 'W', useResource: true }));
sameGraph('variables', 'in scopes', (tf) => {
  tf.nameScope('layer', () => {
    new tf.Variable(1, { name: 'b' });
    new tf.Variable(start, { name: 'c', dtype: tf.float32 });
  });
  new tf.Variable(2);
  new tf.Variable(3);
});
sameGraph('variables', 'outside of control dependencies', (tf) => {
  tf.controlDependencies([tf.constant(1, { name: 'a' })], () => {
    new tf.Variable(2, { name: 'b' });
    new tf.Variable(tf.constant(2, { name: 'c' }), { name: 'd' });
    new tf.Variable(() => tf.constant(2), { name: 'e', dtype: tf.float32 });
  });
});
sameGraph('variables', 'on devices', (tf) => {
  tf.device('/cpu:0', () => new tf.Variable(2, { name: 'a', cachingDevice: '/cpu:0' }).assign(3));
  new tf.Variable(2, { name: 'b', useResource: true, cachingDevice: '/cpu:0' }).assignAdd(1, { readValue: false });
});
sameGraph(
  'variables',
  'of unknown shape',
  (tf) => new tf.Variable(tf.placeholderWithDefault([1, 2], [null]), { validateShape: false, name: 'v' }),
);
sameGraph('variables', 'initializers', (tf) => {
  tf.globalVariablesInitializer();
  new tf.Variable(1, { name: 'a' });
  new tf.Variable(1, { name: 'b', trainable: false, collections: [tf.GraphKeys.LOCAL_VARIABLES] });
  tf.globalVariablesInitializer();
  tf.localVariablesInitializer();
  tf.variablesInitializer([...tf.globalVariables(), ...tf.localVariables()], { name: 'both' });
  tf.tablesInitializer();
});
sameGraph('variables', 'reports', (tf) => {
  new tf.Variable([1, 2], { name: 'W' });
  new tf.Variable(1, { name: 'b', useResource: true });
  tf.reportUninitializedVariables();
  tf.assertVariablesInitialized();
});
sameGraph('variables', 'report of nothing', (tf) => tf.reportUninitializedVariables());
beforeEach(() => tf.resetDefaultGraph());
