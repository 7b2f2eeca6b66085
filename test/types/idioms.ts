/** What programs write as they do in Python, and what is right and wrong of it; as in wrong.ts. */
import { type Program, right, wrong } from './wrong';

export const IDIOMS: Readonly<Record<string, readonly Program[]>> = {
  'as programs write them': [
    right("tf.summary.scalar('s', loss) && sess.run(tf.summary.mergeAll(), { [loss.name]: 1 }).length"),
    right('adam.applyGradients(adam.computeGradients(loss).map(([g, v]) => [tf.clipByValue(g, -1, 1), v]))'),
    right(
      '(() => { const capped = adam.computeGradients(loss).map(([g, v]) => [tf.clipByNorm(g, 1), v]); ' +
        'return adam.applyGradients(capped, w); })()',
    ),
    right(
      '(() => { const vars = tf.trainableVariables(); ' +
        'const [grads] = tf.clipByGlobalNorm(tf.gradients(loss, vars), 5); ' +
        'return adam.applyGradients(grads.map((g, i) => [g, vars[i] ?? w]), { globalStep: w }); })()',
    ),
    right('adam.computeGradients(loss).map(([g, v]) => tf.summary.histogram(`${v.op.name}/grad`, g).name)'),
    right('adam.computeGradients(loss).map(([g]) => tf.nn.zeroFraction(g instanceof tf.IndexedSlices ? g.values : g))'),
    right('adam.computeGradients(loss).filter(([g]) => g !== null).length'),
    wrong('adam.applyGradients([[v, tf.constant([1, 2])]])', /not assignable/),
    wrong('adam.applyGradients([[tf.constant([1, 2])]])', /not assignable|Source has 1/),
    right("tf.addToCollection('own', loss) ?? tf.addN(tf.getCollection('own'), 'total')"),
    right('(tf.losses.addLoss(loss), tf.addN(tf.getCollection(tf.GraphKeys.LOSSES)).shape)'),
    right('(tf.losses.addLoss(loss), sess.run(tf.losses.getTotalLoss(), { [loss.name]: 1 }).toFixed(2))'),
    right('tf.controlDependencies(tf.getCollection(tf.GraphKeys.UPDATE_OPS), () => adam.minimize(loss))'),
    right('tf.group(...tf.getCollection(tf.GraphKeys.UPDATE_OPS))'),
    right("adam.minimize(loss, { varList: tf.getCollection(tf.GraphKeys.TRAINABLE_VARIABLES, { scope: '' }) })"),
    right("tf.getCollection({ key: 'trainable_variables', scope: null }).map((each) => tf.assign(each, each))"),
    right('sess.graph.getCollection(tf.GraphKeys.GLOBAL_VARIABLES).map((each) => each.initializer)'),
    wrong("tf.getCollection('losses', { scop: 'a' })", /'scop'/),
    right(
      'tf.cond(tf.constant(true), () => [tf.constant(1), tf.constant(2)], () => { ' +
        'const ema = new tf.train.ExponentialMovingAverage(0.9); ema.apply([v, w]); ' +
        'return [tf.reduceSum(ema.average(v)), ema.average(w)]; })',
    ),
    right(
      'tf.losses.meanSquaredError(X, X).add(loss).eval({ [X.name]: [[1, 2, 3]], [loss.name]: 1 }, sess).toFixed(2)',
    ),
    right("sess.run(tf.losses.huberLoss(a, b, { reduction: 'none' }).add(0)) !== null"),
    right('sess.run(tf.losses.softmaxCrossEntropy(a, b, 1, 0.1)).toFixed(2)'),
  ],
  'what a block gives back is taken apart': [
    right("(() => { const [t, u] = tf.nameScope('s', () => [tf.constant(1), w]); return tf.assign(u, t.add(1)); })()"),
    right("(() => { const [t, u] = tf.variableScope('s', () => [a, v]); return [u.initializer, t.op]; })()"),
    right("(() => { const [t, u] = tf.device('/cpu:0', () => [a, v]); return [u.initializer, t.op]; })()"),
    right('(() => { const [t, u] = tf.controlDependencies([a], () => [b, v]); return [u.initializer, t.op]; })()'),
    right('(() => { const [t, u] = tf.initScope(() => [b, v]); return [u.initializer, t.op]; })()'),
    right('(() => { const [t, u] = tf.colocateWith(a, () => [b, v]); return [u.initializer, t.op]; })()'),
    right('(() => { const [t, u] = sess.asDefault(() => [b, v]); return [u.initializer, t.op]; })()'),
    right('(() => { const [t, u] = sess.graph.asDefault(() => [b, v]); return [u.initializer, t.op]; })()'),
    right("(() => { const [t, u] = sess.graph.nameScope('s', () => [b, v]); return [u.initializer, t.op]; })()"),
    right("(() => { let n = tf.nameScope('s', () => 5); n = 6; return n; })()"),
    right("tf.nameScope('s', () => { const made = [1, 2].map((n) => tf.constant(n)); return made; }).push(a)"),
  ],
  'feeds, step by step': [
    right('(() => { const f: tf.FeedDict = new Map(); f.set(X, [[1, 2, 3]]); return sess.run(X, f); })()'),
    right(
      '(() => { const f: tf.FeedDict = new Map<tf.Tensor, tf.FeedValue>(); f.set(w, 1); return sess.run(w, f); })()',
    ),
    right('(() => { const f: tf.FeedDict = []; f.push([X, [[1, 2, 3]]], [w, 2]); return sess.run(w, f); })()'),
    right(
      '(() => { const f: tf.FeedDict = {}; f[X.name] = [[1, 2, 3]]; return sess.run(X, { ...f, [w.name]: 2 }); })()',
    ),
    right('(() => { const f = new Map(); f.set(X, [[1, 2, 3]]); return X.eval(f, sess); })()'),
    right('(() => { const f = []; f.push([X, [[1, 2, 3]]]); return sess.run(X, f); })()'),
    right(
      '(() => { const f = new Map<tf.Tensor | tf.Variable, tf.FeedValue>(); f.set(w, 1); return sess.run(w, f); })()',
    ),
    right('(() => { const f: ReadonlyMap<tf.Variable, number> = new Map([[w, 1]]); return sess.run(w, f); })()'),
    right('(() => { const f: readonly (readonly [tf.Variable, number])[] = [[w, 1]]; return sess.run(w, f); })()'),
    right('((): tf.FeedDict => [X, a].map((each) => [each, 1]))()'),
    right('sess.run(w, [w].map((each) => [each, 2])).toFixed(1)'),
    right('sess.run(v, [v, w].map((each) => [each, each.shape.rank ? [1, 2] : 1])).toArray()'),
    right('sess.run(w, [w].map((each) => [each.name, 2])).toFixed(1)'),
    right('sess.run(w, Object.fromEntries([w].map((each) => [each.name, 2])))'),
    wrong('sess.run(w, [1, 2].map((each) => [each, 2]))', /not assignable|no properties in common/),
    wrong('sess.run(X, new Map([[1, 2]]))', /not assignable|no properties in common/),
  ],
  'loops and recurrent nets': [
    right('sess.run(tf.whileLoop((i) => i.less(3), (i, s) => [i.add(1), s.mul(2)], [0, w.mul(0)])[0]).toFixed(1)'),
    right('sess.run(tf.whileLoop((m) => tf.reduceSum(m).less(9), (m) => m.mul(2), [a])).at(1, 1).toFixed(1)'),
    ...['BasicRNNCell', 'GRUCell', 'BasicLSTMCell', 'LSTMCell'].map((cell) =>
      right(
        `(() => { const cell = new tf.nn.rnnCell.${cell}(2); ` +
          'const y = tf.nn.dynamicRnn(cell, tf.ones([1, 2, 3]), { dtype: tf.float32 })[0]; ' +
          'sess.run(tf.globalVariablesInitializer()); return sess.run(y).at(0, 1, 1).toFixed(2); })()',
      ),
    ),
    right(
      '(() => { const cells = [2, 3].map((n) => new tf.nn.rnnCell.DropoutWrapper(new tf.nn.rnnCell.BasicLSTMCell(n), ' +
        '{ outputKeepProb: 0.5 })); const cell = new tf.nn.rnnCell.MultiRNNCell(cells, { stateIsTuple: true }); ' +
        'const start = cell.zeroState(1, tf.float32); const state = sess.run(start); ' +
        'return start.map(({ c, h }, i) => [c.name, h.name, state[i]?.c.at(0, 0).toFixed(1)]); })()',
    ),
    right(
      '(() => { let cell: tf.nn.rnnCell.RNNCell<tf.nn.rnnCell.LSTMStateTuple> = new tf.nn.rnnCell.BasicLSTMCell(3); ' +
        'cell = new tf.nn.rnnCell.DropoutWrapper(cell, { outputKeepProb: 0.5 }); ' +
        'return tf.nn.dynamicRnn(cell, tf.ones([1, 2, 3]), { dtype: tf.float32 })[1].h.shape; })()',
    ),
    right(
      '(() => { let cell: tf.nn.rnnCell.RNNCell = new tf.nn.rnnCell.GRUCell(3); ' +
        'cell = new tf.nn.rnnCell.DropoutWrapper(cell, 0.5); cell = new tf.nn.rnnCell.ResidualWrapper(cell); ' +
        'return tf.nn.dynamicRnn(cell, tf.ones([1, 2, 3]), { dtype: tf.float32 })[1].shape; })()',
    ),
    right('new tf.nn.rnnCell.GRUCell(2).apply(a, { state: b })[0].shape'),
    right(
      '(() => { const cell = new tf.nn.rnnCell.LSTMCell(2); ' +
        'return cell.apply(a, { state: cell.zeroState(2, tf.float32), scope: null })[1].c.shape; })()',
    ),
    wrong('new tf.nn.rnnCell.GRUCell(2).apply(a, { stat: b })', /'stat' does not exist/),
  ],
  'states and options of nets by place, and options in a variable': [
    ...[
      'dynamicRnn(cell, x, [3, 3], { dtype: tf.float32 })[1].h.shape',
      'dynamicRnn(cell, x, null, start)[1].h.shape',
      'dynamicRnn(cell, x, options)[1].h.shape',
      'staticRnn(cell, steps, start)[1].h.shape',
      'staticRnn(cell, steps, options)[1].c.shape',
      'staticRnn(cell, steps, start, tf.float32)[0].map((y) => y.shape)',
      'bidirectionalDynamicRnn(cell, other, x, [3, 3], { dtype: tf.float32 })[0][1].shape',
      'bidirectionalDynamicRnn(cell, other, x, null, start, start)[1][1].c.shape',
      'staticBidirectionalRnn(cell, other, steps, options)[0].map((y) => y.shape)',
      'staticBidirectionalRnn(cell, other, steps, start, start)[1].h.shape',
    ].map((call) =>
      right(
        '(() => { const cell = new tf.nn.rnnCell.LSTMCell(4); const other = new tf.nn.rnnCell.LSTMCell(4); ' +
          'const x = tf.ones([2, 3, 4]); const steps = tf.unstack(x, { axis: 1 }); ' +
          'const options = { dtype: tf.float32 }; ' +
          'const start = cell.zeroState(2, tf.float32); ' +
          `void [other, x, steps, options, start]; return tf.nn.${call}; })()`,
      ),
    ),
  ],
  'what is no scalar is an array, of any tensor': [
    ...[
      'tf.layers.dense(t, 2)',
      'tf.layers.dropout(tf.layers.dense(t, 2))',
      'tf.layers.batchNormalization(t)',
      'tf.matmul(t, t).add(v)',
      'tf.nn.softmax(t)',
      'tf.nn.biasAdd(t, v)',
      'tf.nn.xwPlusB(t, a, v)',
      'tf.layers.flatten(t)',
      'tf.contrib.layers.fullyConnected(t, 2)',
      'tf.cumsum(t)',
      'tf.concat([t, t], 1)',
      'tf.concat({ values: [t, t], axis: 0 })',
      'tf.split(t, 2, 0)[1]',
      'tf.split(t, [1, 1])[0]',
    ].map((call) =>
      right(
        `(() => { const y = ${call}; sess.run(tf.globalVariablesInitializer()); ` +
          'return sess.run(y).at(0, 0).toFixed(2); })()',
      ),
    ),
    right('sess.run(tf.expandDims(t, 0)).at(0, 1, 1).toFixed(2)'),
    right('sess.run(tf.stack([t, t])).at(0, 1, 1).toFixed(2)'),
  ],
};
