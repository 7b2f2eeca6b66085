/** Strings changed, measured, cut, joined and hashed. */
import { int32, string } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, type Text, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';
import { ShapeError } from '../graph/shape-error';
import { broadcastShapes, numbers, unchanged, withRank } from '../graph/shape-fn';
import { SparseTensor } from '../graph/sparse-tensor';
import { KEPT_DIMS, type NameOption, eitherName } from './options';
import { range } from './range';
import { rankOf } from './words';

const SAME: OpRow = { shape: unchanged };
function joinedShape(c: ShapeContext): TensorShape {
  const axes = numbers(c, 1);
  const { dims } = c.shape(0);
  const keeps = c.attr('keep_dims', 'bool');
  if (!axes || !dims) return TensorShape.unknown(keeps && dims ? dims.length : undefined);
  for (const axis of axes)
    if (axis < -dims.length || axis >= dims.length)
      throw new ShapeError(`Invalid reduction dimension ${axis} for input with ${dims.length} dimension(s)`);
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + dims.length : axis)));
  if (keeps) return new TensorShape(dims.map((dim, d) => (gone.has(d) ? 1 : dim)));
  return new TensorShape(dims.filter((_, d) => !gone.has(d)));
}

export const TEXTS = {
  StringLower: SAME,
  StringUpper: SAME,
  StringStrip: SAME,
  StringLength: SAME,
  Substr: {
    grows: 'shapes',
    shape(c) {
      const [pos, len] = [c.shape(1), c.shape(2)];
      if (len.rank !== null && pos.rank !== null) {
        withRank(c, 1, len.rank);
        if (pos.dims?.some((dim, d) => dim !== len.at(d)))
          throw new ShapeError(`pos and len shapes must match: ${pos.toCString()} vs. ${len.toCString()}`);
      }
      return [broadcastShapes(c.shape(0), pos)];
    },
  },
  StringToHashBucket: SAME,
  StringToHashBucketFast: SAME,
  StringToHashBucketStrong: SAME,
  ReduceJoin: { shape: (c) => [joinedShape(c)] },
  StringSplitV2: {
    shape(c) {
      withRank(c, 0, 1);
      withRank(c, 1, 0);
      return [[null, 2], [null], [2]];
    },
  },
  AsString: SAME,
  EncodeBase64: SAME,
  DecodeBase64: SAME,
} satisfies Rows;

/** What functions of letters take by name. */
export interface EncodingOption extends NameOption {
  /** '' for the letters of ASCII, 'utf-8' for all; '' where not given. */
  readonly encoding?: string;
}
/**
 * Strings with small letters.
 *
 *     tf.strings.lower(['Ab', 'C'])              // ['ab', 'c']
 *     tf.strings.lower('Ä', { encoding: 'utf-8' })   // 'ä'
 *
 * @param input     strings
 * @param encoding  '' for the letters of ASCII, 'utf-8' for all; '' where not given
 * @param name      the name of the node
 * @returns  string, the shape of `input`
 * @throws InvalidArgumentError  when run, for another encoding
 */
export const lower = boundOptions(
  'strings.lower',
  1,
  (input: Text, { encoding, name }: EncodingOption = {}): Tensor => apply('StringLower', [input], { encoding }, name),
);
/**
 * Strings with capitals.
 *
 *     tf.strings.upper(['Ab', 'c'])   // ['AB', 'C']
 *
 * @param input     strings
 * @param encoding  '' for the letters of ASCII, 'utf-8' for all; '' where not given
 * @param name      the name of the node
 * @returns  string, the shape of `input`
 * @throws InvalidArgumentError  when run, for another encoding
 */
export const upper = boundOptions(
  'strings.upper',
  1,
  (input: Text, { encoding, name }: EncodingOption = {}): Tensor => apply('StringUpper', [input], { encoding }, name),
);
/**
 * Strings without the spaces and line ends around them.
 *
 *     tf.strings.strip([' a b\n'])   // ['a b']
 *
 * @param input  strings
 * @param name   the name of the node
 * @returns  string, the shape of `input`
 * @throws TypeError  for what is no text
 */
