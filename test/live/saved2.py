"""A SavedModel of TensorFlow 2: functions with a loop, a branch and a call in them, a variable, a signature for each."""
import json
import sys

import tensorflow as tf


class Model(tf.Module):
    def __init__(self):
        self.w = tf.Variable([[0.5], [-0.25], [0.125]])
        self.count = tf.Variable(0)

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name='x')])
    def serve(self, x):
        y = self.product(x)
        for _ in tf.range(3):
            y = y * 2.0
        y = tf.cond(tf.reduce_sum(x) > 0.0, lambda: y + 1.0, lambda: tf.abs(y))
        return {'out': y, 'largest': tf.argmax(x, axis=1)}

    @tf.function
    def product(self, x):
        return tf.nn.relu6(tf.matmul(x, self.w)) + tf.nn.softmax(x)[:, :1]

    @tf.function(input_signature=[tf.TensorSpec([], tf.int32, name='by')])
    def add(self, by):
        return {'count': self.count.assign_add(by)}


model = Model()
tf.saved_model.save(model, sys.argv[1], signatures={'serve': model.serve, 'add': model.add})
x = [[1, 2, 3], [-1, 0.5, 2]]
y = [[-1, -2, -3], [1, 0.5, 0]]
said = [{name: out.numpy().ravel().tolist() for name, out in model.serve(tf.constant(given, tf.float32)).items()}
        for given in (x, y)]
print('SAID ' + json.dumps({'given': [x, y], 'served': said}))
