/** Complex numbers: made of their parts, and taken apart. Their arithmetic is that of all numbers. */
import { boundOptions } from '../calls/bind';
import { type DType, complex128, complex64, float32, float64 } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { apply, inScope } from '../graph/apply';
import { type NotText, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { OpRow, Rows } from '../graph/opdef';
import { broadcastBinary, unchanged } from '../graph/shape-fn';
import { broadcastGradientArgs, unbroadcast } from './broadcast';
import type { NameOption } from './options';
import { after, node, scalar, zerosLike } from './words';

/** The dtype of a complex one's parts. */
function partsOf(dtype: DType): DType {
  return dtype.baseDtype === complex128 ? float64 : float32;
}
/** A node that gives floats of complex numbers. */
function part(type: 'Real' | 'Imag' | 'Angle' | 'ComplexAbs', x: Tensor, scope?: string): Tensor {
  return apply(type, [x], { Tout: partsOf(x.dtype) }, scope);
}
function joined(re: Tensor, im: Tensor, scope?: string): Tensor {
  return apply('Complex', [re, im], { Tout: re.dtype.baseDtype === float64 ? complex128 : complex64 }, scope);
}
/** A part of the gradient, with 0 for the other one. */
function partGrad(type: 'Real' | 'Imag'): OpRow {
  return {
    shape: unchanged,
    grad: (_, [dy]) => {
      const zero = scalar(0, dy.dtype);
      return type === 'Real' ? joined(dy, zero) : joined(zero, dy);
    },
  };
}

export const COMPLEX = {
  Complex: {
    shape: broadcastBinary,
    grows: 'shapes',
    grad: ({ inputs: [re, im] }, [dz]) => {
      const [byRe, byIm] = broadcastGradientArgs(re, im);
      return [unbroadcast(part('Real', dz), byRe), unbroadcast(part('Imag', dz), byIm)];
    },
  },
  Real: partGrad('Real'),
  Imag: partGrad('Imag'),
  Angle: {
    shape: unchanged,
    // -dy / (Im x + i Re x)
    grad: ({ inputs: [x] }, [dy]) =>
      after(dy, () => {
        const [re, im] = [part('Real', x), part('Imag', x)];
        const inverse = node('Reciprocal', joined(im, re));
        return joined(dy, scalar(0, dy.dtype)).neg().mul(inverse);
      }),
  },
  ComplexAbs: {
    shape: unchanged,
    // dy x / |x|, and 0 at 0
    grad: ({ inputs: [x], outputs: [y] }, [dy]) => {
      const along = joined(dy, zerosLike(dy)).mul(x);
      return apply('DivNoNan', [along, joined(y, zerosLike(y))], {}, 'div_no_nan');
    },
  },
} satisfies Rows;

/** The length of each number. */
export function complexAbs(x: Tensor, scope: string): Tensor {
  return part('ComplexAbs', x, scope);
}
/**
 * Complex numbers of their real and imaginary parts.
 *
 *     tf.real(tf.complex([1, 2], [3, 4]))   // [1, 2]
 *
 * @param real  float32 or float64, any shape
 * @param imag  real's dtype; a shape that broadcasts with real's
 * @returns  complex64 of float32, complex128 of float64; the shape that both broadcast to
 * @throws TypeError  for other dtypes, or two of them
 */
export const complex = boundOptions(
  'complex',
  2,
  function complex(real: NotText, imag: NotText, { name }: NameOption = {}): Tensor {
    const [re, im] = [convertToTensor(real, null, 'real'), convertToTensor(imag, null, 'imag')];
    return inScope(name, 'Complex', [re, im], (scope) => {
      const [a, b] = [re.dtype.baseDtype, im.dtype.baseDtype];
      if (a !== b || (a !== float32 && a !== float64))
        throw new TypeError_(
          `real and imag have incorrect types: ${a.name} ${b.name}` +
            '\n  fix: give both as float32, or both as float64: tf.cast(x, tf.float32).',
        );
      return joined(re, im, scope);
    });
  },
);
/**
 * The real part of each number; a real number is its own.
 *
 *     tf.real(tf.complex([1, 2], [3, 4]))   // [1, 2]
 *
 * @param input  numbers, any shape
 * @returns  float32 of complex64, float64 of complex128, else input's dtype; input's shape
 * @throws ValueError  for ragged arrays
 */
export const real = boundOptions('real', 1, partOf('Real'));
/**
 * The imaginary part of each number; of real numbers 0.
 *
 *     tf.imag(tf.complex([1, 2], [3, 4]))   // [3, 4]
 *
 * @param input  numbers, any shape
 * @returns  float32 of complex64, float64 of complex128, else input's dtype; input's shape
 * @throws ValueError  for ragged arrays
 */
export const imag = boundOptions('imag', 1, partOf('Imag'));
/**
 * The angle of each number in the plane, from -π to π: atan2(imag, real); of real numbers 0.
 *
 *     tf.angle(tf.complex([1, 0], [0, 2]))   // [0, 1.5707964]
 *
 * @param input  numbers, any shape
 * @returns  float32 of complex64, float64 of complex128, else input's dtype; input's shape
 * @throws ValueError  for ragged arrays
 */
export const angle = boundOptions('angle', 1, partOf('Angle'));
function partOf(type: 'Real' | 'Imag' | 'Angle') {
  return function ofNumbers(input: NotText, { name }: NameOption = {}): Tensor {
    return inScope(name, type, [input], (scope) => {
      const x = convertToTensor(input, null, 'input');
      if (x.dtype.isComplex) return part(type, x, scope);
      return type === 'Real' ? x : zerosLike(x);
    });
  };
}
