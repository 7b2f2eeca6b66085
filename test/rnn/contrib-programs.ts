/** Cells of tf.contrib.rnn, as test/fixtures/record/contrib_cells.py has them. */
import * as tf from '../../src';
import { F, type Programs, back, batch, ph } from './words';

const C = tf.contrib.rnn;
type Loose = (...args: unknown[]) => unknown;
const loose =
  (type: unknown): Loose =>
  (...args) =>
    new (type as new (...args: unknown[]) => unknown)(...args);
const net = <S>(cell: tf.nn.rnnCell.CellLike<S>, x = batch(2, 3, 2), parallelIterations?: number): tf.Tensor[] =>
  back(tf.nn.dynamicRnn(cell, x, { dtype: F, parallelIterations }));
/** Steps without a loop. */
function byHand<S>(cell: tf.nn.rnnCell.RNNCell<S>, x: tf.Tensor, steps = 2): tf.Tensor[] {
  let state = cell.zeroState(2, F);
  const ys = Array.from({ length: steps }, () => {
    const [y, next] = cell.apply(x, state);
    state = next;
    return y;
  });
  return back(ys, state);
}
const COMPOSED: Programs = {
  nas: () => net(new C.NASCell(3)),
  'nas with everything': () => net(new C.NASCell(3, { numProj: 2, useBias: true, name: 'nas' })),
  'nas by hand': () => byHand(new C.NASCell(2), batch(2, 3)),
  'normalized lstm': () => net(new C.LayerNormBasicLSTMCell(3)),
  'normalized lstm with settings': () => {
    const options = { forgetBias: 0.5, activation: tf.nn.softsign, normGain: 0.8, normShift: 0.1 };
    return net(new C.LayerNormBasicLSTMCell(3, options));
  },
  'lstm without normalization': () => net(new C.LayerNormBasicLSTMCell(3, { layerNorm: false })),
  'normalized lstm with dropout': () => {
    const cell = new C.LayerNormBasicLSTMCell(4, { dropoutKeepProb: 0.5, dropoutProbSeed: 3 });
    return net(cell, undefined, 1);
  },
  'normalized lstm with fed dropout': () => {
    const [x, keep] = [ph([2, 3, 2]), ph([], 'keep')];
    return net(new C.LayerNormBasicLSTMCell(2, { dropoutKeepProb: keep }), x);
  },
  'block lstm': () => net(new C.LSTMBlockCell(3)),
  'block lstm with settings': () =>
    net(new C.LSTMBlockCell(2, { forgetBias: 0.4, cellClip: 0.2, usePeephole: true, name: 'mine' })),
  'block lstm by hand': () => byHand(new C.LSTMBlockCell(2), batch(2, 3)),
  'block lstms above each other': () => {
    const cell = new C.MultiRNNCell([new C.LSTMBlockCell(2), new C.GRUBlockCell(3)] as const);
    return back(tf.nn.dynamicRnn(cell, batch(2, 3, 2), { dtype: F, sequenceLength: [3, 1] }));
  },
  'block gru': () => net(new C.GRUBlockCell(3)),
  'block gru by its other names': () => net(new C.GRUBlockCellV2({ cellSize: 2, name: 'gated' })),
  'block gru by hand': () => byHand(new C.GRUBlockCellV2(2), batch(2, 3)),
  'input projection': () => net(new C.InputProjectionWrapper(new C.GRUCell(3), 4)),
  'input projection with activation': () => net(new C.InputProjectionWrapper(new C.BasicLSTMCell(3), 4, tf.nn.relu)),
  'output projection': () => net(new C.OutputProjectionWrapper(new C.BasicLSTMCell(3), 2)),
  'output projection with activation': () =>
    net(new C.OutputProjectionWrapper(new C.BasicRNNCell(3), 4, { activation: tf.tanh })),
  'projections by hand': () =>
    byHand(new C.OutputProjectionWrapper(new C.InputProjectionWrapper(new C.GRUCell(2), 3), 4), batch(2, 3)),
  embedding: () => {
    const x = ph([2, 3], 'x', tf.int32);
    const cell = new C.EmbeddingWrapper(new C.GRUCell(3), 5, 2);
    return back(tf.nn.dynamicRnn(cell, tf.expandDims(x, 2), { dtype: F }));
  },
  'embedding with initializers': () => {
    const x = ph([2], 'x', tf.int32);
    const a = new C.EmbeddingWrapper(new C.BasicLSTMCell(2), 3, 4, tf.constantInitializer(0.3));
    const [y, state] = a.apply(x, a.zeroState(2, F));
    const z = tf.variableScope('other', { initializer: tf.onesInitializer() }, () => {
      const b = new C.EmbeddingWrapper(new C.GRUCell(2), 3, 4);
      return b.apply(x, b.zeroState(2, F))[0];
    });
    return back(y, state, z);
  },
  attention: () => net(new C.AttentionCellWrapper(new C.BasicLSTMCell(3), 2)),
  'attention with sizes': () =>
    net(new C.AttentionCellWrapper(new C.GRUCell(3), 3, { attnSize: 2, attnVecSize: 4, inputSize: 5 })),
  'attention of one state': () =>
    net(new C.AttentionCellWrapper<tf.Tensor, tf.Tensor>(new C.GRUCell(3), 2, { stateIsTuple: false })),
  'attention by hand': () => byHand(new C.AttentionCellWrapper(new C.LSTMCell(2), 2), batch(2, 3)),
};
const projected = (): tf.contrib.rnn.InputProjectionWrapper<tf.Tensor> =>
  new C.InputProjectionWrapper<tf.Tensor>(new C.GRUCell(2), 2);
const stepOf = <S>(cell: tf.nn.rnnCell.RNNCell<S>): unknown => cell.apply(ph([2, null]), cell.zeroState(2, F));
const ERRORS: Programs = {
  'e block of no size': () => new C.GRUBlockCell(),
  'e block of two sizes': () => new C.GRUBlockCell(2, { cellSize: 2 }),
  'e block lstm depth': () => stepOf(new C.LSTMBlockCell(2)),
  'e block gru depth': () => stepOf(new C.GRUBlockCell(2)),
  'e block gru state': () => new C.GRUBlockCell(2).apply(ph([2, 3]), ph([2, 3], 'h') as never),
  'e nas size': () => new C.NASCell(2).apply(ph([2, null]), new C.NASCell(2).zeroState(2, F)),
  'e projection size': () => new C.OutputProjectionWrapper(new C.GRUCell(2), 0),
  'e projection of no cell': () => loose(C.InputProjectionWrapper)(3, 2),
  'e projection rank': () => projected().apply(ph([2, 3, 4]), projected().zeroState(2, F)),
  'e projection unknown size': () => projected().apply(ph([2, null]), projected().zeroState(2, F)),
  'e embedding classes': () => new C.EmbeddingWrapper(new C.GRUCell(2), 0, 3),
  'e attention length': () => new C.AttentionCellWrapper(new C.GRUCell(2), 0),
  'e attention tuples': () => new C.AttentionCellWrapper(new C.BasicLSTMCell(2), 2, { stateIsTuple: false }),
};
export const CONTRIB: Programs = { ...COMPOSED, ...ERRORS };
