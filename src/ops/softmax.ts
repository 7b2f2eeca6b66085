/** Softmax and the cross-entropies built on it. The class dimension is the last one unless `axis` says otherwise. */
import { float32, int32 } from '../base/dtype';
import { InvalidArgumentError, ValueError } from '../base/errors';
import { toNDArray } from '../base/ndarray';
import { TensorShape } from '../base/shape';
import { reflected } from '../graph/algebra';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, constantValue, convertToTensor, isSymbolic, isWeak } from '../graph/constant';
import { type Operation, ShapeError, Tensor, getDefaultGraph } from '../graph/graph';
import type { Grad, OpRow, Rows } from '../graph/opdef';
import { broadcastShapes, mergeDim, withRank, withRankAtLeast } from '../graph/shape-fn';
import type { NameOption } from './constants';
import { reduceAll } from './reduce';
import { getItem } from './slice';
import { castTo, node, range, rankOf, reshape, scoped, shapeOf, sliced } from './words';

export const SOFTMAX = {
  // ds = (dy − Σ dy·s)·s
  Softmax: rows(({ outputs: [s] }, [dy]) => {
    const sum = lastSum(dy.mul(s));
    return dy.sub(sum).mul(s);
  }),
  // d = dy − Σ dy · e^y
  LogSoftmax: rows((op, [dy]) => {
    const s = apply('Exp', [op.outputs[0]]);
    return dy.sub(lastSum(dy).mul(s));
  }),
  SoftmaxCrossEntropyWithLogits: {
    shape(c) {
      const shape = crossEntropyShape(c.shape(0), c.shape(1));
      return [[shape.at(0)], shape];
    },
    grad: crossEntropyGrad,
  },
  SparseSoftmaxCrossEntropyWithLogits: {
    shape(c) {
      const features = withRank(c, 0, 2);
      const batch = mergeDim(features.at(0), withRank(c, 1, 1).at(0));
      return [[batch], [batch, features.at(1)]];
    },
    grad(op, [dloss]) {
      const backprop = apply('PreventGradient', [op.outputs[1]], {
        message:
          'Currently there is no way to take the second derivative of sparse_softmax_cross_entropy_with_logits' +
          " due to the fused implementation's interaction with tf.gradients()",
      });
      return [scaleRows(dloss, backprop), null];
    },
  },
} satisfies Rows;

function rows(grad: OpRow['grad']): OpRow {
  return { shape: (c) => [withRankAtLeast(c, 0, 1)], grad };
}
function crossEntropyShape(logits: TensorShape, labels: TensorShape): TensorShape {
  const fits = (s: TensorShape): boolean => s.rank === null || s.rank === 2;
  if (fits(logits) && fits(labels) && logits.isCompatibleWith(labels))
    return TensorShape.unknown(2).mergeWith(logits).mergeWith(labels);
  const shape = broadcastShapes(logits, labels);
  if (shape.rank === null) throw new ShapeError('Shape must be broadcasted with rank 2, but is rank is unknown.');
  if (shape.rank !== 2) throw new ShapeError(`Shape must be broadcasted with rank 2, but is rank ${shape.rank}`);
  return shape;
}
function lastSum(x: Tensor): Tensor {
  return apply('Sum', [x, -1], { keep_dims: true });
}
/** Each row times its number. */
function scaleRows(numbers: Tensor, matrix: Tensor): Tensor {
  return apply('ExpandDims', [numbers, -1]).mul(matrix);
}

/** The op's second output is the first derivative; the second one is softmax's own, taken only where it is asked for. */
function crossEntropyGrad(op: Operation, [dloss, dbackprop]: Tensor[]): Grad[] {
  const [logits] = op.inputs;
  let grad = scaleRows(dloss, op.outputs[1]);
  if (dbackprop && !isZero(dbackprop)) {
    const s = apply('Softmax', [logits]);
    const [row, column] = [apply('ExpandDims', [dbackprop, 1]), apply('ExpandDims', [s, 2])];
    const product = apply('Squeeze', [apply('BatchMatMulV2', [row, column], {}, 'MatMul')], { squeeze_dims: [1] });
    grad = grad.add(dbackprop.sub(product).mul(s));
  }
  return [grad, scaleRows(dloss, apply('LogSoftmax', [logits]).neg())];
}
function isZero(x: Tensor): boolean {
  if (x.op.type === 'ZerosLike' || x.op.type === 'Zeros') return true;
  const value = constantValue(x);
  return value !== null && (value.data as Float32Array).every((v) => v === 0);
}

