/** Strings put together. */
import { type DTypeLike, asDtype, float32, string } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type Text, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { Rows } from '../graph/opdef';
import { inputShapes, mergeShapes, unchanged, withRank } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';
import type { NameOption } from './options';

export const STRINGS = {
  StringToNumber: { shape: unchanged },
  StringSplit: {
    shape(c) {
      withRank(c, 0, 1);
      withRank(c, 1, 0);
      return [[null, 2], [null], [2]];
    },
  },
  StringJoin: {
    shape(c) {
      const shapes = inputShapes(c);
      if (shapes.every((s) => s.rank === 0)) return [TensorShape.scalar()];
      // What has an unknown rank may be a scalar.
      return [shapes.filter((s) => s.rank !== null && s.rank > 0).reduce(mergeShapes, TensorShape.unknown())];
    },
  },
} satisfies Rows;

/** What `stringJoin` takes by name. */
export interface StringJoinOptions extends NameOption {
  /** Stands between them; nothing where not given. */
  readonly separator?: string | null;
}
/**
 * Joins strings element by element.
 *
 *     tf.stringJoin(['model', 'ckpt'], '.')   // 'model.ckpt'
 *     tf.stringJoin([['a', 'b'], '-x'])       // ['a-x', 'b-x']
 *
 * @param inputs     tensors of strings, of one shape; scalars go with each element
 * @param separator  stands between them
 * @returns  a tensor of strings
 * @throws ValueError  if shapes differ
 */
export const stringJoin = boundOptions(
  'string_join',
  1,
  function stringJoin(inputs: readonly Text[], { separator, name }: StringJoinOptions = {}): Tensor {
    return apply('StringJoin', [inputs], { separator }, name);
  },
);
/** What `stringToNumber` takes by name. */
export interface ToNumberOptions extends NameOption {
  /** float32, float64, int32 or int64; float32 where not given. */
  readonly outType?: DTypeLike;
}
/**
 * Reads strings as numbers.
 *
 *     tf.stringToNumber(['3.5', ' -1e2 '])   // [3.5, -100]
 *
 * @param stringTensor  strings, with spaces around the numbers or without
 * @param outType       float32, float64, int32 or int64; float32 where not given
 * @param name          the name of the node
 * @returns  `outType`, the shape of the strings
 * @throws InvalidArgumentError  when run, for a text that is no number of that type
 */
export const stringToNumber = boundOptions(
  'string_to_number',
  1,
  (stringTensor: Text, { outType = float32, name }: ToNumberOptions = {}): Tensor =>
    apply('StringToNumber', [stringTensor], { out_type: asDtype(outType) }, name),
);
/** What `stringSplit` takes by name. */
export interface StringSplitOptions extends NameOption {
  /** Each byte of it separates; a space where not given, and '' takes the bytes apart. */
  readonly sep?: Text | null;
  /** Whether empty parts are left out; true where not given. */
  readonly skipEmpty?: boolean;
}
/**
 * Takes strings apart where a separator stands.
 *
 *     sess.run(tf.stringSplit(['a b', 'c'])).values   // ['a', 'b', 'c']
 *
 * @param source     a vector of strings
 * @param sep        each byte of it separates; a space where not given, and '' takes the bytes apart
 * @param skipEmpty  whether empty parts are left out; true where not given
 * @param delimiter  `sep`, by its older name
 * @param name       the name of the scope
 * @returns  a SparseTensor: a row of parts for each string
 * @throws ValueError  if the strings are known to be no vector
 */
export const stringSplit = boundOptions(
  'string_split',
  1,
  (source: Text, { sep, skipEmpty, name }: StringSplitOptions = {}): SparseTensor =>
    inScope(name, 'StringSplit', [source], () => {
      const separator = convertToTensor(sep ?? ' ', string);
      const texts = convertToTensor(source, string);
      const { outputs } = applyOp('StringSplit', [texts, separator], { skip_empty: skipEmpty });
      const [indices, values, shape] = outputs;
      return new SparseTensor(indices, values, shape);
    }),
);
