/** How each type of node is made of all rows at once. A row's dimensions come behind the one of the rows. */
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import {
  castTo,
  concat,
  ints,
  range,
  rankOf,
  reshape,
  shapeOf,
  sliced,
  tile,
  transpose,
  zerosLike,
  onesLike,
} from '../ops/words';
import type { RowNode, Rowed } from './row-node';

type Converter = (node: RowNode) => readonly Rowed[];
const rows = (...tensors: readonly Tensor[]): Rowed[] => tensors.map((t) => ({ t, isStacked: true }));
const same = (...tensors: readonly Tensor[]): Rowed[] => tensors.map((t) => ({ t, isStacked: false }));
const all = (types: string, converter: Converter): Record<string, Converter> =>
  Object.fromEntries(types.split(' ').map((type) => [type, converter]));

// --- element by element ------------------------------------------------------------------------------------------

const UNARY =
  'Abs Acos Acosh Angle Asin Asinh Atan Atanh BesselI0e BesselI1e Cast Ceil CheckNumerics ComplexAbs Conj ' +
  'Cos Cosh Digamma Elu Erf Erfc Exp Expm1 Floor Identity Imag Inv Invert IsFinite IsInf IsNan LeakyRelu ' +
  'Lgamma Log Log1p LogicalNot MatrixDiag MatrixDiagPart Neg PreventGradient Real Reciprocal Relu Relu6 Rint ' +
  'Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Square StopGradient Tan Tanh Softmax ' +
  'LogSoftmax Snapshot Cholesky MatrixInverse MatrixDeterminant';
const BROADCAST =
  'Add AddV2 ApproximateEqual Atan2 BitwiseAnd BitwiseOr BitwiseXor Complex Div DivNoNan Equal FloorDiv ' +
  'FloorMod Greater GreaterEqual Igamma Igammac LeftShift Less LessEqual LogicalAnd LogicalOr Maximum ' +
  'Minimum Mod Mul MulNoNan NotEqual Polygamma Pow RealDiv RightShift SquaredDifference Sub TruncateDiv ' +
  'TruncateMod Xdivy Xlogy Zeta';
const ALIKE =
  'AddN EluGrad InvGrad LeakyReluGrad ReciprocalGrad Relu6Grad ReluGrad RsqrtGrad SeluGrad SigmoidGrad SoftplusGrad ' +
  'SoftsignGrad SqrtGrad TanhGrad';

/** Inputs of as many dimensions: those of rows get some behind that of the rows. */
function broadcast({ inputs }: RowNode): Tensor[] {
  const own = inputs.map(({ t, isStacked }) => (t.shape.rank ?? NaN) + (isStacked ? 0 : 1));
  const most = Math.max(...own);
  return inputs.map(({ t, isStacked }, i) => {
    if (!isStacked || own[i] === most) return t;
    const shape = shapeOf(t);
    const between = tile(ints([1]), Number.isNaN(most) ? rankDifference(inputs, i) : ints([most - own[i]]));
    return reshape(t, concat([sliced(shape, 0, 1), between, sliced(shape, 1, null)]));
  });
}
function rankDifference(inputs: readonly Rowed[], at: number): Tensor {
  const ranks = inputs.map(({ t, isStacked }) => (isStacked ? rankOf(t) : rankOf(t).add(1)));
  return reshape(ranks.reduce((a, b) => apply('Maximum', [a, b])).sub(ranks[at]), [1]);
}
const everyInput: Converter = (node) => rows(...node.again(node.inputs.map((_, i) => node.stacked(i))));
/** The condition may have fewer dimensions than what it chooses of. */
const select: Converter = (node) => {
  const [cond, x, y] = [0, 1, 2].map((i) => node.stacked(i));
  const [own, rank] = [cond, x].map(({ shape }) => shape.rank);
  if (own !== null && own === rank) return rows(...node.again([cond, x, y]));
  const all = apply('BroadcastTo', [reshapedBehind(cond, rankOf(x).sub(rankOf(cond))), shapeOf(x)]);
  return rows(...node.again([all, x, y]));
};
/** A tensor with so many dimensions of 1 behind it. */
function reshapedBehind(x: Tensor, count: Tensor): Tensor {
  return reshape(x, concat([shapeOf(x), tile(ints([1]), reshape(count, [1]))]));
}

// --- shapes ---------------------------------------------------------------------------------------------------------