// --- softmax --------------------------------------------------------------------------------------------

export interface SoftmaxOptions extends NameOption {
  readonly axis?: number | null /** An older word for `axis`. */;
  readonly dim?: number | null;
}

/**
 * e^x / Σ e^x along an axis: rows of probabilities from rows of scores.
 *
 *     tf.nn.softmax([[1, 1], [0, 100]])    // [[0.5, 0.5], [0, 1]]
 *
 * @param logits  floats, shape [..., classes]
 * @param axis    the class dimension; the last without one
 * @returns  the dtype and shape of `logits`
 * @throws InvalidArgumentError  if the axis is outside [-rank, rank)
 */
export function softmax(
  logits: TensorLike,
  axis?: number | null | SoftmaxOptions,
  options: SoftmaxOptions = {},
): Tensor {
  return along('Softmax', logits, axis, options);
}
/** x − log Σ e^x along an axis: the logarithm of `softmax`, without its rounding. */
export function logSoftmax(
  logits: TensorLike,
  axis?: number | null | SoftmaxOptions,
  options: SoftmaxOptions = {},
): Tensor {
  return along('LogSoftmax', logits, axis, options);
}

function along(
  type: string,
  logits: TensorLike,
  axis: number | null | undefined | SoftmaxOptions,
  options: SoftmaxOptions,
): Tensor {
  const args = typeof axis === 'number' ? { axis, ...options } : { ...options, ...axis };
  const dim = oneAxis(args.axis, args.dim) ?? -1;
  const x = convertToTensor(logits);
  const { rank } = x.shape;
  if (dim === -1 || (rank !== null && dim === rank - 1)) return apply(type, [x], {}, args.name);
  if (rank === null)
    throw new ValueError(
      `${type} along axis ${dim} needs the rank of ${x.name}, which is unknown.\n  fix: ${x.name} can be told its shape with setShape, or use the last axis.`,
    );
  if (dim < -rank || dim >= rank)
    throw new InvalidArgumentError(
      null,
      `Dimension (${dim}) must be in the range [${-rank}, ${rank}) where ${rank} is the number of dimensions in the input.`,
    );
  return x.graph.asDefault(() => transposed(type, x, dim, rank, args.name));
}
/** TensorFlow's `_softmax`: the axis changes places with the last one, and back. */
function transposed(type: string, x: Tensor, dim: number, rank: number, name: string | null | undefined): Tensor {
  const ndims = rankOf(x);
  const positive = dim < 0 ? reflected(dim, 'add', ndims) : dim;
  const inputRank = rankOf(x);
  const axis = positive instanceof Tensor ? positive.mod(rank) : positive % rank;
  const swap = (t: Tensor, last: Tensor, as?: string | null): Tensor => {
    const before = range(0, axis);
    const between = range(axis instanceof Tensor ? axis.add(1) : axis + 1, last);
    const perm = apply('ConcatV2', [[before, [last], between, [axis]], 0], {}, 'concat');
    return apply('Transpose', [t, perm], {}, as ?? 'transpose');
  };
  const inner = apply(type, [swap(x, apply('Sub', [inputRank, 1]))]);
  const out = swap(inner, apply('Sub', [inputRank, 1]), name);
  out.setShape(x.shape);
  return out;
}
function oneAxis(axis: number | null | undefined, dim: number | null | undefined): number | null {
  if (typeof axis === 'number' && typeof dim === 'number') throw new ValueError("Cannot specify both 'dim' and 'axis'");
  return axis ?? dim ?? null;
}

// --- cross-entropies --------------------------------------------------------------------------------------

export interface CrossEntropyArgs extends SoftmaxOptions {
  /** A distribution per row: shape and dtype of `logits`. */
  readonly labels: TensorLike;
  /** Scores per row, before any softmax: shape [..., classes]. */
  readonly logits: TensorLike;
}