export const stringStrip = boundOptions(
  'string_strip',
  1,
  (input: Text, { name }: NameOption = {}): Tensor => apply('StringStrip', [input], {}, name),
);
/** What is counted: bytes, or characters of UTF-8. */
export type StringUnit = 'BYTE' | 'UTF8_CHAR';
/** What functions of places in strings take by name. */
export interface UnitOption extends NameOption {
  /** 'BYTE' or 'UTF8_CHAR'; 'BYTE' where not given. */
  readonly unit?: StringUnit;
}
/**
 * How long strings are.
 *
 *     tf.strings.length(['abc', 'ä'])                          // [3, 2]
 *     tf.strings.length(['abc', 'ä'], { unit: 'UTF8_CHAR' })   // [3, 1]
 *
 * @param input  strings
 * @param unit   what is counted: 'BYTE' or 'UTF8_CHAR'; 'BYTE' where not given
 * @param name   the name of the node
 * @returns  int32, the shape of `input`
 * @throws ValueError  for another unit
 */
export const length = boundOptions(
  'strings.length',
  1,
  (input: Text, { unit, name }: UnitOption = {}): Tensor => apply('StringLength', [input], { unit }, name),
);
/**
 * Parts of strings.
 *
 *     tf.strings.substr(['hello', 'world'], 1, 3)        // ['ell', 'orl']
 *     tf.strings.substr(['hello', 'world'], [-2, 0], [2, 1])   // ['lo', 'w']
 *
 * @param input  strings
 * @param pos    where they begin, int32 or int64; below 0 from the end
 * @param len    how long they are, of the dtype and shape of `pos`; shorter where a string ends
 * @param unit   what is counted: 'BYTE' or 'UTF8_CHAR'; 'BYTE' where not given
 * @param name   the name of the node
 * @returns  string, the shape to which `input` and `pos` broadcast
 * @throws ValueError  for shapes that do not fit
 * @throws InvalidArgumentError  when run, for a place outside of a string
 */
export const substr = boundOptions(
  'substr',
  3,
  (input: Text, pos: TensorLike, len: TensorLike, { unit, name }: UnitOption = {}): Tensor =>
    apply('Substr', [input, pos, len], { unit }, name),
);
/**
 * Strings as numbers of buckets, by a hash that stays as it is: FarmHash's fingerprint.
 *
 *     tf.strings.toHashBucketFast(['a', 'b'], 10)   // [9, 2]
 *
 * @param input       strings
 * @param numBuckets  how many buckets there are
 * @param name        the name of the node
 * @returns  int64, the shape of `input`
 * @throws ValueError  for fewer than 1
 */
export const stringToHashBucketFast = boundOptions(
  'string_to_hash_bucket_fast',
  2,
  (input: Text, numBuckets: number, { name }: NameOption = {}): Tensor =>
    apply('StringToHashBucketFast', [input], { num_buckets: numBuckets }, name),
);
/**
 * The same by a hash under a key, which nobody finds strings of one bucket for: SipHash.
 *
 *     tf.strings.toHashBucketStrong(['a', 'b'], 10, [1, 2])   // [6, 4]
 *
 * @param input       strings
 * @param numBuckets  how many buckets there are
 * @param key         two integers
 * @param name        the name of the node
 * @returns  int64, the shape of `input`
 * @throws ValueError  for fewer than 1
 * @throws InvalidArgumentError  when run, for a key of another length
 */
export const stringToHashBucketStrong = boundOptions(
  'string_to_hash_bucket_strong',
  3,
  (input: Text, numBuckets: number, key: readonly (number | bigint)[], { name }: NameOption = {}): Tensor =>
    apply('StringToHashBucketStrong', [input], { num_buckets: numBuckets, key: [...key] }, name),
);
/**
 * The same by TensorFlow's older hash.
 *
 *     tf.strings.toHashBucket(['a', 'b'], 10)   // [8, 0]
 *
 * @param stringTensor  strings
 * @param numBuckets    how many buckets there are
 * @param name          the name of the node
 * @returns  int64, the shape of `stringTensor`
 * @throws ValueError  for fewer than 1
 */
export const stringToHashBucket = boundOptions(
  'string_to_hash_bucket',
  2,
  (stringTensor: Text, numBuckets: number, { name }: NameOption = {}): Tensor =>
    apply('StringToHashBucket', [stringTensor], { num_buckets: numBuckets }, name),
);

