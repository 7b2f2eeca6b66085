/**
 * Updates of variables by gradients: one rule per optimizer, each in four forms: for references and for resources,
 * with a dense gradient and with rows of one. `src/train` builds them, `src/kernels/host/training.ts` computes them.
 */
import { resource } from '../base/dtype';
import { TensorShape } from '../base/shape';
import type { Operation } from '../graph/graph';
import { type OpRow, type OpTable, registerOps } from '../graph/opdef';
import { mergeDim, mergeShapes, withRank } from '../graph/shape-fn';
import { handleShape } from './resource';

interface Rule {
  /** The variable and what is kept beside it. */
  readonly state: readonly string[];
  /** The other inputs, in TensorFlow's order; all scalars but the gradient. */
  readonly inputs: readonly string[];
  readonly flags?: readonly string[];
  /** var - alpha * delta and nothing else. */
  readonly subtractsProduct?: boolean;
  readonly forms: readonly ('Apply' | 'ResourceApply' | 'SparseApply' | 'ResourceSparseApply')[];
}
const ALL = ['Apply', 'ResourceApply', 'SparseApply', 'ResourceSparseApply'] as const;
const DENSE = ['Apply', 'ResourceApply'] as const;
const GRADIENTS: ReadonlySet<string> = new Set(['grad', 'delta']);

const RULES: Readonly<Record<string, Rule>> = {
  GradientDescent: { state: ['var'], inputs: ['alpha', 'delta'], forms: DENSE, subtractsProduct: true },
  Momentum: {
    state: ['var', 'accum'],
    inputs: ['lr', 'grad', 'momentum'],
    flags: ['use_nesterov: bool = false'],
    forms: ALL,
  },
  Adam: {
    state: ['var', 'm', 'v'],
    inputs: ['beta1_power', 'beta2_power', 'lr', 'beta1', 'beta2', 'epsilon', 'grad'],
    flags: ['use_nesterov: bool = false'],
    forms: DENSE,
  },
  Adagrad: { state: ['var', 'accum'], inputs: ['lr', 'grad'], flags: ['update_slots: bool = true'], forms: ALL },
  RMSProp: { state: ['var', 'ms', 'mom'], inputs: ['lr', 'rho', 'momentum', 'epsilon', 'grad'], forms: ALL },
  CenteredRMSProp: {
    state: ['var', 'mg', 'ms', 'mom'],
    inputs: ['lr', 'rho', 'momentum', 'epsilon', 'grad'],
    forms: ALL,
  },
  Adadelta: { state: ['var', 'accum', 'accum_update'], inputs: ['lr', 'rho', 'epsilon', 'grad'], forms: ALL },
};
const TYPES =
  'T: {float, double, int32, uint8, int16, int8, complex64, int64, bfloat16, uint16, complex128, half, uint32, uint64}';

function rowOf(rule: Rule, form: string): OpRow {
  const [isResource, isSparse] = [form.startsWith('Resource'), form.includes('Sparse')];
  const state = rule.state.map((name) => `${name}: ${isResource ? 'resource' : 'Ref(T)'}`);
  const inputs = rule.inputs.flatMap((name) =>
    isSparse && GRADIENTS.has(name) ? [`${name}: T`, 'indices: Tindices'] : [`${name}: T`],
  );
  return {
    sig: `${[...state, ...inputs].join(', ')} -> ${isResource ? '' : 'out: Ref(T)'}`,
    attrs: [
      TYPES,
      ...(isSparse ? ['Tindices: {int32, int64}'] : []),
      'use_locking: bool = false',
      ...(rule.flags ?? []),
    ],
    stateful: true,
    grad: 'none',
    subtractsProduct: rule.subtractsProduct === true && form === 'Apply',
    shape: (op) => {
      const shape = updateShape(op, rule, isSparse);
      return isResource ? [] : [shape];
    },
  };
}

/** All state has one shape; a dense gradient has it too, one of rows from the second dimension on; the rest are scalars. */
function updateShape(op: Operation, { state, inputs }: Rule, isSparse: boolean): TensorShape {
  let shape = state.map((_, i) => stateShape(op, i)).reduce(mergeShapes);
  for (let i = 0, at = state.length; i < inputs.length; i++, at++) {
    if (!GRADIENTS.has(inputs[i])) {
      withRank(op, at, 0);
      continue;
    }
    const grad = op.inputs[at].shape;
    if (!isSparse) {
      shape = mergeShapes(shape, grad);
      continue;
    }
    const indices = withRank(op, at + 1, 1);
    mergeDim(indices.at(0), grad.at(0));
    if (grad.dims) shape = mergeShapes(shape, new TensorShape([null, ...grad.dims.slice(1)]));
    at++;
  }
  return shape;
}
/** A reference's shape, or that of the variable behind a handle. */
function stateShape({ inputs }: Operation, index: number): TensorShape {
  return inputs[index].dtype === resource ? handleShape(inputs[index]) : inputs[index].shape;
}

export const TRAINING: OpTable = Object.fromEntries(
  Object.entries(RULES).flatMap(([name, rule]) => rule.forms.map((form) => [`${form}${name}`, rowOf(rule, form)])),
);
registerOps(TRAINING);