/**
 * −Σ labels · log softmax(logits) for each row, in one numerically safe step. No gradient flows into the labels.
 *
 *     const loss = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({labels: Y, logits}));
 *
 * @param args  `labels` and `logits`, shape [..., classes]; `dim` or `axis`, the class dimension (the last); `name`
 * @returns  the loss of each row, shape [...], dtype of `logits`
 * @throws ValueError  if the two are not passed by name, or their shapes do not fit
 */
export function softmaxCrossEntropyWithLogits(args: CrossEntropyArgs): Tensor {
  checkNamed('softmax_cross_entropy_with_logits', args, arguments.length);
  const { labels, logits, name } = args;
  return inScope(name, 'softmax_cross_entropy_with_logits_sg', [logits, labels], (scope) => {
    const stopped = apply('StopGradient', [convertLabels(labels, logits)], {}, 'labels_stop_gradient');
    return crossEntropy({ ...args, labels: stopped }, scope);
  });
}

/** `softmaxCrossEntropyWithLogits` with gradients into the labels too. */
export function softmaxCrossEntropyWithLogitsV2(args: CrossEntropyArgs): Tensor {
  checkNamed('softmax_cross_entropy_with_logits_v2', args, arguments.length);
  return inScope(args.name, 'softmax_cross_entropy_with_logits', [args.logits, args.labels], (scope) =>
    crossEntropy(args, scope),
  );
}

/** TensorFlow's nodes, one by one: the class dimension to the end, matrices of both, the op, and the shape back. */
function crossEntropy(args: CrossEntropyArgs, scope: string): Tensor {
  const axis = oneAxis(args.axis, args.dim) ?? -1;
  const given = isWeak(args.logits) && isSymbolic(args.labels) ? convertToTensor(args.labels).dtype.baseDtype : null;
  let logits = convertToTensor(args.logits, given, 'logits');
  const labelsGiven = convertToTensor(args.labels, isWeak(args.labels) ? logits.dtype.baseDtype : null, 'labels');
  const { shape } = logits;
  const narrow = logits.dtype.isFloating && logits.dtype.size < 4 ? logits.dtype.baseDtype : null;
  if (narrow) logits = castTo(logits, float32);
  let labels = castTo(labelsGiven, logits.dtype);
  const rank = rankOf(logits);
  if (axis !== -1) {
    logits = dimToEnd(logits, axis, rank);
    labels = dimToEnd(labels, axis, rank);
  }
  const inputShape = shapeOf(logits);
  logits = flattenOuter(logits);
  labels = flattenOuter(labels);
  const cost = apply('SoftmaxCrossEntropyWithLogits', [logits, labels], {}, scope);
  const out = reshape(cost, apply('Slice', [inputShape, [0], [apply('Sub', [rank, 1])]]));
  if (shape.dims) out.setShape(shape.dims.filter((_, i) => i !== (axis < 0 ? axis + shape.dims!.length : axis)));
  return narrow ? castTo(out, narrow) : out;
}
function dimToEnd(x: Tensor, dim: number, rank: Tensor): Tensor {
  const perm = apply('ConcatV2', [[range(0, dim), range(dim + 1, rank), [dim]], 0], {}, 'concat');
  return apply('Transpose', [x, perm], {}, 'transpose');
}
/** All dimensions but the last as one. */
function flattenOuter(x: Tensor): Tensor {
  const rank = rankOf(x);
  const last = apply('Slice', [shapeOf(x), [apply('Sub', [rank, 1])], [1]]);
  const out = reshape(x, apply('ConcatV2', [[[-1], last], 0], {}, 'concat'));
  const { dims } = x.shape;
  if (dims && !dims.slice(0, -1).includes(null))
    out.setShape([dims.slice(0, -1).reduce<number>((a, b) => a * b!, 1), dims[dims.length - 1]]);
  return out;
}
/** Plain numbers become labels of the logits' dtype. */
function convertLabels(labels: TensorLike, logits: TensorLike): TensorLike {
  return isWeak(labels) && isSymbolic(logits) ? toNDArray(labels, convertToTensor(logits).dtype.baseDtype) : labels;
}
/** Python takes these by keyword alone; here that is one object. */
export function checkNamed(pythonName: string, args: unknown, count: number): void {
  const named =
    count === 1 &&
    typeof args === 'object' &&
    args !== null &&
    !isSymbolic(args) &&
    !Array.isArray(args) &&
    !ArrayBuffer.isView(args);
  if (!named) {
    const camel = pythonName.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());
    throw new ValueError(
      `Only call \`${pythonName}\` with named arguments (labels=..., logits=..., ...)` +
        `\n  fix: tf.nn.${camel}({labels, logits})`,
    );
  }
  const { labels, logits } = args as Partial<CrossEntropyArgs>;
  if (labels === undefined || labels === null || logits === undefined || logits === null)
    throw new ValueError('Both labels and logits must be provided.');
}

