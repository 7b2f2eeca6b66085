// The share of pictures whose likeliest digit is the right one.
const correct = tf.equal(tf.argmax(A, 1), tf.argmax(Y, 1));
const accuracy = tf.reduceMean(tf.cast(correct, tf.float32));
