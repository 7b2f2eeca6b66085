/** Messages of pprof, with the numbers that profile.proto of TensorFlow's profiler has. Their texts are numbers. */
import { inner, inners, many, one } from './field';
import { Message, type MessageOf } from './message';

/** What a number of a sample counts. */
export const VALUE_TYPE = new Message('Profile.ValueType', {
  /** What it is. */
  type: one('int64', 1),
  /** In what it is counted. */
  unit: one('int64', 2),
});
/** A word about a sample. */
export const LABEL = new Message('Profile.Label', {
  /** What kind of word. */
  key: one('int64', 1),
  /** The word. */
  str: one('int64', 2),
  /** Or a number. */
  num: one('int64', 3),
});
/** What is counted at lines below lines. */
export const SAMPLE = new Message('Profile.Sample', {
  /** The lines, the innermost first. */
  locationId: many('uint64', 1),
  /** What is counted, in the order of the profile's types. */
  value: many('int64', 2),
  /** What else is known. */
  label: inners(() => LABEL, 3),
});
/** A line of a function. */
export const LINE = new Message('Profile.Line', {
  /** The number of the function. */
  functionId: one('uint64', 1),
  /** The line. */
  line: one('int64', 2),
});
/** A place of the program. */
export const LOCATION = new Message('Profile.Location', {
  /** Its number, from 1 on. */
  id: one('uint64', 1),
  /** Where it is. */
  line: inners(() => LINE, 4),
});
/** A function of the program. */
export const FUNCTION = new Message('Profile.Function', {
  /** Its number, from 1 on. */
  id: one('uint64', 1),
  /** Its name. */
  name: one('int64', 2),
  /** Its file. */
  filename: one('int64', 4),
});
export const PROFILE = new Message('Profile', {
  /** What samples count. */
  sampleType: inners(() => VALUE_TYPE, 1),
  /** What is counted. */
  sample: inners(() => SAMPLE, 2),
  /** Places. */
  location: inners(() => LOCATION, 4),
  /** Functions. */
  function: inners(() => FUNCTION, 5),
  /** Texts; the first is empty. */
  stringTable: many('string', 6),
  /** The unit of the period. */
  periodType: inner(() => VALUE_TYPE, 11),
  /** Texts about the profile. */
  comment: many('int64', 13),
});
export type Sample = MessageOf<typeof SAMPLE.fields>;
