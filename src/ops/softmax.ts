import { checkInt } from '../base/border';
import { InvalidArgumentError, ValueError } from '../base/errors';
import { reflected } from '../graph/algebra';
import { apply } from '../graph/apply';
import { convertToTensor, type NotText } from '../graph/constant';
import { Tensor } from '../graph/graph';
import type { OpRow, Rows } from '../graph/opdef';
import { withRankAtLeast } from '../graph/shape-fn';
import { type NameOption, AXIS_OR_DIM, eitherName } from './options';
import { range, rankOf } from './words';
import { boundLikeArray } from './known-calls';

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
} satisfies Rows;

function rows(grad: OpRow['grad']): OpRow {
  return { shape: (c) => [withRankAtLeast(c, 0, 1)], grad };
}
function lastSum(x: Tensor): Tensor {
  return apply('Sum', [x, -1], { keep_dims: true });
}
// --- softmax --------------------------------------------------------------------------------------------

/** What `softmax` and `logSoftmax` take by name. */
export interface SoftmaxOptions extends NameOption {
  /** The class dimension; the last where not given. */
  readonly axis?: number | null /** An older word for `axis`. */;
  /** `axis`, by its older name. */
  readonly dim?: number | null;
}

/**
 * e^x / Σ e^x along an axis: rows of probabilities from rows of scores.
 *
 *     tf.nn.softmax([[1, 1], [0, 100]])    // [[0.5, 0.5], [0, 1]]
 *
 * @param logits  floats, shape [..., classes]
 * @param axis    the class dimension; the last where not given
 * @param dim     `axis`, by its older name
 * @returns  the dtype and shape of `logits`
 * @throws InvalidArgumentError  if the axis is outside [−rank, rank)
 * @throws TypeError  for integers
 */
export const softmax = boundLikeArray(
  'math.softmax',
  1,
  function softmax(logits: NotText, options: SoftmaxOptions = {}): Tensor {
    return along('Softmax', logits, options);
  },
);
/**
 * x − log Σ e^x along an axis: the logarithm of `softmax`, without its rounding.
 *
 *     tf.nn.logSoftmax([[1, 1], [0, 100]])    // [[-0.693147, -0.693147], [-100, 0]]
 *
 * @param logits  floats, shape [..., classes]
 * @param axis    the class dimension; the last where not given
 * @param dim     `axis`, by its older name
 * @returns  the dtype and shape of `logits`
 * @throws InvalidArgumentError  if the axis is outside [−rank, rank)
 * @throws TypeError  for integers
 */
export const logSoftmax = boundLikeArray(
  'math.log_softmax',
  1,
  function logSoftmax(logits: NotText, options: SoftmaxOptions = {}): Tensor {
    return along('LogSoftmax', logits, options);
  },
);

function along(type: string, logits: NotText, args: SoftmaxOptions): Tensor {
  const dim = oneAxis(args.axis, args.dim) ?? -1;
  const x = convertToTensor(logits);
  const { rank } = x.shape;
  if (dim === -1 || (rank !== null && dim === rank - 1)) return apply(type, [x], {}, args.name);
  if (rank === null)
    throw new ValueError(
      `${type} along axis ${dim} needs the rank of ${x.name}, which is unknown.` +
        `\n  fix: ${x.name} can be told its shape with setShape, or use the last axis.`,
    );
  if (dim < -rank || dim >= rank)
    throw new InvalidArgumentError(
      null,
      `Dimension (${dim}) must be in the range [${-rank}, ${rank}) ` +
        `where ${rank} is the number of dimensions in the input.` +
        `\n  logits: ${x.name} ${x.shape.toCString()}${x.op.trace.line ? `, made at ${x.op.trace.line}` : ''}` +
        `\n  the second argument is the dimension of the classes, counted from 0, not their number.` +
        `\n  fix: leave it out for the last one, which is the classes' in [batch, classes].`,
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
export function oneAxis(axis: number | null | undefined, dim: number | null | undefined): number | null {
  const given = eitherName(AXIS_OR_DIM, axis, dim);
  if (given !== null) checkInt(given, 'axis');
  return given;
}
