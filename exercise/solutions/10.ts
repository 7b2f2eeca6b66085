for (const [name, set] of [['Train', mnist.train], ['Test', mnist.test]] as const) {
  const [a, c] = sess.run([accuracy, cost], { [X.name]: set.images, [Y.name]: set.labels });
  console.log(`${name} accuracy: ${a}, cost: ${c}`);
}
