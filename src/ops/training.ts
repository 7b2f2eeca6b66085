/**
 * Updates of variables by gradients, each in up to four forms: for references and for resources, with a dense gradient
 * and with rows of one. `src/train` builds them, `src/kernels/host/training.ts` computes them.
 */
import { TensorShape } from '../base/shape';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, mergeShapes, withRank } from '../graph/shape-fn';

/** What follows the variable and its state among the inputs: all scalars but the gradient and its indices. */
type Input = 'number' | 'gradient' | 'indices';

/** An update of a variable that keeps `state` tensors, itself among them. */
function update(state: number, ...inputs: readonly Input[]): OpRow {
  return {
    shape(c) {
      const shape = updateShape(c, state, inputs);
      return c.outputs ? [shape] : [];
    },
  };
}
/** All state has one shape; a dense gradient has it too, one of rows from the second dimension on. */
function updateShape(c: ShapeContext, state: number, inputs: readonly Input[]): TensorShape {
  let shape = Array.from({ length: state }, (_, i) => stateShape(c, i)).reduce(mergeShapes);
  const isSparse = inputs.includes('indices');
  inputs.forEach((input, i) => {
    const at = state + i;
    if (input === 'number') withRank(c, at, 0);
    if (input !== 'gradient') return;
    const grad = c.shape(at);
    if (!isSparse) {
      shape = mergeShapes(shape, grad);
      return;
    }
    const indices = withRank(c, at + 1, 1);
    mergeDim(indices.at(0), grad.at(0));
    if (grad.dims) shape = mergeShapes(shape, new TensorShape([null, ...grad.dims.slice(1)]));
  });
  return shape;
}
/** A reference's shape, or that of the variable behind a handle. */
function stateShape(c: ShapeContext, index: number): TensorShape {
  return c.outputs ? c.shape(index) : (c.handle(index)?.shape ?? TensorShape.unknown());
}

const [N, G, I] = ['number', 'gradient', 'indices'] as const;
const DESCENT = update(1, N, G);
const ADAM = update(3, N, N, N, N, N, N, G);
const MOMENTUM = { dense: update(2, N, G, N), sparse: update(2, N, G, I, N) };
const AMSGRAD = update(4, N, N, N, N, N, N, G);
const ADAGRAD_V2 = { dense: update(2, N, N, G), sparse: update(2, N, N, G, I) };
const ADAMAX = update(3, N, N, N, N, N, G);
const SIGN = update(2, N, N, N, N, G);
const ADAGRAD = { dense: update(2, N, G), sparse: update(2, N, G, I) };
const RMSPROP = { dense: update(3, N, N, N, N, G), sparse: update(3, N, N, N, N, G, I) };
const CENTERED = { dense: update(4, N, N, N, N, G), sparse: update(4, N, N, N, N, G, I) };
const ADADELTA = { dense: update(3, N, N, N, G), sparse: update(3, N, N, N, G, I) };
const ADAGRAD_DA = { dense: update(3, G, N, N, N, N), sparse: update(3, G, I, N, N, N, N) };
const FTRL = { dense: update(3, G, N, N, N, N), sparse: update(3, G, I, N, N, N, N) };
const FTRL_V2 = { dense: update(3, G, N, N, N, N, N), sparse: update(3, G, I, N, N, N, N, N) };
const PROXIMAL_DESCENT = { dense: update(1, N, N, N, G), sparse: update(1, N, N, N, G, I) };
const PROXIMAL_ADAGRAD = { dense: update(2, N, N, N, G), sparse: update(2, N, N, N, G, I) };

export const TRAINING = {
  ApplyGradientDescent: DESCENT,
  ResourceApplyGradientDescent: DESCENT,
  ApplyMomentum: MOMENTUM.dense,
  ResourceApplyMomentum: MOMENTUM.dense,
  SparseApplyMomentum: MOMENTUM.sparse,
  ResourceSparseApplyMomentum: MOMENTUM.sparse,
  ApplyAdam: ADAM,
  ResourceApplyAdam: ADAM,
  ResourceApplyKerasMomentum: MOMENTUM.dense,
  ResourceSparseApplyKerasMomentum: MOMENTUM.sparse,
  ApplyAdaMax: ADAMAX,
  ResourceApplyAdaMax: ADAMAX,
  ApplyAddSign: SIGN,
  ResourceApplyAddSign: SIGN,
  ApplyPowerSign: SIGN,
  ResourceApplyPowerSign: SIGN,
  ResourceApplyAdamWithAmsgrad: AMSGRAD,
  ApplyAdagradV2: ADAGRAD_V2.dense,
  ResourceApplyAdagradV2: ADAGRAD_V2.dense,
  SparseApplyAdagradV2: ADAGRAD_V2.sparse,
  ResourceSparseApplyAdagradV2: ADAGRAD_V2.sparse,
  ApplyAdagrad: ADAGRAD.dense,
  ResourceApplyAdagrad: ADAGRAD.dense,
  SparseApplyAdagrad: ADAGRAD.sparse,
  ResourceSparseApplyAdagrad: ADAGRAD.sparse,
  ApplyRMSProp: RMSPROP.dense,
  ResourceApplyRMSProp: RMSPROP.dense,
  SparseApplyRMSProp: RMSPROP.sparse,
  ResourceSparseApplyRMSProp: RMSPROP.sparse,
  ApplyCenteredRMSProp: CENTERED.dense,
  ResourceApplyCenteredRMSProp: CENTERED.dense,
  SparseApplyCenteredRMSProp: CENTERED.sparse,
  ResourceSparseApplyCenteredRMSProp: CENTERED.sparse,
  ApplyAdadelta: ADADELTA.dense,
  ResourceApplyAdadelta: ADADELTA.dense,
  SparseApplyAdadelta: ADADELTA.sparse,
  ResourceSparseApplyAdadelta: ADADELTA.sparse,
  ApplyAdagradDA: ADAGRAD_DA.dense,
  ResourceApplyAdagradDA: ADAGRAD_DA.dense,
  SparseApplyAdagradDA: ADAGRAD_DA.sparse,
  ResourceSparseApplyAdagradDA: ADAGRAD_DA.sparse,
  ApplyFtrl: FTRL.dense,
  ResourceApplyFtrl: FTRL.dense,
  SparseApplyFtrl: FTRL.sparse,
  ResourceSparseApplyFtrl: FTRL.sparse,
  ApplyFtrlV2: FTRL_V2.dense,
  ResourceApplyFtrlV2: FTRL_V2.dense,
  SparseApplyFtrlV2: FTRL_V2.sparse,
  ResourceSparseApplyFtrlV2: FTRL_V2.sparse,
  ApplyProximalGradientDescent: PROXIMAL_DESCENT.dense,
  ResourceApplyProximalGradientDescent: PROXIMAL_DESCENT.dense,
  SparseApplyProximalGradientDescent: PROXIMAL_DESCENT.sparse,
  ResourceSparseApplyProximalGradientDescent: PROXIMAL_DESCENT.sparse,
  ApplyProximalAdagrad: PROXIMAL_ADAGRAD.dense,
  ResourceApplyProximalAdagrad: PROXIMAL_ADAGRAD.dense,
  SparseApplyProximalAdagrad: PROXIMAL_ADAGRAD.sparse,
  ResourceSparseApplyProximalAdagrad: PROXIMAL_ADAGRAD.sparse,
} satisfies Rows;
