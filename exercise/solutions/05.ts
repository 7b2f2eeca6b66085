// The cross entropy. It is computed from the logits, not from A: the softmax is inside, and no log meets a zero.
const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
