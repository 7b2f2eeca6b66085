/**
 * `tf.profiler`: how many numbers a model has, how many operations on floats, and what its runs took.
 *
 * @module
 */
export { advise, type AdviceOptions } from './advice';
export {
  AdviceProto,
  GraphNodeProto,
  MultiGraphNodeProto,
  type OpLogEntryGiven,
  type OpLogGiven,
  OpLogProto,
} from './messages';
export type { GraphNode, MultiGraphNode } from '../format/profile-messages';
export { writeOpLog } from './op-log';
export { ProfileOptionBuilder } from './option-builder';
export type { ProfileOptions } from './options';
export { profile, type ProfileArguments, type ProfileNode, Profiler, type ProfileView } from './profile';
