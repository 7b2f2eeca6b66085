/** Square roots of sums of squares, as TensorFlow 1.15 rounds and wraps them on the way. */
import { castData, partType } from '../../base/cast';
import { type DType, type Data, float32, float64, isBig, zerosOf } from '../../base/dtype';
import { asLongs, asNumbers } from '../../base/elements';
import { bitsOfFloats, floatsOfBits, isHalf } from '../../base/half';
import { type HostKernel, type HostTable, type HostTensor, host, numbers, resultOf } from '../kernel';
import { withShortFloats, withoutSubnormals } from './operands';
import { SUM_ROW, marked, reducedShape, refuseUnordered } from './reduce';

/** 16-bit floats as the kernel sees them, in float32, rounded to what they are. */
function roundedTo(data: Data, dtype: DType): Data {
  return isHalf(dtype) ? floatsOfBits(bitsOfFloats(asNumbers(data), dtype), dtype) : data;
}
/** The square of each element in its own dtype, subnormal ones 0; of complex numbers that of their absolute values. */
function squaresOf({ data, dtype, shape }: HostTensor, to: DType): HostTensor {
  const type = dtype.isComplex ? partType(dtype) : dtype;
  const count = dtype.isComplex ? data.length / 2 : data.length;
  const out = zerosOf(type, count, shape);
  if (isBig(data)) {
    const longs = asLongs(out);
    for (let i = 0; i < count; i++) longs[i] = data[i] * data[i];
    return host(type, shape, out);
  }
  const [x, squares] = [asNumbers(data), asNumbers(out)];
  if (dtype.isComplex) for (let i = 0; i < count; i++) squares[i] = x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1];
  else if (dtype.isInteger) for (let i = 0; i < count; i++) squares[i] = Math.imul(x[i], x[i]);
  else for (let i = 0; i < count; i++) squares[i] = x[i] * x[i];
  return withoutSubnormals([host(type, shape, roundedTo(out, to))])[0];
}
/** Of sums of integers, which wrap around, without the fraction; of those below 0 what a cast makes of NaN. */
function rootsOf(sums: HostTensor, dtype: DType, to: DType): HostTensor {
  const roots = Float64Array.from(asNumbers(castData(roundedTo(sums.data, to), sums.dtype, float64)), Math.sqrt);
  return host(dtype, sums.shape, castData(roots, float64, dtype));
}
const euclideanNorm: HostKernel = ([x, indices], node) => {
  const { dtype, shape } = x;
  if (!dtype.isComplex) refuseUnordered(dtype, node);
  const reduced = marked(shape.length, numbers(indices));
  // Nothing to reduce: the input itself, its sign too.
  if (shape.every((d, i) => d === 1 || !reduced[i])) return host(dtype, reducedShape(shape, reduced, node), x.data);
  const to = dtype === float32 ? node.outputTypes[0] : dtype;
  return rootsOf(resultOf(SUM_ROW.run([squaresOf(x, to), indices], node)), dtype, to);
};

export const EUCLIDEAN_KERNELS: HostTable = withShortFloats({ EuclideanNorm: { run: euclideanNorm, cost: 2 } });
