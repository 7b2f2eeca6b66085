/** Nets in both directions, step by step and by hand, and their training, as test/fixtures/record/rnn.py has them. */
import * as tf from '../../src';
import { C, F, type Programs, back, batch, ph } from './words';

const { nn } = tf;
const legacy = tf.contrib.legacySeq2seq;
const lengths = (...n: number[]): number[] => n;
/** Keeps states in variables. */
class Saver implements tf.nn.StateSaver {
  constructor(private readonly kept: Readonly<Record<string, tf.Variable>>) {}
  state(name: string): tf.Tensor {
    return this.kept[name].readValue();
  }
  saveState(name: string, value: tf.Tensor): tf.Tensor {
    return tf.assign(this.kept[name], value);
  }
}
/** 40 steps of training; each gives its loss and the sum of what is left of the first variable. */
function trained(net: (x: tf.Tensor) => tf.Tensor): tf.Tensor[] {
  const [x, y] = [ph([4, 5, 2]), ph([4, 2], 'y')];
  const loss = tf.reduceMean(tf.square(tf.layers.dense(net(x), 2).sub(y)));
  const optimizer = new tf.train.AdamOptimizer(0.05);
  const found = optimizer.computeGradients(loss);
  const [clipped] = tf.clipByGlobalNorm(
    found.map(([g]) => g!),
    1,
  );
  const step = optimizer.applyGradients(found.map(([, v], i) => [clipped[i], v]));
  return tf.controlDependencies([step], () => [
    tf.identity(loss),
    tf.reduceSum(tf.trainableVariables()[0].readValue()),
  ]);
}
const last = (outputs: tf.Tensor): tf.Tensor => outputs.get([null, null], -1);

