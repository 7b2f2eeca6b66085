/** Beam search, as test/fixtures/record/beams.py has it. */
import * as tf from '../../src';
import { gatherTreeFromArray } from '../../src/contrib/seq2seq/beam-order';
import { flatten } from '../../src/flow/structure';
import { C, F, type Programs, S, dense, ints, ph, table } from './words';

const I = tf.int32;
/** The op, of operands whose shapes are unknown until they are fed. */
function traced(): tf.Tensor[] {
  const [a, b, n, end] = ['a', 'b', 'n', 'end'].map((name) => ph(null, name, I));
  return [S.gatherTree(a, b, n, end, { name: 'tree' })];
}
function tree({ a = [3, 2, 2], b = [3, 2, 2], n = [2], end = [] as number[] }): tf.Tensor {
  const [w, x, y, z] = [a, b, n, end].map((shape) => ph(shape, 'x', I));
  return S.gatherTree(w, x, y, z);
}

type Cell = tf.nn.rnnCell.CellLike<unknown>;
type Layer = tf.layers.Dense | null;
/** All that a search for the best three gives. */
function searched(cell: Cell, start: unknown, layer: Layer, how: object = {}, options: object = {}): tf.Tensor[] {
  const d = new S.BeamSearchDecoder(cell, table(), [1, 2], 0, start, 3, layer, options);
  const [outputs, state, lengths] = S.dynamicDecode(d, { maximumIterations: 4, ...how });
  const flat = flatten(state).map((x) => (x instanceof tf.TensorArray ? x.stack() : x)) as tf.Tensor[];
  return [outputs.predictedIds, ...outputs.beamSearchDecoderOutput, ...flat, lengths];
}
const encoded = (size = 3): tf.Tensor => S.tileBatch(ph([2, size]), 3);
type Mechanism = tf.contrib.seq2seq.AttentionMechanism;
type Mechanisms = (m: tf.Tensor, n: tf.Tensor) => Mechanism | readonly Mechanism[];
const luong = (m: tf.Tensor, n: tf.Tensor): tf.contrib.seq2seq.AttentionMechanism => new S.LuongAttention(3, m, n);
function attended(mechanisms: Mechanisms, places: number | null, options: object = {}): tf.Tensor[] {
  const [m, n] = [ph([2, places, 3], 'm'), ph([2], 'n', I)];
  const [memory, lengths] = [S.tileBatch(m, 3), S.tileBatch(n, 3)];
  const cell = new S.AttentionWrapper(new C.GRUCell(3), mechanisms(memory, lengths), { alignmentHistory: true });
  return searched(cell as Cell, cell.zeroState(6, F), dense(), {}, options);
}

