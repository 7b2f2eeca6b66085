/**
 * Softmax on wasm. Its exponential is slow and its Softmax fast, so logarithms come from there: where a row has
 * its maximum, x − max is 0 and the softmax 1 / Σ e^(x − max). So log softmax(x) = x − max + log max softmax(x).
 */
import { KernelError } from '../kernel';
import { v128 } from '../../base/assembler';
import { type Info, type Recipes, type Tools, formula } from './recipe';

export const SOFTMAX_RECIPES: Recipes = {
  Softmax: ([logits], tools) => {
    refuseEmpty(logits.shape);
    return softmax(logits, tools);
  },
  LogSoftmax: {
    calls: 6,
    recipe([logits], tools) {
      refuseEmpty(logits.shape);
      const columns = logits.shape[logits.shape.length - 1];
      const rows = tools.reshape(logits, [logits.shape.reduce((a, b) => a * b, 1) / columns, columns]);
      return tools.reshape(logOf(rows, softmax(rows, tools), tools), logits.shape);
    },
  },
  SoftmaxCrossEntropyWithLogits: {
    calls: 10,
    recipe([logits, labels], tools) {
      refuseEmpty(logits.shape);
      if (logits.shape.join() !== labels.shape.join())
        throw new KernelError('Unimplemented', 'broadcast operands are left to the host');
      return crossEntropy(logits, labels, tools);
    },
  },
  SparseSoftmaxCrossEntropyWithLogits: {
    calls: 12,
    recipe([logits, labels], tools) {
      refuseEmpty(logits.shape);
      // Below, an infinite logarithm meets a label of 0, which the op does not multiply.
      tools.refuseNonFinite(logits);
      const [rows, depth] = logits.shape;
      const fits =
        labels.shape.length === 1 &&
        labels.shape[0] === rows &&
        tools.numbers(1).every((label) => label >= 0 && label < depth);
      if (!fits) throw new KernelError('InvalidArgument', 'labels do not fit the logits');
      const marks = tools.call('OneHot', { indices: labels }, { dtype: 'int32', depth, onValue: 1, offValue: 0 });
      return crossEntropy(logits, tools.call('Cast', { x: marks }, { dtype: 'float32' }), tools);
    },
  },
};

function refuseEmpty(shape: readonly number[]): void {
  if (shape.includes(0)) throw new KernelError('Unimplemented', 'wasm has no softmax of nothing');
}
function softmax(logits: Info, { call }: Tools): Info {
  return call('Softmax', { logits }, { dim: logits.shape.length - 1 });
}
function rowMax(x: Info, { call }: Tools): Info {
  return call('Max', { x }, { reductionIndices: [1], keepDims: true });
}
function logOf(rows: Info, probabilities: Info, tools: Tools): Info {
  const { call } = tools;
  const shifted = call('Sub', { a: rows, b: rowMax(rows, tools) });
  return call('Add', { a: shifted, b: call('Log', { x: rowMax(probabilities, tools) }) });
}
/** 0 - x, which is 0 of both zeros, as a sum is. */
const lessThanNothing = formula(1, ({ vectors: [x] }) => [v128.sub(v128.zero, x)]);
function crossEntropy(logits: Info, labels: Info, tools: Tools): readonly Info[] {
  const { call } = tools;
  const p = softmax(logits, tools);
  const terms = call('Multiply', { a: labels, b: logOf(logits, p, tools) });
  return [
    lessThanNothing([call('Sum', { x: terms }, { axis: [1], keepDims: false })], tools),
    call('Sub', { a: p, b: labels }),
  ];
}
