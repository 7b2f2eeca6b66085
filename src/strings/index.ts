/**
 * `tf.strings`: strings changed, measured, cut, joined and hashed. Re-exports only.
 *
 * @module
 */
export {
  stringJoin as join,
  stringToNumber as toNumber,
  type StringJoinOptions,
  type ToNumberOptions,
} from '../ops/strings';
export {
  asString,
  type AsStringOptions,
  type EncodingOption,
  format,
  type FormatOptions,
  length,
  lower,
  reduceJoin,
  type ReduceJoinOptions,
  split,
  type SplitTextOptions,
  stringStrip as strip,
  stringToHashBucket as toHashBucket,
  stringToHashBucketFast as toHashBucketFast,
  stringToHashBucketStrong as toHashBucketStrong,
  type StringUnit,
  substr,
  type UnitOption,
  upper,
} from '../ops/texts';
