import { filledShape } from '../host/constants';
import { checkedShape, expandedTo, reshapedTo, squeezedTo } from '../host/shape';
import { KernelError, attr } from '../kernel';
import { type Recipes, unary } from './recipe';

export const SHAPE_RECIPES: Recipes = {
  Reshape: ([x, sizes], { reshape, numbers }) => reshape(x, reshapedTo(x.shape, numbers(1), sizes.shape)),
  ExpandDims: ([x], { reshape, numbers }) => reshape(x, expandedTo(x.shape, numbers(1))),
  Squeeze: ([x], { reshape, node }) => reshape(x, squeezedTo(x.shape, attr(node, 'squeeze_dims'))),
  EnsureShape: ([x], { reshape, node }) => reshape(x, checkedShape(x.shape, attr(node, 'shape'), node)),
  Fill: ([, value], { call, numbers }) => {
    const [element] = numbers(1);
    if (Number.isNaN(element)) throw new KernelError('Unimplemented', 'wasm fills with a NaN of its own');
    const shape = filledShape(numbers(0));
    return call('Fill', {}, { shape, value: element, dtype: value.dtype });
  },
  ZerosLike: unary('ZerosLike'),
  OnesLike: unary('OnesLike'),
};
