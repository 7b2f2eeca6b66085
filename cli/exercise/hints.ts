/** What `--hint N` says: more than the report does, and less than the answer. */
export const HINTS: readonly string[] = [
  'readDataSets gives three sets: train, validation, test. Each has images (all pictures, one number per ' +
    'pixel), labels, numExamples and nextBatch(n). Print mnist.train.labels.subarray(0, 10): what does oneHot ' +
    'make of a digit?',
  'A placeholder has a dtype and a shape, and no value until a run feeds it. Pixels are fractions, so float32. ' +
    'The first dimension counts the pictures: 100 in training, 10,000 in the test. A dimension of null fits both.',
  'A linear map from m numbers to n is x·W + b with W of [m, n] and b of [n]. Write the sizes on paper: 784 -> ' +
    'hidden -> 10. What a unit learns depends on its weights, so units that start equal stay equal; random starts ' +
    'break the tie.',
  'tf.matmul wants a matrix: one row per picture. tf.reshape(X, [-1, 784]) keeps the number of pictures, ' +
    'whatever it is. Then linear, tf.nn.relu, linear. What comes out (the logits) can be any numbers; ' +
    'tf.nn.softmax makes them probabilities.',
  'The cost of one picture is -log of the probability of its true digit. tf.nn.softmaxCrossEntropyWithLogits ' +
    'computes it from the logits (not from the probabilities: it applies the softmax itself). One number per ' +
    'picture; a cost is their mean.',
  'The likeliest digit of a picture is the argmax over its ten probabilities, axis 1. Do the same for the ' +
    'one-hot label, compare with tf.equal, and take the mean. Booleans have no mean: tf.cast them to float32 ' +
    'first.',
  'An optimizer is made with a learning rate; its minimize(cost) adds the gradients and an update of every ' +
    'trainable variable to the graph, and gives the node that runs them all. It computes nothing by itself.',
  'Variables have no value until their initializers run. tf.globalVariablesInitializer() makes one node for all ' +
    'that exist when it is called: call it last. A session has values of its own: initialize in the one that ' +
    'trains.',
  'In each step: the next batch (inside the loop), a feed dictionary {[X.name]: images, [Y.name]: labels}, and ' +
    'one run of the train step and the cost together. sess.run gives an array in the order of the fetches. Build ' +
    'nothing in the loop.',
  'The same fetches (accuracy and cost, not the train step) with all pictures at once: mnist.test.images and ' +
    'mnist.test.labels, then those of mnist.train. Which accuracy is higher, and what does the difference tell?',
  'Compare train and test accuracy: is the network too weak, or does it learn by heart? More hidden units or a ' +
    'layer make it stronger; dropout or a weight penalty keep it from learning by heart; Adam, momentum or a ' +
    'falling rate train it better.',
];
