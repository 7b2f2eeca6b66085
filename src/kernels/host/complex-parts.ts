/** Complex numbers made of their parts, and taken apart, in plain TypeScript. */
import { asFloats } from '../../base/elements';
import { zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { type HostKernelRow, type HostTable, attr, host } from '../kernel';
import { broadcastShape, broadcastWalk } from './loops';

/** Of each number one of the parts' dtype. */
function floats(of: (re: number, im: number) => number): HostKernelRow {
  return {
    run([x], node) {
      const [from, n] = [asFloats(x.data), sizeOf(x.shape)];
      const out = asFloats(zerosOf(attr(node, 'Tout', 'type'), n));
      for (let i = 0; i < n; i++) out[i] = of(from[2 * i], from[2 * i + 1]);
      return host(attr(node, 'Tout', 'type'), x.shape, out);
    },
    only: true,
  };
}

export const COMPLEX_PARTS_KERNELS: HostTable = {
  Complex: {
    run([re, im], node) {
      const [a, b, shape] = [asFloats(re.data), asFloats(im.data), broadcastShape(re, im)];
      const out = asFloats(zerosOf(attr(node, 'Tout', 'type'), sizeOf(shape), shape));
      broadcastWalk(re, im, (o, i, j) => {
        out[2 * o] = a[i];
        out[2 * o + 1] = b[j];
      });
      return host(attr(node, 'Tout', 'type'), shape, out);
    },
    only: true,
  },
  Real: floats((re) => re),
  Imag: floats((_, im) => im),
  Angle: floats((re, im) => Math.atan2(im, re)),
  // Of an infinite part it is infinite, beside NaN too.
  ComplexAbs: floats(Math.hypot),
};
