/** `tensorflow.python.ops.nn_ops`: all of `tf.nn`. @module */
export * from '../rnn/nn';