export const NETS: Programs = {
  'both ways': () =>
    back(nn.bidirectionalDynamicRnn(new C.GRUCell(2), new C.BasicLSTMCell(3), batch(2, 3, 2), { dtype: F })),
  'both ways with lengths': () => {
    const [x, n] = [ph([3, null, 2]), ph([2], 'n', tf.int64)];
    const options = { sequenceLength: n, dtype: F, timeMajor: true, scope: 'bi' };
    return back(nn.bidirectionalDynamicRnn(new C.GRUCell(2), new C.GRUCell(2), x, options));
  },
  'static net': () => {
    const x = batch(3, 2, 2);
    return back(nn.staticRnn(new C.BasicLSTMCell(2), tf.unstack(x), { dtype: F }));
  },
  'static net of many': () => {
    const x = batch(2, 3, 2);
    const cell = new C.MultiRNNCell([new C.GRUCell(2), new C.LSTMCell(2)] as const);
    return back(nn.staticRnn(cell, tf.unstack(x, { axis: 1 }), { dtype: F, scope: 's' }));
  },
  'static net with lengths': () => {
    const [x, n] = [ph([3, 2, 2]), ph([2], 'n', tf.int32)];
    return back(nn.staticRnn(new C.BasicLSTMCell(2), tf.unstack(x), { dtype: F, sequenceLength: n }));
  },
  'static net of unknown batch': () => {
    const x = ph([3, null, 2]);
    const xs = tf.unstack(x).map((v) => tf.reshape(v, [-1, 2]));
    return back(nn.staticRnn(new C.GRUCell(2), xs, { dtype: F, sequenceLength: lengths(1, 2) }));
  },
  'static both ways': () => {
    const x = batch(3, 2, 2);
    return back(nn.staticBidirectionalRnn(new C.GRUCell(2), new C.LSTMCell(3), tf.unstack(x), { dtype: F }));
  },
  'static both ways with lengths': () => {
    const x = batch(3, 2, 2);
    const steps = tf.unstack(x);
    const options = { dtype: F, sequenceLength: tf.constant([1, 3], tf.int64) };
    return back(nn.staticBidirectionalRnn(new C.GRUCell(2), new C.GRUCell(3), steps, options));
  },
  'saved states': () => {
    const x = ph([3, 2, 2]);
    const [c, h] = ['c', 'h'].map((name) => new tf.Variable(tf.zeros([2, 2]), { trainable: false, name }));
    const cell = new C.BasicLSTMCell(2);
    const [outputs, state] = nn.staticStateSavingRnn(cell, tf.unstack(x), new Saver({ c, h }), ['c', 'h']);
    return [outputs[2], state.c, state.h];
  },
  'saved state': () => {
    const x = ph([3, 2, 2]);
    const h = new tf.Variable(tf.zeros([2, 3]), { trainable: false, name: 'kept' });
    const [outputs, state] = nn.staticStateSavingRnn(new C.GRUCell(3), tf.unstack(x), new Saver({ h }), 'h', {
      sequenceLength: lengths(2, 3),
    });
    return [outputs[2], state];
  },
  'raw net': () => {
    const x = ph([4, 2, 3]);
    const inputs = new tf.TensorArray(F, 4).unstack(x);
    const cell = new C.LSTMCell(3);
    const loopFn = (
      time: tf.Tensor,
      output: tf.Tensor | null,
      state: tf.nn.rnnCell.LSTMStateTuple | null,
    ): tf.nn.RawStep<tf.nn.rnnCell.LSTMStateTuple, tf.Tensor, tf.Tensor, null> => {
      const next = state ?? cell.zeroState(2, F);
      const finished = time.greaterEqual(tf.constant(Int32Array.of(4, 2)));
      const over = tf.reduceAll(finished);
      const nextInput = tf.cond(
        over,
        () => tf.zeros([2, 3]),
        () => inputs.read(time),
      );
      return [finished, nextInput, next, output, null];
    };
    const [ta, state] = nn.rawRnn(cell, loopFn);
    return back(ta.stack(), state);
  },
  'raw net that keeps': () => {
    const x = ph([null, 2]);
    const cell = new C.GRUCell(2);
    const over = (time: tf.Tensor): tf.Tensor =>
      time.greaterEqual(tf.fill([tf.shape(x).get(0)], tf.constant(3, tf.int32)));
    const [ta, state, own] = nn.rawRnn(
      cell,
      (time, output: tf.Tensor | null, state: tf.Tensor | null, own: tf.Tensor | null) =>
        output === null
          ? [over(time), x, tf.onesLike(x), [tf.zeros([1]), tf.zeros([], tf.int32)], tf.constant(1)]
          : [over(time), output, state!, [tf.reduceSum(output, 1, { keepdims: true }), time], own!.mul(2)],
      { parallelIterations: 2, scope: 'raw' },
    );
    const [first, second] = ta as unknown as readonly tf.TensorArray[];
    return [first.stack(), second.stack(), state, own!];
  },
  'steps of losses': () => {
    const logits = tf.unstack(batch(3, 2, 4));
    const targets = [
      [0, 1],
      [2, 3],
      [1, 1],
    ].map((t) => tf.constant(Int32Array.from(t)));
    const weights = [
      [1, 1],
      [1, 0.5],
      [0, 0],
    ].map((w) => tf.constant(w));
    const mine = ({ labels, logits }: { readonly labels: tf.Tensor; readonly logits: tf.Tensor }): tf.Tensor =>
      tf.reduceSum(logits, 1).mul(tf.toFloat(labels));
    return back(
      legacy.sequenceLossByExample(logits, targets, weights),
      legacy.sequenceLoss(logits, targets, weights),
      legacy.sequenceLoss(logits, targets, weights, false, false),
      legacy.sequenceLoss(logits, targets, weights, { softmaxLossFunction: mine, name: 'own' }),
    );
  },
  'losses of sequences': () => {
    const x = batch(2, 3, 4);
    const y = tf.constant(Int32Array.of(0, 1, 2, 3, 0, 1), tf.int32, [2, 3]);
    const w = tf.constant([
      [1, 1, 0],
      [1, 0.5, 0.5],
    ]);
    const { sequenceLoss } = tf.contrib.seq2seq;
    return back(
      sequenceLoss(x, y, w),
      sequenceLoss(x, y, w, false, false),
      sequenceLoss(x, y, w, true, false),
      sequenceLoss(x, y, w, false, true),
      sequenceLoss(x, y, w, false, false, true, true),
      sequenceLoss(x, y, w, false, false, true, false),
      sequenceLoss(x, y, w, false, false, false, true),
    );
  },
  decoder: () => {
    const x = batch(3, 2, 2);
    const cell = new C.GRUCell(2);
    return back(legacy.rnnDecoder(tf.unstack(x), cell.zeroState(2, F), cell, (prev, i) => prev.mul(i)));
  },
  'tied nets': () => {
    const xs = tf.unstack(batch(5, 2, 2));
    return back(legacy.tiedRnnSeq2seq(xs.slice(0, 2), xs.slice(2), new C.BasicLSTMCell(2)));
  },
  buckets: () => {
    const [xs, cell] = [tf.unstack(batch(4, 2, 3)), new C.GRUCell(3)];
    const [target, weight] = [tf.constant(Int32Array.of(0, 1)), tf.constant([1, 0.5])];
    const [targets, weights] = [target, weight].map((each) => [each, each, each, each]);
    const model = (a: readonly tf.Tensor[], b: readonly tf.Tensor[]): [tf.Tensor[], tf.Tensor] =>
      legacy.tiedRnnSeq2seq(a, b, cell);
    const lengthsOf = [
      [2, 3],
      [3, 4],
    ] as const;
    const [outputs, losses] = legacy.modelWithBuckets(xs, xs, targets, weights, lengthsOf, model);
    return back(outputs[1], losses);
  },
  'nets both ways above each other': () => {
    const [x, n] = [ph([2, 3, 2]), ph([2], 'n', tf.int32)];
    const cells = (): tf.nn.rnnCell.CellLike[] => [new C.GRUCell(2), new C.BasicLSTMCell(3)];
    const options = { dtype: F, sequenceLength: n };
    return back(tf.contrib.rnn.stackBidirectionalDynamicRnn(cells(), cells(), x, options));
  },
  'training an lstm': () =>
    trained((x) => {
      const cell = new C.MultiRNNCell([new C.BasicLSTMCell(4), new C.LSTMCell(3, { usePeepholes: true })]);
      return last(nn.dynamicRnn(cell, x, { dtype: F })[0]);
    }),
  'training a gru with lengths': () =>
    trained((x) => nn.dynamicRnn(new C.GRUCell(4), x, { sequenceLength: lengths(5, 2, 3, 4), dtype: F })[1]),
  'training both ways': () =>
    trained((x) => {
      const options = { sequenceLength: lengths(5, 2, 3, 4), dtype: F };
      return tf.concat(nn.bidirectionalDynamicRnn(new C.GRUCell(3), new C.BasicRNNCell(2), x, options)[1], 1);
    }),
  'training a static net': () =>
    trained((x) => nn.staticRnn(new C.BasicLSTMCell(3), tf.unstack(x, { axis: 1 }), { dtype: F })[0][4]),
  'lengths of other rows': () => {
    const [x, n] = [ph([2, 3, 2]), ph([null], 'n', tf.int32)];
    return [...nn.dynamicRnn(new C.GRUCell(2), x, { sequenceLength: n, dtype: F })];
  },
};
