/**
 * Softmax on wasm. Its exponential is slow and its Softmax fast, so logarithms come from there: where a row has
 * its maximum, x − max is 0 and the softmax 1 / Σ e^(x − max). So log softmax(x) = x − max + log max softmax(x).
 */
import { sameShape, sizeOf } from '../../base/shape';
import { KernelError } from '../kernel';
import type { Draft, Spot } from './program';
import { v128 } from '../../base/assembler';
import { type Info, type Recipes, type Tools, formula } from './recipe';
import { type Shared, WORTHWHILE } from './team';

/** Nanoseconds for an element: an exponential and three passes. */
const EACH = 3;
/** Rows of some tensors into others, and into one that has an element for each. Null for what has no rows. */
function rowwise(
  draft: Draft,
  fn: Shared,
  [x, ...others]: readonly Spot[],
  to: readonly Spot[],
  each?: Spot,
): readonly Spot[] | null {
  if (!x.shape.length) return null;
  const columns = x.shape[x.shape.length - 1];
  const rows = sizeOf(x.shape) / columns;
  const whole = [x, ...others, ...to];
  const { team } = draft.kernels.heap;
  if (EACH * rows * columns < WORTHWHILE)
    draft.call(fn, ...whole, ...(each ? [each] : []), rows, columns >> 2, columns & 3);
  else
    draft.work(each ? [...whole, each] : whole, (address) => {
      const count = Math.ceil(rows / team.cuts(EACH * rows * columns));
      team.run(
        Array.from({ length: Math.ceil(rows / count) }, (_, i) => {
          const pointers = whole.map((spot) => address(spot) + 4 * columns * count * i);
          if (each) pointers.push(address(each) + 4 * count * i);
          return { fn, args: [...pointers, Math.min(count, rows - count * i), columns >> 2, columns & 3] };
        }),
      );
    });
  return to;
}

export const SOFTMAX_RECIPES: Recipes = {
  Softmax: { lower: ([x], { draft }) => rowwise(draft, draft.kernels.softmax, [x], [draft.make(x.shape)]) },
  LogSoftmax: { lower: ([x], { draft }) => rowwise(draft, draft.kernels.logSoftmax, [x], [draft.make(x.shape)]) },
  SoftmaxCrossEntropyWithLogits: {
    lower([x, labels], { draft }) {
      if (x.shape.length !== 2 || !sameShape(x.shape, labels.shape)) return null;
      const [backprop, loss] = [draft.make(x.shape), draft.make(x.shape.slice(0, 1))];
      return rowwise(draft, draft.kernels.crossEntropy, [x, labels], [backprop], loss) && [loss, backprop];
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
