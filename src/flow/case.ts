/** `tf.case`: one of several functions, by predicates that the run knows. After TensorFlow 1.15's control_flow_ops. */
import type { ByName } from '../base/by-name';
import { isCallable, worded } from '../base/border';
import { bool, int32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { Assert } from './assert';
import { apply, inGraphOf } from '../graph/apply';
import { type Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { knowingAll } from '../ops/known-calls';
import { castTo, ints, overAll } from '../ops/words';
import { type BranchResult, type Joined, condOf } from './cond';

/** A predicate and what is taken where it is true. */
export type Case<T> = readonly [pred: Tensor, fn: () => T];
/** Cases in order, or a map of them. */
export type Cases<T> = readonly Case<T>[] | ReadonlyMap<Tensor, () => T>;
/** What `case` takes by name. */
export interface CaseOptions<T> extends ByName {
  /** What is taken where no predicate is true; without one, that is an error of the run. */
  readonly default?: (() => T) | null;
  /** Lets more than one true predicate be an error of the run. */
  readonly exclusive?: boolean | null;
  /** Keeps a list of one as it is. */
  readonly strict?: boolean | null;
  /** The scope of its nodes. */
  readonly name?: string | null;
}
type Single<T> = T extends readonly [infer One] ? One : T;
interface CaseCall {
  <const T extends BranchResult>(
    predFnPairs: Cases<T>,
    defaultFn: (() => T) | null,
    options?: Omit<CaseOptions<T>, 'default'>,
  ): Joined<Single<T>, Single<T>>;
  <const T extends BranchResult>(predFnPairs: Cases<T>, options?: CaseOptions<T>): Joined<Single<T>, Single<T>>;
}
type Branch = () => BranchResult;
interface Chosen {
  readonly preds: readonly Tensor[];
  readonly fns: readonly Branch[];
}

function casesOf(given: unknown): Chosen {
  if (!Array.isArray(given) && !(given instanceof Map)) throw new TypeError_('fns must be a list, tuple, or dict');
  const preds: Tensor[] = [];
  const fns: Branch[] = [];
  for (const pair of given as Iterable<unknown>) {
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new TypeError_('Each entry in pred_fn_pairs must be a 2-tuple');
    const [pred, fn] = pair as readonly unknown[];
    if (!(pred instanceof Tensor)) throw new TypeError_(`pred must be a Tensor, got: ${worded(pred)}`);
    if (pred.dtype.baseDtype !== bool) throw new TypeError_(`pred must be Tensor of type bool: ${pred.name}`);
    if (!isCallable(fn)) throw new TypeError_(`fn for pred ${pred.name} must be callable.`);
    preds.push(pred);
    fns.push(fn as Branch);
  }
  if (!preds.length) throw new ValueError('not enough values to unpack (expected 2, got 0)');
  return { preds, fns };
}

/**
 * What the first of several functions gives whose predicate is true. As in `tf.cond`, all are called once, now, to
 * build their nodes, and a run computes what was made inside of the one that is taken.
 *
 *     const [x, y] = [tf.constant(3), tf.constant(2)];
 *     const small = () => tf.constant(17);
 *     tf.case([[tf.less(x, y), small], [tf.greater(x, y), () => tf.constant(23)]], () => tf.constant(-1))   // 23
 *
 * @param predFnPairs  pairs of a scalar tensor of bool and a function, in a list or a Map
 * @param default      what is taken where no predicate is true; without one the last case must hold
 * @param exclusive    whether it is an error of the run that several predicates are true
 * @param strict       whether a list of one tensor is kept; otherwise its tensor is given
 * @returns  what the functions return, each as a tensor
 * @throws TypeError   for what is no list of pairs of predicates and functions
 * @throws ValueError  if the functions do not return the same
 * @throws InvalidArgumentError  when run, if no predicate is true and there is no default, or several are and
 *   `exclusive` is set
 */
const caseOf = knowingAll<CaseCall>()(
  'case',
  (
    predFnPairs: Cases<BranchResult>,
    otherwise?: Branch,
    exclusive?: boolean,
    strict?: boolean,
    name?: string,
  ): unknown => {
    const chosen = casesOf(predFnPairs);
    return inGraphOf(chosen.preds, (graph) =>
      graph.nameScope(name || 'case', () => {
        const { fallback, preds, fns } = otherwise ? { ...chosen, fallback: otherwise } : withoutDefault(chosen);
        const options = { strict: strict ?? false };
        const first = preds.reduceRight<Branch>(
          (next, pred, i) => () => condOf(pred, fns[i], next, options) as BranchResult,
          fallback,
        );
        if (!exclusive) return first();
        return getDefaultGraph().controlDependencies([atMost(preds, 1, 'Input error: exclusive=True')], first);
      }),
    );
  },
);
export { caseOf as case };

/** The last case stands for the default, and asks whether it holds. */
function withoutDefault({ preds, fns }: Chosen): Chosen & { readonly fallback: Branch } {
  const last = preds.length - 1;
  const others = preds.slice(0, last);
  const fallback: Branch = () => {
    const packed = apply('Pack', [preds], { axis: 0 }, 'preds_c');
    const checks = [
      atMost(
        others,
        0,
        `Implementation error: selected default action #${last} was called, but some of other predicates are True: `,
      ),
      Assert(preds[last], ['Input error: None of conditions evaluated as True:', packed]),
    ];
    return getDefaultGraph().controlDependencies(checks, fns[last]);
  };
  return { preds: others, fns: fns.slice(0, last), fallback };
}
/** An operation that fails where more than `n` predicates are true. */
function atMost(preds: readonly Tensor[], n: number, message: string): Operation {
  const packed = apply('Pack', [preds], { axis: 0 }, 'preds_c');
  const marks = castTo(packed, int32);
  const count = overAll('Sum', marks, 'num_true_conds');
  const few = apply('LessEqual', [count, ints(n, 'n_true_conds')]);
  const names = preds.map((p) => p.name).join(', ');
  const text = `${message}: more than ${n} conditions (${names}) evaluated as True:`;
  return Assert(few, [text, packed], { summarize: preds.length });
}
