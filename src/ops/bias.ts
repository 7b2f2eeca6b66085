/** Adding a bias vector along the channels, and the layers that are one product and one bias. */
import { ValueError } from '../base/errors';
import { type Dim, TensorShape } from '../base/shape';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, isSymbolic, isWeak, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { GradContext, Grad, Rows, ShapeContext } from '../graph/opdef';
import { mergeDim, withRank, withRankAtLeast } from '../graph/shape-fn';
import type { NameOption } from './options';
import { concat, onesLike, range, rankOf, reshape, shapeOf, sliced, sum, tile } from './words';
import { boundLikeArray } from './known-calls';

export const BIAS = {
  BiasAdd: {
    shape: (c) => biasAddShape(c, c.attr('data_format')),
    grad: (op, [dy]) => [dy, apply('BiasAddGrad', [dy], { data_format: op.attr('data_format') })],
  },
  BiasAddGrad: {
    grows: 'shapes',
    shape(c) {
      const [least, at] = c.attr('data_format') === 'NCHW' ? [3, 1] : [2, -1];
      return [[withRankAtLeast(c, 0, least).at(at)]];
    },
    grad: biasAddGradGrad,
  },
  BiasAddV1: {
    shape: (c) => biasAddShape(c, 'NHWC'),
    grad: (_, [dy]) => [dy, sum(dy, range(0, rankOf(dy).sub(1)))],
  },
} satisfies Rows;

function biasAddShape(c: ShapeContext, format: string): TensorShape[] {
  const channelsFirst = format === 'NCHW';
  const value = withRankAtLeast(c, 0, channelsFirst ? 3 : 2);
  const bias = withRank(c, 1, 1);
  if (!value.dims) return [value];
  const at = channelsFirst ? 1 : value.dims.length - 1;
  const dims: Dim[] = [...value.dims];
  dims[at] = mergeDim(dims[at], bias.at(0));
  return [new TensorShape(dims)];
}

/** The bias's gradient spread out over the input again. */
function biasAddGradGrad(op: GradContext, [d]: Tensor[]): Grad {
  const shape = shapeOf(op.inputs[0]);
  const biasShape = shapeOf(d);
  let expanded: Tensor;
  let multiples: Tensor;
  if (op.attr('data_format') === 'NCHW') {
    expanded = concat([onesLike(sliced(shape, null, 1)), biasShape, onesLike(sliced(shape, 2, null))]);
    multiples = apply('ConcatV2', [[sliced(shape, null, 1), [1], sliced(shape, 2, null)], 0], {}, 'concat');
  } else {
    expanded = concat([onesLike(sliced(shape, null, -1)), biasShape]);
    multiples = apply('ConcatV2', [[sliced(shape, null, -1), [1]], 0], {}, 'concat');
  }
  return tile(reshape(d, expanded), multiples);
}
/** What `biasAdd` takes by name. */
export interface BiasAddOptions extends NameOption {
  /** 'N…C' (channels last, the default) or 'NC…' (channels after the batch). */
  readonly dataFormat?: string | null;
}
/**
 * `value + bias`, the bias along the channels.
 *
 *     tf.nn.biasAdd([[1, 2], [3, 4]], [10, 20])   // [[11, 22], [13, 24]]
 *
 * @param value       numbers, shape [batch, ..., channels], or [batch, channels, ...] with dataFormat 'NCHW'
 * @param bias        value's dtype, shape [channels]
 * @param dataFormat  'NHWC' (channels last, where not given) or 'NCHW'
 * @returns  value's dtype and shape
 * @throws ValueError  if the shapes are known and do not fit, or for another format
 * @throws TypeError  if the dtypes differ
 */
export const biasAdd = boundLikeArray(
  'nn.bias_add',
  2,
  function biasAdd(value: NotText, bias: NotText, { dataFormat, name }: BiasAddOptions = {}): Tensor {
    return inScope(name, 'BiasAdd', [value, bias], (scope) => {
      const format = dataFormat ? normalFormat(dataFormat) : null;
      return apply('BiasAdd', pair(value, bias), { data_format: format }, scope);
    });
  },
);
function normalFormat(format: string): string {
  if (format.startsWith('NC')) return 'NCHW';
  if (format.startsWith('N') && format.endsWith('C')) return 'NHWC';
  throw new ValueError('data_format must be of the form `N...C` or `NC...`');
}
/** The value, and the bias in its dtype. */
function pair(value: NotText, bias: NotText): [Tensor, Tensor] {
  const decided = isWeak(value) && isSymbolic(bias) ? convertToTensor(bias).dtype.baseDtype : null;
  const x = convertToTensor(value, decided, 'input');
  return [x, convertToTensor(bias, x.dtype.baseDtype, 'bias')];
}

/**
 * `matmul(x, weights) + biases`: a fully connected layer without activation.
 *
 *     tf.nn.xwPlusB([[1, 2]], [[1, 0], [0, 1]], [10, 20])   // [[11, 22]]
 *
 * @param x        floats, shape [batch, in]
 * @param weights  its dtype, shape [in, out]
 * @param biases   its dtype, shape [out]
 * @returns  their dtype, shape [batch, out]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  if the dtypes differ
 */
export const xwPlusB = boundLikeArray(
  'nn.xw_plus_b',
  3,
  function xwPlusB(x: NotText, weights: NotText, biases: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, 'xw_plus_b', [x, weights, biases], (scope) => {
      const [a, b, c] = operands(x, weights, biases);
      return biasAdd(apply('MatMul', [a, b]), c, { name: scope });
    });
  },
);
/**
 * `relu(matmul(x, weights) + biases)`: a fully connected layer.
 *
 *     tf.nn.reluLayer([[1, 2]], [[1, 0], [0, 1]], [-5, 20])   // [[0, 22]]
 *
 * @param x        floats, shape [batch, in]
 * @param weights  its dtype, shape [in, out]
 * @param biases   its dtype, shape [out]
 * @returns  their dtype, shape [batch, out]
 * @throws ValueError  if the shapes are known and do not fit
 * @throws TypeError  if the dtypes differ
 */
export const reluLayer = boundLikeArray(
  'nn.relu_layer',
  3,
  function reluLayer(x: NotText, weights: NotText, biases: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, 'relu_layer', [x, weights, biases], (scope) => {
      const [a, b, c] = operands(x, weights, biases);
      return apply('Relu', [biasAdd(apply('MatMul', [a, b]), c)], {}, scope);
    });
  },
);
function operands(x: NotText, weights: NotText, biases: NotText): [Tensor, Tensor, Tensor] {
  return [
    convertToTensor(x, null, 'x'),
    convertToTensor(weights, null, 'weights'),
    convertToTensor(biases, null, 'biases'),
  ];
}
