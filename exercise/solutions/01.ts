// 55,000 pictures to train on (5,000 more to validate), 10,000 to test; each is 784 numbers from 0 to 1. With oneHot a
// label is a row of ten numbers with a single 1, at the place of its digit; without, it is the digit.
const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true });
