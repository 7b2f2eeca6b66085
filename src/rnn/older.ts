/** Names of recurrent nets that TensorFlow 1.0 took away. */
import { older } from '../program/old-names';
import { staticBidirectionalRnn } from './bidirectional';
import { staticRnn } from './static';

/**
 * A recurrent net whose steps are nodes of their own.
 *
 *     const [outputs] = tf.nn.rnn(new tf.nn.rnnCell.GRUCell(4), tf.unstack(tf.ones([5, 2, 3])), { dtype: tf.float32 });
 *     outputs.length   // 5
 *
 * @param cell            what is one step: of `tf.nn.rnnCell`
 * @param inputs          a list of what the steps take: tensors [batch, size], or lists and objects of them
 * @param initialState    the state before the first step; zeros where not given
 * @param dtype           of state and outputs; it must be given where there is no initial state
 * @param sequenceLength  how many steps each row has, [batch]: behind its end, outputs are 0 and the state stays
 * @param scope           a variable scope, or its name; `rnn` where not given
 * @returns  a list of the outputs, and the last state
 * @throws TypeError   for what is no cell, or inputs that are no list
 * @throws ValueError  for no inputs, without a dtype or an initial state, or where a size is not known
 * @deprecated  `tf.nn.staticRnn` since TensorFlow 1.0; it takes the same arguments
 */
export const rnn: typeof staticRnn = older('nn.rnn', 'nn.staticRnn', staticRnn);
/**
 * Two recurrent nets over the same steps, there and back; their outputs are put side by side.
 *
 *     const [fw, bw] = [new tf.nn.rnnCell.GRUCell(4), new tf.nn.rnnCell.GRUCell(4)];
 *     const [outputs] = tf.nn.bidirectionalRnn(fw, bw, tf.unstack(tf.ones([5, 2, 3])), { dtype: tf.float32 });
 *     outputs[0].shape   // (2, 8)
 *
 * @param cellFw          the cell of the forward net
 * @param cellBw          the cell of the backward net
 * @param inputs          a list of what the steps take: tensors [batch, size]
 * @param initialStateFw  the state of the forward net before its first step
 * @param initialStateBw  the state of the backward net before its first step
 * @param dtype           of states and outputs; it must be given where there are no initial states
 * @param sequenceLength  how many steps each row has, [batch]
 * @param scope           a variable scope, or its name; `bidirectional_rnn` where not given
 * @returns  a list of the outputs [batch, both sizes], and the last states of the two nets
 * @throws TypeError   for what is no cell, or inputs that are no list
 * @throws ValueError  for no inputs, or without a dtype or initial states
 * @deprecated  `tf.nn.staticBidirectionalRnn` since TensorFlow 1.0; it takes the same arguments
 */
export const bidirectionalRnn: typeof staticBidirectionalRnn = older(
  'nn.bidirectionalRnn',
  'nn.staticBidirectionalRnn',
  staticBidirectionalRnn,
);
