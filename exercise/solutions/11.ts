// Train accuracy is far above test accuracy: the network learns its pictures by heart. More hidden units with dropout,
// and Adam with a rate that falls, reach more on the test set. In question 3, 300 in the place of 100; then:
const keep = tf.placeholder(tf.float32, [], { name: 'keep' });
const logits = tf.matmul(tf.nn.dropout(hidden, keep), W2).add(b2);
// ...and in the loop feed [keep.name]: 0.5, in the evaluation [keep.name]: 1.
// Simpler, and nearly as good: in question 3, 300 in the place of 100, and in question 7
const step = new tf.Variable(0, { trainable: false, name: 'step' });
const rate = tf.train.exponentialDecay(0.002, step, 2000, 0.75);
const trainStep = new tf.train.AdamOptimizer(rate).minimize(cost, { globalStep: step });
