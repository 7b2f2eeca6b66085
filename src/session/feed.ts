/** What users put in and get out: feeds to values, values to fetched results. */
import { asNumbers } from '../base/elements';
import { textOf } from '../base/preview';
import {
  type DType,
  type Scalar,
  type TypedArray,
  bool,
  float32,
  int32,
  isBig,
  string as stringType,
  zerosOf,
} from '../base/dtype';
import { checkElements, steady } from '../base/border';
import { MOST_DEPTH } from '../base/room';
import { TypeError_, ValueError } from '../base/errors';
import { NDArray, type Snapshot, elementsOf, madeArray, snapshotOf } from '../base/ndarray';
import { isTypedArray, toNDArray } from '../base/to-ndarray';
import { plainArray } from '../base/typed-array';
import { pythonTuple, sizeOf } from '../base/shape';
import { IndexedSlices, Tensor } from '../graph/graph';
import type { FeedValues, TfjsTensor } from '../graph/runner';
import { Value } from '../kernels/kernel';
import { areClasses, isOpen, shapeFor } from './flat-feed';
import { suggestReshape } from './misfit';

export type { FeedValue, TfjsTensor } from '../graph/runner';

function isTfjsTensor(value: unknown): value is TfjsTensor {
  if (typeof value !== 'object' || value === null || value instanceof NDArray) return false;
  return 'dataSync' in value && typeof value.dataSync === 'function';
}
/** What needs no conversion: the array that holds the dtype. */
function isOwnFloats(value: unknown, { kind, size, array }: DType): value is Float32Array | Float64Array {
  return kind === 'float' && size > 2 && value instanceof array && isTypedArray(value) && plainArray(value) === value;
}
const TFJS_DTYPES: Readonly<Record<string, typeof float32>> = { float32, int32, bool, string: stringType };

/**
 * Host data for a feed. A typed array takes the shape of the tensor it is fed to.
 * @throws ValueError  if its shape does not fit, TypeError if it cannot be of the tensor's dtype
 */
export function feedToArray(tensor: Tensor, value: FeedValues, key: unknown): NDArray {
  const dtype = tensor.dtype.baseDtype;
  if (isOwnFloats(value, dtype)) {
    const shape = shapeFor(tensor, value);
    if (shape && agrees(tensor.shape.dims, shape)) return madeArray(dtype, shape, steady(value));
  }
  if (value instanceof Tensor || value instanceof IndexedSlices) throw isSymbol(value, key);
  if (value === null || value === undefined) throw isNothing(tensor, value);
  if (typeof value === 'number' && dtype.isInteger && Number.isInteger(value)) checkRange(tensor, value);
  const array = arrayOf(tensor, value, dtype);
  if (!tensor.shape.isCompatibleWith(array.shape)) {
    throw doesNotFit(tensor, array, value);
  }
  const elements = elementsOf(array);
  // What else was given has become an array of ours.
  const kept = value instanceof NDArray ? steady(elements) : elements;
  return kept === elements ? array : madeArray(array.dtype, array.shape, kept);
}
/** @throws ValueError or TypeError  that names the tensor that it is fed to */
function arrayOf(tensor: Tensor, value: NonNullable<FeedValues>, dtype: DType): NDArray {
  try {
    if (isTfjsTensor(value)) {
      const [own, data] = [TFJS_DTYPES[value.dtype] ?? float32, value.dataSync()];
      checkElements(own, value.shape, data);
      return toNDArray(new NDArray(own, value.shape, data), dtype);
    }
    if (isTypedArray(value) && dtype !== stringType) {
      const plain = plainArray(value);
      return toNDArray(plain, dtype, inferShape(tensor, plain));
    }
    return value instanceof NDArray && value.dtype !== dtype ? converted(value, dtype) : toNDArray(value, dtype);
  } catch (error) {
    if (error instanceof ValueError || error instanceof TypeError_)
      error.message += `\n  it was fed for ${tensor}${madeAt(tensor)}.${cureOf(tensor, value, error.message)}`;
    throw error;
  }
}
/** A node of a graph is no value. */
function isSymbol(value: Tensor | IndexedSlices, key: unknown): TypeError_ {
  return new TypeError_(
    'The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python ' +
      'scalars, strings, lists, numpy ndarrays, or TensorHandles. ' +
      `For reference, the tensor object was ${textOf(value)} which was passed to the feed with ` +
      `key ${typeof key === 'string' ? `'${key}'` : textOf(key)}.` +
      '\n  fix: run it first and feed the result: const value = sess.run(tensor).',
  );
}
function isNothing(tensor: Tensor, value: null | undefined): Error {
  const what =
    'the value fed is ' +
    `${textOf(value)}${madeAt(tensor) && `, for a tensor${madeAt(tensor).slice(1)}`}\n  fix: ` +
    'feed a number, nested arrays, a typed array, an NDArray or a tfjs tensor.' +
    (value === undefined
      ? '\n  likely cause: a misspelled property, an index beyond the end, or a function that returns nothing; ' +
        'a batch is a pair: const [images, labels] = mnist.train.nextBatch(100).'
      : '');
  if (tensor.shape.rank !== 0 && tensor.shape.rank !== null)
    return new ValueError(
      `Cannot feed value of shape () for Tensor '${tensor.name}', which has shape '${tensor.shape}'\n  ${what}`,
    );
  return new TypeError_(`The value of a feed cannot be None.\n  ${what}`);
}
/** Whether a shape is one of those that dimensions allow. It is asked at each feed. */
function agrees(dims: readonly (number | null)[] | null, shape: readonly number[]): boolean {
  if (!dims) return true;
  if (dims.length !== shape.length) return false;
  for (let i = 0; i < shape.length; i++) if (dims[i] !== null && dims[i] !== shape[i]) return false;
  return true;
}
function doesNotFit(tensor: Tensor, array: NDArray, value: FeedValues): Error {
  return new ValueError(
    `Cannot feed value of shape ${pythonTuple(array.shape)} for Tensor '${tensor.name}', which ` +
      `has shape '${tensor.shape}'` +
      (madeAt(tensor) && `\n  ${tensor.name} was${madeAt(tensor).slice(1)}`) +
      suggestReshape(tensor, array, value),
  );
}
/** Arrays that cannot have changed, in the dtype that they were last fed as. */
const CONVERTED = new WeakMap<Snapshot, NDArray>();
function converted(array: NDArray, dtype: DType): NDArray {
  const snapshot = snapshotOf(array);
  const known = snapshot && CONVERTED.get(snapshot);
  if (known?.dtype === dtype) return known;
  const made = toNDArray(array, dtype);
  if (snapshot) CONVERTED.set(snapshot, made.setflags({ write: false }));
  return made;
}
/** @throws TypeError  for an integer that its type would wrap around */
function checkRange(tensor: Tensor, value: number): void {
  const { baseDtype } = tensor.dtype;
  if (isBig(zerosOf(baseDtype, 0)) || asNumbers(zerosOf(baseDtype, 1)).fill(value)[0] === value) return;
  throw new TypeError_(
    `Type of feed value ${value} with type <class 'int'> is not compatible with Tensor type ` +
      `<class 'numpy.${baseDtype.name}'>. Try explicitly setting the type of the feed tensor to ` +
      'a larger type (e.g. int64).' +
      `${madeAt(tensor) && `\n  ${tensor.name} was${madeAt(tensor).slice(1)}`}`,
  );
}
function cureOf(tensor: Tensor, value: unknown, message: string): string {
  const { baseDtype } = tensor.dtype;
  if (value instanceof Promise) return '\n  fix: it is a promise: await it before the run.';
  if (typeof value === 'function') return '\n  fix: it is a function: call it, and feed what it returns.';
  if (value instanceof ArrayBuffer)
    return '\n  fix: say what its bytes are: new Float32Array(buffer), new Uint8Array(buffer).';
  let first: unknown = value;
  for (let depth = 0; Array.isArray(first) && depth <= MOST_DEPTH; depth++) first = first[0];
  if (baseDtype.kind === 'string')
    return '\n  fix: convert the values, as values.map(String), or make the placeholder tf.float32.';
  if (typeof first === 'string')
    return '\n  fix: convert the strings, as texts.map(Number), or make the placeholder tf.string.';
  if (baseDtype.isInteger && message.includes("of type 'float'"))
    return '\n  fix: round the numbers (Math.round, Math.trunc), or make the placeholder tf.float32.';
  if (typeof first === 'object' && first !== null && !ArrayBuffer.isView(first))
    return '\n  fix: feed the numbers of it: a number, nested arrays, a typed array or an NDArray.';
  return '';
}
function madeAt(tensor: Tensor): string {
  return tensor.op.trace.line ? `, made at ${tensor.op.trace.line}` : '';
}

