/** What TensorFlow 2 says of a type beyond its dtype (a dataset of what, a callable of what): full_type.proto. */
import { inners, maybe, word } from './field';
import { Message } from './message';

/** Ranges of FullTypeId: the number that each begins with, and its words. */
const FULL_TYPE_IDS = {
  0: 'UNSET VAR ANY PRODUCT NAMED',
  20: 'FOR_EACH',
  100: 'CALLABLE',
  200: 'BOOL UINT8 UINT16 UINT32 UINT64 INT8 INT16 INT32 INT64 HALF FLOAT DOUBLE COMPLEX64 COMPLEX128 STRING BFLOAT16',
  1000: 'TENSOR ARRAY OPTIONAL LITERAL ENCODED SHAPE_TENSOR',
  10102: 'DATASET RAGGED ITERATOR',
  10202: 'MUTEX_LOCK LEGACY_VARIANT',
};
const FULL_TYPE_ID: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries(FULL_TYPE_IDS).flatMap(([first, names]) =>
    names.split(' ').map((name, i) => [`TFT_${name}`, Number(first) + i]),
  ),
);

export const FULL_TYPE: Message = new Message('FullTypeDef', {
  typeId: word(FULL_TYPE_ID, 1),
  args: inners(() => FULL_TYPE, 2),
  s: maybe('string', 3),
  i: maybe('long', 4),
});
