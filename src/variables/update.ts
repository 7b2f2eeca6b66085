/** Changing variables: the functions of `tf` that take a variable, or the reference itself. */
import { TypeError_ } from '../base/errors';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { Scatter, UpdateOptions } from './nodes';
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
export function assign(
  ref: Ref,
  value: TensorLike,
  options: UpdateOptions & { readonly validateShape?: boolean | null } = {},
): Tensor {
  return (
    asVariable(ref)?.assignAny(value, options) ??
    apply(
      'Assign',
      [ref, value],
      { validate_shape: options.validateShape, use_locking: options.useLocking },
      options.name,
    )
  );
}
/** `ref += value` */
export function assignAdd(ref: Ref, value: TensorLike, options: UpdateOptions = {}): Tensor {
  return (
    asVariable(ref)?.assignAdd(value, { ...options, readValue: true }) ??
    apply('AssignAdd', [ref, value], { use_locking: options.useLocking }, options.name)
  );
}
/** `ref -= value` */
export function assignSub(ref: Ref, value: TensorLike, options: UpdateOptions = {}): Tensor {
  return (
    asVariable(ref)?.assignSub(value, { ...options, readValue: true }) ??
    apply('AssignSub', [ref, value], { use_locking: options.useLocking }, options.name)
  );
}
/** The value of an integer scalar, which is one more afterwards. @throws OutOfRangeError  when it has reached `limit` */
export function countUpTo(ref: Ref, limit: number, options: { readonly name?: string | null } = {}): Tensor {
  return asVariable(ref)?.countUpTo(limit, options) ?? apply('CountUpTo', [ref], { limit }, options.name);
}
/** Whether the variable has a value. */
export function isVariableInitialized(ref: Ref, { name }: { readonly name?: string | null } = {}): Tensor {
  return asVariable(ref)?.isInitialized({ name }) ?? apply('IsVariableInitialized', [ref], {}, name);
}

function scatter(kind: Scatter, locks: boolean) {
  return (ref: Ref, indices: TensorLike, updates: TensorLike, options: UpdateOptions = {}): Tensor => {
    const args = { useLocking: locks, ...options };
    return (
      asVariable(ref)?.scatter(kind, indices, updates, args) ??
      apply(`Scatter${kind}`, [ref, indices, updates], { use_locking: args.useLocking }, args.name)
    );
  };
}
/** Sets rows: `ref[indices[i]] = updates[i]`; one number for all where `updates` is a scalar. @throws InvalidArgumentError  for an index that is out of range */
export const scatterUpdate = scatter('Update', true);
/** `ref[indices[i]] += updates[i]`; rows that come twice are added twice. */
export const scatterAdd = scatter('Add', false);
/** `ref[indices[i]] -= updates[i]` */
export const scatterSub = scatter('Sub', false);
/** `ref[indices[i]] *= updates[i]` */
export const scatterMul = scatter('Mul', false);
/** `ref[indices[i]] /= updates[i]` */
export const scatterDiv = scatter('Div', false);
/** `ref[indices[i]] = min(ref[indices[i]], updates[i])` */
export const scatterMin = scatter('Min', false);
/** `ref[indices[i]] = max(ref[indices[i]], updates[i])` */
export const scatterMax = scatter('Max', false);
/** Sets what each row of `indices` points at: an element or a slice. */
export const scatterNdUpdate = scatter('NdUpdate', true);
export const scatterNdAdd = scatter('NdAdd', false);
export const scatterNdSub = scatter('NdSub', false);
