/**
 * Cross-entropies: of scores with distributions, and with class indices. The class dimension is the last one unless
 * `axis` says otherwise.
 */
import { float32, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { toNDArray } from '../base/to-ndarray';
import { TensorShape } from '../base/shape';
import { assertEqual } from '../control/checks';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic, isWeak, type NotText } from '../graph/constant';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import type { NameOption } from '../ops/options';
import { type SoftmaxOptions, oneAxis } from '../ops/softmax';
import { getItem } from '../ops/subscript';
import { castTo, range, rankOf, reshape, shapeOf, sliced } from '../ops/words';
import { knowing, knowingNames } from '../ops/known-calls';
import type { RowLossCall } from '../ops/known-lists';

/** What the cross entropies of softmax take, all by name. */
export interface CrossEntropyArgs extends SoftmaxOptions {
  /** A distribution per row: shape and dtype of `logits`. */
  readonly labels: NotText;
  /** Scores per row, before any softmax: shape [..., classes]. */
  readonly logits: NotText;
}

/** What comes with logits, where rows are along the last dimension. */
type RowLoss = NameOption & {
  readonly labels: NotText;
  readonly axis?: -1 | null;
  readonly dim?: -1 | null;
};
type SparseRowLoss = NameOption & { readonly labels: NotText };
/**
 * −Σ labels · log softmax(logits) for each row, in one numerically safe step. No gradient flows into the labels.
 *
 *     tf.nn.softmaxCrossEntropyWithLogits({ labels: [[0, 1]], logits: [[2, 2]] })   // [0.693147]
 *
 * @param labels  a distribution per row: shape and dtype of `logits`
 * @param logits  floats: scores per row before any softmax, shape [..., classes]
 * @param dim     the class dimension; the last where not given
 * @param axis    `dim`, by its newer name
 * @returns  the loss of each row: dtype of `logits`, shape [...]
 * @throws ValueError  if the two are not passed by name, or their shapes do not fit
 */
export const softmaxCrossEntropyWithLogits = knowingNames<RowLossCall<RowLoss>>()(
  'nn.softmax_cross_entropy_with_logits',
  function softmaxCrossEntropyWithLogits(args: CrossEntropyArgs): Tensor {
    checkNamed('softmax_cross_entropy_with_logits', args, arguments.length);
    const { labels, logits, name } = args;
    return inScope(name, 'softmax_cross_entropy_with_logits_sg', [logits, labels], (scope) => {
      const stopped = apply('StopGradient', [convertLabels(labels, logits)], {}, 'labels_stop_gradient');
      return crossEntropy({ ...args, labels: stopped }, scope);
    });
  },
);

/**
 * −Σ labels · log softmax(logits) for each row, with gradients into the labels too.
 *
 *     tf.nn.softmaxCrossEntropyWithLogitsV2({ labels: [[0, 1]], logits: [[2, 2]] })   // [0.693147]
 *
 * @param labels  a distribution per row: shape and dtype of `logits`
 * @param logits  floats: scores per row before any softmax, shape [..., classes]
 * @param axis    the class dimension; the last where not given
 * @param dim     `axis`, by its older name
 * @returns  the loss of each row: dtype of `logits`, shape [...]
 * @throws ValueError  if the two are not passed by name, or their shapes do not fit
 */
export const softmaxCrossEntropyWithLogitsV2 = knowing<RowLossCall<RowLoss>>()(
  'nn.softmax_cross_entropy_with_logits_v2',
  0,
  function softmaxCrossEntropyWithLogitsV2(args: CrossEntropyArgs): Tensor {
    checkNamed('softmax_cross_entropy_with_logits_v2', args, arguments.length);
    return inScope(args.name, 'softmax_cross_entropy_with_logits', [args.logits, args.labels], (scope) =>
      crossEntropy(args, scope),
    );
  },
);

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
function convertLabels(labels: NotText, logits: NotText): TensorLike {
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
    !ArrayBuffer.isView(args) &&
    // What stands first in Python to catch positions.
    !('_sentinel' in args);
  if (!named) {
    const camel = pythonName.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());
    throw new ValueError(
      `Only call \`${pythonName}\` with named arguments (labels=..., logits=..., ...)` +
        `\n  fix: tf.nn.${camel}({labels, logits})`,
    );
  }
  const { labels, logits } = args as Partial<CrossEntropyArgs>;
  if (labels === undefined || labels === null || logits === undefined || logits === null)
    throw new ValueError(
      `Both labels and logits must be provided.\n  ${labels === undefined || labels === null ? 'labels' : 'logits'} ` +
        'is not there.\n  fix: {labels, logits}: what is right, and the scores before softmax or sigmoid.',
    );
}

/** What the cross entropies of class indices take, all by name. */
export interface SparseCrossEntropyArgs extends NameOption {
  /** A class index per row: int32 or int64, the shape of `logits` without its last dimension. */
  readonly labels: NotText;
  /** Scores per row, before any softmax: shape [..., classes]. */
  readonly logits: NotText;
}

/**
 * −log softmax(logits)[label] for each row: the cross-entropy for labels that are class indices.
 *
 *     tf.nn.sparseSoftmaxCrossEntropyWithLogits({ labels: [1], logits: [[2, 2]] })   // [0.693147]
 *
 * @param labels  int32 or int64, shape [...]
 * @param logits  floats, shape [..., classes]
 * @returns  the loss of each row: dtype of `logits`, shape [...]
 * @throws ValueError  if the two are not passed by name, or their ranks do not fit
 * @throws InvalidArgumentError  when run, if a label is outside [0, classes)
 */
export const sparseSoftmaxCrossEntropyWithLogits = knowingNames<RowLossCall<SparseRowLoss>>()(
  'nn.sparse_softmax_cross_entropy_with_logits',
  function sparseSoftmaxCrossEntropyWithLogits(args: SparseCrossEntropyArgs): Tensor {
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
          `Rank mismatch: Rank of labels (received ${known.rank}) should equal rank of logits minus 1 ` +
            `(received ${rank}).` +
            (known.rank === rank
              ? '\n  fix: for labels that are distributions over the classes (one-hot, say) ' +
                'use tf.nn.softmaxCrossEntropyWithLogits.'
              : known.rank === rank + 1
                ? '\n  likely cause: labels and logits the other way round: labels are classes, one for each row.'
                : ''),
        );
      }
      const fixed = known.isFullyDefined() && outer.isFullyDefined();
      if (fixed && !known.equals(outer)) {
        throw new ValueError(
          `Shape mismatch: The shape of labels (received ${known}) should equal the shape of logits ` +
            `except for the last dimension (received ${logits.shape}).`,
        );
      }
      const op = (x: Tensor, y: Tensor): Tensor => apply('SparseSoftmaxCrossEntropyWithLogits', [x, y], {}, args.name);
      if (rank === 2) return castTo(op(precise, labels), logits.dtype);
      const checks = fixed ? [] : [assertEqual(shapeOf(labels), sliced(shapeOf(logits), null, -1))];
      return getDefaultGraph().controlDependencies(checks, () => {
        const classes = getItem(shapeOf(logits), [rankOf(logits).sub(1)]);
        const cost = op(reshape(precise, [-1, classes]), reshape(labels, [-1]));
        const out = reshape(cost, labelsShape);
        out.setShape(known);
        return castTo(out, logits.dtype);
      });
    });
  },
);
