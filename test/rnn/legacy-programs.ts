/** Sequence to sequence of lists of steps, as test/fixtures/record/legacy_seq2seq.py has it. */
import * as tf from '../../src';
import { C, F, type Programs, grads, ph } from './words';
import { flatten } from '../../src/flow/structure';

const L = tf.contrib.legacySeq2seq;
type Loose = (...args: unknown[]) => unknown;
/** Outputs, and the gradients of their squares to all variables. */
function back(...ys: unknown[]): tf.Tensor[] {
  const all = flatten(ys) as tf.Tensor[];
  const loss = tf.addN(all.map((y) => tf.reduceSum(tf.square(y))));
  return [...all, ...grads(loss, ...tf.trainableVariables()).map((g) => tf.convertToTensor(g))];
}
/** Symbols to read or write. */
const steps = (n: number, name = 'x'): tf.Tensor[] =>
  Array.from({ length: n }, (_, i) => ph([2], `${name}${i}`, tf.int32));
const sized = (n = 2): tf.Tensor[] => Array.from({ length: n }, (_, i) => ph([2, 3], `x${i}`));
const decided = (): tf.Tensor => ph([], 'p', tf.bool);
const state = (): tf.Tensor => tf.ones([2, 3]);
const fed = (...shape: number[]): tf.Tensor => {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Array.from({ length: size }, (_, i) => ((i * 7) % 11) / 8 - 0.5);
  return tf.constant(data, { shape });
};
const projection = (depth = 3): [tf.Variable, tf.Variable] => [
  tf.getVariable('w', [depth, 5]),
  tf.getVariable('b', [5]),
];

