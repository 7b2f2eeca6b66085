/** How nodes that cut, join and turn tensors are made of all rows at once, after TensorFlow 1.15's pfor. */
import type { AttrValue } from '../format/attr';
import { apply } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import { pad } from '../ops/pad';
import { split } from '../ops/split';
import { stack, unstack } from '../ops/stack';
import { castTo, concat, element, rankOf, reshape, shapeOf, sizeOf, sliced, transpose, zeros } from '../ops/words';
import {
  type Converter,
  type Converters,
  type RowNode,
  behind,
  dimensionsOfOne,
  each,
  flattened,
  rows,
  same,
  unflattened,
} from './row-node';

/** A shape of one row as that of all. */
export const longer = (node: RowNode, shape: Tensor): Tensor => concat([castTo(node.count, shape.dtype), shape]);
export const shiftedAxis = (node: RowNode): number => {
  const axis = node.op.attr('axis', 'int');
  return axis >= 0 ? axis + 1 : axis;
};
const again: Converter = (node) => rows(...node.again());
const withAxis: Converter = (node) => {
  const x = node.stacked(0);
  return rows(apply(node.op.type, [x, behind(node.same(1))]));
};
const broadcastTo: Converter = (node) => {
  const x = node.stacked(0);
  const shape = longer(node, node.same(1));
  const more = element(shapeOf(shape), 0).sub(rankOf(x));
  const ones = dimensionsOfOne(reshape(more, [1]));
  const own = shapeOf(x);
  const wide = concat([sliced(own, null, 1), ones, sliced(own, 1, null)]);
  return rows(apply('BroadcastTo', [reshape(x, wide), shape]));
};
/** The bounds of a slice with one of all rows in front. */
function bounds(node: RowNode, at: number): { lists: Tensor[]; masks: Record<string, AttrValue> } {
  const lists = [0, 0, 1].map((value, i) => concat([[value], node.same(at + i)]));
  const mask = (name: string, first: 0 | 1): number => node.op.attr(name, 'int') * 2 + first;
  const masks = {
    begin_mask: mask('begin_mask', 1),
    end_mask: mask('end_mask', 1),
    ellipsis_mask: mask('ellipsis_mask', 0),
    new_axis_mask: mask('new_axis_mask', 0),
    shrink_axis_mask: mask('shrink_axis_mask', 0),
  };
  return { lists, masks };
}
const squeeze: Converter = (node) => {
  const dims = node.op.attr('squeeze_dims', 'list(int)');
  const known = node.op.inputs[0].shape.dims;
  // With none named, one row would lose its dimension as well: those of 1 are named where they are known.
  const named = dims.length ? dims : (known ?? []).flatMap((d, i) => (d === 1 ? [i] : []));
  const x = node.stacked(0);
  return rows(apply('Squeeze', [x], { squeeze_dims: named.map((dim) => (dim >= 0 ? dim + 1 : dim)) }));
};
/** The shape of one row of a tensor. */
const shapeOfRow = (x: Tensor, node: RowNode): Tensor => sliced(shapeOf(x, node.op.outputs[0].dtype), 1, null);
const shapesOfRows: Converter = (node) =>
  same(
    ...node.inputs.map(({ t, isStacked }) => (isStacked ? shapeOfRow(t, node) : shapeOf(t, node.op.outputs[0].dtype))),
  );
const search: Converter = (node) => {
  node.stack();
  const [sorted, values] = [0, 1].map((i) => flattened(node.stacked(i)));
  return rows(unflattened(node.made(node.op.type, [sorted, values], ['out_type']), node.count));
};

