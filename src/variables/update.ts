/** Changing variables: the functions of `tf` that take a variable, or the reference itself. */
import { TypeError_ } from '../base/errors';
import { bound } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { Scatter } from './nodes';
import { Variable } from './variable';

/** A variable, or a tensor of a reference dtype: what `assign` gave. */
export type Ref = Variable | Tensor;
function asVariable(ref: Ref): Variable | null {
  if (ref instanceof Variable) return ref;
  if (ref instanceof Tensor && ref.dtype.isRef) return null;
  throw new TypeError_(`${String(ref)} is not a variable: only a variable can be changed.`);
}

/**
 * A tensor that is `value` after `ref` has been set to it.
 *
 *     sess.run(tf.assign(w, w.mul(0.9)))
 *
 * @param options  `validateShape: false` lets the shape change
 * @throws ValueError  if the shapes are known and differ, InvalidArgumentError when they turn out to
 */
export const assign = bound(
  'assign',
  (ref: Ref, value: TensorLike, validateShape?: boolean, useLocking?: boolean, name?: string): Tensor =>
    asVariable(ref)?.assignAny(value, { validateShape, useLocking, name }) ??
    apply('Assign', [ref, value], { validate_shape: validateShape, use_locking: useLocking }, name),
);
/** `ref += value` */
export const assignAdd = bound('assign_add', accumulator('Add'));
/** `ref -= value` */
export const assignSub = bound('assign_sub', accumulator('Sub'));
function accumulator(kind: 'Add' | 'Sub') {
  return (ref: Ref, value: TensorLike, useLocking?: boolean, name?: string): Tensor =>
    asVariable(ref)?.accumulate(kind, value, { useLocking, name }).value() ??
    apply(`Assign${kind}`, [ref, value], { use_locking: useLocking }, name);
}
/**
 * The value of an integer scalar, which is one more afterwards.
 *
 * @throws OutOfRangeError  when it has reached `limit`
 */
export const countUpTo = bound(
  'count_up_to',
  (ref: Ref, limit: number, name?: string): Tensor =>
    asVariable(ref)?.countUpTo(limit, { name }) ?? apply('CountUpTo', [ref], { limit }, name),
);
/** Whether the variable has a value. */
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
 * Sets rows: `ref[indices[i]] = updates[i]`; one number for all where `updates` is a scalar.
 *
 * @throws InvalidArgumentError  for an index that is out of range
 */
export const scatterUpdate = bound('scatter_update', scatter('Update', true));
/** `ref[indices[i]] += updates[i]`; rows that come twice are added twice. */
export const scatterAdd = bound('scatter_add', scatter('Add', false));
/** `ref[indices[i]] -= updates[i]` */
export const scatterSub = bound('scatter_sub', scatter('Sub', false));
/** `ref[indices[i]] *= updates[i]` */
export const scatterMul = bound('scatter_mul', scatter('Mul', false));
/** `ref[indices[i]] /= updates[i]` */
export const scatterDiv = bound('scatter_div', scatter('Div', false));
/** `ref[indices[i]] = min(ref[indices[i]], updates[i])` */
export const scatterMin = bound('scatter_min', scatter('Min', false));
/** `ref[indices[i]] = max(ref[indices[i]], updates[i])` */
export const scatterMax = bound('scatter_max', scatter('Max', false));
/** Sets what each row of `indices` points at: an element or a slice. */
export const scatterNdUpdate = bound('scatter_nd_update', scatter('NdUpdate', true));
export const scatterNdAdd = bound('scatter_nd_add', scatter('NdAdd', false));
export const scatterNdSub = bound('scatter_nd_sub', scatter('NdSub', false));
