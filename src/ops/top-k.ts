/** The largest elements of each row, and whether a class is among them. */

import { int32, int64 } from '../base/dtype';
import { type NamedTuple, namedTuple } from '../base/named-tuple';
import { type Dim, TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { convertToTensor, type TensorLike } from '../graph/constant';
import { ShapeError, type Tensor } from '../graph/graph';
import type { Grad, GradContext, Rows, ShapeContext } from '../graph/opdef';
import { dimFromScalar, mergeDim, withRank, withRankAtLeast } from '../graph/shape-fn';
import { knowing } from './known-calls';
import type { TopKCall } from './known-tuples';
import type { NameOption } from './options';
import { getItem } from './subscript';
import { castTo, gather, ints, node, reshape, scoped, shapeOf, sizeOf, zeros } from './words';

export const TOP_K = {
  TopK: {
    shape: (c) => topShapes(c, () => c.attr('k')),
    grad: (op, grads) => topKGrad(op, grads)[0],
  },
  TopKV2: {
    shape: (c) => topShapes(c, () => dimFromScalar(c, 1)),
    grad: topKGrad,
  },
  NthElement: { shape: nthShape, grad: nthGrad },
  InTopK: {
    shape: inTopShape,
  },
  InTopKV2: {
    shape: inTopShape,
  },
} satisfies Rows;

function topShapes(c: ShapeContext, count: () => Dim): TensorShape[] {
  const input = withRankAtLeast(c, 0, 1);
  const k = count();
  const last = input.at(-1);
  if (last !== null && k !== null && last < k)
    throw new ShapeError(`input must have last dimension >= k = ${k} but is ${last}`);
  const shape = input.dims ? new TensorShape([...input.dims.slice(0, -1), k]) : TensorShape.unknown();
  return [shape, shape];
}
function nthShape(c: ShapeContext): TensorShape[] {
  const input = withRankAtLeast(c, 0, 1);
  const n = dimFromScalar(c, 1);
  const last = input.at(-1);
  if (last !== null && n !== null && last <= n)
    throw new ShapeError(`Input must have last dimension > n = ${n} but is ${last}`);
  return [input.dims ? new TensorShape(input.dims.slice(0, -1)) : TensorShape.unknown()];
}
/** The gradient goes in equal parts to all elements that are as large. */
function nthGrad({ inputs: [x], outputs: [y] }: GradContext, [dy]: Tensor[]): Grad[] {
  const last = (t: Tensor): Tensor => apply('ExpandDims', [t, -1]);
  const isOne = castTo(node('Equal', last(y), x), dy.dtype);
  const grads = last(dy);
  const count = last(apply('Sum', [isOne, -1]));
  return [apply('RealDiv', [isOne, count], {}, 'div').mul(grads), null];
}
function inTopShape(c: ShapeContext): Dim[][] {
  return [[mergeDim(withRank(c, 0, 2).at(0), withRank(c, 1, 1).at(0))]];
}

/** The gradient goes back to where the values came from: scattered flat over zeros, then reshaped. */
function topKGrad(op: GradContext, [dy]: Tensor[]): Grad[] {
  const [inShape, indexShape] = [shapeOf(op.inputs[0]), shapeOf(op.outputs[1])];
  const indexLast = gather(castTo(indexShape, int64), sizeOf(indexShape).sub(1));
  const rows = reshape(op.outputs[1], convertToTensor([-1, indexLast], int64, 'stack'));
  const inLast = gather(castTo(inShape, int64), sizeOf(inShape).sub(1));
  const limit = castTo(getItem(shapeOf(rows), [0]), int64).mul(inLast);
  const starts = scoped('range', (scope) =>
    apply('Range', [castTo(ints(0, 'start'), int64), limit, inLast], {}, scope),
  );
  const flat = reshape(rows.add(castTo(apply('ExpandDims', [starts, -1]), int32)), [-1]);
  const [places, values] = [apply('ExpandDims', [flat, -1]), reshape(dy, [-1])];
  const size = apply('Prod', [inShape, ints([0])]);
  return [reshape(apply('ScatterNd', [places, values, [size]]), inShape), zeros([], int32)];
}

/** What `topK` takes by name. */
export interface TopKOptions extends NameOption {
  /** How many; 1 where not given. */
  readonly k?: TensorLike /** False where any order will do. */;
  /** False where any order will do. */
  readonly sorted?: boolean;
}
/** Python's named tuple: `[values, indices]` and `.values`, `.indices`. */
export type TopK = NamedTuple<readonly ['values', 'indices'], Tensor>;

/**
 * The `k` largest elements of each row, largest first, and where they were. Of equal ones the earlier comes first.
 *
 *     const { values, indices } = tf.nn.topK([3, 1, 2], 2)    // [[3, 2], [0, 2]]
 *
 * @param input   real numbers, shape [..., n]
 * @param k       how many, up to n: a number or an int32 scalar; 1 where not given
 * @param sorted  false where any order will do; true where not given
 * @returns  `[values, indices]`, by name as well: input's dtype and int32, shape [..., k]
 * @throws ValueError  if k is known to be above n
 * @throws InvalidArgumentError  when run, if it turns out to be
 */
export const topK = knowing<TopKCall<TopKOptions>>()(
  'math.top_k',
  1,
  function topK(input: TensorLike, { k = 1, sorted = true, name }: TopKOptions = {}): TopK {
    const { outputs } = applyOp('TopKV2', [input, k], { sorted }, name);
    return namedTuple(['values', 'indices'], outputs);
  },
);

/**
 * Whether each target class is among the `k` best predictions of its row: what top-k accuracy is the mean of. Ties
 * at the boundary all count; a prediction that is not finite never does.
 *
 *     tf.nn.inTopK([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], [2, 1], 1)   // [false, false]
 *     tf.nn.inTopK([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]], [2, 1], 2)   // [true, true]
 *
 * @param predictions  float32 scores, shape [batch, classes]
 * @param targets      int32 or int64 class indices, shape [batch]
 * @param k            how many, of the targets' dtype
 * @returns  bool, shape [batch]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  for predictions that are not float32
 */
export const inTopK = boundOptions(
  'math.in_top_k',
  3,
  function inTopK(predictions: TensorLike, targets: TensorLike, k: TensorLike, { name }: NameOption = {}): Tensor {
    return inScope(name, 'in_top_k', [predictions, targets], () =>
      apply('InTopKV2', [predictions, targets, k], {}, name),
    );
  },
);
