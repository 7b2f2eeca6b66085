/** Recurrent nets, decoders, attention and losses of sequences, for test/gradients/numeric.test.ts. */
import * as tf from '../../src';
import { type Row, type Rows, LOOP, NONE } from './numeric';

const C = tf.contrib.rnn;
const S = tf.contrib.seq2seq;
const { nn } = tf;
const D = tf.float64;
type Cell = tf.nn.rnnCell.CellLike<unknown>;
const batch = { shape: [2, 3, 2], second: LOOP } as const;
/** A cell under `dynamicRnn`. */
const net = (cell: () => Cell, dtype = D): Row => ({
  y: (x) => nn.dynamicRnn(cell(), x, { dtype }),
  dtype,
  ...batch,
});
const single = (cell: () => Cell): Row => net(cell, tf.float32);
const steps = (x: tf.Tensor): tf.Tensor[] => tf.unstack(x, { axis: 1 });
const unrolled = (net: (xs: tf.Tensor[]) => unknown): Row => ({ y: (x) => net(steps(x)), shape: [2, 3, 2] });

const CELLS: Rows = {
  BasicRNNCell: net(() => new C.BasicRNNCell(3)),
  BasicLSTMCell: net(() => new C.BasicLSTMCell(2)),
  LSTMCell: net(() => new C.LSTMCell(2)),
  'LSTMCell with everything': net(
    () => new C.LSTMCell(3, { usePeepholes: true, numProj: 2, cellClip: 0.9, projClip: 0.7, forgetBias: 0.5 }),
  ),
  'LSTMCell in parts': net(() => new C.LSTMCell(4, { numUnitShards: 2, numProj: 2, numProjShards: 2 })),
  GRUCell: net(() => new C.GRUCell(3)),
  MultiRNNCell: net(() => new C.MultiRNNCell([new C.GRUCell(3), new C.BasicLSTMCell(2)] as const)),
  DropoutWrapper: net(() => new C.DropoutWrapper(new C.GRUCell(3), { inputKeepProb: 1, outputKeepProb: 1 })),
  ResidualWrapper: net(() => new C.ResidualWrapper(new C.GRUCell(2))),
  DeviceWrapper: net(() => new C.DeviceWrapper(new C.GRUCell(2), '/cpu:0')),
  NASCell: net(() => new C.NASCell(3, { numProj: 2, useBias: true })),
  LayerNormBasicLSTMCell: single(() => new C.LayerNormBasicLSTMCell(3)),
  LSTMBlockCell: single(() => new C.LSTMBlockCell(2, { usePeephole: true })),
  GRUBlockCellV2: single(() => new C.GRUBlockCellV2(3)),
  InputProjectionWrapper: net(() => new C.InputProjectionWrapper(new C.GRUCell(3), 2)),
  OutputProjectionWrapper: net(() => new C.OutputProjectionWrapper(new C.GRUCell(3), 2)),
  AttentionCellWrapper: single(() => new C.AttentionCellWrapper(new C.BasicLSTMCell(3), 2)),
  LSTMBlockFusedCell: {
    y: (x) =>
      new C.LSTMBlockFusedCell(2, { usePeephole: true }).apply(x, { dtype: tf.float32, sequenceLength: [2, 1, 2] }),
    dtype: tf.float32,
    shape: [2, 3, 2],
    second: NONE,
  },
};
const NETS: Rows = {
  'dynamicRnn with lengths': {
    y: (x) => nn.dynamicRnn(new C.BasicLSTMCell(2), x, { sequenceLength: [3, 1], dtype: D }),
    ...batch,
  },
  'dynamicRnn by time, from a state': {
    y: (x, w) => nn.dynamicRnn(new C.GRUCell(2), x, { initialState: w.get(1), timeMajor: true, swapMemory: true }),
    shape: [2, 3, 2],
    second: LOOP,
  },
  bidirectionalDynamicRnn: {
    y: (x) =>
      nn.bidirectionalDynamicRnn(new C.GRUCell(2), new C.BasicLSTMCell(2), x, { dtype: D, sequenceLength: [2, 3] }),
    ...batch,
  },
  stackBidirectionalDynamicRnn: {
    y: (x) => C.stackBidirectionalDynamicRnn([new C.GRUCell(2)], [new C.GRUCell(2)], x, { dtype: D }),
    ...batch,
  },
  rawRnn: {
    y: (x, w) => {
      const cell = new C.GRUCell(2);
      const over = (time: tf.Tensor): tf.Tensor => time.greaterEqual(tf.constant(Int32Array.of(3, 2)));
      const [ta, state] = nn.rawRnn(cell, (time, output: tf.Tensor | null, state: tf.Tensor | null) => [
        over(time),
        output ?? x.get([null, null], 0),
        state ?? w.get([null, null], 1),
        output,
        null,
      ]);
      return [(ta as tf.TensorArray).stack(), state];
    },
    ...batch,
  },
  staticRnn: unrolled((xs) => nn.staticRnn(new C.BasicLSTMCell(2), xs, { dtype: D })),
  'staticRnn with lengths': unrolled((xs) => nn.staticRnn(new C.GRUCell(2), xs, { dtype: D, sequenceLength: [1, 3] })),
  staticBidirectionalRnn: unrolled((xs) =>
    nn.staticBidirectionalRnn(new C.GRUCell(2), new C.LSTMCell(2), xs, { dtype: D }),
  ),
  'rnnDecoder of legacySeq2seq': unrolled((xs) => {
    const cell = new C.GRUCell(2);
    return tf.contrib.legacySeq2seq.rnnDecoder(xs, cell.zeroState(2, D), cell, (prev) => tf.tanh(prev));
  }),
};
const memory = { shape: [2, 3, 2], dtype: tf.float32, second: LOOP } as const;
/** A cell that attends to w while it goes over x. */
const attending = (mechanism: (m: tf.Tensor) => tf.contrib.seq2seq.AttentionMechanism): Row => ({
  y: (x, w) => {
    const cell = new S.AttentionWrapper(new C.GRUCell(3), mechanism(w), { attentionLayerSize: 2 });
    return nn.dynamicRnn(cell as Cell, x, { dtype: tf.float32 })[0];
  },
  ...memory,
});
const ATTENTION: Rows = {
  LuongAttention: attending((m) => new S.LuongAttention(3, m, { scale: true })),
  BahdanauAttention: attending((m) => new S.BahdanauAttention(3, m, [2, 3], { normalize: true })),
  LuongMonotonicAttention: attending((m) => new S.LuongMonotonicAttention(3, m)),
  BahdanauMonotonicAttention: attending((m) => new S.BahdanauMonotonicAttention(3, m, { mode: 'recursive' })),
  dynamicDecode: {
    y: (x) => {
      const cell = new C.GRUCell(3);
      const helper = new S.TrainingHelper(x, [3, 2]);
      const made = new S.BasicDecoder(cell, helper, cell.zeroState(2, tf.float32), new tf.layers.Dense(2));
      return S.dynamicDecode(made, { imputeFinished: true })[0].rnnOutput;
    },
    ...memory,
  },
};
const ints = (...n: number[]): tf.Tensor => tf.constant(Int32Array.from(n));
const LOSSES: Rows = {
  ctcLoss: {
    y: (x) => {
      const labels = new tf.SparseTensor(
        [
          [0, 0],
          [0, 1],
          [1, 0],
        ],
        ints(1, 0, 2),
        [2, 2],
      );
      return nn.ctcLoss(labels, x, ints(4, 3));
    },
    shape: [4, 2, 4],
    dtype: tf.float32,
    second: /^Gradient explicitly disabled/,
  },
  crfLogLikelihood: {
    y: (x) => {
      const tags = tf.reshape(ints(0, 1, 2, 1, 1, 0), [2, 3]);
      const moves = tf.getVariable('moves', [3, 3], { initializer: tf.zerosInitializer() });
      return tf.contrib.crf.crfLogLikelihood(x, tags, ints(3, 2), moves)[0];
    },
    shape: [2, 3, 3],
    dtype: tf.float32,
    second: LOOP,
  },
  sequenceLoss: {
    y: (x) =>
      S.sequenceLoss(
        x,
        tf.reshape(ints(0, 1, 2, 1, 1, 0), [2, 3]),
        tf.constant([
          [1, 1, 0],
          [1, 0.5, 0.5],
        ]),
      ),
    shape: [2, 3, 3],
    dtype: tf.float32,
    second: false,
  },
};
export const NET_ROWS: Rows = { ...CELLS, ...NETS, ...ATTENTION, ...LOSSES };
