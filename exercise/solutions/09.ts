for (let step = 0; step < 20000; step++) {
  const [images, labels] = mnist.train.nextBatch(100);
  const [, c] = sess.run([trainStep, cost], { [X.name]: images, [Y.name]: labels });
  if (step % 1000 === 0) console.log(`Cost at step ${step}: ${c}`);
}
