const pixels = tf.reshape(X, [-1, 784]);
const hidden = tf.nn.relu(tf.matmul(pixels, W1).add(b1));
const logits = tf.matmul(hidden, W2).add(b2);
const A = tf.nn.softmax(logits);
