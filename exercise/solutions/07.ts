const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
