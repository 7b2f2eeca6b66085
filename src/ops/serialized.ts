/** Tensors as the bytes of their messages, and back. */
import { type DTypeLike, asDtype } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { apply } from '../graph/apply';
import type { TensorLike, Text } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { scalarShape } from '../graph/shape-fn';
import type { NameOption } from './options';

export const SERIALIZED = {
  SerializeTensor: { shape: scalarShape },
  ParseTensor: { shape: () => [null] },
} satisfies Rows;

/**
 * A tensor as the bytes of a TensorProto, which `parseTensor` reads: how a tensor of any shape stands in a record.
 *
 *     tf.parseTensor(tf.serializeTensor([1, 2]), tf.float32)   // [1, 2]
 *
 * @param tensor  any dtype, any shape
 * @returns  a string
 * @throws TypeError  for what is no tensor
 */
export const serializeTensor = boundOptions(
  'serialize_tensor',
  1,
  (tensor: TensorLike, { name }: NameOption = {}): Tensor => apply('SerializeTensor', [tensor], {}, name),
);
/**
 * The tensor whose TensorProto a string has in it, as `serializeTensor` writes it.
 *
 *     tf.parseTensor(tf.serializeTensor('abc'), tf.string)   // 'abc'
 *
 * @param serialized  a string
 * @param outType     the dtype that the tensor has
 * @returns  `outType`; the shape that the string says, which is not known before
 * @throws InvalidArgumentError  when run, if the string has no tensor of that dtype
 */
export const parseTensor = boundOptions(
  'parse_tensor',
  2,
  (serialized: Text, outType: DTypeLike, { name }: NameOption = {}): Tensor =>
    apply('ParseTensor', [serialized], { out_type: asDtype(outType) }, name),
);
