/** Names that TensorFlow 1.0 took away, for programs that are older: each says once what it is called now. */
import { warn } from '../base/platform';
import { type Key, bound, boundAs, noteBound } from '../calls/bind';
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
function sayOnce(older: string, now: string): void {
  if (said.has(older) || getVerbosity() > WARN) return;
  said.add(older);
  warn(`WARNING:tensorflow:tf.${older} is tf.${now} since TensorFlow 1.0.`);
}
type Function = (...args: never[]) => unknown;
/** A function under its name of before 1.0. */
function older<F extends Function>(name: string, now: string, f: F): F {
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
 * @deprecated  `tf.multiply` since TensorFlow 1.0; it takes the same arguments
 */
export const mul = older('mul', 'multiply', multiply);
/**
 * The difference of two tensors, element by element.
 *
 *     tf.sub(5, 3)   // 2
 *
 * @deprecated  `tf.subtract` since TensorFlow 1.0; it takes the same arguments
 */
export const sub = older('sub', 'subtract', subtract);
/**
 * The negative of each element.
 *
 *     tf.neg(3)   // -3
 *
 * @deprecated  `tf.negative` since TensorFlow 1.0; it takes the same arguments
 */
export const neg = older('neg', 'negative', negative);
/**
 * One by each element.
 *
 *     tf.inv(4)   // 0.25
 *
 * @deprecated  `tf.reciprocal` since TensorFlow 1.0; it takes the same arguments
 */
export const inv = older('inv', 'reciprocal', reciprocal);
/**
 * The absolute value of each element.
 *
 *     tf.complexAbs(-3)   // 3
 *
 * @deprecated  `tf.abs` since TensorFlow 1.0; it takes the same arguments
 */
export const complexAbs = older('complexAbs', 'abs', abs);
/**
 * Tensors of one shape as one of a rank more.
 *
 *     tf.pack([1, 2])   // [1, 2]
 *
 * @deprecated  `tf.stack` since TensorFlow 1.0; it takes the same arguments
 */
export const pack = older('pack', 'stack', stack);
/**
 * A tensor as a list of its parts.
 *
 *     tf.unpack([1, 2])[1]   // 2
 *
 * @deprecated  `tf.unstack` since TensorFlow 1.0; it takes the same arguments
 */
export const unpack = older('unpack', 'unstack', unstack);
/**
 * From one of two tensors, element by element.
 *
 *     tf.select([true, false], [1, 2], [3, 4])   // [1, 4]
 *
 * @deprecated  `tf.where` since TensorFlow 1.0; it takes the same arguments
 */
export const select = older('select', 'where', where);
/**
 * What is in one list and not in another.
 *
 *     tf.listDiff([1, 2, 3], [2])[0]   // [1, 3]
 *
 * @deprecated  `tf.setdiff1d` since TensorFlow 1.0; it takes the same arguments
 */
export const listDiff = older('listDiff', 'setdiff1d', setdiff1d);
/**
 * An operation that makes the tables ready.
 *
 *     tf.initializeAllTables().type   // 'NoOp'
 *
 * @deprecated  `tf.tablesInitializer` since TensorFlow 1.0; it takes the same arguments
 */
export const initializeAllTables = older('initializeAllTables', 'tablesInitializer', tablesInitializer);
/**
 * A summary of a number.
 *
 *     tf.scalarSummary('loss', 0.5).name   // 'loss:0'
 *
 * @deprecated  `tf.summary.scalar` since TensorFlow 1.0; it takes the same arguments
 */
export const scalarSummary = older('scalarSummary', 'summary.scalar', scalar);
/**
 * A summary of numbers, as a histogram.
 *
 *     tf.histogramSummary('w', [1, 2]).name   // 'w:0'
 *
 * @deprecated  `tf.summary.histogram` since TensorFlow 1.0; it takes the same arguments
 */
export const histogramSummary = older('histogramSummary', 'summary.histogram', histogram);
/**
 * A summary of pictures.
 *
 *     tf.imageSummary('in', tf.zeros([1, 2, 2, 1])).name   // 'in:0'
 *
 * @deprecated  `tf.summary.image` since TensorFlow 1.0; it takes the same arguments
 */
export const imageSummary = older('imageSummary', 'summary.image', image);
/**
 * A summary of sounds.
 *
 *     tf.audioSummary('in', tf.zeros([1, 4]), 8000).name   // 'in:0'
 *
 * @deprecated  `tf.summary.audio` since TensorFlow 1.0; it takes the same arguments
 */
export const audioSummary = older('audioSummary', 'summary.audio', audio);
/**
 * Several summaries as one.
 *
 *     tf.mergeSummary([tf.summary.scalar('a', 1)]).name   // 'Merge/MergeSummary:0'
 *
 * @deprecated  `tf.summary.merge` since TensorFlow 1.0; it takes the same arguments
 */
export const mergeSummary = older('mergeSummary', 'summary.merge', merge);
/**
 * All summaries of the graph as one; null where there are none.
 *
 *     tf.mergeAllSummaries()   // null
 *
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
 * @returns  x's dtype, shape [..., m, n]
 * @deprecated  `tf.matmul` since TensorFlow 1.0
 */
export const batchMatmul = older('batchMatmul', 'matmul', BATCH_MATMUL);
