/** `tf.scan`: rows joined by a function, with what there is after each, after TensorFlow 1.15's functional_ops. */
import { inGraphOf } from '../graph/apply';
import { type TensorLike, toTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { knowingAll } from '../ops/known-calls';
import { arrayLeaves } from './leaves';
import { type InLoop, loopVariables } from './loop';
import {
  type AllRows,
  type Call,
  type Elements,
  type FoldOptions,
  Rows,
  arraysOf,
  checkFn,
  leavesOf,
  packedAs,
  stacked,
  whole,
} from './rows';
import { assertSame, flatten } from './structure';
import { TensorArray } from './tensor-array';

/** What `scan` takes by name. */
export interface ScanOptions extends FoldOptions {
  /** Whether all results have one shape; true where not given. */
  readonly inferShape?: boolean | null;
  /** Goes from the last row to the first; the results stay in their places. */
  readonly reverse?: boolean | null;
}
interface ScanCall {
  <const E extends Elements>(
    fn: (accumulated: AllRows<E>, elems: AllRows<E>) => unknown,
    elems: E,
    initializer?: null,
    options?: ScanOptions,
  ): AllRows<E>;
  <const E extends Elements, const I>(
    fn: (accumulated: InLoop<I>, elems: AllRows<E>) => unknown,
    elems: E,
    initializer: I,
    options?: ScanOptions,
  ): InLoop<I>;
}
/**
 * Joins the rows of a tensor by a function, from the first on, and keeps what there is after each.
 *
 *     tf.scan((sum, x) => sum.add(x), tf.constant([1, 2, 3]))   // [1, 3, 6]
 *
 * @param fn                  takes what there is so far, and a row; gives what there is then
 * @param elems               a tensor, or lists and objects of tensors with as many rows
 * @param initializer         what there is at first; the first row where not given
 * @param parallelIterations  how many iterations may run at once; 10 where not given
 * @param backProp            whether there are gradients through it; true where not given
 * @param swapMemory          whether what is kept for gradients may leave the device meanwhile
 * @param inferShape          whether all results have one shape; true where not given
 * @param reverse             goes from the last row to the first
 * @returns  as many rows as `elems` has, in the structure of what `fn` gives
 * @throws TypeError   if `fn` is no function
 * @throws ValueError  for scalars, or if `fn` gives another structure
 */
export const scan = knowingAll<ScanCall>()(
  'scan',
  (
    fn: Call,
    elems: Elements,
    initializer?: unknown,
    parallelIterations?: number,
    backProp?: boolean,
    swapMemory?: boolean,
    inferShape?: boolean,
    reverse?: boolean,
    name?: string,
  ): unknown => {
    checkFn(fn);
    const options = { parallelIterations, backProp, swapMemory };
    return inGraphOf(leavesOf(elems), (graph) =>
      graph.nameScope(name || 'scan', () =>
        scanned(fn, elems, initializer ?? null, inferShape ?? true, reverse ?? false, options),
      ),
    );
  },
);
function scanned(
  fn: Call,
  elems: unknown,
  initializer: unknown,
  inferShape: boolean,
  reverse: boolean,
  options: FoldOptions,
): unknown {
  const rows = new Rows(elems, false);
  const { count } = rows;
  const arrays = arraysOf(rows, true);
  const isGiven = initializer !== null;
  const structure = isGiven ? initializer : elems;
  const start = isGiven
    ? leavesOf(initializer).map((x) => toTensor(x))
    : arrays.map((array) => array.read(reverse ? rows.last() : 0));
  let results = start.map(
    ({ dtype, shape }) =>
      new TensorArray(dtype, { size: count, elementShape: inferShape ? shape : null, dynamicSize: false, inferShape }),
  );
  if (!isGiven) results = results.map((array, k) => array.write(reverse ? rows.last() : 0, start[k]));
  const body: Call = (number, sums, all) => {
    const at = toTensor(number);
    const row = rows.packed(arrays.map((array) => array.read(at)));
    const made = fn(packedAs(structure, flatten(sums)), row);
    assertSame(structure, made, 'the function gives what it was given first: { initializer } has the same form.');
    const flat = leavesOf(made);
    const written = arrayLeaves(all).map((array, k) => array.write(at, flat[k] as TensorLike));
    return [reverse ? at.sub(1) : at.add(1), flat, written];
  };
  const on: Call = (at) => (reverse ? toTensor(at).greaterEqual(0) : toTensor(at).less(count));
  const first = isGiven ? 0 : 1;
  const from = reverse ? back(rows.last(), first) : whole(first);
  const [, , done] = loopVariables(on, body, [from, start, results], {
    ...options,
    maximumIterations: count,
  });
  return packedAs(structure, stacked(arrayLeaves(done), rows));
}
/** `n - 1 - i` */
function back(last: number | Tensor, first: number): unknown {
  return typeof last === 'number' ? whole(last - first) : last.sub(first);
}
