/** `tf.examples`: data sets under the names that TensorFlow's users know, and the report of a training. */
import { readDataSets } from './mnist';
import { report } from './report/report';

/**
 * Data sets under the names that courses know, and the report of a training.
 *
 *     const mnist = tf.examples.tutorials.mnist.inputData.readDataSets();
 *     mnist.train.numExamples   // 55000
 */
export const examples = {
  /** What `tensorflow.examples.tutorials` is in Python: `mnist.inputData.readDataSets`. */
  tutorials: { mnist: { inputData: { readDataSets } } },
  /** Writes one page about a training. */
  report,
} as const;
