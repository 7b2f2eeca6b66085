/** What a call may take for something else, and what the compiler says of it; as in wrong.ts. */
import { type Program, right, wrong } from './wrong';

export const TAKEN: Readonly<Record<string, readonly Program[]>> = {
  'lists of text and numbers': [
    wrong("tf.stack([tf.constant('a'), tf.constant(1)])", /OfOneKind/),
    wrong("tf.stack([tf.constant('a'), 1])", /OfOneKind/),
    wrong("tf.concat([tf.constant(['a']), tf.constant([1])], 0)", /OfOneKind/),
    wrong("tf.addN([tf.constant('a'), tf.constant(1)])", /OfOneKind/),
    right("sess.run(tf.stack([tf.constant('a'), 'b'])).toArray()"),
    right('sess.run(tf.stack([1, tf.constant(2), w.mul(0)]), { [w.name]: 1 }).toArray()'),
    right('sess.run(tf.stack([t, a]).mul(2))'),
    right('tf.stack([a, b].map((x) => tf.transpose(x)))'),
  ],
  'one argument twice, and feeds that are none': [
    wrong('tf.reduceSum(a, 0, { axis: 0 })', /'axis' does not exist/),
    wrong('tf.reduceMean(a, [0], false, { axis: 0 })', /'axis' does not exist/),
    right('tf.reduceSum(a, null, { reductionIndices: 0 })'),
    wrong('sess.run(a, 5)', /not assignable|no properties in common/),
    wrong('sess.run(a, true)', /not assignable|no properties in common/),
    wrong('sess.run(a, [[1, 2]])', /not assignable|no properties in common/),
    right('sess.run(X, [X].map((x, j) => [x, [[j, 1, 2]]]))'),
    right('X.eval([X].map((x) => [x, [[0, 1, 2]]]), sess)'),
    wrong('sess.run(X, [[X]])', /not assignable|no properties in common/),
    wrong('sess.run(X, [[X, [[0, 1, 2]]], [w]])', /not assignable|no properties in common/),
    wrong('sess.run(X, [[X, [[0, 1, 2]], 3]])', /not assignable|no properties in common/),
    right('sess.run(X, [[X, [[0, 1, 2]]], [w, 2]])'),
  ],
  'what has a name is no object of names': [
    wrong('tf.add(a, b, a)', /not assignable/),
    wrong('tf.reduceSum(a, 0, a)', /not assignable/),
    wrong('tf.reduceSum(a, 0, false, tf.float32)', /not assignable/),
    wrong('tf.exp(a, tf.float32)', /not assignable/),
    wrong('tf.matmul(a, b, v)', /not assignable/),
    wrong('tf.zeros([2], a)', /not assignable/),
    wrong('tf.constant(1, tf.float32, tf.float32)', /not assignable/),
    wrong('tf.placeholder(tf.float32, tf.float32)', /not assignable/),
    wrong('new tf.Variable([1, 2], tf.float64)', /not assignable/),
    wrong('new tf.Variable(1, a.op)', /not assignable/),
    wrong("tf.getVariable('of', [2], a)", /not assignable/),
    wrong('tf.layers.dense(X, 3, tf.float32)', /not assignable/),
    wrong('tf.gradients(loss, [v], tf.float32)', /not assignable/),
    wrong('v.assign([1, 2], tf.float32)', /not assignable/),
  ],
  'scopes by position': [
    right("tf.variableScope('by', 'd', [a], { reuse: null }, (scope) => scope.name)"),
    right("tf.variableScope('by', 'd', [a], tf.zerosInitializer(), () => tf.getVariable('z', [1]).name)"),
    wrong("tf.variableScope('by', 'd', [a], { reus: null }, () => 1)", /'reus'/),
  ],
  'a truth value is no number, and text no neighbour of numbers': [
    wrong('w.assign(true)', /'\[true\]' is not assignable/, 'tsc'),
    wrong('v.assign([true, false])', /'\[boolean\[\]\]' is not assignable/, 'tsc'),
    wrong('new tf.Variable(true).assign(1)', /'\[1\]' is not assignable/, 'tsc'),
    wrong('tf.assign(w, true)', /'true' is not assignable/, 'tsc'),
    wrong("tf.assign(w, 'a')", /'"a"' is not assignable/),
    wrong("tf.where(tf.constant(true), tf.constant('a'), tf.constant(1))", /OfOneKind/),
    wrong("tf.where(tf.constant(true), tf.constant(1), tf.constant('a'))", /OfOneKind/),
    wrong("tf.where(tf.constant(true), { x: 1, y: 'a' })", /not assignable|'x' does not exist/),
    wrong("tf.equal(tf.constant('a'), tf.constant(1))", /OfOneKind/),
    right('new tf.Variable(true).assign(tf.constant(false))'),
    right("new tf.Variable('a').assign('b')"),
    right('new tf.Variable(tf.constant(1, tf.int64)).assign(2)'),
    right('tf.assign(tf.assign(w, 1), 2)'),
    right("tf.where(tf.constant(true), tf.constant('a'), 'b')"),
    right('tf.where([true, false], { x: [1, 2], y: [3, 4] })'),
    right('tf.where({ condition: [true, false], name: null })'),
    right('sess.run(tf.where([true, false], null, null)).toArray()[0]?.[0]'),
  ],
  'draws of classes have rows': [
    right('sess.run(tf.multinomial(a, 2)).toArray().map((row) => row.length)'),
    right('sess.run(tf.random.categorical(a, 2)).at(0, 1)'),
  ],
  'what is made of the elements of a loss': [
    right("sess.run(tf.losses.meanSquaredError(a, b, 1, null, null, 'weighted_sum')).toFixed(2)"),
    right('sess.run(tf.losses.huberLoss(a, b, { reduction: tf.losses.Reduction.MEAN })).toFixed(2)'),
    right('sess.run(tf.losses.meanSquaredError(a, b, { reduction: tf.losses.Reduction.NONE })).toArray()'),
    right("sess.run(tf.losses.computeWeightedLoss(a, 2, { reduction: 'weighted_sum' })).toFixed(2)"),
    right("tf.losses.meanSquaredError(a, b, 1, null, null, 'none').shape"),
    right('sess.run(tf.losses.meanPairwiseSquaredError(a, b)).toFixed(2)'),
    wrong("tf.losses.meanSquaredError(a, b, { reducton: 'none' })", /'reducton'/),
  ],
  norms: [
    right('sess.run(tf.norm(a)).toFixed(2)'),
    right('sess.run(tf.linalg.norm(a, Infinity)).toFixed(2)'),
    right('tf.norm(a, 1, [0, 1], true).shape'),
    wrong("tf.norm(a, 'one')", /'"one"' is not assignable/),
    wrong('tf.norm(a, { axs: 1 })', /'axs'/),
  ],
  'cells in a list that is made in place': [
    right(
      '(() => { const { BasicLSTMCell, GRUCell, MultiRNNCell } = tf.nn.rnnCell; ' +
        'const start = new MultiRNNCell([new BasicLSTMCell(4), new GRUCell(3)]).zeroState(2, tf.float32); ' +
        'return [start[0].c.shape, start[0].h.name, start[1].shape]; })()',
    ),
    right(
      '(() => { const { DropoutWrapper, GRUCell, LSTMCell, MultiRNNCell } = tf.nn.rnnCell; ' +
        'const dropped = new DropoutWrapper(new LSTMCell({ numUnits: 4 }), { outputKeepProb: 0.5 }); ' +
        'const [, last] = tf.nn.dynamicRnn(new MultiRNNCell([dropped, new GRUCell(3)]), tf.ones([2, 5, 3]), ' +
        '{ dtype: tf.float32 }); return [last[0].c.shape, last[1].shape]; })()',
    ),
    wrong('new tf.nn.rnnCell.MultiRNNCell([1, 2])', /not assignable/, 'tsc'),
  ],
  'blocks of a graph give back what they make': [
    right("(() => { const [t, u] = sess.graph.device('/cpu:0', () => [b, v]); return [u.initializer, t.op]; })()"),
    right(
      "(() => { const [t, u] = sess.graph.gradientOverrideMap({ Square: 'Q' }, () => [b, v]); " +
        'return [u.initializer, t.op]; })()',
    ),
  ],
  "Python's spelling where names of variables may stand": [
    wrong('new tf.train.Saver({ max_to_keep: 3 })', /max_to_keep/),
    right('new tf.train.Saver({ W: v, w })'),
  ],
};
