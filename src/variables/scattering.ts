/** A variable's methods that change some of its rows or elements. */
import { keysOf } from '../base/keys';
import { textOf } from '../base/preview';
import { TypeError_ } from '../base/errors';
import { type Args, type Binder, signature } from '../calls/bind';
import type { TensorLike } from '../graph/constant';
import { IndexedSlices, type Tensor } from '../graph/graph';
import type { Scatter, UpdateOptions } from './nodes';

type Rows = [delta: IndexedSlices, useLocking?: boolean, name?: string];
type Elements = [indices: TensorLike, updates: TensorLike, useLocking?: boolean, name?: string];

/** Each gives the whole value after it. */
export interface Scattering {
  /** Sets rows: those at `delta.indices`, to `delta.values`. The scatter functions of `tf` take the two apart. */
  scatterUpdate(...given: Args<'Variable.scatter_update', Rows>): Tensor;
  scatterAdd(...given: Args<'Variable.scatter_add', Rows>): Tensor;
  scatterSub(...given: Args<'Variable.scatter_sub', Rows>): Tensor;
  scatterMul(...given: Args<'Variable.scatter_mul', Rows>): Tensor;
  scatterDiv(...given: Args<'Variable.scatter_div', Rows>): Tensor;
  scatterMin(...given: Args<'Variable.scatter_min', Rows>): Tensor;
  scatterMax(...given: Args<'Variable.scatter_max', Rows>): Tensor;
  /** Sets what `indices` point at, whole rows or single elements: as `tf.scatterNd`. */
  scatterNdUpdate(...given: Args<'Variable.scatter_nd_update', Elements>): Tensor;
  scatterNdAdd(...given: Args<'Variable.scatter_nd_add', Elements>): Tensor;
  scatterNdSub(...given: Args<'Variable.scatter_nd_sub', Elements>): Tensor;
}
const ROWS = {
  Update: signature<Rows>('Variable.scatter_update'),
  Add: signature<Rows>('Variable.scatter_add'),
  Sub: signature<Rows>('Variable.scatter_sub'),
  Mul: signature<Rows>('Variable.scatter_mul'),
  Div: signature<Rows>('Variable.scatter_div'),
  Min: signature<Rows>('Variable.scatter_min'),
  Max: signature<Rows>('Variable.scatter_max'),
} satisfies Partial<Record<Scatter, Binder<Rows>>>;
const ELEMENTS = {
  NdUpdate: signature<Elements>('Variable.scatter_nd_update'),
  NdAdd: signature<Elements>('Variable.scatter_nd_add'),
  NdSub: signature<Elements>('Variable.scatter_nd_sub'),
} satisfies Partial<Record<Scatter, Binder<Elements>>>;
interface Scattered {
  scatter(kind: Scatter, indices: TensorLike, updates: TensorLike, options?: UpdateOptions): Tensor;
}
function define(
  prototype: object,
  kind: string,
  value: (this: Scattered, ...given: readonly unknown[]) => Tensor,
): void {
  Object.defineProperty(prototype, `scatter${kind}`, { value, writable: true, configurable: true, enumerable: false });
}

/** Gives a class the methods. */
export function installScattering(prototype: Scattered): void {
  for (const kind of keysOf(ROWS))
    define(prototype, kind, function (...given) {
      const [delta, useLocking = false, name] = ROWS[kind].take(given);
      if (!(delta instanceof IndexedSlices))
        throw new TypeError_(`sparse_delta is not IndexedSlices: ${textOf(delta)}`);
      return this.scatter(kind, delta.indices, delta.values, { useLocking, name });
    });
  for (const kind of keysOf(ELEMENTS))
    define(prototype, kind, function (...given) {
      const [indices, updates, useLocking = true, name] = ELEMENTS[kind].take(given);
      return this.scatter(kind, indices, updates, { useLocking, name });
    });
}
