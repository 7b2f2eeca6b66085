/** Examples as files of records keep them: tensorflow/core/example/{feature,example}.proto of 1.15. */
import { inner, inners, many, mapOf } from './field';
import { Message, type MessageOf } from './message';

export const BYTES_LIST = new Message('BytesList', { value: many('bytes', 1) });
export const FLOAT_LIST = new Message('FloatList', { value: many('float', 1) });
export const INT64_LIST = new Message('Int64List', { value: many('long', 1) });
/** One of the three, or none. */
export const FEATURE = new Message('Feature', {
  bytesList: inner(() => BYTES_LIST, 1),
  floatList: inner(() => FLOAT_LIST, 2),
  int64List: inner(() => INT64_LIST, 3),
});
export const FEATURES = new Message('Features', { feature: mapOf(() => FEATURE, 1) });
export const FEATURE_LIST = new Message('FeatureList', { feature: inners(() => FEATURE, 1) });
export const FEATURE_LISTS = new Message('FeatureLists', { featureList: mapOf(() => FEATURE_LIST, 1) });
export const EXAMPLE = new Message('Example', { features: inner(() => FEATURES, 1) });
export const SEQUENCE_EXAMPLE = new Message('SequenceExample', {
  context: inner(() => FEATURES, 1),
  featureLists: inner(() => FEATURE_LISTS, 2),
});
export type FeatureMessage = MessageOf<typeof FEATURE.fields>;
export type FeaturesMessage = MessageOf<typeof FEATURES.fields>;