/** Dimensions, which count from behind where they are negative. */
const behind = (axis: Tensor): Tensor => axis.add(castTo(apply('GreaterEqual', [axis, zerosLike(axis)]), axis.dtype));
const longer = (node: RowNode, shape: Tensor): Tensor => concat([castTo(node.count, shape.dtype), shape]);
const after = (axes: readonly number[]): number[] => axes.map((axis) => (axis >= 0 ? axis + 1 : axis));
const shiftedAxis = (node: RowNode, name: string): Record<string, number> => {
  const axis = node.op.attr(name, 'int');
  return { [name]: axis >= 0 ? axis + 1 : axis };
};
const overAxes: Converter = (node) => rows(...node.again([node.stacked(0), behind(node.same(1))]));
const strided: Converter = (node) => {
  const [begin, end, strides] = [1, 2, 3].map((i) => node.same(i));
  const front = (value: number, list: Tensor): Tensor => concat([castTo(ints([value]), list.dtype), list]);
  const mask = (name: string, first: 0 | 1): Record<string, number> => ({
    [name]: node.op.attr(name, 'int') * 2 + first,
  });
  const attrs = {
    ...mask('begin_mask', 1),
    ...mask('end_mask', 1),
    ...mask('ellipsis_mask', 0),
    ...mask('new_axis_mask', 0),
    ...mask('shrink_axis_mask', 0),
  };
  return rows(...node.again([node.stacked(0), front(0, begin), front(0, end), front(1, strides)], attrs));
};
/** A dimension for the rows, then those of one row. */
const unflatten = (node: RowNode, x: Tensor): Tensor =>
  reshape(x, concat([node.count, ints([-1]), sliced(shapeOf(x), 1, null)]));
const flatten = (x: Tensor): Tensor => reshape(x, concat([ints([-1]), sliced(shapeOf(x), 2, null)]));
/** Nodes that work on batches: the rows are a larger one. */
const batches =
  (at: readonly number[]): Converter =>
  (node) => {
    const inputs = node.inputs.map((_, i) => (at.includes(i) ? flatten(node.stacked(i)) : node.same(i)));
    return rows(...node.again(inputs).map((t) => unflatten(node, t)));
  };

// --- the rest -------------------------------------------------------------------------------------------------------

const matMul: Converter = (node) => {
  const [a, b] = [0, 1].map((i) => node.stacked(i));
  const attrs = { adj_x: node.attr('transpose_a'), adj_y: node.attr('transpose_b') };
  const [left, right] = node.inputs;
  if (right.isStacked || node.attr('transpose_a')) return rows(apply('BatchMatMulV2', [a, b], attrs));
  // One product of all rows' matrices, which lie one below the other.
  const shape = shapeOf(left.t);
  const flat = reshape(left.t, concat([ints([-1]), sliced(shape, 2, null)]));
  const [product] = node.again([flat, right.t]);
  return rows(reshape(product, concat([sliced(shape, 0, 2), sliced(shapeOf(product), 1, null)])));
};
/** Rows of a table: the same one for all rows, or one for each. */
const gathered: Converter = (node) => {
  const [params, indices] = node.inputs;
  const axis = node.inputs.length > 2 ? node.same(2) : null;
  if (!params.isStacked) {
    if (axis && axis.op.type !== 'Const') throw new ValueError(`The axis of '${node.op.name}' must be known.`);
    return rows(...moved(node, axis));
  }
  const at = axis ?? ints(0);
  if (!indices.isStacked) return rows(apply('GatherV2', [params.t, indices.t, behind(at)]));
  // Each row's own place in all tables, one behind the other.
  const shape = shapeOf(params.t);
  const starts = range(0, reshape(sliced(shape, 0, 1), [])).mul(reshape(sliced(shape, 1, 2), []));
  const behindRows = rankOf(indices.t).sub(1);
  const places = castTo(indices.t, int32).add(reshapedBehind(starts, behindRows));
  return rows(apply('GatherV2', [flatten(params.t), places, at]));
};
function moved(node: RowNode, axis: Tensor | null): readonly Tensor[] {
  const [params, indices] = node.inputs;
  const [made] = node.again(axis ? [params.t, indices.t, axis] : [params.t, indices.t]);
  const first = axis && Number(axis.op.attr('value', 'tensor').item(0));
  if (!first) return [made];
  const rank = made.shape.rank;
  if (rank === null || first < 0)
    throw new ValueError(`The axis of '${node.op.name}' must be known, and not negative.`);
  // The dimension of the rows lies where the axis was.
  return [transpose(made, [first, ...Array.from({ length: rank }, (_, i) => i).filter((i) => i !== first)])];
}
/** Numbers of each row's own. */
const random: Converter = (node) =>
  rows(...node.again([longer(node, node.same(0)), ...node.inputs.slice(1).map(({ t }) => t)]));
const shapeOfRow: Converter = (node) => same(sliced(shapeOf(node.stacked(0), node.op.outputs[0].dtype), 1, null));

