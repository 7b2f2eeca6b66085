"""Python TensorFlow's own Session (1.x, or compat.v1 of 2.x): the same graphs, run the same way."""
import os
import platform
import shutil
import tempfile
import time

from common import batches, keeping, labels, noise, np, once, serve, unavailable, weights
from server import Server, wanted

try:
    import tensorflow.compat.v1 as tf
except ImportError as error:
    unavailable(error)
tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)
server = Server(wanted()) if wanted() else None
target = server.target if server else ""


def trained(cost, rate, feeds, optimizer=tf.train.GradientDescentOptimizer):
    """A step: the train op and the cost, in one synchronous run."""
    train = optimizer(rate).minimize(cost)
    sess = tf.Session(target)
    sess.run(tf.global_variables_initializer())
    return lambda: sess.run([train, cost], feeds())[1]


def dense(hidden, batch, adam=0):
    x = tf.placeholder(tf.float32, [None, 28, 28, 1], name="X")
    y = tf.placeholder(tf.float32, [None, 10], name="Y")
    w1 = tf.Variable(weights(1, [784, hidden], 0.1), name="W1")
    b1 = tf.Variable(tf.zeros([hidden]), name="b1")
    w2 = tf.Variable(weights(2, [hidden, 10], 0.1), name="W2")
    b2 = tf.Variable(tf.zeros([10]), name="b2")
    h = tf.nn.relu(tf.matmul(tf.reshape(x, [-1, 784]), w1) + b1)
    logits = tf.matmul(h, w2) + b2
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
    images, digits = batches(batch, (28, 28, 1)), labels(batch)
    how = (1e-3, tf.train.AdamOptimizer) if adam else (0.5, tf.train.GradientDescentOptimizer)
    return trained(cost, how[0], lambda: {x: images(), y: digits}, how[1])


def there_and_back(megabytes):
    x = tf.placeholder(tf.float32, [None], name="x")
    y = tf.identity(x)
    sess, numbers = tf.Session(target), noise(1, megabytes * 1000000 // 4).astype(np.float32)
    return lambda: float(sess.run(y, {x: numbers})[-1])


def softmax(batch):
    x = tf.placeholder(tf.float32, [None, 784], name="x")
    y = tf.placeholder(tf.float32, [None, 10], name="y")
    w = tf.Variable(weights(1, [784, 10], 0.1), name="W")
    b = tf.Variable(tf.zeros([10]), name="b")
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=tf.matmul(x, w) + b))
    images, digits = batches(batch), labels(batch)
    return trained(cost, 0.5, lambda: {x: images(), y: digits})


def conv(batch):
    x = tf.placeholder(tf.float32, [None, 784], name="x")
    y = tf.placeholder(tf.float32, [None, 10], name="y")
    keep_prob = tf.placeholder(tf.float32, [], name="keep_prob")

    def weight(seed, shape):
        return tf.Variable(weights(seed, shape, 0.1))

    def bias(n):
        return tf.Variable(tf.constant(0.1, shape=[n]))

    def convolved(x, w, b):
        return tf.nn.max_pool(tf.nn.relu(tf.nn.conv2d(x, w, [1, 1, 1, 1], "SAME") + b), [1, 2, 2, 1], [1, 2, 2, 1], "SAME")

    first = convolved(tf.reshape(x, [-1, 28, 28, 1]), weight(1, [5, 5, 1, 32]), bias(32))
    second = convolved(first, weight(2, [5, 5, 32, 64]), bias(64))
    hidden = tf.nn.relu(tf.matmul(tf.reshape(second, [-1, 3136]), weight(3, [3136, 1024])) + bias(1024))
    logits = tf.matmul(tf.nn.dropout(hidden, keep_prob), weight(4, [1024, 10])) + bias(10)
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
    images, digits, kept = batches(batch), labels(batch), keeping()
    return trained(cost, 1e-4, lambda: {x: images(), y: digits, keep_prob: kept()}, tf.train.AdamOptimizer)


