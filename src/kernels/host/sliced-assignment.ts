/** Parts of variables that are set: `v[…].assign(x)`. */
import { boxAt, copyBox, slotShape, wholeBox } from '../../base/box';
import { cShape, sameShape } from '../../base/shape';
import { KernelError, type KernelNode, type Run, type Value, invalid } from '../kernel';
import { boxOf, integers } from './slice';
import { withValue, writable } from './variable-value';

/** Sets the part of a variable that masks, begin, end and strides take. */
export function assignPart(
  edge: Value,
  [, begin, end, strides, value]: readonly Value[],
  node: KernelNode,
  context: Run,
): void {
  const { dtype, shape } = withValue(edge, context, (now) => now);
  if (dtype !== value.dtype) invalid(`l-value dtype ${dtype.cName} does not match r-value dtype ${value.dtype.cName}`);
  const spec = [begin, end, strides].map((v) => integers({ dtype: v.dtype, shape: v.shape, data: v.read() }));
  const box = boxOf(shape, spec, node);
  if (box.sizes.includes(0)) return;
  if (!sameShape(box.shape, value.shape))
    throw new KernelError(
      'Unimplemented',
      `sliced l-value shape ${cShape(box.shape)} does not match r-value shape ${cShape(value.shape)}. ` +
        'Automatic broadcasting not yet implemented.',
      `tf.broadcastTo(value, [${box.shape.join(', ')}])`,
    );
  if (shape.length > MOST_SLICED) throw new KernelError('Unimplemented', `Unhandled input dimensions ${shape.length}`);
  const part = { dtype, shape: value.shape, data: value.read() };
  const whole = { dtype, shape, data: writable(edge) };
  copyBox(slotShape(part, box.sizes), wholeBox(part, box.sizes), boxAt(whole, box.begin, box.strides));
}
/** TensorFlow's kernel takes no more dimensions. */
const MOST_SLICED = 7;
