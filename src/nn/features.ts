/** What is wanted of the features of examples, and what the nodes that parse them are told of it. */
import type { ByName } from '../base/by-name';
import { type DType, type DTypeLike, asDtype, string } from '../base/dtype';
import { ValueError } from '../base/errors';
import { type NamedTuple, namedParts } from '../base/named-tuple';
import { preview } from '../base/preview';
import { type ShapeLike, TensorShape } from '../base/shape';
import { toNDArray } from '../base/to-ndarray';
import { tupleClass } from '../calls/tuple-class';
import { type TensorLike, constantNode, convertToTensor } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { SparseTensor } from '../graph/sparse-tensor';
import { reshape } from '../ops/words';

const FIXED = ['shape', 'dtype', 'defaultValue'] as const;
const VARIABLE = ['dtype'] as const;
const SEQUENCE = ['shape', 'dtype', 'allowMissing', 'defaultValue'] as const;
/** A feature of always as many values. */
export type FixedLenFeature = NamedTuple<typeof FIXED, readonly [ShapeLike, DTypeLike, TensorLike | null]> & {
  /** Which of the kinds it is, for the compiler. */
  readonly kind?: 'FixedLenFeature';
};
/** A feature of any number of values. */
export type VarLenFeature = NamedTuple<typeof VARIABLE, readonly [DTypeLike]> & {
  /** Which of the kinds it is, for the compiler. */
  readonly kind?: 'VarLenFeature';
};
/** A feature of any number of rows. */
export type FixedLenSequenceFeature = NamedTuple<
  typeof SEQUENCE,
  readonly [ShapeLike, DTypeLike, boolean, TensorLike | null]
> & {
  /** Which of the kinds it is, for the compiler. */
  readonly kind?: 'FixedLenSequenceFeature';
};
/** What is wanted of a feature. */
export type Feature = FixedLenFeature | VarLenFeature | FixedLenSequenceFeature;
/** What is wanted, by the names of the features. */
export type FeatureMap = Readonly<Record<string, Feature>>;
/** What comes of it: sparse where any number of values is wanted, else dense. */
export type Parsed<F extends FeatureMap> = {
  readonly [K in keyof F]: F[K] extends VarLenFeature ? SparseTensor : Tensor;
};
type Kind = 'FixedLenFeature' | 'VarLenFeature' | 'FixedLenSequenceFeature';
const KINDS = new WeakMap<object, Kind>();
const made = (kind: Kind, names: readonly string[], parts: readonly unknown[]): object => {
  const feature = namedParts(names, parts);
  KINDS.set(feature, kind);
  return feature;
};

/** What is said of a feature of always as many values. */
interface FixedGiven extends ByName {
  /** The shape of its values. */
  readonly shape: ShapeLike;
  /** What they are: float32, int64 or strings. */
  readonly dtype: DTypeLike;
  /** What stands for them where the feature is missing. */
  readonly defaultValue?: TensorLike | null;
}
interface FixedClass {
  new (shape: ShapeLike, dtype: DTypeLike, defaultValue?: TensorLike | null): FixedLenFeature;
  new (shape: ShapeLike, dtype: DTypeLike, named: Pick<FixedGiven, 'defaultValue'>): FixedLenFeature;
  new (given: FixedGiven): FixedLenFeature;
  (shape: ShapeLike, dtype: DTypeLike, defaultValue?: TensorLike | null): FixedLenFeature;
  (shape: ShapeLike, dtype: DTypeLike, named: Pick<FixedGiven, 'defaultValue'>): FixedLenFeature;
  (given: FixedGiven): FixedLenFeature;
}
/**
 * A feature of always as many values: a dense tensor comes of it.
 *
 *     const label = new tf.FixedLenFeature([], tf.int64);
 *     label.dtype.name   // 'int64'
 *
 * @param shape         the shape of its values in one example
 * @param dtype         what they are: float32, int64 or string
 * @param defaultValue  what stands for them where an example has none; an error then where not given
 * @returns  what `tf.parseExample` is told of the feature
 */
