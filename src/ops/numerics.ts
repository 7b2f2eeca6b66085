/** Stopping at what is not a number. */
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import type { NameOption } from './options';

export const NUMERICS = {
  CheckNumerics: {
    shape: unchanged,
    grad: (op, [dy]) =>
      apply('CheckNumerics', [dy], {
        message: `Not a number (NaN) or infinity (Inf) values detected in gradient. ${op.attr('message')}`,
      }),
  },
} satisfies Rows;

/**
 * The tensor as it is, where all its elements are numbers.
 *
 * @throws InvalidArgumentError  when it runs, with `message`, if one is NaN or infinite
 */
export const checkNumerics = boundOptions(
  'check_numerics',
  2,
  function checkNumerics(tensor: TensorLike, message: string, { name }: NameOption = {}): Tensor {
    return apply('CheckNumerics', [tensor], { message }, name);
  },
);
