/** Keeping values within bounds in plain TypeScript, for every dtype. */
import { noHostKernel } from '../kernel-error';
import { type Cells, asOrdered } from '../../base/elements';
import { zerosOf } from '../../base/dtype';
import { cShape, sameShape } from '../../base/shape';
import { type HostTable, type HostTensor, type KernelNode, host, invalid } from '../kernel';
import { withShortFloats } from './operands';

type Shaped = readonly { readonly shape: readonly number[] }[];
function check([t, low, high]: Shaped): void {
  const fits = (bound: { readonly shape: readonly number[] }): boolean =>
    bound.shape.length === 0 || sameShape(bound.shape, t.shape);
  if (!fits(low) || !fits(high))
    invalid(
      'clip_value_min and clip_value_max must be either of the same shape as input, or a scalar. ' +
        `input shape: ${cShape(t.shape)}clip_value_min shape: ${cShape(low.shape)}clip_value_max ` +
        `shape: ${cShape(high.shape)}`,
    );
}
function clip([t, low, high]: readonly HostTensor[], node: KernelNode): HostTensor {
  if (t.dtype.isComplex || t.dtype.kind === 'quantized') throw noHostKernel(node.type, t.dtype);
  const n = t.data.length;
  const out = zerosOf(t.dtype, n);
  const [x, a, b] = [asOrdered(t.data), asOrdered(low.data), asOrdered(high.data)];
  const z: Cells = out;
  const [ai, bi] = [low.shape.length ? 1 : 0, high.shape.length ? 1 : 0];
  for (let i = 0; i < n; i++) {
    const least = a[i * ai];
    const most = b[i * bi];
    // NaN stays, and a bound that is NaN is none.
    const v = most < x[i] ? most : x[i];
    z[i] = v < least ? least : v;
  }
  return host(t.dtype, t.shape, out);
}

export const CLIP_KERNELS: HostTable = withShortFloats({ ClipByValue: { run: clip, check } });
