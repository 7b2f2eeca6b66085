/** Names that TensorFlow 1.0 took away, for programs that are older: each says once what it is called now. */
import { warn } from '../base/platform';
import { type Key, bound, boundAs, noteBound } from '../calls/bind';
import { concat } from '../ops/concat';
import { conv2dTranspose } from '../ops/conv';
import { abs, negative, reciprocal } from '../ops/unary';
import { multiply, subtract } from '../ops/elementwise';
import { stack, unstack } from '../ops/stack';
import { where } from '../ops/where';
import { tablesInitializer } from '../variables/collections';
import { setdiff1d } from '../ops/data-flow';
import type { NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { matmul } from '../ops/matmul';
import { audio, histogram, image, merge, mergeAll, scalar } from '../summary/nodes';
import { getVerbosity, WARN } from './logging';

const said = new Set<string>();
/** Says once what an older name is called now. */
export function sayOnce(older: string, now: string): void {
  if (said.has(older) || getVerbosity() > WARN) return;
  said.add(older);
  warn(`WARNING:tensorflow:tf.${older} is tf.${now} since TensorFlow 1.0.`);
}
type Function = (...args: never[]) => unknown;
/** A function under its name of before 1.0. */
export function older<F extends Function>(name: string, now: string, f: F): F {
  const call = (...args: never[]): unknown => {
    sayOnce(name, now);
    return f(...args);
  };
  const key: Key | null = boundAs(f);
  return (key ? noteBound(call, key) : call) as unknown as F;
}
/**
 * The product of two tensors, element by element.
 *
 *     tf.mul(2, 3)   // 6
 *
 * @param x     numbers
 * @param y     x's dtype; a shape that broadcasts with x's
 * @param name  the name of the node
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @deprecated  `tf.multiply` since TensorFlow 1.0; it takes the same arguments
 */
export const mul = older('mul', 'multiply', multiply);
/**
 * The difference of two tensors, element by element.
 *
 *     tf.sub(5, 3)   // 2
 *
 * @param x     numbers
 * @param y     x's dtype; a shape that broadcasts with x's
 * @param name  the name of the node
 * @returns  the dtype of both; the shape that both broadcast to
 * @throws TypeError  if the dtypes differ, or are not among them
 * @throws ValueError  if the shapes are known and do not broadcast
 * @deprecated  `tf.subtract` since TensorFlow 1.0; it takes the same arguments
 */
export const sub = older('sub', 'subtract', subtract);
/**
 * The negative of each element.
 *
 *     tf.neg(3)   // -3
 *
 * @param x     numbers, any shape
 * @param name  the name of the node
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 * @deprecated  `tf.negative` since TensorFlow 1.0; it takes the same arguments
 */
export const neg = older('neg', 'negative', negative);
/**
 * One by each element.
 *
 *     tf.inv(4)   // 0.25
 *
 * @param x     numbers, any shape
 * @param name  the name of the node
 * @returns  x's dtype and shape
 * @throws TypeError  for a dtype that is not among them
 * @deprecated  `tf.reciprocal` since TensorFlow 1.0; it takes the same arguments
 */
export const inv = older('inv', 'reciprocal', reciprocal);
/**
 * The absolute value of each element.
 *
 *     tf.complexAbs(-3)   // 3
 *
 * @param x     numbers, any shape
 * @param name  the name of the node
 * @returns  x's shape and dtype; float32 of complex64, float64 of complex128
 * @throws TypeError  for a dtype that is not among them
 * @deprecated  `tf.abs` since TensorFlow 1.0; it takes the same arguments
 */
export const complexAbs = older('complexAbs', 'abs', abs);
/**
 * Tensors of one shape as one of a rank more.
 *
 *     tf.pack([1, 2])   // [1, 2]
 *
 * @param values  tensors of one dtype and shape
 * @param axis    where the new dimension goes; negative counts from the end; 0 where not given
 * @param name    the name of the node
 * @returns  their dtype; their shape with a new dimension
 * @throws ValueError  if `axis` is outside [−(R+1), R+1) for tensors of rank R, or the shapes differ
 * @deprecated  `tf.stack` since TensorFlow 1.0; it takes the same arguments
 */
export const pack = older('pack', 'stack', stack);
/**
 * A tensor as a list of its parts.
 *
 *     tf.unpack([1, 2])[1]   // 2
 *
 * @param value  any dtype, at least rank 1
 * @param num    how many: the size of the dimension where not given
 * @param axis   the dimension; negative counts from the end; 0 where not given
 * @param name   the name of the node
 * @returns  a list of tensors of value's dtype
 * @throws ValueError  if that size is not known, or `axis` is outside [−R, R)
 * @deprecated  `tf.unstack` since TensorFlow 1.0; it takes the same arguments
 */
export const unpack = older('unpack', 'unstack', unstack);
/**
 * From one of two tensors, element by element.
 *
 *     tf.select([true, false], [1, 2], [3, 4])   // [1, 4]
 *
 * @param condition  bool; of the shape of x, or a vector that chooses rows
 * @param x          any dtype
 * @param y          x's dtype and shape
 * @param name       the name of the node
 * @returns  x's dtype and shape; with one argument the positions of the true elements, int64
 * @throws ValueError  if only one of x and y is given, or shapes do not fit
 * @deprecated  `tf.where` since TensorFlow 1.0; it takes the same arguments
 */
export const select = older('select', 'where', where);
/**
 * What is in one list and not in another.
 *
 *     tf.listDiff([1, 2, 3], [2])[0]   // [1, 3]
 *
 * @param x           a vector of any dtype
 * @param y           a vector of x's dtype
 * @param indexDtype  int32 or int64; int32 where not given
 * @param name        the name of the node
 * @returns  `[out, idx]`, by name as well: the elements, and their places in x
 * @throws ValueError  for another rank than 1
 * @throws TypeError  if the dtypes differ
 * @deprecated  `tf.setdiff1d` since TensorFlow 1.0; it takes the same arguments
 */
export const listDiff = older('listDiff', 'setdiff1d', setdiff1d);
/**
 * An operation that makes the tables ready.
 *
 *     tf.initializeAllTables().type   // 'NoOp'
 *
 * @param name  the name of the node
 * @returns  an operation
 * @throws ValueError  for a name that no node can have
 * @deprecated  `tf.tablesInitializer` since TensorFlow 1.0; it takes the same arguments
 */
export const initializeAllTables = older('initializeAllTables', 'tablesInitializer', tablesInitializer);
/**
 * A summary of a number.
 *
 *     tf.scalarSummary('loss', 0.5).name   // 'loss:0'
 *
 * @param name         the name of the node and, with its scopes, the tag
 * @param tensor       real numbers, a scalar
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag: tags of one family stand together
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for what is no real number; the run throws InvalidArgumentError for what is no scalar
 * @deprecated  `tf.summary.scalar` since TensorFlow 1.0; it takes the same arguments
 */
export const scalarSummary = older('scalarSummary', 'summary.scalar', scalar);
/**
 * A summary of numbers, as a histogram.
 *
 *     tf.histogramSummary('w', [1, 2]).name   // 'w:0'
 *
 * @param name         the name of the node and, with its scopes, the tag
 * @param values       real numbers, any shape
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for what is no real number; the run throws InvalidArgumentError for NaN and infinities
 * @deprecated  `tf.summary.histogram` since TensorFlow 1.0; it takes the same arguments
 */
export const histogramSummary = older('histogramSummary', 'summary.histogram', histogram);
/**
 * A summary of pictures.
 *
 *     tf.imageSummary('in', tf.zeros([1, 2, 2, 1])).name   // 'in:0'
 *
 * @param name         the name of the node and, with its scopes, the beginning of the tags
 * @param tensor       uint8 or floats, [batch, height, width, channels] with 1, 3 or 4 channels
 * @param maxOutputs   how many pictures of the batch; 3 where not given
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for other dtypes; the run throws InvalidArgumentError for other shapes
 * @deprecated  `tf.summary.image` since TensorFlow 1.0; it takes the same arguments
 */
export const imageSummary = older('imageSummary', 'summary.image', image);
/**
 * A summary of sounds.
 *
 *     tf.audioSummary('in', tf.zeros([1, 4]), 8000).name   // 'in:0'
 *
 * @param name         the name of the node and, with its scopes, the beginning of the tags
 * @param tensor       float32 from -1 to 1, [batch, frames] or [batch, frames, channels]
 * @param sampleRate   frames in a second, a scalar
 * @param maxOutputs   how many sounds of the batch; 3 where not given
 * @param collections  where the node is added; `tf.GraphKeys.SUMMARIES` where not given
 * @param family       comes before the tag
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for other dtypes; the run throws InvalidArgumentError for other shapes
 * @deprecated  `tf.summary.audio` since TensorFlow 1.0; it takes the same arguments
 */
export const audioSummary = older('audioSummary', 'summary.audio', audio);
/**
 * Several summaries as one.
 *
 *     tf.mergeSummary([tf.summary.scalar('a', 1)]).name   // 'Merge/MergeSummary:0'
 *
 * @param inputs       serialized summaries
 * @param collections  where the node is added; nowhere where not given
 * @param name         the name of the node
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws ValueError  for an empty list; the run throws InvalidArgumentError where two have one tag
 * @deprecated  `tf.summary.merge` since TensorFlow 1.0; it takes the same arguments
 */
export const mergeSummary = older('mergeSummary', 'summary.merge', merge);
/**
 * All summaries of the graph as one; null where there are none.
 *
 *     tf.mergeAllSummaries()   // null
 *
 * @param key    the collection that they are in; `summaries` where not given
 * @param scope  only those whose names begin with this
 * @param name   the name of the node
 * @returns  string, a scalar: a serialized `tf.Summary`
 * @throws TypeError  for arguments that it does not take; the run throws InvalidArgumentError where two have one tag
 * @deprecated  `tf.summary.mergeAll` since TensorFlow 1.0; it takes the same arguments
 */
export const mergeAllSummaries = older('mergeAllSummaries', 'summary.mergeAll', mergeAll);
const BATCH_MATMUL = bound(
  'batch_matmul',
  (x: NotText, y: NotText, adjX: boolean = false, adjY: boolean = false, name?: string): Tensor =>
    matmul(x, y, { adjointA: adjX, adjointB: adjY, name }),
);
/**
 * The products of matrices in batches.
 *
 *     tf.batchMatmul([[[1, 2]]], [[[3], [4]]])   // [[[11]]]
 *
 * @param x     floats, complex numbers or int32, shape [..., m, k]
 * @param y     x's dtype, shape [..., k, n]
 * @param adjX  transposes and conjugates `x`
 * @param adjY  transposes and conjugates `y`
 * @param name  the name of the node
 * @returns  x's dtype, shape [..., m, n]
 * @throws ValueError  if the inner dimensions are known and differ
 * @throws InvalidArgumentError  when run, where that shows only then
 * @throws TypeError  if the dtypes differ
 * @deprecated  `tf.matmul` since TensorFlow 1.0
 */
export const batchMatmul = older('batchMatmul', 'matmul', BATCH_MATMUL);
/**
 * Joins tensors along a dimension.
 *
 *     tf.concatV2([[1], [2]], 0)   // [1, 2]
 *
 * @param values  tensors of one dtype, whose other dimensions agree
 * @param axis    the dimension
 * @param name    the name of the node
 * @returns  their dtype; the sizes along `axis` added up
 * @throws ValueError  if the shapes are known and do not fit
 * @deprecated  `tf.concat` since TensorFlow 1.0; it takes the same arguments
 */
export const concatV2 = older('concatV2', 'concat', concat);
/**
 * The gradient of `tf.nn.conv2d` as a function of its own: makes pictures larger.
 *
 *     tf.nn.deconv2d(tf.ones([1, 1, 1, 1]), tf.ones([2, 2, 1, 1]), [1, 2, 2, 1], 2)   // [[[[1], [1]], [[1], [1]]]]
 *
 * @param value        pictures, [batch, height, width, channels]
 * @param filter       [height, width, channels of the result, channels of `value`]
 * @param outputShape  the sizes of the result
 * @param strides      how far the filter goes each time
 * @param padding      'SAME' or 'VALID'
 * @param name         the name of the node
 * @returns  value's dtype; `outputShape`
 * @throws ValueError  if the shapes are known and do not fit
 * @deprecated  `tf.nn.conv2dTranspose` since TensorFlow 0.8; it takes the same arguments
 */
export const deconv2d = older('nn.deconv2d', 'nn.conv2dTranspose', conv2dTranspose);
