import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { NotText } from '../graph/constant';
import type { ScalarTensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { scalarShape } from '../graph/shape-fn';
import type { NameOption } from './options';

export const LOSS = {
  L2Loss: {
    shape: scalarShape,
    grad: (op, [dy]) => op.inputs[0].mul(dy),
  },
} satisfies Rows;

/**
 * Σ t² / 2: the usual weight penalty.
 *
 *     tf.nn.l2Loss([3, 4])   // 12.5
 *
 * @param t  floats, any shape
 * @returns  t's dtype, a scalar
 * @throws TypeError  for integers
 */
export const l2Loss = boundOptions(
  'nn.l2_loss',
  1,
  function l2Loss(t: NotText, { name }: NameOption = {}): ScalarTensor {
    return apply('L2Loss', [t], {}, name) as ScalarTensor;
  },
);
