/** `tf.foldl` and `tf.foldr`: rows joined by a function, after TensorFlow 1.15's functional_ops. */
import { inGraphOf } from '../graph/apply';
import { type TensorLike, toTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { knowingAll } from '../ops/known-calls';
import { ints } from '../ops/words';
import { type InLoop, loopVariables } from './loop';
import {
  type Call,
  type Elements,
  type FoldOptions,
  type RowOf,
  Rows,
  arrayOf,
  checkFn,
  leavesOf,
  whole,
} from './rows';
import type { Structure } from './structure';

interface FoldCall {
  <const E extends Elements>(
    fn: (accumulated: RowOf<E>, elems: RowOf<E>) => TensorLike | Structure<TensorLike>,
    elems: E,
    initializer?: null,
    options?: FoldOptions,
  ): RowOf<E>;
  <const E extends Elements, const I>(
    fn: (accumulated: InLoop<I>, elems: RowOf<E>) => unknown,
    elems: E,
    initializer: I,
    options?: FoldOptions,
  ): InLoop<I>;
}
type Folding = [
  fn: Call,
  elems: Elements,
  initializer?: unknown,
  parallelIterations?: number,
  backProp?: boolean,
  swapMemory?: boolean,
  name?: string,
];
function folding(scope: string, fromRight: boolean): (...given: Folding) => unknown {
  return (...[fn, elems, initializer, parallelIterations, backProp, swapMemory, name]) => {
    checkFn(fn);
    const options = { parallelIterations, backProp, swapMemory };
    return inGraphOf(leavesOf(elems), (graph) =>
      graph.nameScope(name || scope, () => folded(fn, elems, initializer, options, fromRight)),
    );
  };
}
function folded(fn: Call, elems: unknown, initializer: unknown, options: FoldOptions, fromRight: boolean): unknown {
  const rows = new Rows(elems, true);
  const { count } = rows;
  const arrays = rows.tensors.map((t) => arrayOf(t, rows.count, false).unstack(t));
  const rowsAt = (at: number | Tensor): unknown => rows.packed(arrays.map((array) => array.read(at)));
  const isGiven = initializer !== null && initializer !== undefined;
  let start: unknown;
  let i: number | Tensor;
  if (fromRight) {
    i = isGiven ? count : rows.last();
    start = isGiven ? initializer : rowsAt(i);
  } else {
    start = isGiven ? initializer : rowsAt(0);
    i = ints(isGiven ? 0 : 1);
  }
  const on: Call = (at) => (fromRight ? toTensor(at).greater(0) : toTensor(at).less(count));
  const body: Call = (at, sum) => {
    const number = fromRight ? toTensor(at).sub(1) : toTensor(at);
    const next = fn(sum, rowsAt(number));
    return [fromRight ? number : number.add(1), next];
  };
  const first = typeof i === 'number' ? whole(i) : i;
  const loop = { ...options, maximumIterations: count };
  return loopVariables(on, body, [first, start], loop)[1];
}

/**
 * Joins the rows of a tensor by a function, from the first on.
 *
 *     tf.foldl((sum, x) => sum.add(x), tf.constant([1, 2, 3]))   // 6
 *
 * @param fn                  takes what there is so far, and a row; gives what there is then
 * @param elems               a tensor, or lists and objects of tensors with as many rows
 * @param initializer         what there is at first; the first row where not given
 * @param parallelIterations  how many iterations may run at once; 10 where not given
 * @param backProp            whether there are gradients through it; true where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @returns  what there is in the end
 * @throws TypeError  if `fn` is no function
 */
export const foldl = knowingAll<FoldCall>()('foldl', folding('foldl', false));
/**
 * Joins the rows of a tensor by a function, from the last on.
 *
 *     tf.foldr((sum, x) => sum.mul(2).add(x), tf.constant([1, 2, 3]))   // 17
 *
 * @param fn                  takes what there is so far, and a row; gives what there is then
 * @param elems               a tensor, or lists and objects of tensors with as many rows
 * @param initializer         what there is at first; the last row where not given
 * @param parallelIterations  how many iterations may run at once; 10 where not given
 * @param backProp            whether there are gradients through it; true where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @returns  what there is in the end
 * @throws TypeError  if `fn` is no function
 */
export const foldr = knowingAll<FoldCall>()('foldr', folding('foldr', true));
