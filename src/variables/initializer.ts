/** What makes a variable's first value: a function of a shape, with what it was made with. */
import { isList } from '../base/border';
import type { ByName } from '../base/by-name';
import { type DType, type DTypeLike, type ElementOf, asDtype, float32 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { type ShapeLike, TensorShape } from '../base/shape';
import { readable } from '../base/unreadable';
import { signature } from '../calls/bind';
import type { Made, RankOfShape } from '../graph/fetched';
import { Tensor } from '../graph/graph';

/** Of which larger variable a part is that is initialized. */
export interface PartitionInfo {
  /** The shape of the whole. */
  readonly fullShape: readonly number[];
  /** Where the part begins. */
  readonly varOffset: readonly number[];
}
/** Sizes that only a run knows. */
export type OpenShape = Tensor | readonly (number | Tensor)[];
interface InitializerCall {
  <const S extends ShapeLike, D extends DTypeLike = DType<number>>(
    shape: S,
    dtype?: D | null,
    partitionInfo?: PartitionInfo | null,
  ): Made<ElementOf<D>, RankOfShape<S>>;
  <const S extends ShapeLike, D extends DTypeLike = DType<number>>(
    named: { readonly shape: S; readonly dtype?: D | null; readonly partitionInfo?: PartitionInfo | null } & ByName,
  ): Made<ElementOf<D>, RankOfShape<S>>;
  (shape: OpenShape, dtype?: DTypeLike | null, partitionInfo?: PartitionInfo | null): Tensor;
}
/**
 * Makes the first value of a variable of some shape. It is called as a function, as in Python:
 *
 *     const W = new tf.Variable(tf.contrib.layers.xavierInitializer()([784, 10]));
 */
export interface Initializer extends InitializerCall, InitializerInstance {
  /** The same. Without a dtype the initializer's own. */
  readonly call: InitializerCall;
}
/** An initializer that is no function: an object of a class. */
export interface InitializerInstance {
  /** Adds the nodes. Without a dtype the initializer's own. */
  call(shape: readonly number[], dtype?: DType | null, partitionInfo?: PartitionInfo | null): Tensor;
  /** What it was made with, as `getConfig` of TensorFlow's. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The name of TensorFlow's class of it: `tf.keras.initializers.serialize` writes it. */
  readonly className?: string;
}

/** An initializer of these settings, that `make` makes the values of. */
export function initializer(
  className: string,
  config: Readonly<Record<string, unknown>>,
  dtype: DType,
  make: (shape: readonly number[], dtype: DType, partition: PartitionInfo | null) => Tensor,
  /** The same of sizes that only a run knows, where that can be. */
  ofOpen?: (shape: OpenShape, dtype: DType) => Tensor,
): Initializer {
  const call = (...given: readonly unknown[]): Tensor => {
    if (!given.length) throw withoutShape();
    const [shape, asked, partition = null] = CALLED.take(given);
    const type = asked ? asDtype(asked).baseDtype : dtype;
    try {
      if (ofOpen && isOpen(shape)) return ofOpen(shape, type);
      if (isOpen(shape)) throw new ValueError(`The shape of ${className} must be known before a run.`);
      const dims = new TensorShape(shape).fullDims;
      if (!dims) throw new ValueError(`An initializer's shape must be known: ${new TensorShape(shape)}.`);
      return make(dims, type, partition);
    } catch (error) {
      throw readable(error);
    }
  };
  const toString = (): string => `<initializer ${className}>`;
  const made = { className, config: { ...config, dtype: dtype.name }, call, toString };
  const named = Object.defineProperty((...given: readonly unknown[]) => call(...given), 'name', { value: className });
  return Object.assign(named, made) as Initializer;
}
function withoutShape(): Error {
  return new TypeError_(
    "__call__() missing 1 required positional argument: 'shape'\n  fix: the initializer's shape, as " +
      "tf.zerosInitializer()([784, 10]); or tf.getVariable('w', [784, 10], { initializer: tf.zerosInitializer() }).",
  );
}
type Taken = [shape: ShapeLike | OpenShape, dtype?: DTypeLike, partitionInfo?: PartitionInfo];
const CALLED = signature<Taken>('Initializer.call');
function isOpen(shape: ShapeLike | OpenShape): shape is OpenShape {
  return shape instanceof Tensor || (isList(shape) && shape.some((size) => size instanceof Tensor));
}
/** The dtype, float32 where not given. @throws ValueError  for one that is not floating point */
export function floating(dtype: DTypeLike | undefined): DType {
  const type = asDtype(dtype ?? float32);
  if (!type.isFloating) throw new ValueError(`Expected floating point type, got ${type}.`);
  return type;
}
