/** `tf.examples`: data sets under the names that TensorFlow's users know, and the report of a training. */
import { readDataSets } from './mnist';
import * as model from './mnist/model';
import { report } from './report/report';

/**
 * Data sets under the names that courses know, and the report of a training.
 *
 *     const mnist = tf.examples.tutorials.mnist.inputData.readDataSets();
 *     mnist.train.numExamples   // 55000
 *
 * @namespace
 */
export const examples = {
  /**
   * What `tensorflow.examples.tutorials` is in Python.
   *
   * @namespace
   */
  tutorials: {
    /**
     * The handwritten digits of courses.
     *
     * @namespace
     */
    mnist: {
      /**
       * Reads the digits: `tensorflow.examples.tutorials.mnist.input_data`.
       *
       * @namespace
       */
      inputData: {
        /** The training, validation and test sets of MNIST, or of other files in its format. */
        readDataSets,
      },
      /**
       * Two hidden layers: `tensorflow.examples.tutorials.mnist.mnist`.
       *
       * @namespace
       */
      mnist: model,
    },
  },
  /** Writes one page about a training. */
  report,
} as const;
