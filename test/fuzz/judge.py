"""Says what real TensorFlow 1.x makes of programs: one JSON program a line on stdin, one JSON answer a line on stdout."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'record'))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'flow'))
out = os.fdopen(os.dup(1), 'w')
os.dup2(2, 1)
import branching
import record
from record import np, tf
from draw import array

try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
except (ImportError, ValueError):
    pass


# Without rewrites: errors name the inputs that the program has.
PLAIN = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
PLAIN.graph_options.rewrite_options.disable_meta_optimizer = True
PLAIN.graph_options.optimizer_options.opt_level = -1


def number(v):
    return float(v) if isinstance(v, str) else v


def value(json_value):
    dtype = tf.as_dtype(json_value['dtype'])
    if dtype == tf.string:
        return np.array(json_value['data'], object).reshape(json_value['shape'])
    if dtype.is_integer:
        data = [int(v) for v in json_value['data']]
    else:
        data = [number(v) for v in json_value['data']]
    return np.array(data, dtype.as_numpy_dtype).reshape(json_value['shape'])


def attr(v):
    if isinstance(v, list):
        return [attr(x) for x in v]
    if isinstance(v, dict):
        return tf.as_dtype(v['type']) if 'type' in v else tf.TensorShape(v['shape'])
    return v


def program(given):
    graph, ops, feeds, sources = tf.Graph(), [], {}, []
    said = dict(static=[], refused=None, gradients=[], runs=None)

    def ref(r):
        return ops[r[0]].outputs[r[1]]

    with graph.as_default():
        for k, node in enumerate(given['nodes']):
            name = 'n%d' % k
            try:
                if node['kind'] == 'op':
                    kw = {}
                    for arg, given_input in zip(record.op_def(node['type']).input_arg, node['inputs']):
                        many = bool(arg.number_attr or arg.type_list_attr)
                        kw[arg.name] = [ref(r) for r in given_input] if many else ref(given_input)
                    kw.update((n, attr(v)) for n, v in node['attrs'].items())
                    record.make(node['type'], kw, name)
                    ops.append(graph.get_operation_by_name(name))
                else:
                    array_ = value(node['value'])
                    dtype = tf.as_dtype(node['value']['dtype'])
                    if node['kind'] == 'const':
                        t = tf.constant(array_, dtype, name=name)
                    else:
                        t = tf.placeholder(dtype, node['shape'], name=name)
                        feeds[t] = array_
                    if dtype.is_floating:
                        sources.append(t)
                    ops.append(t.op)
            except Exception as error:
                said['refused'] = dict(at=k, error=record.error_of(error))
                break
            said['static'].append([None if t.shape.ndims is None else t.shape.as_list() for t in ops[-1].outputs])
        grads = []
        if said['refused'] is None and given['gradientOf'] is not None:
            first = len(graph.get_operations())
            try:
                ys = [t for t in ops[given['gradientOf']].outputs if t.dtype.is_floating]
                grads = [None if g is None else tf.convert_to_tensor(g) for g in tf.gradients(ys, sources)]
                said['gradients'] = [None if g is None else g.name for g in grads]
            except Exception as error:
                said['refused'] = dict(at=len(given['nodes']), error=record.error_of(error))
            said['nodes'] = [[n['name'], n['op'], n['input'], n['shape']] for n in record.nodes(graph, first)]
        fetches = [t for op in ops for t in op.outputs]
        with tf.Session(graph=graph, config=PLAIN) as sess:
            for what, tensors in (('values', fetches), ('grads', [g for g in grads if g is not None])):
                try:
                    said[what] = [array(np.asarray(v)) for v in sess.run(tensors, feeds)] if tensors else []
                except Exception as error:
                    said['runs'] = dict(what=what, error=record.error_of(error))
                    break
    return said


print(json.dumps(record._tf.__version__), file=out)
out.flush()
for line in sys.stdin:
    try:
        given = json.loads(line)
        answer = branching.program(given, PLAIN) if 'main' in given else program(given)
    except Exception as error:  # the program could not be put to TensorFlow at all
        answer = dict(unable='%s: %s' % (type(error).__name__, error))
    print(json.dumps(answer), file=out)
    out.flush()