export const FixedLenFeature: FixedClass = tupleClass('FixedLenFeature', (parts) =>
  made('FixedLenFeature', FIXED, parts),
);
interface VariableClass {
  new (dtype: DTypeLike): VarLenFeature;
  new (given: { readonly dtype: DTypeLike } & ByName): VarLenFeature;
  (dtype: DTypeLike): VarLenFeature;
  (given: { readonly dtype: DTypeLike } & ByName): VarLenFeature;
}
/**
 * A feature of any number of values: a sparse tensor comes of it.
 *
 *     const words = new tf.VarLenFeature(tf.string);
 *     words.dtype.name   // 'string'
 *
 * @param dtype  what the values are: float32, int64 or string
 * @returns  what `tf.parseExample` is told of the feature
 */
export const VarLenFeature: VariableClass = tupleClass('VarLenFeature', (parts) =>
  made('VarLenFeature', VARIABLE, parts),
);
/** What is said of a feature of any number of rows. */
interface SequenceGiven extends FixedGiven {
  /** Whether it may be missing. */
  readonly allowMissing?: boolean;
}
type SequenceNamed = Pick<SequenceGiven, 'allowMissing' | 'defaultValue'>;
interface SequenceClass {
  new (
    shape: ShapeLike,
    dtype: DTypeLike,
    allowMissing?: boolean,
    defaultValue?: TensorLike | null,
  ): FixedLenSequenceFeature;
  new (shape: ShapeLike, dtype: DTypeLike, named: SequenceNamed): FixedLenSequenceFeature;
  new (given: SequenceGiven): FixedLenSequenceFeature;
  (
    shape: ShapeLike,
    dtype: DTypeLike,
    allowMissing?: boolean,
    defaultValue?: TensorLike | null,
  ): FixedLenSequenceFeature;
  (shape: ShapeLike, dtype: DTypeLike, named: SequenceNamed): FixedLenSequenceFeature;
  (given: SequenceGiven): FixedLenSequenceFeature;
}
/**
 * A feature of any number of rows: a dense tensor with one dimension more comes of it, whose short rows are filled up.
 *
 *     const steps = new tf.FixedLenSequenceFeature([2], tf.float32, true);
 *     steps.allowMissing   // true
 *
 * @param shape         the shape of a row
 * @param dtype         what its values are: float32, int64 or string
 * @param allowMissing  whether examples without it have no rows; an error else
 * @param defaultValue  what fills up the short ones of several examples; 0 or '' where not given
 * @returns  what `tf.parseExample` and `tf.parseSingleSequenceExample` are told of the feature
 */
export const FixedLenSequenceFeature: SequenceClass = tupleClass('FixedLenSequenceFeature', (parts) =>
  made('FixedLenSequenceFeature', SEQUENCE, parts),
);

/** What nodes are told: what is sparse and what is dense, each in the order of the names. */
export interface Raw {
  readonly sparseKeys: readonly string[];
  readonly sparseTypes: readonly DType[];
  readonly denseKeys: readonly string[];
  readonly denseTypes: readonly DType[];
  readonly denseShapes: readonly TensorShape[];
  readonly defaults: ReadonlyMap<string, TensorLike | null>;
}
const isFixed = (x: Feature): x is FixedLenFeature => KINDS.get(x) === 'FixedLenFeature';
const isSequence = (x: Feature): x is FixedLenSequenceFeature => KINDS.get(x) === 'FixedLenSequenceFeature';
const isVarLen = (x: Feature): x is VarLenFeature => KINDS.get(x) === 'VarLenFeature';
const isFeature = (x: unknown): x is Feature => typeof x === 'object' && x !== null && KINDS.has(x);
/**
 * @param takes  which kinds may stand there
 * @param rows   whether rows are a dimension of the dense shapes
 * @throws ValueError  for what is no feature, or says too little of one
 */
