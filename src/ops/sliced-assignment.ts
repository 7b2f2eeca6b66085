/** `v.get(…).assign(x)`: what is done to a part of a variable, Python's `v[…].assign(x)`. */
import { isA } from '../base/preview';
import { type Args, signature } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import { Tensor } from '../graph/graph';

type Assigned = [val: TensorLike, name?: string];
const ASSIGN = signature<Assigned>('strided_slice.assign');

/** A part of a variable, which can be set. */
export interface Settable {
  /**
   * The whole variable after this part of it has been set; its shape is the part's.
   *
   *     const v = new tf.Variable([1, 2, 3, 4]);
   *     sess.run(v.initializer);
   *     sess.run(v.get([1, 3]).assign([8, 9]))   // [1, 8, 9, 4]
   *
   * @param val   the part's new value, of its shape; converted to the variable's dtype
   * @param name  of the node; that of the part's with `_assign` behind it where not given
   */
  assign(...given: Args<'strided_slice.assign', Assigned>): Tensor;
}
/** What is taken, as StridedSlice has it. */
export interface Part {
  /** Begin, end and strides. */
  readonly spec: readonly TensorLike[];
  readonly masks: Readonly<Record<string, number>>;
}
/** What has parts that can be set. */
interface Holder {
  value(): Tensor;
  assignPart(part: Part, value: TensorLike, name: string): Tensor;
}
export function isHolder(x: unknown): x is Holder {
  return typeof x === 'object' && x !== null && !isA(x, Tensor) && 'assignPart' in x;
}
/** Gives a part the method that sets it, where it is one of a variable. @param scope  what its node was to be named */
export function settable(part: Tensor, of: unknown, taken: Part, scope: string = part.op.name): Tensor & Settable {
  if (isHolder(of))
    Object.defineProperty(part, 'assign', {
      value(...given: Parameters<Settable['assign']>): Tensor {
        const [val, name = `${scope}_assign`] = ASSIGN.take(given);
        return of.assignPart(taken, val, name);
      },
      configurable: true,
    });
  return part as Tensor & Settable;
}
