const W1 = new tf.Variable(tf.truncatedNormal([784, 100], { stddev: 0.1 }), { name: 'W1' });
const b1 = new tf.Variable(tf.zeros([100]), { name: 'b1' });
const W2 = new tf.Variable(tf.truncatedNormal([100, 10], { stddev: 0.1 }), { name: 'W2' });
const b2 = new tf.Variable(tf.zeros([10]), { name: 'b2' });
