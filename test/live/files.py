"""
What files.ts does, under TensorFlow for Python: `files.py write DIR` leaves files of every kind that a graph makes,
`files.py read DIR` says what is in those of the other side. Runs on TensorFlow 1.15 and on 2.x.
"""
import glob
import json
import os
import sys

import numpy as np
import tensorflow
from google.protobuf import text_format

if tensorflow.__version__.startswith('1.'):
    tf = tensorflow
else:
    tf = tensorflow.compat.v1
    tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)

X = np.array([[1, 2, 3], [-1, 0.5, 2]], np.float32)
NOT_IN_V1 = ('of_bfloat16', 'of_uint16')
Y = np.array([[1], [0]], np.float32)


def constants():
    """A variable of each dtype that a checkpoint may hold."""
    values = {
        'float16': [0.5, -2.0], 'float32': [0.1, float('inf')], 'float64': [0.1, -1e300], 'bfloat16': [1.5, -0.25],
        'int8': [-128, 127], 'int16': [-32768, 32767], 'int32': [-2**31, 2**31 - 1], 'int64': [-2**63, 2**63 - 1],
        'uint8': [0, 255], 'uint16': [0, 65535], 'bool': [True, False], 'complex64': [1 + 2j, -0.5j],
        'complex128': [1e300j, 2], 'string': [b'', b'a\x00\xff' * 40],
    }
    for name, value in values.items():
        tf.Variable(tf.constant(value, getattr(tf, name)), name='of_' + name, trainable=False)


def build(folder):
    x = tf.placeholder(tf.float32, [None, 3], name='x')
    y = tf.placeholder(tf.float32, [None, 1], name='y')
    with tf.variable_scope('layer'):
        w = tf.get_variable('w', initializer=tf.constant([[0.5], [-0.25], [0.125]]))
        b = tf.get_variable('b', initializer=tf.constant([0.25]), use_resource=True)
    _, turns = tf.while_loop(lambda i, _: i < 3, lambda i, v: (i + 1, v * 2.0), (tf.constant(0), tf.constant(1.0)))
    out = tf.add(tf.matmul(x, w), b * turns / 8.0, name='out')
    loss = tf.reduce_mean(tf.square(out - y), name='loss')
    step = tf.train.get_or_create_global_step()
    train = tf.train.AdamOptimizer(0.1).minimize(loss, global_step=step, name='train')
    constants()
    words = os.path.join(folder, 'words.txt')
    with open(words, 'w') as file:
        file.write('one\ntwo\n')
    asset = tf.constant(words, name='asset')
    tf.add_to_collection(tf.GraphKeys.ASSET_FILEPATHS, asset)
    tf.summary.scalar('cost', loss)
    tf.summary.histogram('weights', w)
    tf.summary.image('picture', tf.reshape(tf.range(12, dtype=tf.float32), [1, 2, 2, 3]))
    tf.summary.audio('sound', tf.reshape(tf.linspace(-1.0, 1.0, 20), [1, 20, 1]), 100)
    tf.summary.text('words', tf.constant(['*one*', 'two']))
    return train, {x: X, y: Y}


def plain(value):
    """A fetched value as JSON, without its shape: bytes in hexadecimal, what JSON has no number for as text."""
    value = np.asarray(value)
    if value.dtype.kind in 'OS':
        return [each.hex() for each in value.ravel().tolist()]
    if value.dtype.kind == 'c':
        return [part for each in value.ravel().tolist() for part in (each.real, each.imag)]
    if value.dtype.kind in 'iub':
        return [each if abs(each) < 2**53 else str(each) for each in value.ravel().tolist()]
    # Of a float32 the digits that tell it from its neighbours, as ours gives them.
    numbers = [float(str(each)) for each in value.ravel()]
    return [each if np.isfinite(each) else 'Infinity' for each in numbers]


def state(sess):
    held = sess.run(tf.report_uninitialized_variables()).tolist()
    return {v.op.name: plain(sess.run(v)) for v in tf.global_variables() if v.op.name.encode() not in held}


