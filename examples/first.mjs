import * as tf from 'tfjs-session';

// Build: nothing is computed yet.
const x = tf.placeholder(tf.float32, [null], { name: 'x' });
const y = tf.placeholder(tf.float32, [null], { name: 'y' });
const w = new tf.Variable(0, { name: 'w' });
const b = new tf.Variable(0, { name: 'b' });
const error = w.mul(x).add(b).sub(y);
const loss = tf.reduceMean(tf.square(error));
const train = new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
const [dw] = tf.gradients(loss, [w]);

// Run.
const sess = new tf.Session();
sess.run(tf.globalVariablesInitializer());
for (let i = 0; i < 200; i++) {
  sess.run(train, { 'x:0': [1, 2, 3, 4], 'y:0': [1, 3, 5, 7] });
}
console.log(sess.run({ w, b, loss }, { 'x:0': [1, 2, 3, 4], 'y:0': [1, 3, 5, 7] })); // w near 2, b near -1
console.log(dw); // a symbolic tensor: name, shape, dtype and the line that made it
