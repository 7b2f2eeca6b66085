/**
 * `tf.nn`: activations, convolutions, pooling, normalization, losses (src/nn), and recurrent nets. Re-exports only.
 *
 * @module
 */
export * from '../nn';
export {
  bidirectionalDynamicRnn,
  type BidirectionalRnnOptions,
  staticBidirectionalRnn,
  type StaticBidirectionalRnnOptions,
} from './bidirectional';
export { dynamicRnn, type DynamicRnnOptions } from './dynamic';
export { deconv2d } from '../program/old-names';
export { bidirectionalRnn, rnn } from './older';
export { type LoopFn, rawRnn, type RawRnnOptions, type RawStep } from './raw';
export * as rnnCell from './cells';
export {
  type StateSaver,
  type StateSavingOptions,
  staticRnn,
  staticStateSavingRnn,
} from './static';
export type { ScopeLike, StaticRnnOptions } from './steps';
