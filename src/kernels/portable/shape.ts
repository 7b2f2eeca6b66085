import { filledShape } from '../host/constants';
import { checkedShape, expandedTo, reshapedTo, squeezedTo } from '../host/shape';
import { KernelError, attr } from '../kernel';
import { reshaped } from './lower';
import { type Recipes, unary } from './recipe';

export const SHAPE_RECIPES: Recipes = {
  Reshape: {
    lower: ([x, sizes], to) => {
      const asked = to.numbers(1);
      return asked && [reshaped(x, reshapedTo(x.shape, asked, sizes.shape))];
    },
  },
  ExpandDims: {
    lower: ([x], to) => {
      const at = to.numbers(1);
      return at && [reshaped(x, expandedTo(x.shape, at))];
    },
  },
  Squeeze: {
    lower: ([x], { node }) => [reshaped(x, squeezedTo(x.shape, attr(node, 'squeeze_dims')))],
  },
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
