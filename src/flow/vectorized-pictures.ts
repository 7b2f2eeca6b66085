/** How convolutions, pools and normalizations are made of all rows at once, after TensorFlow 1.15's pfor. */
import { int32 } from '../base/dtype';
import { entryOf } from '../base/keys';
import { tell } from '../base/logging';
import { apply } from '../graph/apply';
import { toTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { ones } from '../ops/fill';
import { expandDims } from '../ops/reshape';
import { castTo, concat, element, reshape, shapeOf, sliced, sum, transpose, zerosLike } from '../ops/words';
import { loopVariables } from './loop';
import { arrayLeaf } from './leaves';
import { whole } from './rows';
import { type Converter, type Converters, type RowNode, each, flattened, rows, unflattened } from './row-node';
import { TensorArray } from './tensor-array';

/** Inputs, of which some have the rows in their first dimension. */
function flatInputs(node: RowNode, at: readonly number[]): Tensor[] {
  node.stack(at);
  return node.inputs.map((_, i) => (at.includes(i) ? flattened(node.stacked(i)) : node.same(i)));
}
/** Nodes that work on batches: the rows are a larger one. */
const batches =
  (...at: readonly number[]): Converter =>
  (node) => {
    const made = node.again(flatInputs(node, at));
    return rows(...made.map((t) => unflattened(t, node.count)));
  };
/** The same where an input has the shape of a batch. */
const batchesOfShape =
  (...at: readonly number[]): Converter =>
  (node) => {
    const [shape, ...inputs] = flatInputs(node, at);
    const more = ones([element(shapeOf(shape), 0).sub(1)], int32);
    const made = node.again([shape.mul(concat([node.count, more])), ...inputs]);
    return rows(...made.map((t) => unflattened(t, node.count)));
  };

// --- rows as channels -------------------------------------------------------------------------------------------

interface AsChannels {
  readonly x: Tensor;
  /** What turns it back. */
  readonly perm: readonly number[];
  readonly shape: Tensor;
}
const CHANNELS = new WeakMap<Tensor, Map<string, AsChannels>>();
/** Pictures of rows with the rows among their channels. */
function asChannels(x: Tensor, format: string): AsChannels {
  const known = CHANNELS.get(x) ?? new Map<string, AsChannels>();
  CHANNELS.set(x, known);
  if (known.has(format)) return entryOf(known, format);
  const shape = shapeOf(x);
  const first = format === 'NCHW';
  const order = first ? [1, 0, 2, 3, 4] : [1, 2, 3, 0, 4];
  const wide = first
    ? concat([sliced(shape, 1, 2), [-1], sliced(shape, 3, null)])
    : concat([sliced(shape, 1, 4), [-1]]);
  const turned = transpose(x, order);
  const back = shapeOf(turned);
  const made = { x: reshape(turned, wide), perm: first ? order : [3, 0, 1, 2, 4], shape: back };
  known.set(format, made);
  return made;
}
const formatOf = (node: RowNode): string => node.op.attr('data_format', 'string');
const flat = (x: Tensor): Tensor => reshape(x, [-1]);
/** Each row is normalized by itself: rows are channels then, of which each has its own mean. */
const batchNorm: Converter = (node) => {
  if (!node.op.attr('is_training', 'bool')) {
    const [y] = node.again(flatInputs(node, [0]));
    const unflat = unflattened(y, node.count);
    const none = zerosLike(node.same(3));
    return node.op.outputs.map((_, i) => (i ? { t: none, isStacked: false } : { t: unflat, isStacked: true }));
  }
  node.stack();
  const { x, perm, shape } = asChannels(node.stacked(0), formatOf(node));
  const [y, ...more] = node.again([x, ...node.tensors.slice(1).map(flat)]);
  const turned = transpose(reshape(y, shape), perm);
  // The last one, where it is there, is no list of numbers by channel: the derivative alone reads it.
  return rows(turned, ...more.map((t, i) => (i < 4 ? unflattened(t, node.count) : t)));
};
const batchNormGrad: Converter = (node) => {
  node.stack();
  const dy = asChannels(node.stacked(0), formatOf(node));
  const { x, perm, shape } = asChannels(node.stacked(1), formatOf(node));
  const [dx, ...more] = node.again([dy.x, x, ...node.tensors.slice(2).map(flat)]);
  const turned = transpose(reshape(dx, shape), perm);
  return rows(turned, ...more.map((t) => unflattened(t, node.count)));
};

// --- convolutions -----------------------------------------------------------------------------------------------

const FILTER_ATTRS = ['strides', 'padding', 'use_cudnn_on_gpu', 'explicit_paddings', 'data_format', 'dilations'];
const backpropFilter: Converter = (node) => {
  node.stack([2]);
  const [{ t: pictures, isStacked }] = node.inputs;
  const sizes = node.same(1);
  const grads = node.stacked(2);
  const made = (inputs: readonly Tensor[]): Tensor => node.made('Conv2DBackpropFilter', inputs, FILTER_ATTRS);
  if (isStacked) return rows(filterOfEach(node, pictures, grads, (x, dy) => made([x, sizes, dy])));
  const { x: dy } = asChannels(grads, formatOf(node));
  const wide = sizes.mul(concat([[1, 1, 1], node.count]));
  const filter = made([pictures, wide, dy]);
  const shape = concat([sliced(sizes, null, 3), node.count, [-1]]);
  return rows(transpose(reshape(filter, shape), [3, 0, 1, 2, 4]));
};
/** A filter for each row, one after the other. */
function filterOfEach(node: RowNode, pictures: Tensor, grads: Tensor, made: (x: Tensor, dy: Tensor) => Tensor): Tensor {
  tell('WARN', 'Conv2DBackpropFilter uses a while_loop. Fix that!');
  const n = reshape(node.count, []);
  const array = new TensorArray(pictures.dtype, n);
  const [, found] = loopVariables(
    (i) => toTensor(i).less(n),
    (given, at) => {
      const i = toTensor(given);
      const [x, dy] = [pictures, grads].map((t) => t.get(i, '...'));
      const filter = made(x, dy);
      return [i.add(1), arrayLeaf(at).write(i, expandDims(filter, 0))];
    },
    [whole(0), array],
  );
  return arrayLeaf(found).concat();
}

// --- biases -----------------------------------------------------------------------------------------------------

const biasAdd: Converter = (node) => {
  const [{ t, isStacked }, bias] = node.inputs;
  const isFirst = formatOf(node) === 'NCHW';
  if (bias.isStacked) {
    const [wide, turned] = node.expand();
    return rows(apply('Add', [wide, isFirst ? lastThird(castTo(turned, wide.dtype)) : castTo(turned, wide.dtype)]));
  }
  if (!isFirst || !isStacked) return rows(...node.again());
  const shape = shapeOf(t);
  const flatRows = reshape(t, concat([[-1], sliced(shape, 2, null)]));
  return rows(reshape(apply('BiasAdd', [flatRows, bias.t], { data_format: 'NCHW' }), shape));
};
/** The last dimension two places further in front. */
function lastThird(bias: Tensor): Tensor {
  const shape = shapeOf(bias);
  return reshape(bias, concat([sliced(shape, null, -3), sliced(shape, -1, null), sliced(shape, -3, -1)]));
}
const biasAddGrad: Converter = (node) => {
  const grad = node.stacked(0);
  if (formatOf(node) === 'NCHW') return rows(sum(grad, [1, 3, 4]));
  const shape = shapeOf(grad);
  const [last, first] = [element(shape, -1), element(shape, 0)];
  return rows(sum(reshape(grad, [first, -1, last]), [1]));
};

export const PICTURES: Converters = {
  ...each('Conv2D AvgPool MaxPool MaxPool3D', batches(0)),
  ...each('MaxPoolGrad MaxPool3DGrad MaxPoolGradGrad MaxPool3DGradGrad', batches(0, 1, 2)),
  ...each('SoftmaxCrossEntropyWithLogits SparseSoftmaxCrossEntropyWithLogits', batches(0, 1)),
  Conv2DBackpropInput: batchesOfShape(2),
  AvgPoolGrad: batchesOfShape(1),
  Conv2DBackpropFilter: backpropFilter,
  ...each('FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3', batchNorm),
  ...each('FusedBatchNormGrad FusedBatchNormGradV2 FusedBatchNormGradV3', batchNormGrad),
  ...each('Softmax LogSoftmax', (node) => rows(apply(node.op.type, [node.stacked(0)]))),
  BiasAdd: biasAdd,
  BiasAddGrad: biasAddGrad,
};