/**
 * Flat arrays that are fed with others, as labels with pictures: as many classes as there are pictures are one for
 * each.
 *
 * @throws ValueError  for one that would be fewer rows
 */
export function checkTogether(
  tensors: readonly Tensor[],
  arrays: readonly NDArray[],
  values: readonly FeedValues[],
): void {
  for (let i = 0; i < arrays.length; i++) {
    const { size, shape } = arrays[i];
    if (shape.length !== 2 || shape[0] === size || !isOpen(tensors[i])) continue;
    for (let j = 0; j < arrays.length; j++) {
      if (j === i || arrays[j].shape[0] !== size || !isOpen(tensors[j]) || !areClasses(values[i], shape[1])) continue;
      throw doesNotFit(tensors[i], new NDArray(arrays[i].dtype, [size], elementsOf(arrays[i])), values[i]);
    }
  }
}
/** The same, or a vector's. */
function inferShape(tensor: Tensor, value: TypedArray): readonly number[] {
  return shapeFor(tensor, value) ?? [value.length];
}
/** A fed value inside a run: never written to. */
export function feedToRunValue(array: NDArray): Value {
  const value = new Value(array.dtype, array.shape, elementsOf(array));
  value.shared = true;
  return value;
}

/** Elements that are worth reading again: with fewer, the copy on the host is kept for the next reader. */
const MANY = 1 << 14;
/** A fetched value, whose data the caller owns, after one copy at most: scalars plain, everything else an NDArray. */
export function fetched(value: Value): Scalar | NDArray {
  const fresh = value.data === null;
  const data = value.read();
  // No number of JavaScript's has an imaginary part.
  if (value.shape.length === 0 && !value.dtype.isComplex) return madeArray(value.dtype, value.shape, data).item();
  const held = value.refs > 1 || value.base !== null;
  let owned = data;
  // What was read just now is handed over, as is what nobody else holds: then it is not written to any more.
  if (fresh && held && data.length >= MANY) value.data = null;
  else if (held || (value.shared && !fresh)) owned = data.slice();
  else value.shared = true;
  const size = sizeOf(value.shape) * (value.dtype.isComplex ? 2 : 1);
  return madeArray(value.dtype, value.shape, owned.length === size ? owned : owned.slice(0, size));
}
