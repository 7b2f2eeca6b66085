/** Steps of recurrent nets as one op, and whole nets. What users call is `tf.contrib.rnn.LSTMBlockCell` and its kin. */
import { ValueError } from '../base/errors';
import type { Dim } from '../base/shape';
import { applyOp, apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import type { Grad, GradContext, OpRow, Rows, ShapeContext } from '../graph/opdef';
import { withRank } from '../graph/shape-fn';
import { concat } from './concat';
import { matmul } from './matmul';
import { slice } from './slice';

export const RECURRENT = {
  GRUBlockCell: { shape: (c) => new Array(4).fill(stateShape(c)), grad: gruGrad },
  GRUBlockCellGrad: {
    shape(c) {
      const state = stateShape(c);
      return [[state[0], withRank(c, 0, 2).at(1)], state, state, [state[0], withRank(c, 2, 2).at(1)]];
    },
  },
  LSTMBlockCell: { shape: (c) => new Array(7).fill(stateShape(c)), grad: cellGrad },
  LSTMBlockCellGrad: {
    shape(c) {
      const [batch, size] = stateShape(c);
      return [[batch, size], [batch, size === null ? null : 4 * size], [size], [size], [size]];
    },
  },
  BlockLSTM: net('BlockLSTMGrad'),
  BlockLSTMV2: net('BlockLSTMGrad'),
  BlockLSTMGrad: { shape: netGradShapes },
  BlockLSTMGradV2: { shape: netGradShapes },
} satisfies Rows;

/** The shape of a state: the rows of x, the columns of the state before. */
function stateShape(c: ShapeContext): [batch: Dim, size: Dim] {
  return [withRank(c, 0, 2).at(0), withRank(c, 1, 2).at(1)];
}
function net(derivative: 'BlockLSTMGrad'): OpRow {
  return {
    shape(c) {
      const x = withRank(c, 1, 3);
      const four = withRank(c, 8, 1).at(0);
      return new Array(7).fill([x.at(0), x.at(1), four === null ? null : four / 4]);
    },
    grad(op, [, csGrad, , , , , hGrad]) {
      const all = [...op.inputs, ...op.outputs, csGrad, hGrad];
      return [null, ...applyOp(derivative, all, { use_peephole: op.attr('use_peephole', 'bool') }).outputs];
    },
  };
}
const RANKS = [3, 2, 2, 2, 1, 1, 1, 1];
function netGradShapes(c: ShapeContext): Dim[][] {
  return RANKS.map((rank, i) => [...withRank(c, i + 1, rank).dims!]);
}

/** What a step of an LSTM gives back, from the derivatives of its four gates. */
function cellGrad(op: GradContext, [, csGrad, , , , , hGrad]: Tensor[]): Grad[] {
  const [x, csBefore, hBefore, w, wci, wcf, wco, b] = op.inputs;
  const [i, cs, f, o, ci, co] = op.outputs;
  const known = (dim: Dim, what: string): number => {
    if (dim !== null) return dim;
    throw new ValueError(`${what} should not be None.`);
  };
  const batch = x.shape.at(0) ?? -1;
  const depth = known(x.shape.at(1), 'input_size from `x`');
  const size = known(csBefore.shape.at(1), 'cell_size from `cs_prev`');
  const [before, gates, ...peepholes] = applyOp(
    'LSTMBlockCellGrad',
    [x, csBefore, hBefore, w, wci, wcf, wco, b, i, cs, f, o, ci, co, csGrad, hGrad],
    { use_peephole: op.attr('use_peephole', 'bool') },
  ).outputs;
  const both = matmul(gates, w, { transposeB: true });
  const dx = slice(both, [0, 0], [batch, depth]);
  const dh = slice(both, [0, depth], [batch, size]);
  const dw = matmul(concat([x, hBefore], 1), gates, { transposeA: true });
  return [dx, before, dh, dw, ...peepholes, apply('BiasAddGrad', [gates])];
}
/** What a step of gated recurrent units gives back, from the derivatives of value and gates. */
function gruGrad(op: GradContext, [, , , dh]: Tensor[]): Grad[] {
  const [x, before] = op.inputs;
  const [r, u, c] = op.outputs;
  const [dx, dBefore, dValue, dGates] = applyOp('GRUBlockCellGrad', [...op.inputs, r, u, c, dh]).outputs;
  const dGateKernel = matmul(concat([x, before], 1), dGates, { transposeA: true });
  const dGateBias = apply('BiasAddGrad', [dGates]);
  const dKernel = matmul(concat([x, before.mul(r)], 1), dValue, { transposeA: true });
  return [dx, dBefore, dGateKernel, dKernel, dGateBias, apply('BiasAddGrad', [dValue])];
}
