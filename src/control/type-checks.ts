/** Conditions on a tensor's dtype, which is always known: an error at once, or a node that does nothing. */
import { type DType, type DTypeLike, asDtype } from '../base/dtype';
import { TypeError_ } from '../base/errors';
import { textOf } from '../base/preview';
import { boundOptions } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Operation } from '../graph/graph';
import { noOp } from '../ops/control';
import type { CheckOptions } from './checks';

/**
 * Fails at once unless the tensor has this dtype.
 *
 *     tf.assertType(tf.constant(1), tf.int32)   // throws TypeError
 *
 * @param tensor   any
 * @param tfType   the dtype that it must have
 * @param message  stands before what the error says
 * @returns  an operation that does nothing
 * @throws TypeError  for another dtype
 */
export const assertType = boundOptions(
  'assert_type',
  2,
  function assertType(
    given: TensorLike,
    dtype: DTypeLike,
    { message = '', name }: Pick<CheckOptions, 'message' | 'name'> = {},
  ): Operation {
    return inScope(name, 'assert_type', [given], () => {
      const tensor = convertToTensor(given, null, 'tensor');
      const wanted: DType = asDtype(dtype);
      if (tensor.dtype !== wanted)
        throw new TypeError_(`${textOf(message ?? '')}  ${tensor.name} must be of type ${wanted}`);
      return noOp({ name: 'statically_determined_correct_type' });
    });
  },
);
/**
 * Fails at once unless the tensor is of integers.
 *
 *     tf.assertInteger(tf.constant(1))   // throws TypeError
 *
 * @param x        any
 * @param message  stands before what the error says
 * @returns  an operation that does nothing
 * @throws TypeError  for another dtype
 */
export const assertInteger = boundOptions(
  'assert_integer',
  1,
  function assertInteger(
    given: TensorLike,
    { message = '', name }: Pick<CheckOptions, 'message' | 'name'> = {},
  ): Operation {
    return inScope(name, 'assert_integer', [given], () => {
      const x = convertToTensor(given, null, 'x');
      if (!x.dtype.isInteger)
        throw new TypeError_(
          `${textOf(message ?? '')}  Expected "x" to be integer type.  Found: ${x.name} of dtype ${x.dtype}`,
        );
      return noOp({ name: 'statically_determined_was_integer' });
    });
  },
);
