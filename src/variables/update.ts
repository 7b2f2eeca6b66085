/** Changing variables: the functions of `tf` that take a variable, or the reference itself. */
import { TypeError_ } from '../base/errors';
import { textOf } from '../base/preview';
import { bound } from '../calls/bind';
import type { Onto } from '../graph/alike';
import type { Like } from '../graph/fetched';
import type { NameOption } from '../ops/options';
import { boundLikeAll } from '../ops/known-calls';
import { apply } from '../graph/apply';
import type { NotText, TensorLike } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { Scatter } from './nodes';
import { VariableParts } from './partitioned';
import { Variable } from './variable';

/** A variable, or a tensor of a reference dtype: what `assign` gave. */
export type Ref = Variable | Tensor;
function asVariable(ref: Ref): Variable | null {
  if (ref instanceof Variable) return ref;
  if (ref instanceof Tensor && ref.dtype.isRef) return null;
  throw new TypeError_(`${textOf(ref)} is not a variable: only a variable can be changed.${variableFirst(ref)}`);
}

function variableFirst(value: unknown): string {
  if (value instanceof VariableParts)
    return '\n  fix: w.assign(value) sets all parts of w; or one of them: tf.assign(w.variables[0], value).';
  return typeof value === 'number' || Array.isArray(value)
    ? '\n  fix: the variable comes first: tf.assign(w, value), or w.assign(value).'
    : '\n  fix: new tf.Variable(value) makes one; a tensor that was computed is another node in each place it is used.';
}

/** What `assign` takes after the value. */
type Names = { readonly validateShape?: boolean | null; readonly useLocking?: boolean | null } & NameOption;
/** `assign`: text goes to a variable of text alone. */
export interface AssignCall {
  <X extends Ref, Y extends TensorLike>(ref: X, named: { readonly value: Y & Onto<X, Y> } & Names): Like<X>;
  <X extends Ref, Y extends TensorLike>(named: { readonly ref: X; readonly value: Y & Onto<X, Y> } & Names): Like<X>;
  <X extends Ref, Y extends TensorLike>(
    ref: X,
    value: Y & Onto<X, Y>,
    validateShape?: boolean | Names | null,
    useLocking?: boolean | Omit<Names, 'validateShape'> | null,
    name?: string | NameOption | null,
  ): Like<X>;
}
/**
 * A tensor that is `value` after `ref` has been set to it.
 *
 *     const w = new tf.Variable([1, 2]);
 *     tf.assign(w, [3, 4])        // [3, 4]
 *
 * @param ref            a variable, or what an assignment to one gave
 * @param value          of ref's dtype and shape
 * @param validateShape  false lets the shape change
 * @param useLocking     has no effect: updates of one variable do not meet here
 * @returns  ref's dtype, value's shape
 * @throws ValueError  if the shapes are known and differ
 * @throws InvalidArgumentError  when run, if they turn out to
 * @throws TypeError  for another dtype
 */
export const assign: AssignCall = bound(
  'assign',
  (ref: Ref, value: TensorLike, validateShape?: boolean, useLocking?: boolean, name?: string): Tensor =>
    asVariable(ref)?.assignAny(value, { validateShape, useLocking, name }) ??
    apply('Assign', [ref, value], { validate_shape: validateShape, use_locking: useLocking }, name),
);
/**
 * A tensor that is the variable's value after `value` was added.
 *
 *     const w = new tf.Variable([1, 2]);
 *     tf.assignAdd(w, [3, 4])   // [4, 6]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param value       of ref's dtype and shape
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape
 * @throws ValueError  if the shapes are known and differ
 * @throws FailedPreconditionError  when run, if the variable has no value yet
 * @throws TypeError  for another dtype
 */
export const assignAdd = boundLikeAll('assign_add', accumulator('Add'));
/**
 * A tensor that is the variable's value after `value` was subtracted.
 *
 *     const w = new tf.Variable([1, 2]);
 *     tf.assignSub(w, [3, 4])   // [-2, -2]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param value       of ref's dtype and shape
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape
 * @throws ValueError  if the shapes are known and differ
 * @throws FailedPreconditionError  when run, if the variable has no value yet
 * @throws TypeError  for another dtype
 */
export const assignSub = boundLikeAll('assign_sub', accumulator('Sub'));
function accumulator(kind: 'Add' | 'Sub') {
  return (ref: Ref, value: NotText, useLocking?: boolean, name?: string): Tensor =>
    asVariable(ref)?.accumulate(kind, value, { useLocking, name }).value() ??
    apply(`Assign${kind}`, [ref, value], { use_locking: useLocking }, name);
}
/**
 * The value of an integer scalar, which is one more afterwards.
 *
 *     const n = new tf.Variable(0, { dtype: tf.int32 });
 *     tf.countUpTo(n, 5)   // 0
 *
 * @param ref    a variable, or what an assignment to one gave
 * @param limit  where it ends
 * @returns  ref's dtype, a scalar
 * @throws OutOfRangeError  when run, once `limit` is reached
 * @throws TypeError  for floats
 */