def lstm(steps, units, batch):
    x = tf.placeholder(tf.float32, [batch, steps], name="x")
    y = tf.placeholder(tf.float32, [batch, 1], name="y")
    w = tf.Variable(weights(1, [1 + units, 4 * units], 0.1), name="W")
    b = tf.Variable(tf.zeros([4 * units]), name="b")
    v = tf.Variable(weights(2, [units, 1], 0.1), name="V")
    c = h = tf.zeros([batch, units])
    for x_t in tf.split(x, steps, 1):
        i, j, f, o = tf.split(tf.nn.bias_add(tf.matmul(tf.concat([x_t, h], 1), w), b), 4, 1)
        c = tf.sigmoid(f + 1) * c + tf.sigmoid(i) * tf.tanh(j)
        h = tf.sigmoid(o) * tf.tanh(c)
    cost = tf.reduce_mean(tf.square(tf.matmul(h, v) - y))
    inputs = noise(3, batch * steps).astype(np.float32).reshape(batch, steps)
    means = inputs.mean(1, keepdims=True)
    return trained(cost, 0.1, lambda: {x: inputs, y: means})


class LSTM:
    """BasicLSTMCell: TensorFlow 2 with Keras 3 has none."""

    def __init__(self, units):
        self.units, self.output_size, self.state_size = units, units, (units, units)

    def zero_state(self, batch, dtype):
        return tf.zeros([batch, self.units], dtype), tf.zeros([batch, self.units], dtype)

    def __call__(self, x, state, scope=None):
        c, h = state
        with tf.variable_scope("basic_lstm_cell"):
            w = tf.get_variable("kernel", [x.shape[1] + self.units, 4 * self.units])
            b = tf.get_variable("bias", [4 * self.units], initializer=tf.zeros_initializer())
        i, j, f, o = tf.split(tf.nn.bias_add(tf.matmul(tf.concat([x, h], 1), w), b), 4, 1)
        c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
        h = tf.tanh(c) * tf.sigmoid(o)
        return h, (c, h)


def rnn(steps, units, batch):
    x = tf.placeholder(tf.float32, [batch, steps, units], name="x")
    y = tf.placeholder(tf.float32, [batch, 1], name="y")
    v = tf.Variable(weights(2, [units, 1], 0.1), name="V")
    with tf.variable_scope("net", initializer=tf.random_uniform_initializer(-0.1, 0.1, seed=1)):
        _, (_, h) = tf.nn.dynamic_rnn(LSTM(units), x, dtype=tf.float32)
    cost = tf.reduce_mean(tf.square(tf.matmul(h, v) - y))
    inputs = noise(3, batch * steps * units).astype(np.float32).reshape(batch, steps, units)
    return trained(cost, 0.1, lambda: {x: inputs, y: inputs[:, 0, :1]})


def while_loop(iterations):
    a = tf.placeholder(tf.float32, [], name="a")
    start = [tf.constant(0), tf.constant(0.0)]
    end = tf.while_loop(lambda i, v: tf.less(i, iterations), lambda i, v: [tf.add(i, 1), v * a + 1.0], start)[1]
    sess = tf.Session()
    return lambda: sess.run(end, {a: 0.5})


def chain_of(ops):
    x, a, b = [tf.placeholder(tf.float32, [], name=name) for name in "xab"]
    end = x
    for i in range(ops):
        end = end + b if i % 2 else end * a
    return end, {x: 1, a: 0.5, b: 0.5}


def chain(ops):
    end, feeds = chain_of(ops)
    sess = tf.Session()
    return lambda: sess.run(end, feeds)


SMALL = 4  # ops of a chain that is made only to have everything loaded


def build(nodes):
    with tf.Graph().as_default():
        chain_of(SMALL)

    @once
    def time_it():
        started = time.perf_counter()
        with tf.Graph().as_default():
            chain_of(nodes)
        return time.perf_counter() - started

    return time_it


