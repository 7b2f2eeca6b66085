/** `tensorflow.python.ops.rnn`. @module */
export {
  bidirectionalDynamicRnn,
  dynamicRnn,
  rawRnn,
  staticBidirectionalRnn,
  staticRnn,
  staticStateSavingRnn,
} from '../rnn/nn';