/** What `reduceJoin` takes by name. */
export interface ReduceJoinOptions extends NameOption {
  /** Whether the dimensions stay, as 1s; false where not given. */
  readonly keepDims?: boolean | null;
  /** Stands between the strings; nothing where not given. */
  readonly separator?: string;
  /** `axis`, by its older name. */
  readonly reductionIndices?: TensorLike | null;
  /** `keepDims`, by its newer name. */
  readonly keepdims?: boolean | null;
}
/**
 * Joins the strings along dimensions. Of several the first goes fastest.
 *
 *     tf.reduceJoin([['a', 'b'], ['c', 'd']], 1)        // ['ab', 'cd']
 *     tf.reduceJoin([['a', 'b'], ['c', 'd']], [0, 1])   // 'acbd'
 *     tf.reduceJoin([['a', 'b'], ['c', 'd']])           // 'abcd'
 *
 * @param inputs     strings
 * @param axis       the dimensions; all, the last fastest, where not given
 * @param keepDims   whether the dimensions stay, as 1s; false where not given
 * @param separator  stands between the strings; nothing where not given
 * @param name       the name of the node
 * @param reductionIndices  `axis`, by its older name
 * @param keepdims   `keepDims`, by its newer name
 * @returns  string, the shape of `inputs` without those dimensions
 * @throws ValueError  for a dimension that there is not
 */
export const reduceJoin = boundOptions(
  'reduce_join',
  2,
  (inputs: Text, axis: TensorLike | null = null, options: ReduceJoinOptions = {}): Tensor => {
    const { keepDims, keepdims, reductionIndices, separator, name } = options;
    const wanted = eitherName(['axis', 'reduction_indices'], axis, reductionIndices);
    const keeps = eitherName(KEPT_DIMS, keepdims, keepDims) ?? false;
    return inScope(null, 'ReduceJoin', [inputs, wanted], () => {
      const texts = convertToTensor(inputs, null, 'Const');
      return apply('ReduceJoin', [texts, wanted ?? allAxes(texts)], { keep_dims: keeps, separator }, name);
    });
  },
);
/** The last dimension first, so that it goes fastest. */
function allAxes(texts: Tensor): Tensor {
  const { rank } = texts.shape;
  if (rank === null) return range(rankOf(texts).sub(1), -1, -1);
  return convertToTensor(
    Array.from({ length: rank }, (_, i) => rank - 1 - i),
    int32,
    'Const',
  );
}

/** What `asString` takes by name. */
export interface AsStringOptions extends NameOption {
  /** How many digits behind the point; C's own number of them, 6, where not given. */
  readonly precision?: number;
  /** Whether floats have an exponent: `1.5e+00`. */
  readonly scientific?: boolean;
  /** Whether floats are as short as they can be: `1.5`. */
  readonly shortest?: boolean;
  /** How wide the fields are; as wide as need be where not given. */
  readonly width?: number;
  /** What fills a field: ' ' (a space in front of what has no sign), '0', '-' (behind the digits), or '+'. */
  readonly fill?: string;
}
/**
 * Numbers and truth values as text.
 *
 *     tf.asString([1.5, -2], { precision: 1 })        // ['1.5', '-2.0']
 *     tf.asString(Int32Array.of(7), { width: 3, fill: '0' })   // ['007']
 *     tf.asString(tf.constant([true]))                // ['true']
 *
 * @param input       numbers, or truth values
 * @param precision   how many digits behind the point; 6 where not given
 * @param scientific  whether floats have an exponent; false where not given
 * @param shortest    whether floats are as short as they can be; false where not given
 * @param width       how wide the fields are; as wide as need be where not given
 * @param fill        what fills a field: ' ', '0', '-' or '+'
 * @param name        the name of the node
 * @returns  string, the shape of `input`
 * @throws InvalidArgumentError  when run, for settings that integers do not have, and for two that exclude each other
 */
