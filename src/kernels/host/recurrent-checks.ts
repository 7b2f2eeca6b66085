/** What operands recurrent nets of one op take. */
import { asLongs } from '../../base/elements';
import { type Checked, type HostTensor, invalid } from '../kernel';
import { type Shaped, same } from './float-rows';

/** What fits a step whose rows are [batch, depth]. */
function checkSizes([batch, depth]: readonly number[], [cs, h, w, , , , b]: readonly Shaped[]): void {
  const size = cs.shape[1];
  same('cs_prev.dims(0)', cs.shape[0], batch, 'batch_size');
  same('h_prev.dims(0)', h.shape[0], batch, 'batch_size');
  same('h_prev.dims(1)', h.shape[1], size, 'cell_size');
  same('w.dim_size(0)', w.shape[0], depth + size, 'input_size + cell_size');
  same('w.dim_size(1)', w.shape[1], 4 * size, 'cell_size * 4');
  same('b.dim_size(0)', b.shape[0], 4 * size, 'cell_size * 4');
}
export function checkCell([x, ...others]: readonly Shaped[]): void {
  checkSizes(x.shape, others);
}
export function checkNet([, x, ...others]: readonly Shaped[]): void {
  const [, , , wci, wcf, wco] = others;
  checkSizes(x.shape.slice(1), others);
  for (const [name, { shape }] of Object.entries({ wci, wcf, wco }))
    if (shape.length !== 1) invalid(`${name} must be 1D`);
}
/** How many steps there are: no more than x has. */
export function stepsOf(longest: HostTensor, time: number): number {
  return Math.max(0, Math.min(time, Number(asLongs(longest.data)[0])));
}
/** Other steps than x has, behind which TensorFlow's kernel leaves what memory holds, and operands it takes unseen. */
export function isOdd([longest, x, cs, , , ...others]: readonly Checked[]): boolean {
  const [time, batch, depth] = x.shape;
  const size = cs.shape[1];
  const isOf = ({ shape }: Checked, ...sizes: number[]): boolean =>
    shape.length === sizes.length && sizes.every((n, i) => n === shape[i]);
  const [wci, wcf, wco, , ...kept] = others;
  const steps = longest.data ? Number(asLongs(longest.data)[0]) : -1;
  if (longest.shape.length > 0 || steps !== time || time * batch * depth * size === 0) return true;
  return ![wci, wcf, wco].every((w) => isOf(w, size)) || !kept.every((each) => isOf(each, time, batch, size));
}
