const init = tf.globalVariablesInitializer();
const sess = new tf.Session();
sess.run(init);