/** The nodes of `tf.assertEqual`, which stands a layer above. */
function sameShapes(x: Tensor, y: Tensor): Operation {
  scoped('assert_equal', () => null);
  return scoped('assert_equal', () => {
    const agree = reduceAll(node('Equal', x, y));
    return scoped('Assert', () => {
      const data = ['Condition x == y did not hold element-wise:', `x (${x.name}) = `, x, `y (${y.name}) = `, y];
      data.forEach((text) => convertToTensor(text));
      return applyOp('Assert', [agree, data], {}, 'Assert');
    });
  });
}

export interface SparseCrossEntropyArgs extends NameOption {
  /** A class index per row: int32 or int64, the shape of `logits` without its last dimension. */
  readonly labels: TensorLike;
  /** Scores per row, before any softmax: shape [..., classes]. */
  readonly logits: TensorLike;
}

/**
 * −log softmax(logits)[label] for each row: the cross-entropy for labels that are class indices.
 *
 * @param args  `labels` (int32 or int64, shape [...]), `logits` (shape [..., classes]), `name`
 * @returns  the loss of each row, shape [...], dtype of `logits`
 * @throws ValueError  if the two are not passed by name, or their ranks do not fit
 * @throws InvalidArgumentError  in a run, if a label is outside [0, classes)
 */
export function sparseSoftmaxCrossEntropyWithLogits(args: SparseCrossEntropyArgs): Tensor {
  checkNamed('sparse_softmax_cross_entropy_with_logits', args, arguments.length);
  return inScope(args.name, 'SparseSoftmaxCrossEntropyWithLogits', [args.labels, args.logits], () => {
    const labels = convertToTensor(args.labels, isWeak(args.labels) ? int32 : null);
    const logits = convertToTensor(args.logits);
    const precise = logits.dtype.baseDtype.name === 'float16' ? castTo(logits, float32) : logits;
    const labelsShape = shapeOf(labels);
    const [known, rank] = [labels.shape, logits.shape.rank];
    const outer = logits.shape.dims ? new TensorShape(logits.shape.dims.slice(0, -1)) : TensorShape.unknown();
    if (rank === 0) throw new ValueError(`Logits cannot be scalars - received shape ${logits.shape}.`);
    if (rank !== null && known.rank !== null && known.rank !== rank - 1) {
      throw new ValueError(
        `Rank mismatch: Rank of labels (received ${known.rank}) should equal rank of logits minus 1 (received ${rank}).` +
          (known.rank === rank
            ? '\n  fix: for labels that are distributions over the classes (one-hot, say) use tf.nn.softmaxCrossEntropyWithLogits.'
            : ''),
      );
    }
    const fixed = known.isFullyDefined() && outer.isFullyDefined();
    if (fixed && !known.equals(outer)) {
      throw new ValueError(
        `Shape mismatch: The shape of labels (received ${known}) should equal the shape of logits except for the last dimension (received ${logits.shape}).`,
      );
    }
    const op = (x: Tensor, y: Tensor): Tensor => apply('SparseSoftmaxCrossEntropyWithLogits', [x, y], {}, args.name);
    if (rank === 2) return castTo(op(precise, labels), logits.dtype);
    const checks = fixed ? [] : [sameShapes(shapeOf(labels), sliced(shapeOf(logits), null, -1))];
    return getDefaultGraph().controlDependencies(checks, () => {
      const classes = getItem(shapeOf(logits), [rankOf(logits).sub(1)]);
      const cost = op(reshape(precise, [-1, classes]), reshape(labels, [-1]));
      const out = reshape(cost, labelsShape);
      out.setShape(known);
      return castTo(out, logits.dtype);
    });
  });
}
