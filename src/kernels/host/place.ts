/** Places of the largest and the smallest elements along a dimension, in plain TypeScript. */
import { asNumbers } from '../../base/elements';
import { type DType, type Data, type NumericArray, isBig, limitsOf, zerosOf } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { type HostKernel, type HostKernelRow, type HostTable, attr, host, invalid } from '../kernel';
import { anew } from './anew';
import { withShortFloats } from './operands';
import { refuseUnordered } from './reduce';

type Better = (a: unknown, b: unknown) => boolean;
type PlaceLoop = (x: Data, out: NumericArray, outStep: number, outer: number, n: number, inner: number) => void;
/** The place of the first element that beats all before it and the worst finite number; NaN beats nothing. */
function placeLoop(better: Better, worst: unknown): PlaceLoop {
  return anew(
    (isBetter: Better, start: unknown): PlaceLoop =>
      (x, out, outStep, outer, n, inner) => {
        for (let o = 0, at = 0; o < outer; o++)
          for (let j = 0; j < inner; j++, at += outStep) {
            let i = o * n * inner + j;
            let best = start;
            let place = 0;
            for (let k = 0; k < n; k++, i += inner) {
              const v = x[i];
              if (isBetter(v, best)) {
                best = v;
                place = k;
              }
            }
            out[at] = place;
          }
      },
  )(better, worst);
}
const larger = (a: number, b: number): boolean => a > b;
const smaller = (a: number, b: number): boolean => a < b;
function place(better: (a: number, b: number) => boolean, worst: 0 | 1): HostKernelRow {
  const loops = new Map<DType, PlaceLoop>();
  const run: HostKernel = ([x, dimension], node) => {
    refuseUnordered(x.dtype, node);
    if (dimension.shape.length)
      invalid(`dim must be a scalar, but received tensor of shape: ${cShape(dimension.shape)}`);
    const { shape } = x;
    const [rank, given] = [shape.length, Number(dimension.data[0])];
    const axis = given < 0 ? given + rank : given;
    if (axis < 0 || axis >= rank) invalid(`Expected dimension in the range [${-rank}, ${rank}), but got ${given}`);
    if (shape[axis] === 0) invalid(`Reduction axis ${given} is empty in shape ${cShape(shape)}`);
    let loop = loops.get(x.dtype);
    if (!loop) loops.set(x.dtype, (loop = placeLoop(better as Better, limitsOf(x.dtype)[worst])));
    const outShape = shape.filter((_, i) => i !== axis);
    const type = attr(node, 'output_type');
    const out = zerosOf(type, sizeOf(outShape), outShape);
    // 64-bit places are written as their lower words.
    const words = isBig(out) ? new Int32Array(out.buffer) : asNumbers(out);
    loop(x.data, words, isBig(out) ? 2 : 1, sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1)));
    return host(type, outShape, out);
  };
  return { run, cost: 1.5 };
}

export const PLACE_KERNELS: HostTable = withShortFloats({
  ArgMax: place(larger, 0),
  ArgMin: place(smaller, 1),
});
