/** `tf.train.Example`, and what holds its features by their names. */
import { EXAMPLE, FEATURES, FEATURE_LIST, FEATURE_LISTS, SEQUENCE_EXAMPLE } from './example-messages';
import { ExampleMessage, Feature, type FeatureGiven, type Named, checkNames, mapIn, messageIn } from './feature';
import { isA } from '../base/preview';
import type { Described } from './field';
import { bytesGiven } from './given';

/** Fields that are kept as they are. */
interface Kept {
  /** Fields that are not known here, as bytes. */
  readonly unknown?: Uint8Array;
}
/** What a set of features is made of. */
export interface FeaturesGiven extends Kept {
  /** The features: an object or a map. */
  readonly feature?: Named<Feature | FeatureGiven> | null;
}
/**
 * Features by their names.
 *
 *     const features = new tf.train.Features({ feature: { age: { int64List: { value: [29] } } } });
 *     features.feature.get('age')?.int64List?.value   // [29n]
 */
export class Features extends ExampleMessage {
  /** The features. */
  feature: ReadonlyMap<string, Feature>;
  /**
   * @param given  its fields
   * @throws ValueError  for a field that it does not have
   */
  constructor(given: FeaturesGiven = {}) {
    super();
    checkNames(FEATURES, given);
    this.feature = mapIn(given.feature, Feature);
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return FEATURES;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return FEATURES.write(this);
  }
  /** From bytes. @throws ValueError  if they are no Features */
  static fromString(bytes: Uint8Array | string): Features {
    return new Features(FEATURES.read(bytesGiven(bytes, 'Features')));
  }
}
/** What a list of features is made of. */
export interface FeatureListGiven extends Kept {
  /** The features. */
  readonly feature?: readonly (Feature | FeatureGiven)[] | null;
}
/**
 * Features in order, as those of the steps of a sequence.
 *
 *     const list = new tf.train.FeatureList({ feature: [{ floatList: { value: [1] } }] });
 *     list.feature.length   // 1
 */
export class FeatureList extends ExampleMessage {
  /** The features. */
  feature: readonly Feature[];
  /**
   * @param given  its fields
   * @throws ValueError  for a field that it does not have
   */
  constructor(given: FeatureListGiven = {}) {
    super();
    checkNames(FEATURE_LIST, given);
    this.feature = listIn(given.feature);
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return FEATURE_LIST;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return FEATURE_LIST.write(this);
  }
  /** From bytes. @throws ValueError  if they are no FeatureList */
  static fromString(bytes: Uint8Array | string): FeatureList {
    return new FeatureList(FEATURE_LIST.read(bytesGiven(bytes, 'FeatureList')));
  }
}
const listIn = (given: FeatureListGiven['feature']): Feature[] =>
  (given ?? []).map((each) => (isA(each, Feature) ? each : new Feature(each)));
/** What a set of lists is made of. */
export interface FeatureListsGiven extends Kept {
  /** The lists: an object or a map. */
  readonly featureList?: Named<FeatureList | FeatureListGiven> | null;
}
/**
 * Lists of features by their names.
 *
 *     const lists = new tf.train.FeatureLists({ featureList: { step: { feature: [{ floatList: { value: [1] } }] } } });
 *     lists.featureList.get('step')?.feature.length   // 1
 */
export class FeatureLists extends ExampleMessage {
  /** The lists. */
  featureList: ReadonlyMap<string, FeatureList>;
  /**
   * @param given  its fields
   * @throws ValueError  for a field that it does not have
   */
  constructor(given: FeatureListsGiven = {}) {
    super();
    checkNames(FEATURE_LISTS, given);
    this.featureList = mapIn(given.featureList, FeatureList);
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return FEATURE_LISTS;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return FEATURE_LISTS.write(this);
  }
  /** From bytes. @throws ValueError  if they are no FeatureLists */
  static fromString(bytes: Uint8Array | string): FeatureLists {
    return new FeatureLists(FEATURE_LISTS.read(bytesGiven(bytes, 'FeatureLists')));
  }
}
/** What an example is made of. */
export interface ExampleGiven extends Kept {
  /** Its features. */
  readonly features?: Features | FeaturesGiven | null;
}
/**
 * One example: its features, as files of records keep them.
 *
 *     const example = new tf.train.Example({ features: { feature: { age: { int64List: { value: [29] } } } } });
 *     const bytes = example.serializeToString();
 *     tf.train.Example.fromString(bytes).features?.feature.get('age')?.int64List?.value   // [29n]
 */
export class Example extends ExampleMessage {
  /** Its features. */
  features: Features | null;
  /**
   * @param given  its fields
   * @throws ValueError  for a field that it does not have
   */
  constructor(given: ExampleGiven = {}) {
    super();
    checkNames(EXAMPLE, given);
    this.features = messageIn(given.features, Features);
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return EXAMPLE;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return EXAMPLE.write(this);
  }
  /** From bytes. @throws ValueError  if they are no Example */
  static fromString(bytes: Uint8Array | string): Example {
    return new Example(EXAMPLE.read(bytesGiven(bytes, 'Example')));
  }
}
/** What a sequence is made of. */
export interface SequenceExampleGiven extends Kept {
  /** Features of the whole. */
  readonly context?: Features | FeaturesGiven | null;
  /** Features of the steps. */
  readonly featureLists?: FeatureLists | FeatureListsGiven | null;
}
/**
 * One example that is a sequence: features of the whole, and lists with one for each step.
 *
 *     const example = new tf.train.SequenceExample({
 *       context: { feature: { length: { int64List: { value: [1] } } } },
 *       featureLists: { featureList: { step: { feature: [{ floatList: { value: [0.5] } }] } } },
 *     });
 *     example.featureLists?.featureList.get('step')?.feature[0].floatList?.value   // [0.5]
 */
export class SequenceExample extends ExampleMessage {
  /** Features of the whole. */
  context: Features | null;
  /** Features of the steps. */
  featureLists: FeatureLists | null;
  /**
   * @param given  its fields
   * @throws ValueError  for a field that it does not have
   */
  constructor(given: SequenceExampleGiven = {}) {
    super();
    checkNames(SEQUENCE_EXAMPLE, given);
    this.context = messageIn(given.context, Features);
    this.featureLists = messageIn(given.featureLists, FeatureLists);
    if (given.unknown) this.unknown = given.unknown;
  }
  protected get table(): Described {
    return SEQUENCE_EXAMPLE;
  }
  /** Bytes, as a file of records has them. */
  serializeToString(): Uint8Array<ArrayBuffer> {
    return SEQUENCE_EXAMPLE.write(this);
  }
  /** From bytes. @throws ValueError  if they are no SequenceExample */
  static fromString(bytes: Uint8Array | string): SequenceExample {
    return new SequenceExample(SEQUENCE_EXAMPLE.read(bytesGiven(bytes, 'SequenceExample')));
  }
}