export function rawOf(features: FeatureMap | null | undefined, takes: readonly Kind[], rows: boolean): Raw {
  const raw = {
    sparseKeys: [] as string[],
    sparseTypes: [] as DType[],
    denseKeys: [] as string[],
    denseTypes: [] as DType[],
    denseShapes: [] as TensorShape[],
    defaults: new Map<string, TensorLike | null>(),
  };
  const given: Readonly<Record<string, unknown>> = features ?? {};
  for (const key of Object.keys(given).sort()) {
    const feature = given[key];
    if (!isFeature(feature))
      throw new ValueError(
        `Invalid feature ${key}:${preview(feature)}.` +
          `\n  fix: {${key}: new tf.FixedLenFeature([], tf.int64)}, or new tf.VarLenFeature(tf.int64).`,
      );
    if (!takes.some((kind) => kind === KINDS.get(feature)))
      throw new ValueError(`Unsupported ${KINDS.get(feature)} ${key}.`);
    if (feature.dtype === null || feature.dtype === undefined) throw new ValueError(`Missing type for feature ${key}.`);
    const dtype = asDtype(feature.dtype);
    if (isVarLen(feature)) {
      raw.sparseKeys.push(key);
      raw.sparseTypes.push(dtype);
      continue;
    }
    raw.denseKeys.push(key);
    raw.denseTypes.push(dtype);
    raw.denseShapes.push(isFixed(feature) ? fixedShape(key, feature) : rowsShape(key, feature, rows));
    if (isSequence(feature) && feature.allowMissing) raw.defaults.set(key, null);
    const { defaultValue } = feature;
    if (defaultValue !== null && defaultValue !== undefined) raw.defaults.set(key, defaultValue);
  }
  return raw;
}
function shapeIn(key: string, { shape }: FixedLenFeature | FixedLenSequenceFeature): TensorShape {
  if (shape === null || shape === undefined) throw new ValueError(`Missing shape for feature ${key}.`);
  return new TensorShape(shape);
}
function fixedShape(key: string, feature: FixedLenFeature): TensorShape {
  const shape = shapeIn(key, feature);
  if (shape.rank && shape.at(0) === null)
    throw new ValueError(
      `First dimension of shape for feature ${key} unknown. Consider using FixedLenSequenceFeature.`,
    );
  if (!shape.isFullyDefined())
    throw new ValueError(`All dimensions of shape for feature ${key} need to be known but received ${shape}.`);
  return shape;
}
function rowsShape(key: string, feature: FixedLenSequenceFeature, rows: boolean): TensorShape {
  if (rows && !feature.allowMissing)
    throw new ValueError('Unsupported: FixedLenSequenceFeature requires allow_missing to be True.');
  const shape = shapeIn(key, feature);
  return rows ? new TensorShape([null, ...shape.asList()]) : shape;
}

/** A feature's name where it is part of a node's. */
export const nodeName = (key: string): string => key.replace(/[^A-Za-z0-9_.\-/]/g, '_');
/** What stands for dense features that are missing, and what fills up short ones: a tensor for each. */
export function defaultsOf({ denseKeys, denseTypes, denseShapes, defaults }: Raw): Tensor[] {
  return denseKeys.map((key, i) => {
    const [dtype, shape] = [denseTypes[i], denseShapes[i]];
    const given = defaults.get(key) ?? null;
    if (shape.rank && shape.at(0) === null) {
      if (given === null) return convertToTensor(dtype === string ? '' : 0, dtype);
      return reshape(convertToTensor(given, dtype, `padding_${nodeName(key)}`), []);
    }
    if (given === null) return constantNode(toNDArray([], dtype, [0]));
    if (given instanceof Tensor) return given;
    return reshape(convertToTensor(given, dtype, `key_${nodeName(key)}`), shape.fullDims ?? []);
  });
}