export const BEAMS: Programs = {
  tree: () => {
    const [a, b] = [ph([3, null, 2], 'a', I), ph([3, 2, 2], 'b', I)];
    return [
      S.gatherTree(a, b, [3, 2], 9),
      S.gatherTree(a, b, { maxSequenceLengths: [3, 3], endToken: 3, name: 'named' }),
    ];
  },
  'tree of any shape': traced,
  'tree of parents too large': traced,
  'tree of parents just too large': traced,
  'tree of negative parents': traced,
  'tree of other lengths': traced,
  'tree of a vector of ends': traced,
  'tree of lengths by two': traced,
  'tree of other parents': traced,
  'tree of matrices': traced,
  'e steps of rank two': () => tree({ a: [3, 2] }),
  'e parents of rank two': () => tree({ b: [3, 2] }),
  'e parents of another shape': () => tree({ b: [3, 2, 3] }),
  'e lengths of another size': () => tree({ n: [3] }),
  'e lengths of rank two': () => tree({ n: [2, 1] }),
  'e end of rank one': () => tree({ end: [1] }),
  'array of beams': () => {
    const [x, parents, n] = [ph([3, 4, 2]), ph([3, 2, 2], 'b', I), ph([2, 2], 'n', I)];
    const [y, others, m] = [ph([null, null, null, 2], 'y'), ph([null, null, 2], 'c', I), ph([null, 2], 'm', tf.int64)];
    return [gatherTreeFromArray(x, parents, n), gatherTreeFromArray(y, others, m)];
  },
  'of a plain cell': () => searched(new C.GRUCell(3), encoded(), dense()),
  'with a length penalty': () => searched(new C.GRUCell(3), encoded(), dense(), {}, { lengthPenaltyWeight: 0.8 }),
  'by time': () =>
    searched(
      new C.GRUCell(3),
      encoded(),
      dense(),
      { outputTimeMajor: true, maximumIterations: 3 },
      { lengthPenaltyWeight: 0.5 },
    ),
  'until all are over': () => {
    const layer = dense(5, { biasInitializer: tf.constantInitializer([4, 0, 0, 0, 0]) });
    return searched(new C.GRUCell(3), encoded(), layer, { maximumIterations: null });
  },
  'without a layer': () => searched(new C.GRUCell(5), encoded(5), null),
  'of a state of two': () => {
    const h = encoded();
    return searched(new C.BasicLSTMCell(3), C.LSTMStateTuple(h.mul(2), h), dense());
  },
  'of layers': () => {
    const h = encoded();
    const cell = new C.MultiRNNCell([new C.GRUCell(3), new C.BasicLSTMCell(3)] as const);
    return searched(cell as Cell, [h, C.LSTMStateTuple(h.mul(2), h)], dense());
  },
  'of unknown rows': () => {
    const [x, start, n] = [ph([null, 3]), ph([null], 'start', I), ph([], 'n', I)];
    const embedding = (ids: tf.Tensor): tf.Tensor => tf.oneHot(ids, 5);
    const end = tf.constant(2, I);
    const d = new S.BeamSearchDecoder(new C.GRUCell(3), embedding, start, end, S.tileBatch(x, 2), 2, dense());
    const [outputs, state, lengths] = S.dynamicDecode(d, { maximumIterations: n });
    const { logProbs, lengths: each } = state as tf.contrib.seq2seq.BeamSearchDecoderState;
    return [outputs.predictedIds, logProbs, each, lengths];
  },
  'with attention': () => attended(luong, 4),
  'with a coverage penalty': () => attended(luong, 4, { lengthPenaltyWeight: 0.6, coveragePenaltyWeight: 0.3 }),
  'with arrays in the order of beams': () => attended(luong, null, { lengthPenaltyWeight: 1 }),
  'with arrays as they are': () => attended(luong, null, { reorderTensorArrays: false }),
  'of two mechanisms': () =>
    attended((m, n) => [luong(m, n), new S.BahdanauAttention(2, m)], 4, { coveragePenaltyWeight: 0.2 }),
};

/** A search of two rows by three beams that has one part of another kind. */
function beams(
  { cell = new C.GRUCell(3) as unknown, start = [1, 2] as unknown, end = 0 as unknown, state = null as unknown } = {},
  ...more: readonly unknown[]
): tf.contrib.seq2seq.BeamSearchDecoder {
  const given = [cell, tf.ones([5, 3]), start, end, state ?? tf.zeros([6, 3]), 3, ...more];
  return new S.BeamSearchDecoder(...(given as ConstructorParameters<typeof S.BeamSearchDecoder>));
}
export const BEAM_ERRORS: Programs = {
  'e start of rank two': () => beams({ start: [[1, 2]] }),
  'e end of rank one again': () => beams({ end: ints(0) }),
  'e state that was not tiled': () => beams({ state: tf.zeros([2, 3]) }),
  'e state of another size': () => beams({ state: tf.zeros([6, 4]) }),
  'e state of unknown rank': () => beams({ state: ph(null) }),
  'e no cell': () => beams({ cell: 3 }),
  'e no layer': () => beams({}, 3),
  'e coverage without attention': () => beams({}, { coveragePenaltyWeight: 0.5 }).initialize(),
};
