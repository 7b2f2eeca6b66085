/** `tf.cond`: one of two functions, by a predicate that the run knows. After TensorFlow 1.15's control_flow_ops. */
import type { ByName } from '../base/by-name';
import { isCallable, isList } from '../base/border';
import { int64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { asList } from '../base/nested';
import { apply, inGraphOf } from '../graph/apply';
import { type Convertible, type TensorLike, asTensor, convertToTensor, isSymbolic } from '../graph/constant';
import { type Graph, IndexedSlices, type Operation, Tensor } from '../graph/graph';
import type { FetchedOf, Like } from '../graph/fetched';
import { GraphKeys } from '../graph/keys';
import { knowingAll } from '../ops/known-calls';
import { castTo, scoped } from '../ops/words';
import { condOfFunctions } from './cond-functions';
import { CondContext } from './cond-context';
import { type Ways, mergeTensors, switchTensor } from './nodes';
import { type Flowing, type Structure, assertSame, flatten, mapStructure, packAs, withFlows } from './structure';
import { controlFlowV2Enabled } from './version';

/** What a branch may return: what becomes a tensor, operations, and lists and objects of these. */
export type BranchResult = Structure<TensorLike | Convertible | Operation | IndexedSlices | Flowing>;
/** What `cond` gives for what its branches return: tensors in the same lists and objects. */
export type Joined<T, F> = [BranchResult] extends [T] ? Tensor : JoinedPart<T, F>;
/** The same of what is known: of any result at all there is no end. */
type JoinedPart<T, F> = T extends IndexedSlices | Flowing
  ? T
  : T extends Tensor | Convertible
    ? Same<T, F>
    : T extends Operation
      ? Tensor
      : T extends readonly unknown[]
        ? { -readonly [I in keyof T]: JoinedPart<T[I], F extends readonly unknown[] ? At<F, I> : F> }
        : T extends number | bigint | boolean | string
          ? Same<T, F>
          : T extends { readonly [key: string]: BranchResult }
            ? { -readonly [K in keyof T]: JoinedPart<T[K], K extends keyof F ? F[K] : never> }
            : Tensor;
type At<L extends readonly unknown[], I> = I extends keyof L ? L[I] : L[number];
/** What is known of both. */
type Same<T, F> = [FetchedOf<T>, FetchedOf<F>] extends [FetchedOf<F>, FetchedOf<T>] ? Like<T> : Tensor;
/** A list of one is that one. */
type Single<T> = T extends readonly [infer One] ? One : T;
interface CondNames<T, F> {
  readonly trueFn: () => T;
  readonly falseFn: () => F;
}
/** What `cond` takes by name beside its branches. */
export interface CondOptions extends ByName {
  /** Keeps a list of one as it is, where otherwise its element is given. */
  readonly strict?: boolean | null;
  /** The scope of its nodes. */
  readonly name?: string | null;
}
interface CondCall {
  <const T extends BranchResult, const F extends BranchResult>(
    pred: TensorLike,
    trueFn: () => T,
    falseFn: () => F,
    options?: Pick<CondOptions, 'name'> & { readonly strict?: false | null },
  ): Joined<Single<T>, Single<F>>;
  <const T extends BranchResult, const F extends BranchResult>(
    pred: TensorLike,
    trueFn: () => T,
    falseFn: () => F,
    strict: true | { readonly strict: true; readonly name?: string | null },
    name?: string | null,
  ): Joined<T, F>;
  <const T extends BranchResult, const F extends BranchResult>(
    pred: TensorLike,
    named: CondNames<T, F> & CondOptions,
  ): Joined<Single<T>, Single<F>>;
  <const T extends BranchResult, const F extends BranchResult>(
    named: CondNames<T, F> & CondOptions & { readonly pred: TensorLike },
  ): Joined<Single<T>, Single<F>>;
}
type Branch = () => BranchResult;

/**
 * What one of two functions gives, by a predicate that is known when the graph runs. Both are called once, now, to
 * build their nodes; a run computes what was made inside the one that the predicate chooses, and nothing of the other.
 * What was made outside of them runs in any case.
 *
 *     const [x, y] = [tf.constant(2), tf.constant(5)];
 *     tf.cond(tf.less(x, y), () => x.mul(17), () => y.add(23))   // 34
 *     tf.cond(tf.less(x, y), () => ({ low: x, high: y }), () => ({ low: y, high: x })).high   // 5
 *
 * @param pred     a scalar of bool
 * @param trueFn   what is taken where `pred` is true; it returns tensors, or lists and objects of them
 * @param falseFn  what is taken where `pred` is false; it returns the same structure, of the same dtypes
 * @param strict   whether a list of one tensor is kept; otherwise its tensor is given
 * @param fn1      the older name of `trueFn`
 * @param fn2      the older name of `falseFn`
 * @returns  what the functions return, each as a tensor; an operation as a tensor of bool
 * @throws TypeError   if `pred` is a boolean of the program, or a branch is no function
 * @throws ValueError  if the branches do not return the same
 */
export const cond = knowingAll<CondCall>()(
  'cond',
  (
    pred: TensorLike,
    trueFn?: Branch,
    falseFn?: Branch,
    strict?: boolean,
    name?: string,
    fn1?: Branch,
    fn2?: Branch,
  ): unknown =>
    condOf(pred, chosen(trueFn, fn1, 'true_fn', 'fn1'), chosen(falseFn, fn2, 'false_fn', 'fn2'), { strict, name }),
);
function chosen(fn: Branch | undefined, old: Branch | undefined, name: string, oldName: string): Branch {
  if (fn !== undefined && old !== undefined)
    throw new TypeError_(`cond(): ${name} and ${oldName} may not be set simultaneously.`);
  const found = fn ?? old;
  if (found === undefined) throw new TypeError_(`cond(): ${name} argument required`);
  return found;
}

/** The same, for what builds nodes. */
export function condOf(
  pred: TensorLike,
  trueFn: () => unknown,
  falseFn: () => unknown,
  { strict = false, name }: CondOptions = {},
): unknown {
  for (const [fn, what] of [
    [trueFn, 'true_fn'],
    [falseFn, 'false_fn'],
  ] as const)
    if (!isCallable(fn))
      throw new TypeError_(
        `${what} must be callable.\n  fix: a branch is a function that builds it: tf.cond(pred, () => a, () => b).`,
      );
  if (controlFlowV2Enabled()) return condOfFunctions(pred, trueFn, falseFn, name || 'cond');
  return inGraphOf([pred], (graph) =>
    graph.nameScope(name || 'cond', () => branched(graph, pred, trueFn, falseFn, !!strict)),
  );
}
/** The same of branches that give lists. */
export function condList(
  pred: TensorLike,
  trueFn: () => readonly unknown[],
  falseFn: () => readonly unknown[],
): readonly unknown[] {
  const made = condOf(pred, trueFn, falseFn);
  // A list of one comes as that one.
  return isList(made) ? made : [made];
}
/** A tensor of one of them, for what builds nodes. */
export function condTensor(pred: TensorLike, trueFn: () => unknown, falseFn: () => unknown, name?: string): Tensor {
  const made = condOf(pred, trueFn, falseFn, { name });
  if (made instanceof Tensor) return made;
  throw new ValueError('The branches give more than one tensor.');
}

function branched(
  graph: Graph,
  given: TensorLike,
  trueFn: () => unknown,
  falseFn: () => unknown,
  strict: boolean,
): unknown {
  if (typeof given === 'boolean')
    throw new TypeError_(
      'pred must not be a Python bool' +
        '\n  fix: what is known while the graph is built is decided by the program: known ? a() : b().',
    );
  const [no, yes] = split(given);
  const onTrue = apply('Identity', [yes], {}, 'switch_t');
  const onFalse = apply('Identity', [no], {}, 'switch_f');
  const pred = apply('Identity', [given], {}, 'pred_id');
  for (const t of [yes, no, onTrue, onFalse, pred]) graph.flow.preventFetching(t.op);
  const taken = new Branched(new CondContext(pred, onTrue, 1), trueFn, 'true_fn');
  const other = new Branched(new CondContext(pred, onFalse, 0), falseFn, 'false_fn');
  const structure = strict ? taken.returned : unpacked(taken.returned);
  assertSame(
    structure,
    strict ? other.returned : unpacked(other.returned),
    'both branches return as much, in one form: one tensor each, or lists of one length.',
  );
  if (!taken.results.length) throw new ValueError('true_fn and false_fn must return at least one result.');
  sameIndices(taken, other);
  const [yesses, nos] = [taken.tensors(), other.tensors()];
  yesses.forEach((t, i) => {
    if (t.dtype.baseDtype !== nos[i].dtype.baseDtype)
      throw new ValueError(
        `Outputs of true_fn and false_fn must have the same type: ${t.dtype.name}, ${nos[i].dtype.name}` +
          `\n  ${t.name} is ${t.dtype.name}, ${nos[i].name} ${nos[i].dtype.name}` +
          `\n  fix: cast one of them: tf.cast(x, tf.${t.dtype.name}).`,
      );
  });
  const merged = yesses.map((t, i) => mergeTensors([nos[i], t]));
  if (taken.context.outer === null)
    for (const { context } of [taken, other]) graph.addToCollection(GraphKeys.COND_CONTEXT, context);
  return packAs(structure, withFlows(flatten(structure), merged));
}
/** The predicate goes both ways itself: what a branch without inputs waits for. */
function split(pred: TensorLike): Ways<Tensor> {
  return scoped('Switch', (scope) => {
    const data = isSymbolic(pred) ? asTensor(pred, true) : convertToTensor(pred, null, 'data');
    return switchTensor(data, convertToTensor(pred, null, 'pred'), scope);
  });
}

/** One branch, built. */
class Branched {
  /** What the function returned. */
  readonly returned: unknown;
  /** The same as tensors on the way, in a list. */
  results: readonly unknown[];
  constructor(
    readonly context: CondContext,
    fn: () => unknown,
    what: string,
  ) {
    [this.returned, this.results] = context.within(() => {
      const returned = fn();
      if (returned === null || returned === undefined)
        throw new ValueError(
          `${what} must have a return value.` +
            '\n  likely cause: () => { … } without return. A branch that only does something returns its operation.',
        );
      const made = context.resultsOf(returned);
      const results = asList(made);
      context.exitResult(tensorsIn(results));
      return [returned, results];
    });
  }
  tensors(): Tensor[] {
    return tensorsIn(this.results);
  }
}
function tensorsIn(structure: unknown): Tensor[] {
  return flatten(structure).filter((x): x is Tensor => x instanceof Tensor);
}
function unpacked(returned: unknown): unknown {
  return Array.isArray(returned) && returned.length === 1 ? returned[0] : returned;
}
/** Rows whose indices are int32 on one way and int64 on the other are int64 on both. */
function sameIndices(a: Branched, b: Branched): void {
  const [rowsA, rowsB] = [a, b].map(({ results }) =>
    flatten(results, false).filter((x): x is IndexedSlices => x instanceof IndexedSlices),
  );
  const mixed = rowsA.map((rows, i) => rows.indices.dtype !== rowsB[i]?.indices.dtype);
  if (!mixed.includes(true)) return;
  for (const branch of [a, b]) {
    let next = 0;
    branch.results = branch.results.map((result) =>
      mapStructure(
        result,
        (leaf) => {
          if (!(leaf instanceof IndexedSlices) || !mixed[next++]) return leaf;
          return new IndexedSlices(leaf.values, castTo(leaf.indices, int64), leaf.denseShape ?? undefined);
        },
        false,
      ),
    );
  }
}