export const countUpTo = bound(
  'count_up_to',
  (ref: Ref, limit: number, name?: string): Tensor =>
    asVariable(ref)?.countUpTo(limit, { name }) ?? apply('CountUpTo', [ref], { limit }, name),
);
/**
 * Whether the variable has a value.
 *
 *     const w = new tf.Variable(1);
 *     const has = tf.isVariableInitialized(w);
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(has)   // true
 *
 * @param variable  a variable, or what an assignment to one gave
 * @returns  bool, a scalar
 * @throws TypeError  for a tensor that is no reference
 */
export const isVariableInitialized = bound(
  'is_variable_initialized',
  (ref: Ref, name?: string): Tensor =>
    asVariable(ref)?.isInitialized({ name }) ?? apply('IsVariableInitialized', [ref], {}, name),
);

function scatter(kind: Scatter, locks: boolean) {
  return (ref: Ref, indices: TensorLike, updates: TensorLike, useLocking = locks, name?: string): Tensor =>
    asVariable(ref)?.scatter(kind, indices, updates, { useLocking, name }) ??
    apply(`Scatter${kind}`, [ref, indices, updates], { use_locking: useLocking }, name);
}
/**
 * Sets rows: `ref[indices[i]] = updates[i]`.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterUpdate(w, [1], [10])   // [1, 10, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64: numbers of rows, any shape
 * @param updates     ref's dtype, shape indices.shape + ref.shape[1:], or a scalar for all
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterUpdate = boundLikeAll('scatter_update', scatter('Update', true));
/**
 * Adds to rows: `ref[indices[i]] += updates[i]`; rows that come twice are added twice.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterAdd(w, [1], [10])   // [1, 12, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64: numbers of rows, any shape
 * @param updates     ref's dtype, shape indices.shape + ref.shape[1:], or a scalar for all
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterAdd = boundLikeAll('scatter_add', scatter('Add', false));
/**
 * Subtracts from rows: `ref[indices[i]] -= updates[i]`.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterSub(w, [1], [10])   // [1, -8, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64: numbers of rows, any shape
 * @param updates     ref's dtype, shape indices.shape + ref.shape[1:], or a scalar for all
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterSub = boundLikeAll('scatter_sub', scatter('Sub', false));
/**
 * Multiplies rows: `ref[indices[i]] *= updates[i]`.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterMul(w, [1], [10])   // [1, 20, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64: numbers of rows, any shape
 * @param updates     ref's dtype, shape indices.shape + ref.shape[1:], or a scalar for all
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterMul = boundLikeAll('scatter_mul', scatter('Mul', false));
/**
 * Divides rows: `ref[indices[i]] /= updates[i]`.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterDiv(w, [1], [10])   // [1, 0.2, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64: numbers of rows, any shape
 * @param updates     ref's dtype, shape indices.shape + ref.shape[1:], or a scalar for all
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterDiv = boundLikeAll('scatter_div', scatter('Div', false));
/**
 * The smaller of rows: `ref[indices[i]] = min(ref[indices[i]], updates[i])`.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterMin(w, [1], [10])   // [1, 2, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64: numbers of rows, any shape
 * @param updates     ref's dtype, shape indices.shape + ref.shape[1:], or a scalar for all
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterMin = boundLikeAll('scatter_min', scatter('Min', false));
/**
 * The larger of rows: `ref[indices[i]] = max(ref[indices[i]], updates[i])`.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterMax(w, [1], [10])   // [1, 10, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64: numbers of rows, any shape
 * @param updates     ref's dtype, shape indices.shape + ref.shape[1:], or a scalar for all
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterMax = boundLikeAll('scatter_max', scatter('Max', false));
/**
 * Sets what each row of `indices` points at: an element or a slice.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterNdUpdate(w, [[1]], [10])   // [1, 10, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64; the last dimension is one position
 * @param updates     ref's dtype, shape indices.shape[:-1] + ref.shape[indices.shape[-1]:]
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterNdUpdate = boundLikeAll('scatter_nd_update', scatter('NdUpdate', true));
/**
 * Adds to what each row of `indices` points at: an element or a slice.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterNdAdd(w, [[1]], [10])   // [1, 12, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64; the last dimension is one position
 * @param updates     ref's dtype, shape indices.shape[:-1] + ref.shape[indices.shape[-1]:]
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterNdAdd = boundLikeAll('scatter_nd_add', scatter('NdAdd', false));
/**
 * Subtracts from what each row of `indices` points at: an element or a slice.
 *
 *     const w = new tf.Variable([1, 2, 3]);
 *     tf.scatterNdSub(w, [[1]], [10])   // [1, -8, 3]
 *
 * @param ref         a variable, or what an assignment to one gave
 * @param indices     int32 or int64; the last dimension is one position
 * @param updates     ref's dtype, shape indices.shape[:-1] + ref.shape[indices.shape[-1]:]
 * @param useLocking  has no effect: updates of one variable do not meet here
 * @returns  ref's dtype and shape: its value afterwards
 * @throws InvalidArgumentError  when run, for an index that is out of range
 * @throws ValueError  if the shapes are known and do not fit
 */
export const scatterNdSub = boundLikeAll('scatter_nd_sub', scatter('NdSub', false));
