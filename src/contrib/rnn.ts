/**
 * `tf.contrib.rnn`: the cells of `tf.nn.rnnCell`, and nets whose steps are nodes of their own. Re-exports only.
 *
 * @module
 */
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