def go_on(sess):
    """Two steps more, by names alone."""
    for _ in range(2):
        sess.run('train', {'x:0': X, 'y:0': Y})
    return plain(sess.run('loss:0', {'x:0': X, 'y:0': Y}))


def write(folder):
    train, feeds = build(folder)
    merged = tf.summary.merge_all()
    old = [v for v in tf.global_variables() if v.op.name not in NOT_IN_V1]
    savers = {
        'v2': tf.train.Saver(),
        'v1': tf.train.Saver(old, write_version=tf.train.SaverDef.V1),
        'sharded': tf.train.Saver(sharded=True),
    }
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        writer = tf.summary.FileWriter(os.path.join(folder, 'events'), sess.graph)
        for i in range(3):
            summary, _ = sess.run([merged, train], feeds)
            writer.add_summary(summary, i)
        writer.close()
        for name, saver in savers.items():
            os.makedirs(os.path.join(folder, name))
            saver.save(sess, os.path.join(folder, name, 'model'), global_step=3)
        tf.train.write_graph(sess.graph_def, folder, 'graph.pb', as_text=False)
        tf.train.write_graph(sess.graph_def, folder, 'graph.pbtxt')
        builder = tf.saved_model.Builder(os.path.join(folder, 'saved'))
        get = sess.graph.get_tensor_by_name
        signature = tf.saved_model.predict_signature_def({'x': get('x:0')}, {'out': get('out:0')})
        builder.add_meta_graph_and_variables(
            sess, ['serve'], {'predict': signature}, assets_collection=tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS))
        builder.save()
        said = {'state': state(sess), 'served': plain(sess.run('out:0', {'x:0': X}))}
        said['next'] = go_on(sess)
        with tf.python_io.TFRecordWriter(os.path.join(folder, 'records')) as records:
            records.write(b'one')
            records.write(b'')
    return said


def restored(path):
    tf.reset_default_graph()
    saver = tf.train.import_meta_graph(path + '.meta')
    reader = tf.train.NewCheckpointReader(path)
    with tf.Session() as sess:
        saver.restore(sess, path)
        shapes = [[name, shape] for name, shape in reader.get_variable_to_shape_map().items()]
        return {'state': state(sess), 'next': go_on(sess), 'shapes': sorted(shapes)}


def events(folder):
    """What event files hold: steps, tags and numbers; of a graph its nodes."""
    held = []
    for file in glob.glob(os.path.join(folder, 'events', '*')):
        for event in tf.train.summary_iterator(file):
            for value in event.summary.value:
                number = value.simple_value if value.HasField('simple_value') else None
                held.append([event.step, value.tag, number])
            if event.graph_def:
                held.append([event.step, 'graph', len(tf.GraphDef.FromString(event.graph_def).node)])
    return held


def nodes(graph_def):
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(graph_def, name='')
    return [[op.name, op.type] for op in graph.get_operations()]


def read(folder):
    said = {}
    for name in ('v2', 'v1', 'sharded'):
        said[name] = restored(tf.train.latest_checkpoint(os.path.join(folder, name)))
    tf.reset_default_graph()
    with tf.Session(graph=tf.Graph()) as sess:
        meta = tf.saved_model.loader.load(sess, ['serve'], os.path.join(folder, 'saved'))
        signature = meta.signature_def['predict']
        said['served'] = plain(sess.run(signature.outputs['out'].name, {signature.inputs['x'].name: X}))
        with open(sess.run(tf.get_collection(tf.GraphKeys.ASSET_FILEPATHS)[0])) as file:
            said['asset'] = file.read()
    with open(os.path.join(folder, 'graph.pb'), 'rb') as file:
        binary = tf.GraphDef.FromString(file.read())
    with open(os.path.join(folder, 'graph.pbtxt')) as file:
        text = text_format.Parse(file.read(), tf.GraphDef())
    said['graphs'] = [nodes(binary), nodes(text)]
    said['events'] = events(folder)
    said['records'] = [each.hex() for each in tf.python_io.tf_record_iterator(os.path.join(folder, 'records'))]
    return said


print('SAID ' + json.dumps({'write': write, 'read': read}[sys.argv[1]](sys.argv[2])))