const NETS: Programs = {
  basic: () => {
    const xs = sized(3);
    return back(L.basicRnnSeq2seq(xs, xs.slice(0, 2), new C.BasicLSTMCell(2)));
  },
  'basic of many cells': () => {
    const dropout = new C.DropoutWrapper(new C.LSTMCell(2), { outputKeepProb: 1 });
    const xs = sized();
    return back(L.basicRnnSeq2seq(xs, xs, new C.MultiRNNCell([new C.GRUCell(3), dropout]), { scope: 'there' }));
  },
  'basic of doubles': () => {
    const x = tf.constant([[0.1, 0.2]], tf.float64);
    return back(L.basicRnnSeq2seq([x], [x, x], new C.GRUCell(2), { dtype: tf.float64 }));
  },
  'embedding decoder': () => back(L.embeddingRnnDecoder(steps(3), state(), new C.GRUCell(3), 5, 2)),
  'embedding decoder that feeds': () => {
    const [xs, cell] = [steps(3), new C.BasicLSTMCell(4)];
    return back(L.embeddingRnnDecoder(xs, cell.zeroState(2, F), cell, 4, 3, { feedPrevious: true }));
  },
  'embedding decoder with projection': () => {
    const [xs, cell, outputProjection] = [steps(3), new C.GRUCell(3), projection()];
    const options = { outputProjection, feedPrevious: true, updateEmbeddingForPrevious: false, scope: 'mine' };
    return back(L.embeddingRnnDecoder(xs, state(), cell, 5, 2, options));
  },
  'embedding nets': () => back(L.embeddingRnnSeq2seq(steps(2), steps(3, 'y'), new C.GRUCell(3), 4, 5, 2)),
  'embedding nets that feed': () => {
    const cell = new C.MultiRNNCell([new C.LSTMCell(3), new C.GRUCell(2)] as const);
    const options = { feedPrevious: true, dtype: F, scope: 's' };
    return back(L.embeddingRnnSeq2seq(steps(2), steps(3, 'y'), cell, 4, 5, 2, options));
  },
  'embedding nets with projection': () => {
    const [xs, ys, outputProjection] = [steps(2), steps(2, 'y'), projection()];
    return back(L.embeddingRnnSeq2seq(xs, ys, new C.GRUCell(3), 4, 5, 2, { outputProjection }));
  },
  'embedding nets as a run says': () => {
    const [xs, ys, feedPrevious] = [steps(2), steps(3, 'y'), decided()];
    return back(L.embeddingRnnSeq2seq(xs, ys, new C.BasicLSTMCell(3), 4, 5, 2, { feedPrevious }));
  },
  'tied nets': () => back(L.embeddingTiedRnnSeq2seq(steps(2), steps(3, 'y'), new C.GRUCell(3), 4, 2)),
  'tied nets that feed': () => {
    const options = { numDecoderSymbols: 4, feedPrevious: true };
    return back(L.embeddingTiedRnnSeq2seq(steps(2), steps(3, 'y'), new C.BasicLSTMCell(3), 5, 2, options));
  },
  'tied nets as a run says': () => {
    const [xs, ys, feedPrevious] = [steps(2), steps(3, 'y'), decided()];
    return back(L.embeddingTiedRnnSeq2seq(xs, ys, new C.BasicLSTMCell(3), 4, 2, { feedPrevious }));
  },
};
const LOOKING: Programs = {
  attention: () => {
    const [xs, read] = [sized(3), fed(2, 4, 2)];
    return back(L.attentionDecoder(xs, state(), read, new C.GRUCell(3)));
  },
  'attention with settings': () => {
    const [xs, cell] = [sized(3), new C.BasicLSTMCell(2)];
    const read = fed(2, 4, 3);
    return back(
      L.attentionDecoder(xs, cell.zeroState(2, F), read, cell, {
        outputSize: 5,
        numHeads: 2,
        loopFunction: (prev, i) => prev.get([], [null, 3]).mul(i),
        dtype: F,
        scope: 'mine',
        initialStateAttention: true,
      }),
    );
  },
  'attention to any length': () => {
    const [x, read] = [ph([null, 3], 'x0'), ph([null, null, 2], 'read')];
    const cell = new C.GRUCell(2);
    const start = cell.zeroState(tf.shape(x).get(0), F);
    return back(L.attentionDecoder([x, x], start, read, cell, { numHeads: 2 }));
  },
  'embedding attention': () =>
    back(L.embeddingAttentionDecoder(steps(3), state(), fed(2, 4, 2), new C.GRUCell(3), 5, 2)),
  'embedding attention that feeds': () => {
    const [xs, cell, outputProjection] = [steps(3), new C.GRUCell(3), projection(4)];
    const settings = { numHeads: 2, outputSize: 4, outputProjection, initialStateAttention: true };
    const options = { ...settings, feedPrevious: true, updateEmbeddingForPrevious: false };
    return back(L.embeddingAttentionDecoder(xs, state(), fed(2, 4, 2), cell, 5, 2, options));
  },
  'attention nets': () => back(L.embeddingAttentionSeq2seq(steps(3), steps(3, 'y'), new C.GRUCell(3), 4, 5, 2)),
  'attention nets that feed': () => {
    const cell = new C.MultiRNNCell([new C.BasicLSTMCell(3), new C.BasicLSTMCell(3)]);
    const options = { numHeads: 2, feedPrevious: true, dtype: F, initialStateAttention: true };
    return back(L.embeddingAttentionSeq2seq(steps(3), steps(3, 'y'), cell, 4, 5, 2, options));
  },
  'attention nets with projection': () => {
    const [xs, ys, outputProjection] = [steps(2), steps(2, 'y'), projection()];
    return back(L.embeddingAttentionSeq2seq(xs, ys, new C.GRUCell(3), 4, 5, 2, { outputProjection, scope: 's' }));
  },
  'attention nets as a run says': () => {
    const [xs, ys, feedPrevious] = [steps(2), steps(3, 'y'), decided()];
    return back(L.embeddingAttentionSeq2seq(xs, ys, new C.BasicLSTMCell(3), 4, 5, 2, { feedPrevious }));
  },
  'buckets of attention': () => {
    const [xs, ys] = [steps(3), steps(4, 'y')];
    const weights = new Array<tf.Tensor>(4).fill(tf.ones([2]));
    const targets = [...ys.slice(1), ys[0]];
    const pairs = [
      [2, 2],
      [3, 4],
    ] as const;
    const [outputs, losses] = L.modelWithBuckets(xs, ys, targets, weights, pairs, (a, b) =>
      L.embeddingAttentionSeq2seq(a, b, new C.GRUCell(3), 4, 5, 2),
    );
    return back(outputs[1], losses);
  },
  training: () => {
    const [xs, ys] = [steps(3), steps(3, 'y')];
    const cell = new C.MultiRNNCell([new C.BasicLSTMCell(4), new C.GRUCell(3)] as const);
    const [outputs] = L.embeddingAttentionSeq2seq(xs, ys, cell, 4, 5, 3);
    const weights = new Array<tf.Tensor>(3).fill(tf.ones([2]));
    const loss = L.sequenceLoss(outputs, [...ys.slice(1), ys[0]], weights);
    const step = new tf.train.AdamOptimizer(0.05).minimize(loss);
    return tf.controlDependencies([step], () => [tf.identity(loss)]);
  },
};
type Many = Partial<{ feedPrevious: boolean | tf.Tensor; scope: string }>;
function oneToMany(more: (() => Many) | Many = {}): tf.Tensor[] {
  const [xs, many] = [steps(2), { a: steps(2, 'a'), b: steps(3, 'b') }];
  const cells = { a: new C.GRUCell(3), b: new C.GRUCell(3) };
  const options = typeof more === 'function' ? more() : more;
  const [ys, states] = L.one2manyRnnSeq2seq(xs, many, new C.GRUCell(3), cells, 4, { a: 4, b: 5 }, 2, options);
  return back(ys.a, ys.b, states.a, states.b);
}
const MANY: Programs = {
  'many nets': () => oneToMany(),
  'many nets that feed': () => oneToMany({ feedPrevious: true, scope: 'many' }),
  'many nets as a run says': () => oneToMany(() => ({ feedPrevious: decided() })),
};
const ERRORS: Programs = {
  'e no inputs': () => L.attentionDecoder([], state(), tf.ones([2, 4, 2]), new C.GRUCell(3)),
  'e no heads': () => L.attentionDecoder(sized(), state(), tf.ones([2, 4, 2]), new C.GRUCell(3), { numHeads: 0 }),
  'e places': () => L.attentionDecoder(sized(), state(), ph([2, 4, null]), new C.GRUCell(3)),
  'e size of inputs': () => L.attentionDecoder([ph([2, null])], state(), tf.ones([2, 4, 2]), new C.GRUCell(3)),
  'e weights': () => {
    const outputProjection = [tf.ones([3, 4]), tf.ones([5])] as const;
    return L.embeddingRnnDecoder(steps(2), state(), new C.GRUCell(3), 5, 2, { outputProjection });
  },
  'e biases': () => {
    const outputProjection = [tf.ones([3, 5]), tf.ones([4])] as const;
    const read = tf.ones([2, 4, 2]);
    return L.embeddingAttentionDecoder(steps(2), state(), read, new C.GRUCell(3), 5, 2, { outputProjection });
  },
  'e tied weights': () => {
    const outputProjection = [tf.ones([3, 4]), tf.ones([5])] as const;
    return L.embeddingTiedRnnSeq2seq(steps(2), steps(2, 'y'), new C.GRUCell(3), 5, 2, { outputProjection });
  },
  'e used cell': () => {
    const cell = new C.GRUCell(3);
    return [1, 2].map(() => L.basicRnnSeq2seq(sized(), sized(), cell));
  },
  'e names': () =>
    (L.one2manyRnnSeq2seq as unknown as Loose)(
      steps(1),
      { a: steps(1, 'a') },
      new C.GRUCell(2),
      { b: new C.GRUCell(2) },
      3,
      { a: 3 },
      2,
    ),
};
export const LEGACY: Programs = { ...NETS, ...LOOKING, ...MANY, ...ERRORS };