export const SHAPES: Converters = {
  ...each('Identity MatrixDiag MatrixDiagPart StopGradient', (node) =>
    rows(apply(node.op.type, node.tensors, {}, { MatrixDiag: 'diag', MatrixDiagPart: 'diag_part' }[node.op.type])),
  ),
  IdentityN: (node) => {
    const made = node.again();
    return made.map((t, i) => ({ t, isStacked: node.inputs[i].isStacked }));
  },
  Reshape: (node) => {
    const x = node.stacked(0);
    return rows(reshape(x, longer(node, node.same(1))));
  },
  BroadcastTo: broadcastTo,
  ExpandDims: withAxis,
  ...each('LowerBound UpperBound', search),
  MatrixBandPart: (node) => rows(apply('MatrixBandPart', [node.stacked(0), node.same(1), node.same(2)])),
  MatrixSetDiag: (node) => {
    node.stack();
    return rows(apply('MatrixSetDiag', node.tensors, {}, 'set_diag'));
  },
  OneHot: (node) => {
    const inputs = [node.stacked(0), node.same(1), node.same(2), node.same(3)];
    return rows(apply('OneHot', inputs, { axis: shiftedAxis(node) }, 'one_hot'));
  },
  Slice: (node) => {
    const x = node.stacked(0);
    const [begin, size] = [node.same(1), node.same(2)];
    return rows(apply('Slice', [x, concat([[0], begin]), concat([[-1], size])]));
  },
  Tile: (node) => {
    const x = node.stacked(0);
    return rows(apply('Tile', [x, concat([[1], node.same(1)])]));
  },
  Pack: (node) => {
    node.stack();
    return rows(stack([...node.tensors], { axis: shiftedAxis(node) }));
  },
  Unpack: (node) => rows(...unstack(node.stacked(0), { axis: shiftedAxis(node), num: node.op.attr('num', 'int') })),
  Pad: (node) => {
    const x = node.stacked(0);
    return rows(pad(x, concat([[[0, 0]], node.same(1)])));
  },
  Split: (node) => {
    const axis = node.same(0);
    const x = node.stacked(1);
    return rows(...split(x, node.op.attr('num_split', 'int'), { axis: behind(axis) }));
  },
  SplitV: (node) => {
    const x = node.stacked(0);
    const [sizes, axis] = [node.same(1), node.same(2)];
    return rows(...split(x, sizes, { axis: behind(axis), num: node.op.outputs.length }));
  },
  Squeeze: squeeze,
  Transpose: (node) => {
    const x = node.stacked(0);
    return rows(transpose(x, concat([[0], node.same(1).add(1)])));
  },
  ZerosLike: (node) => {
    const x = node.stacked(0);
    return same(zeros(sliced(shapeOf(x), 1, null), x.dtype));
  },
  ConcatV2: (node) => {
    const last = node.inputs.length - 1;
    node.stack(Array.from({ length: last }, (_, i) => i));
    return rows(concat(node.tensors.slice(0, last), behind(node.same(last))));
  },
  StridedSlice: (node) => {
    const x = node.stacked(0);
    const { lists, masks } = bounds(node, 1);
    return rows(apply('StridedSlice', [x, ...lists], masks));
  },
  StridedSliceGrad: (node) => {
    const [shape, dy] = [node.same(0), node.stacked(4)];
    const all = longer(node, shape);
    const { lists, masks } = bounds(node, 1);
    return rows(apply('StridedSliceGrad', [all, ...lists, dy], masks));
  },
  Shape: (node) => same(shapeOfRow(node.stacked(0), node)),
  ShapeN: shapesOfRows,
  Size: (node) => {
    const outType = node.op.outputs[0].dtype;
    const count = castTo(element(node.count, 0), outType);
    return same(sizeOf(node.stacked(0), outType).floordiv(count));
  },
  Rank: (node) => same(rankOf(node.stacked(0)).sub(1)),
  Fill: (node) => {
    const shape = longer(node, node.same(0));
    const value = node.stacked(1);
    const ones = dimensionsOfOne(shapeOf(node.same(0)));
    return rows(apply('BroadcastTo', [reshape(value, concat([node.count, ones])), shape]));
  },
  OnesLike: again,
  ...each('MatrixInverse MatrixDeterminant', again),
  Cholesky: again,
  LogMatrixDeterminant: (node) => {
    const made = node.again([flattened(node.stacked(0))]);
    return rows(...made.map((t) => unflattened(t, node.count)));
  },
  MatrixTriangularSolve: (node) => {
    node.stack();
    return rows(...node.again());
  },
};
