/** How `build` of layers and cells takes the shape that a program gives it: in any of its forms, as Python's does. */
import { type ShapeLike, TensorShape } from '../base/shape';
import { type Key, noteBound, signature } from '../calls/bind';

/** A class that makes its variables for a shape. */
interface Built {
  build(inputShape: TensorShape): void;
}
/** Lets `build` of a class take what Python's of that name does. */
export function bindBuild({ prototype }: { readonly prototype: Built }, key: Key): void {
  const { build } = prototype;
  const binder = signature<[inputShape: ShapeLike]>(key);
  function bound(this: Built, ...given: unknown[]): void {
    const [shape] = binder.take(given);
    build.call(this, TensorShape.of(shape));
  }
  prototype.build = noteBound(bound, key);
}
