"""Programs of TensorFlow 1.x, run by its own Python on the server that is named: each prints a line of JSON.

    python programs.py grpc://127.0.0.1:2222            # with TensorFlow 1.15, or 2.x's compat.v1
    python programs.py ''                               # the same in TensorFlow's own process
"""
import json
import os
import sys
import tempfile

import numpy as np
from tensorflow.python.framework import function

try:
    import tensorflow.compat.v1 as tf
    tf.disable_v2_behavior()
except ImportError:
    import tensorflow as tf
tf.logging.set_verbosity(tf.logging.ERROR)

TARGET = sys.argv[1]
CONFIG = tf.ConfigProto(isolate_session_state=True)
DATA = np.random.RandomState(0).randn(64, 8).astype(np.float32)
LABELS = (DATA.sum(1, keepdims=True) > 0).astype(np.float32)


def session(config=CONFIG):
    return tf.Session(TARGET, config=config)


def network(optimizer):
    x = tf.placeholder(tf.float32, [None, 8], name='x')
    y = tf.placeholder(tf.float32, [None, 1], name='y')
    w1 = tf.Variable(tf.random_normal([8, 6], seed=1), name='w1')
    w2 = tf.Variable(tf.random_normal([6, 1], seed=2), name='w2')
    z = tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2)
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z))
    return x, y, loss, optimizer.minimize(loss)


def train(optimizer):
    x, y, loss, step = network(optimizer)
    with session() as sess:
        sess.run(tf.global_variables_initializer())
        return [float(sess.run([loss, step], {x: DATA, y: LABELS})[0]) for _ in range(30)]


def descent():
    return train(tf.train.GradientDescentOptimizer(0.5))


def adam_with_slots():
    return train(tf.train.AdamOptimizer(0.05))


def partial_run():
    a, b, c = (tf.placeholder(tf.float32, []) for _ in range(3))
    total = a + b
    product = total * c
    with session() as sess:
        handle = sess.partial_run_setup([total, product], [a, b, c])
        return [float(sess.partial_run(handle, total, {a: 1, b: 2})),
                float(sess.partial_run(handle, product, {c: 10}))]


def callables():
    a, b = tf.placeholder(tf.float32, []), tf.placeholder(tf.float32, [])
    with session() as sess:
        f = sess.make_callable(a - b, [b, a])
        return [float(f(1, 5)), float(f(2, 2))]


def shared_state():
    v = tf.get_variable('shared_state', initializer=1.0)
    more = tf.assign_add(v, 1.0)
    with session(None) as one, session(None) as other:
        one.run(v.initializer)
        one.run(more)
        return [float(other.run(v)), float(other.run(more)), float(one.run(v))]


def errors():
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    v = tf.Variable(1.0, name='v')
    unfed = tf.identity(x)
    cases = [
        (unfed, {}),
        (v.read_value(), {}),
        (tf.gather([1, 2], tf.placeholder_with_default([5], [1])), {}),
        (tf.reshape(tf.placeholder_with_default([1., 2.], [None]), [3]), {}),
        (tf.matmul(tf.placeholder_with_default([[1.]], [None, None]), [[1., 2.], [3., 4.]]), {}),
        (tf.check_numerics(tf.placeholder_with_default([0.], [1]) / 0., 'bad'), {}),
        (tf.concat([tf.placeholder_with_default([1.], None), tf.placeholder_with_default([[1.]], None)], 0), {}),
        (tf.placeholder_with_default([1, 2], [2]) // 0, {}),
    ]
    found = []
    with session() as sess:
        for fetch, feeds in cases:
            try:
                sess.run(fetch, feeds)
                found.append(None)
            except tf.errors.OpError as error:
                found.append([type(error).__name__, error.op.name if error.op else None])
    return found


def trace():
    y = tf.matmul(tf.ones([4, 4]), tf.ones([4, 4]), name='product')
    metadata = tf.RunMetadata()
    with session() as sess:
        sess.run(y, options=tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), run_metadata=metadata)
    return len(metadata.step_stats.dev_stats) > 0


def strings():
    s = tf.placeholder(tf.string, [None])
    with session() as sess:
        got = sess.run(tf.string_join([s, tf.constant('!')]), {s: [b'a', b'', b'\xff\x00', u'\u00e4'.encode('utf8')]})
    return [g.hex() if hasattr(g, 'hex') else str(g) for g in got]


def sparse_feeds():
    s = tf.sparse_placeholder(tf.float32)
    with session() as sess:
        value = tf.SparseTensorValue(np.array([[0, 1], [2, 0]], np.int64), np.array([3., 4.], np.float32), (3, 2))
        return sess.run(tf.sparse_tensor_to_dense(s), {s: value}).tolist()


def extension_while_training():
    x, y, loss, step = network(tf.train.MomentumOptimizer(0.1, 0.9))
    found = []
    with session() as sess:
        sess.run(tf.global_variables_initializer())
        for i in range(5):
            sess.run(step, {x: DATA, y: LABELS})
            found.append(float(sess.run(loss * (i + 1), {x: DATA, y: LABELS})))
    return found


def loops_and_branches():
    n = tf.placeholder(tf.int32, [])
    total = tf.while_loop(lambda i, s: i < n, lambda i, s: (i + 1, s + tf.square(i)), [0, 0])[1]
    either = tf.cond(total > 10, lambda: total * 2, lambda: total - 1)
    with session() as sess:
        return [int(sess.run(either, {n: k})) for k in (0, 2, 5, 20)]


def checkpoints():
    v = tf.Variable([1., 2.], name='kept')
    saver = tf.train.Saver([v])
    folder = tempfile.mkdtemp(dir=os.environ.get('TFJS_TEST_FOLDER'))
    with session() as sess:
        sess.run(v.initializer)
        path = saver.save(sess, os.path.join(folder, 'model'))
        sess.run(v.assign([5., 6.]))
        saver.restore(sess, path)
        return sess.run(v).tolist()


def embeddings():
    table = tf.Variable(tf.reshape(tf.range(20.), [10, 2]), name='table')
    ids = tf.placeholder(tf.int64, [None])
    loss = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, ids)))
    step = tf.train.AdagradOptimizer(0.1).minimize(loss)
    with session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            sess.run(step, {ids: [1, 1, 7]})
        return sess.run(table).tolist()


def functions():
    @function.Defun(tf.float32)
    def square_and_one(x):
        return x * x + 1.

    x = tf.placeholder(tf.float32, [])
    y = square_and_one(x)
    with session() as sess:
        found = [float(sess.run(y, {x: 3}))]
        found.append(float(sess.run(tf.gradients(y, x)[0], {x: 3})))
        return found


PROGRAMS = [descent, adam_with_slots, partial_run, callables, shared_state, errors, trace, strings, sparse_feeds,
            extension_while_training, loops_and_branches, checkpoints, embeddings, functions]
for program in PROGRAMS:
    with tf.Graph().as_default():
        try:
            result = program()
        except Exception as error:  # a program that fails is a line like any other
            result = 'failed: %s: %s' % (type(error).__name__, str(error)[:400])
    print(json.dumps([program.__name__, result]))
    sys.stdout.flush()
