/** `tf.switchCase`: one of several functions, by a number. After TensorFlow 1.15's control_flow_ops. */
import type { ByName } from '../base/by-name';
import { isCallable, isList } from '../base/border';
import { entryOf } from '../base/keys';
import { TypeError_, ValueError } from '../base/errors';
import { inGraphOf } from '../graph/apply';
import { pythonType, Tensor } from '../graph/graph';
import { knowingAll } from '../ops/known-calls';
import { CASE, branchBodies, branchNames, callBranch } from './branch-functions';
import type { BranchResult, Joined } from './cond';

/** Functions in order, or each with its number, in a list or a Map. */
export type Branches<T> =
  | readonly (() => T)[]
  | readonly (readonly [key: number, fn: () => T])[]
  | ReadonlyMap<number, () => T>;
/** What `switchCase` takes by name. */
export interface SwitchOptions<T> extends ByName {
  /** What is taken where the number is that of none; without one, the last function. */
  readonly default?: (() => T) | null;
  /** The scope of its nodes. */
  readonly name?: string | null;
}
interface SwitchCall {
  <const T extends BranchResult>(
    branchIndex: Tensor,
    branchFns: Branches<T>,
    defaultFn: (() => T) | null,
    options?: Omit<SwitchOptions<T>, 'default'>,
  ): Joined<T, T>;
  <const T extends BranchResult>(branchIndex: Tensor, branchFns: Branches<T>, options?: SwitchOptions<T>): Joined<T, T>;
}
type Branch = () => BranchResult;

/** The functions, by their numbers. */
function branchesOf(given: unknown): Branch[] {
  const isMap = given instanceof Map;
  if (!isMap && !isList(given)) throw new TypeError_('branch_fns must be a list, tuple, or dict');
  const entries: unknown[] = isMap ? [...given] : Array.from(given);
  if (!entries.length) throw new ValueError('Must provide at least one item in branch_fns');
  const pairs = !isMap && entries.every((fn) => isCallable(fn)) ? entries.map((fn, i) => [i, fn]) : entries;
  const byKey = new Map<number, Branch>();
  const keys = pairs.map((pair) => {
    if (!isList(pair) || pair.length !== 2) throw new TypeError_('Each entry in branch_fns must be a 2-tuple');
    const [key, fn]: readonly unknown[] = pair;
    if (typeof key !== 'number' || !Number.isInteger(key))
      throw new TypeError_(`key must be a Python \`int\`, got <class '${pythonType(key)}'>`);
    if (!isCallable(fn)) throw new TypeError_(`fn for key ${key} must be callable.`);
    byKey.set(key, fn as Branch);
    return key;
  });
  keys.sort((a, b) => a - b);
  if (keys.some((key, i) => key !== i))
    throw new ValueError(
      `branch indices (keys) must form contiguous range of [0 to ${keys.length}) but found {${keys.join(',')}}`,
    );
  return keys.map((key) => entryOf(byKey, key));
}

/**
 * What one of several functions gives, by a number that is known when the graph runs. All are called once, now, to
 * build a function of the graph each, with what it reads from outside as arguments; a run computes one of them.
 *
 *     const index = tf.constant(1, tf.int32);
 *     tf.switchCase(index, [() => tf.constant(17), () => tf.constant(31)], () => tf.constant(-1))   // 31
 *
 * @param branchIndex  a scalar of integers
 * @param branchFns    functions in order, or pairs of a number and a function, in a list or a Map; they return tensors,
 *   or lists and objects of them
 * @param default      what is taken where no function has the number; without one, the function of the last number
 * @returns  what the functions return, each as a tensor
 * @throws TypeError   for what is no tensor of integers, no functions, or functions that do not return the same
 * @throws ValueError  for numbers that do not go from 0 on
 */
export const switchCase = knowingAll<SwitchCall>()(
  'switch_case',
  (branchIndex: unknown, branchFns: Branches<BranchResult>, otherwise?: Branch, name?: string): unknown => {
    if (!(branchIndex instanceof Tensor))
      throw new TypeError_(
        `branch_index must a Tensor, got <class '${pythonType(branchIndex)}'>` +
          '\n  fix: what is known while the graph is built is decided by the program: fns[index]().',
      );
    if (!branchIndex.dtype.isInteger)
      throw new TypeError_(`branch_index must an integer Tensor, got <dtype: '${branchIndex.dtype.name}'>`);
    const fns = branchesOf(branchFns);
    if (otherwise) fns.push(otherwise);
    return inGraphOf([branchIndex], (graph) =>
      graph.nameScope(name === undefined ? 'switch_case' : name || 'case', () =>
        graph.nameScope('indexed_case', (scope) => {
          const names = branchNames(
            scope,
            fns.map((_, i) => `branch${i}`),
          );
          const bodies = branchBodies(CASE, names, fns, branchIndex);
          return callBranch(
            CASE,
            branchIndex,
            bodies,
            bodies.map((body) => body.externalCaptures),
            scope,
          );
        }),
      ),
    );
  },
);