export const VECTORIZED: Readonly<Record<string, Converter>> = {
  ...all(`${UNARY} ${ALIKE}`, everyInput),
  ...all(BROADCAST, (node) => rows(...node.again(broadcast(node)))),
  ...all('Sum Prod Max Min Mean All Any Cumsum Cumprod ArgMax ArgMin', overAxes),
  ...all('Conv2D AvgPool MaxPool MaxPool3D', batches([0])),
  ...all('MaxPoolGrad', batches([0, 1, 2])),
  ...all('SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits', batches([0, 1])),
  ...all('RandomUniform RandomUniformInt RandomStandardNormal TruncatedNormal', random),
  ...all('Gather GatherV2', gathered),
  ...all('Shape', shapeOfRow),
  Rank: (node) => same(rankOf(node.stacked(0)).sub(1)),
  Size: (node) => same(apply('Prod', [shapeOfRow(node)[0].t, ints([0])])),
  ZerosLike: (node) => rows(zerosLike(node.stacked(0))),
  OnesLike: (node) => rows(onesLike(node.stacked(0))),
  Select: select,
  SelectV2: (node) => rows(...node.again(broadcast(node))),
  Reshape: (node) => rows(...node.again([node.stacked(0), longer(node, node.same(1))])),
  BroadcastTo: (node) => {
    const shape = longer(node, node.same(1));
    const x = node.stacked(0);
    const own = shapeOf(x);
    const between = tile(ints([1]), shapeOf(shape).sub(rankOf(x)));
    return rows(apply('BroadcastTo', [reshape(x, concat([sliced(own, 0, 1), between, sliced(own, 1, null)])), shape]));
  },
  ExpandDims: overAxes,
  Squeeze: (node) => {
    const dims = node.op.attr('squeeze_dims', 'list(int)');
    const rank = node.op.inputs[0].shape.dims;
    const ones = dims.length ? dims : (rank ?? []).flatMap((d, i) => (d === 1 ? [i] : []));
    return rows(...node.again([node.stacked(0)], { squeeze_dims: after(ones) }));
  },
  Transpose: (node) => rows(...node.again([node.stacked(0), concat([ints([0]), node.same(1).add(1)])])),
  Tile: (node) => rows(...node.again([node.stacked(0), concat([castTo(ints([1]), node.same(1).dtype), node.same(1)])])),
  Slice: (node) => {
    const [begin, size] = [node.same(1), node.same(2)];
    const front = (value: number, list: Tensor): Tensor => concat([castTo(ints([value]), list.dtype), list]);
    return rows(...node.again([node.stacked(0), front(0, begin), front(-1, size)]));
  },
  StridedSlice: strided,
  Pad: (node) =>
    rows(
      ...node.again([
        node.stacked(0),
        concat([reshape(castTo(ints([0, 0]), node.same(1).dtype), [1, 2]), node.same(1)]),
      ]),
    ),
  ConcatV2: (node) => {
    const last = node.inputs.length - 1;
    const values = node.inputs.slice(0, last).map((_, i) => node.stacked(i));
    return rows(...node.again([...values, behind(node.same(last))]));
  },
  Pack: (node) =>
    rows(
      ...node.again(
        node.inputs.map((_, i) => node.stacked(i)),
        shiftedAxis(node, 'axis'),
      ),
    ),
  Unpack: (node) => rows(...node.again([node.stacked(0)], shiftedAxis(node, 'axis'))),
  Split: (node) => rows(...node.again([behind(node.same(0)), node.stacked(1)])),
  OneHot: (node) => {
    const [indices, depth, on, off] = [node.stacked(0), node.same(1), node.same(2), node.same(3)];
    return rows(...node.again([indices, depth, on, off], shiftedAxis(node, 'axis')));
  },
  Fill: (node) => {
    const shape = longer(node, node.same(0));
    const value = reshapedBehind(node.stacked(1), shapeOf(node.same(0)));
    return rows(apply('BroadcastTo', [value, shape]));
  },
  L2Loss: (node) => {
    const x = node.stacked(0);
    const axes = range(1, rankOf(x));
    return rows(apply('Sum', [apply('Square', [x]), axes]).mul(castTo(ints(1), x.dtype).div(castTo(ints(2), x.dtype))));
  },
  BiasAdd: (node) => {
    const [x, bias] = node.inputs;
    if (!bias.isStacked && node.attr('data_format') === 'NHWC') return rows(...node.again([x.t, bias.t]));
    if (node.attr('data_format') !== 'NHWC') throw new ValueError('BiasAdd of rows takes data_format NHWC.');
    return rows(apply('Add', broadcast(node)));
  },
  MatMul: matMul,
  ...all('BatchMatMul BatchMatMulV2', (node) =>
    rows(apply('BatchMatMulV2', broadcast(node), { adj_x: node.attr('adj_x'), adj_y: node.attr('adj_y') })),
  ),
};
