/** Values handed on as they are, without a copy; and zeros and ones of a shape. */
import { asNumbers } from '../../base/elements';
import { type DType, bfloat16, float16, isBig, resource, zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import {
  type HostTable,
  type HostTensor,
  type ShapesKernel,
  type Sized,
  type StatefulKernel,
  type StatefulRow,
  type StatefulTable,
  attr,
  host,
  invalid,
} from '../kernel';
import { readingShapes } from './operands';
import { retained } from '../value';

const handOn: StatefulKernel = (inputs) => inputs.map(retained);
const pass: StatefulRow = { make: () => handOn, passes: true };
const guaranteed: StatefulKernel = (inputs, node, run) => {
  if (attr(node, 'T') === resource) invalid('Input tensor cannot be a resource variable handle.');
  return handOn(inputs, node, run);
};
export const PASSING_KERNELS: StatefulTable = {
  Identity: pass,
  IdentityN: pass,
  StopGradient: pass,
  PreventGradient: pass,
  Snapshot: pass,
  GuaranteeConst: guaranteed,
  DebugGradientIdentity: pass,
  PlaceholderWithDefault: handOn,
};

/** 1 in the bits of a dtype. */
function one(dtype: DType): number {
  return dtype === float16 ? 0x3c00 : dtype === bfloat16 ? 0x3f80 : 1;
}
function onesLike([x]: Parameters<ShapesKernel>[0]): HostTensor {
  const data = zerosOf(x.dtype, sizeOf(x.shape), x.shape);
  if (isBig(data)) data.fill(1n);
  else if (x.dtype.isComplex) for (let i = 0; i < data.length; i += 2) data[i] = 1;
  else asNumbers(data).fill(one(x.dtype));
  return host(x.dtype, x.shape, data);
}
/** What lives on the device alone is likely to be met by others there. */
const cost = ([x]: readonly Sized[]): number => x.size * (x.data === null ? 0.6 : 0.2);

export const IDENTITY_KERNELS: HostTable = {
  ZerosLike: {
    ...readingShapes(([x]) => host(x.dtype, x.shape, zerosOf(x.dtype, sizeOf(x.shape), x.shape))),
    cost,
  },
  OnesLike: { ...readingShapes(onesLike), cost },
};
