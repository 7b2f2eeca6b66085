/**
 * `tf.contrib.rnn`: the cells of `tf.nn.rnnCell` and more, and nets whose steps are nodes of their own. Re-exports
 * only.
 *
 * @module
 */
export { AttentionCellWrapper, type AttentionCellState } from './cells/attention';
export { GRUBlockCell, GRUBlockCellV2, LSTMBlockCell } from './cells/block';
export { type BlockNet, LSTMBlockFusedCell, LSTMBlockWrapper } from './cells/block-net';
export {
  type Fused,
  type FusedLike,
  type FusedOptions,
  type FusedTaken,
  FusedRNNCell,
  FusedRNNCellAdaptor,
  type Sequence,
  TimeReversedFusedRNN,
} from './cells/fused';
export { LayerNormBasicLSTMCell } from './cells/layer-norm-lstm';
export { NASCell } from './cells/nas';
export {
  EmbeddingWrapper,
  InputProjectionWrapper,
  OutputProjectionWrapper,
  type ProjectionFn,
} from './cells/projections';
export { LayerRNNCell } from '../rnn/cell';
export {
  BasicLSTMCell,
  BasicRNNCell,
  DeviceWrapper,
  DropoutWrapper,
  GRUCell,
  LSTMCell,
  LSTMStateTuple,
  MultiRNNCell,
  ResidualWrapper,
  RNNCell,
} from '../rnn/cells';
export { staticBidirectionalRnn } from '../rnn/bidirectional';
export { type StackBidirectionalOptions, stackBidirectionalDynamicRnn } from '../rnn/stacked';
export { staticRnn, staticStateSavingRnn } from '../rnn/static';
