/** Attention and cells that have it, as test/fixtures/record/attention.py has them. */
import * as tf from '../../src';
import { mapStructure } from '../../src/flow/structure';
import { C, F, type Programs, S, back, dense, ints, ph, table } from './words';

type Mechanism = tf.contrib.seq2seq.AttentionMechanism;
type Made = Mechanism | readonly Mechanism[];
type Cell = tf.nn.rnnCell.CellLike<unknown>;

export const memory = (places = 4, size = 3): tf.Tensor => ph([2, places, size], 'm');
/** A cell over the steps of x, which looks at a memory. */
export function attending(mechanism: (m: tf.Tensor) => Made, cell: Cell = new C.GRUCell(3), more: object = {}) {
  const [x, m] = [ph([2, 3, 2]), memory()];
  const wrapper = new S.AttentionWrapper(cell, mechanism(m), more);
  const made = tf.nn.dynamicRnn(wrapper, x, { dtype: F });
  return back(mapStructure(made, (leaf) => (leaf instanceof tf.TensorArray ? leaf.stack() : leaf)));
}
const MODES = ['recursive', 'parallel', 'hard'] as const;

export const ATTENTION: Programs = {
  luong: () => attending((m) => new S.LuongAttention(3, m)),
  'luong scaled with a layer': () =>
    attending((m) => new S.LuongAttention(3, m, [2, 4], { scale: true }), undefined, { attentionLayerSize: 2 }),
  'luong with everything': () =>
    attending(
      (m) => new S.LuongAttention(3, m, ints(2, 4), true, S.hardmax, -10, F, (k, v) => [k.mul(2), v.add(1)], 'mine'),
      undefined,
      { alignmentHistory: true, name: 'w' },
    ),
  bahdanau: () => attending((m) => new S.BahdanauAttention(4, m), new C.BasicLSTMCell(3), { outputAttention: false }),
  'bahdanau normalized': () =>
    attending((m) => new S.BahdanauAttention(4, m, [1, 3], { normalize: true }), undefined, {
      attentionLayerSize: 2,
      alignmentHistory: true,
    }),
  'luong monotonic': () => attending((m) => new S.LuongMonotonicAttention(3, m)),
  'luong monotonic by places': () =>
    attending((m) => new S.LuongMonotonicAttention(3, m, [3, 4], true, { mode: 'recursive', scoreBiasInit: -1 })),
  'bahdanau monotonic': () => attending((m) => new S.BahdanauMonotonicAttention(4, m, { scoreBiasInit: -0.5 })),
  'bahdanau monotonic hard': () =>
    attending((m) => new S.BahdanauMonotonicAttention(4, m, [3, 4], true, { mode: 'hard' })),
  'several mechanisms': () =>
    attending((m) => [new S.LuongAttention(3, m), new S.BahdanauAttention(2, m)], undefined, {
      attentionLayerSize: [2, 3],
      alignmentHistory: true,
    }),
  'a layer of ones own': () =>
    attending((m) => new S.LuongAttention(3, m), undefined, {
      attentionLayer: new tf.layers.Dense(2, tf.tanh, { name: 'own' }),
    }),
  'inputs of ones own': () =>
    attending((m) => new S.LuongAttention(3, m), undefined, {
      cellInputFn: (x: tf.Tensor, a: tf.Tensor) =>
        tf.layers.dense(tf.concat([x, a], -1), 2, { name: 'in', reuse: tf.AUTO_REUSE }),
    }),
  'looking of ones own': () => {
    const attentionFn: tf.contrib.seq2seq.AttentionFn = (mechanism, output, state) => {
      const [alignments, next] = mechanism.apply(output, state);
      return [tf.reduceSum(tf.expandDims(alignments, 2).mul(mechanism.values), 1), alignments, next];
    };
    return attending((m) => new S.BahdanauAttention(3, m), undefined, { attentionFn });
  },
  'unknown sizes': () => {
    const [x, m, n] = [ph([null, null, 2]), ph([null, null, 3], 'm'), ph([null], 'n', tf.int32)];
    const cell = new S.AttentionWrapper(new C.GRUCell(3), new S.LuongAttention(3, m, n), 2);
    return back(tf.nn.dynamicRnn(cell, x, { dtype: F }));
  },
  'rows that do not fit': () => {
    const [x, m] = [ph([null, 3, 2]), ph([null, 2, 3], 'm')];
    const cell = new S.AttentionWrapper(new C.GRUCell(3), new S.LuongAttention(3, m));
    return back(tf.nn.dynamicRnn(cell, x, { dtype: F }));
  },
  'lengths of nothing': () => {
    const [x, m, n] = [ph([2, 3, 2]), memory(), ph([2], 'n', tf.int32)];
    const cell = new S.AttentionWrapper(new C.GRUCell(3), new S.LuongAttention(3, m, n));
    return back(tf.nn.dynamicRnn(cell, x, { dtype: F }));
  },
  'a state of the encoder': () => {
    const [x, m] = [ph([2, 3, 2]), memory()];
    const [outputs, state] = tf.nn.dynamicRnn(new C.GRUCell(3), m, { dtype: F });
    const options = { initialCellState: state, attentionLayerSize: 3 };
    const cell = new S.AttentionWrapper(new C.GRUCell(3), new S.LuongAttention(3, outputs), options);
    return back(tf.nn.dynamicRnn(cell, x, { initialState: cell.zeroState(2, F), dtype: F, scope: 'decoder' }));
  },
  'a state put in its place': () => {
    const [x, m] = [ph([null, 2]), ph([null, 4, 3], 'm')];
    const cell = new S.AttentionWrapper(new C.BasicLSTMCell(3), new S.BahdanauAttention(3, m));
    const start = cell.zeroState(tf.shape(x).get(0), F);
    const cellState = C.LSTMStateTuple(tf.layers.dense(x, 3), tf.onesLike(start.cellState.h)) as typeof start.cellState;
    const [output, state] = cell.apply(x, start.clone({ cellState, attention: tf.ones([2, 3]) }));
    return back(output, state);
  },
  'in a decoder': () => {
    const [x, m, n] = [ph([2, 3, 2]), memory(), ph([2], 'n', tf.int32)];
    const attention = new S.LuongAttention(3, m, n, { scale: true });
    const cell = new S.AttentionWrapper(new C.BasicLSTMCell(3), attention, 4, { alignmentHistory: true });
    const helper = new S.TrainingHelper(x, [3, 2]);
    const d = new S.BasicDecoder(cell, helper, cell.zeroState(2, F), dense(5));
    const [outputs, state, lengths] = S.dynamicDecode(d, { imputeFinished: true });
    return back(outputs, (state.alignmentHistory as tf.TensorArray).stack(), state.cellState, lengths);
  },
  'writing with it': () => {
    const m = memory();
    const cells = new C.MultiRNNCell([new C.GRUCell(3), new C.GRUCell(4)] as const);
    const attention = new S.BahdanauAttention(3, m);
    const cell = new S.AttentionWrapper(cells, attention, 4, { alignmentHistory: true });
    const helper = new S.GreedyEmbeddingHelper(table(), [1, 2], 0);
    const d = new S.BasicDecoder(cell, helper, cell.zeroState(2, F), dense(5));
    const [outputs, state, lengths] = S.dynamicDecode(d, { maximumIterations: 4 });
    return [outputs.sampleId, (state.alignmentHistory as tf.TensorArray).stack(), lengths];
  },
  'one place': () => {
    const [x, u] = [ph([2, 4]), ph([null, null], 'u')];
    return [S.hardmax(x), S.hardmax(u, { name: 'h' })];
  },
  products: () => {
    const x = ph([2, 4]);
    return back(
      S.safeCumprod(x),
      S.safeCumprod(x, { axis: 1, exclusive: true }),
      S.safeCumprod(x, 1, { reverse: true, name: 'p' }),
    );
  },
  forward: () => {
    const [x, a] = [ph([2, 4]), ph([2, 4], 'a')];
    return back(...MODES.map((mode) => S.monotonicAttention(x, a, mode)));
  },
  'forward of unknown rows': () => {
    const [x, a] = [ph([null, null]), ph([null, null], 'a')];
    return back(...MODES.map((mode) => S.monotonicAttention(x, a, mode)));
  },
  noise: () => {
    const [x, m] = [ph([2, 3]), memory()];
    const a = new S.LuongMonotonicAttention(3, m, { sigmoidNoise: 1, sigmoidNoiseSeed: 3 });
    const b = new S.BahdanauMonotonicAttention(3, m, { sigmoidNoise: 0.5, sigmoidNoiseSeed: 4 });
    return back(a.apply(x, a.initialState(2, F))[0], b.apply(x, b.initialState(2, F))[0]);
  },
};