export const asString = boundOptions(
  'as_string',
  1,
  (input: TensorLike, { precision, scientific, shortest, width, fill, name }: AsStringOptions = {}): Tensor =>
    apply('AsString', [input], { precision, scientific, shortest, width, fill }, name),
);
/** What `tf.strings.format` takes by name. */
export interface FormatOptions extends NameOption {
  /** What the tensors stand in the place of; '{}' where not given. */
  readonly placeholder?: string;
  /** How many elements of each end of a dimension are shown; 3 where not given. */
  readonly summarize?: number;
}
/**
 * A text with tensors in it.
 *
 *     tf.strings.format('a: {}, b: {}', [tf.constant([1, 2]), 'x'])   // 'a: [1 2], b: "x"'
 *
 * @param template     the text
 * @param inputs       a tensor, or a list of one for each placeholder
 * @param placeholder  what the tensors stand in the place of; '{}' where not given
 * @param summarize    how many elements of each end of a dimension are shown; 3 where not given
 * @param name         the name of the node
 * @returns  a scalar of string
 * @throws ValueError  for another number of placeholders than of tensors
 */
export const format = boundOptions(
  'strings.format',
  2,
  (
    template: string,
    inputs: TensorLike | readonly TensorLike[],
    { placeholder = '{}', summarize = 3, name }: FormatOptions = {},
  ): Tensor => {
    const list: readonly TensorLike[] = Array.isArray(inputs) ? inputs : [inputs];
    const count = template.split(placeholder).length - 1;
    if (count !== list.length)
      throw new ValueError(
        `${count} placeholder(s) in template does not match ${list.length} tensor(s) provided as input`,
      );
    return apply('StringFormat', [list], { template, placeholder, summarize }, name);
  },
);
/** What `tf.strings.split` takes by name. */
export interface SplitTextOptions extends NameOption {
  /** How often each is split at most; as often as can be where not given. */
  readonly maxsplit?: number;
}
/**
 * Takes strings apart, as Python's `split` does.
 *
 *     sess.run(tf.strings.split(['a b', ' c'])).values        // ['a', 'b', 'c']
 *     sess.run(tf.strings.split(['a,,b'], ',')).values        // ['a', '', 'b']
 *
 * @param input       a vector of strings
 * @param sep         what stands between the parts; any spaces where not given
 * @param maxsplit    how often each is split at most; as often as can be where not given
 * @param source      `input`, by its older name
 * @param name        the name of the scope
 * @returns  a SparseTensor: a row of parts for each string
 * @throws ValueError  for strings that are known to be no vector
 */
export const split = boundOptions(
  'strings.split',
  2,
  (input: Text, sep: Text | null = null, { maxsplit, name }: SplitTextOptions = {}): SparseTensor =>
    inScope(name, 'StringSplit', [input], () => {
      const texts = convertToTensor(input, string, 'input');
      const separator = convertToTensor(sep ?? '', string, 'Const');
      const [indices, values, shape] = applyOp('StringSplitV2', [texts, separator], { maxsplit }).outputs;
      return new SparseTensor(indices, values, shape);
    }),
);
/** What `encodeBase64` takes by name. */
export interface Base64Options extends NameOption {
  /** Whether `=` fill it up to a multiple of 4; false where not given. */
  readonly pad?: boolean;
}
/**
 * Bytes as letters: base64 with `-` and `_`, for addresses and names of files.
 *
 *     tf.encodeBase64(['a', 'bc'])              // ['YQ', 'YmM']
 *     tf.encodeBase64('a', { pad: true })       // 'YQ=='
 *
 * @param input  strings
 * @param pad    whether `=` fill them up to a multiple of 4; false where not given
 * @param name   the name of the node
 * @returns  string, the shape of `input`
 * @throws TypeError  for what is no text
 */
export const encodeBase64 = boundOptions(
  'encode_base64',
  1,
  (input: Text, { pad, name }: Base64Options = {}): Tensor => apply('EncodeBase64', [input], { pad }, name),
);
/**
 * What `encodeBase64` made letters of, with `=` behind it or without.
 *
 *     tf.decodeBase64('YQ')   // 'a'
 *
 * @param input  strings
 * @param name   the name of the node
 * @returns  string, the shape of `input`
 * @throws InvalidArgumentError  when run, for what is no base64 of that kind
 */
export const decodeBase64 = boundOptions(
  'decode_base64',
  1,
  (input: Text, { name }: NameOption = {}): Tensor => apply('DecodeBase64', [input], {}, name),
);