def first_run(nodes):
    with tf.Graph().as_default():
        end, feeds = chain_of(SMALL)
        tf.Session().run(end, feeds)
    end, feeds = chain_of(nodes)

    @once
    def time_it():
        started = time.perf_counter()
        tf.Session().run(end, feeds)
        return time.perf_counter() - started

    return time_it


def import_graph(nodes):
    def bytes_of(count):
        # As chain_of makes it, but without the Python around each node.
        graph_def = tf.GraphDef()
        for name in "xab":
            node = graph_def.node.add(name=name, op="Placeholder")
            node.attr["dtype"].type = tf.float32.as_datatype_enum
        for i in range(count):
            before = "op%d" % (i - 1) if i else "x"
            node = graph_def.node.add(name="op%d" % i, op="Add" if i % 2 else "Mul", input=[before, "b" if i % 2 else "a"])
            node.attr["T"].type = tf.float32.as_datatype_enum
        return graph_def.SerializeToString()

    def imported(data):
        graph_def = tf.GraphDef()
        graph_def.ParseFromString(data)
        with tf.Graph().as_default():
            tf.import_graph_def(graph_def, name="")

    imported(bytes_of(SMALL))
    data = bytes_of(nodes)

    @once
    def time_it():
        started = time.perf_counter()
        imported(data)
        return time.perf_counter() - started

    return time_it


def checkpoint(megabytes, read):
    count = 10
    for i in range(count):
        tf.Variable(tf.fill([megabytes * 1000000 // 4 // count], i + 0.5), name="v%d" % i)
    saver, sess, folder = tf.train.Saver(max_to_keep=2), tf.Session(), tempfile.mkdtemp("tfjs-session-bench")
    sess.run(tf.global_variables_initializer())

    def save(step):
        return saver.save(sess, os.path.join(folder, "model"), step, write_meta_graph=False)

    for step in range(2):
        path = save(step)
        saver.restore(sess, path)

    @once
    def time_it():
        started = time.perf_counter()
        if read:
            saver.restore(sess, path)
        else:
            save(2)
        seconds = time.perf_counter() - started
        shutil.rmtree(folder)
        return seconds

    return time_it


def summaries(hidden, batch, steps):
    x, y = tf.placeholder(tf.float32, [None, 784]), tf.placeholder(tf.float32, [None, 10])
    w1, w2 = tf.Variable(weights(1, [784, hidden], 0.1)), tf.Variable(weights(2, [hidden, 10], 0.1))
    h = tf.nn.relu(tf.matmul(x, w1) + tf.Variable(tf.zeros([hidden])))
    logits = tf.matmul(h, w2) + tf.Variable(tf.zeros([10]))
    cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
    right = tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1))
    tf.summary.scalar("cost", cost)
    tf.summary.scalar("accuracy", tf.reduce_mean(tf.cast(right, tf.float32)))
    train, merged = tf.train.GradientDescentOptimizer(0.5).minimize(cost), tf.summary.merge_all()
    sess, folder = tf.Session(), tempfile.mkdtemp("tfjs-session-bench")
    sess.run(tf.global_variables_initializer())
    writer, images, digits = tf.summary.FileWriter(folder), batches(batch), labels(batch)

    def run(count):
        for i in range(count):
            summary, _ = sess.run([merged, train], {x: images(), y: digits})
            writer.add_summary(summary, i)

    run(300)

    @once
    def time_it():
        started = time.perf_counter()
        run(steps)
        seconds = time.perf_counter() - started
        writer.close()
        shutil.rmtree(folder)
        return seconds

    return time_it


serve({"dense": dense, "softmax": softmax, "conv": conv, "lstm": lstm, "rnn": rnn, "while": while_loop, "chain": chain,
       "build": build, "first-run": first_run, "import": import_graph, "checkpoint": checkpoint, "summaries": summaries,
       "served-step": dense, "served-tensor": there_and_back, "client-step": dense},
      {"TensorFlow": tf.__version__, "Python": platform.python_version()}, server.cpu if server else lambda: 0.0)
