/** Stopping at what is not a number. */
import { apply } from '../graph/apply';
import { pythonBytes } from '../base/bytes';
import type { TensorLike } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { unchanged } from '../graph/shape-fn';
import { boundLike } from './known-calls';
import type { NameOption } from './options';

const IN_GRADIENT = 'Not a number (NaN) or infinity (Inf) values detected in gradient.';
export const NUMERICS = {
  CheckNumerics: {
    shape: unchanged,
    // Python puts the bytes of the message into the text as it prints them.
    grad: (op, [dy]) =>
      apply('CheckNumerics', [dy], {
        message: `${IN_GRADIENT} b${pythonBytes(op.attr('message'))}`,
      }),
  },
} satisfies Rows;

/**
 * The tensor as it is, where all its elements are numbers.
 *
 *     tf.checkNumerics([1, 2], 'x')   // [1, 2]
 *     tf.checkNumerics([1, NaN], 'x')   // throws InvalidArgumentError: x : Tensor had NaN values
 *
 * @param tensor   floats, any shape
 * @param message  stands before what the error says
 * @returns  the tensor's dtype and shape
 * @throws InvalidArgumentError  when it runs, if an element is NaN or infinite
 */
export const checkNumerics = boundLike(
  'check_numerics',
  2,
  function checkNumerics(tensor: TensorLike, message: string, { name }: NameOption = {}): Tensor {
    return apply('CheckNumerics', [tensor], { message }, name);
  },
);
