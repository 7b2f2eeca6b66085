/** Softmaxes on wasm, by kernels of our own that go over each row in one call. */
import { sameShape, sizeOf } from '../../base/shape';
import { KernelError } from '../kernel';
import type { AddressOf, Draft, Spot } from './program';
import type { Recipes } from './recipe';
import { type Shared, WORTHWHILE } from './team';

/** Nanoseconds for an element: an exponential and three passes. */
const EACH = 3;
/** What a kernel goes through: tensors of rows, and behind them some that have an element for each row. */
interface Along {
  readonly rows: readonly Spot[];
  readonly each?: readonly Spot[];
  /** Asked before each run. */
  readonly check?: (address: AddressOf) => void;
}
function rowwise(draft: Draft, fn: Shared, { rows: tensors, each = [], check }: Along): void {
  const [{ shape }] = tensors;
  const columns = shape[shape.length - 1];
  const rows = sizeOf(shape) / columns;
  const all = [...tensors, ...each];
  const sizes = [columns >> 2, columns & 3];
  const { team } = draft.kernels.heap;
  if (EACH * rows * columns < WORTHWHILE && !check) return draft.call(fn, ...all, rows, ...sizes);
  draft.work(all, (address) => {
    check?.(address);
    const count = Math.ceil(rows / team.cuts(EACH * rows * columns));
    team.run(
      Array.from({ length: Math.ceil(rows / count) }, (_, i) => {
        const pointers = tensors.map((spot) => address(spot) + 4 * columns * count * i);
        for (const spot of each) pointers.push(address(spot) + 4 * count * i);
        return { fn, args: [...pointers, Math.min(count, rows - count * i), ...sizes] };
      }),
    );
  });
}
/** The same of what has rows at all. */
function softmax(x: Spot, draft: Draft, fn: Shared): readonly Spot[] | null {
  if (!x.shape.length) return null;
  const to = draft.make(x.shape);
  rowwise(draft, fn, { rows: [x, to] });
  return [to];
}

export const SOFTMAX_RECIPES: Recipes = {
  Softmax: { lower: ([x], { draft }) => softmax(x, draft, draft.kernels.softmax) },
  LogSoftmax: { lower: ([x], { draft }) => softmax(x, draft, draft.kernels.logSoftmax) },
  SoftmaxCrossEntropyWithLogits: {
    lower([x, labels], { draft }) {
      if (x.shape.length !== 2 || !sameShape(x.shape, labels.shape)) return null;
      const [backprop, loss] = [draft.make(x.shape), draft.make(x.shape.slice(0, 1))];
      rowwise(draft, draft.kernels.crossEntropy, { rows: [x, labels, backprop], each: [loss] });
      return [loss, backprop];
    },
  },
  SparseSoftmaxCrossEntropyWithLogits: {
    integers: [1],
    lower([x, labels], { draft }) {
      const [rows, depth] = x.shape;
      if (x.shape.length !== 2 || !sameShape(labels.shape, [rows])) return null;
      const [backprop, loss] = [draft.make(x.shape), draft.make([rows])];
      const { memory } = draft.kernels.heap;
      const check = (address: AddressOf): void => {
        const given = new Int32Array(memory.buffer, address(labels) >>> 0, rows);
        if (!given.every((label) => label >= 0 && label < depth))
          throw new KernelError('InvalidArgument', 'labels do not fit the logits');
      };
      rowwise(draft, draft.kernels.sparseCrossEntropy, { rows: [x, backprop], each: [labels, loss], check });
      return [loss, backprop];
    },
  },
};
