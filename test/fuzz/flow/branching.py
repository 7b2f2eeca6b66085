"""Builds programs with branches and loops (steps.ts has their form) and says what TensorFlow 1.x makes of them."""
import base64

import numpy as np
import record
import tensorflow as tf
from draw import array
from tensorflow.python.framework import ops as framework
from tensorflow.python.ops import control_flow_util

DTYPES = dict(f=tf.float32, v=tf.float32, d=tf.float32, w=tf.float32, i=tf.int32, b=tf.bool)


def whole(n): return tf.constant(n, tf.int32)
def index(i, n): return tf.floormod(i, whole(n))


OPS = dict(
    add=tf.add, sub=tf.subtract, mix=lambda x, y: tf.multiply(x, tf.tanh(y)), max=tf.maximum, tanh=tf.tanh, sigmoid=tf.sigmoid,
    neg=tf.negative, bound=lambda x: tf.clip_by_value(x, tf.constant(-3.), tf.constant(3.)), stop=tf.stop_gradient,
    sum=tf.reduce_sum, pair=lambda x, y: tf.stack([x, y]), pick=lambda v, i: tf.gather(v, index(i, 2)),
    append=lambda d, x: tf.concat([d, tf.expand_dims(x, 0)], 0), grow=lambda v: tf.concat([v, tf.tanh(v)], 0),
    count=tf.size, addInt=tf.add, mod=lambda i: index(i, 3), next=lambda i: tf.add(i, whole(1)),
    float=lambda i: tf.cast(i, tf.float32), less=tf.less, even=lambda i: tf.equal(index(i, 2), whole(0)),
    **{'and': tf.logical_and, 'or': tf.logical_or, 'not': tf.logical_not})
ROWS = dict(map=tf.map_fn, scan=tf.scan, foldl=tf.foldl, foldr=tf.foldr)
ASSIGNS = dict(assign='assign', add='assign_add', sub='assign_sub')


def bodies(step):
    if step['do'] == 'case':
        return step['bodies']
    return [step[k] for k in ('yes', 'no', 'cond', 'body') if k in step]


def acts(step):
    return step['do'] in ('assign', 'read') or any(acts(s) for b in bodies(step) for s in b['steps'])


def first_of(step):
    return dict(cond=lambda: step['pred'], case=lambda: step['preds'][0]).get(
        step['do'], lambda: step['init'][0] if step['do'] == 'while' else None)()


class Builder(object):
    def __init__(self, program):
        self.program, self.env = program, {}
        self.variables = [
            tf.get_variable('v%d' % k, [] if v['kind'] == 'f' else [2], initializer=tf.constant_initializer(v['value']),
                            use_resource=v['isResource'])
            for k, v in enumerate(program['variables'])]

    def all(self):
        inputs = []
        for k, x in enumerate(self.program['inputs']):
            shape = ([None] if x['isOpen'] else [2]) if x['kind'] == 'v' else []
            inputs.append(tf.placeholder(DTYPES[x['kind']], shape, name='x%d' % k))
        results = self.body(self.program['main'], inputs)
        if not self.program['gradient']:
            return results, inputs
        ys = [y for y in results if y.dtype.is_floating]
        grads = tf.gradients(ys, [x for x in inputs if x.dtype.is_floating] + self.variables)
        return results + [tf.convert_to_tensor(g) for g in grads if g is not None], inputs

    def body(self, body, given):
        self.env.update(zip(body['params'], given))
        last = []
        for step in body['steps']:
            if not acts(step):
                self.step(step)
                continue
            first = None if body is self.program['main'] else first_of(step)
            before = last
            if self.program['functional'] and bodies(step) and before:
                before = [tf.group(*before)]
            if first is None:
                with tf.control_dependencies(before):
                    last = [self.step(step)]
            else:
                kept = self.env[first]
                if before:
                    with tf.control_dependencies(before):
                        self.env[first] = tf.identity(kept)
                last = [self.step(step)]
                self.env[first] = kept
            if self.program['functional'] and bodies(step):
                last = before + last
        results = [self.env[n] for n in body['results']]
        if not last:
            return results
        with tf.control_dependencies(last):
            return [r.identity() if isinstance(r, tf.TensorArray) else tf.identity(r) for r in results]

    def step(self, step):
        if step['do'] == 'assign':
            assign = getattr(self.variables[step['variable']], ASSIGNS[step['how']])
            return assign(self.env[step['value']], read_value=False)
        made = getattr(self, step['do'] if step['do'] not in ROWS else 'rows')(step)
        made = list(made) if isinstance(made, (list, tuple)) else [made]
        to = step['to'] if isinstance(step['to'], list) else [step['to']]
        self.env.update(zip(to, made))
        return made[0].flow.op if isinstance(made[0], tf.TensorArray) else made[0].op

    def const(self, s): return tf.constant(s['value'], DTYPES[s['kind']])
    def op(self, s): return OPS[s['op']](*[self.env[n] for n in s['of']])
    def read(self, s): return tf.add(self.variables[s['variable']].read_value(), tf.constant(.5))

    def cond(self, s):
        return tf.cond(self.env[s['pred']], lambda: self.body(s['yes'], []), lambda: self.body(s['no'], []), strict=True)

    def case(self, s):
        pairs = [(self.env[p], lambda b=b: self.body(b, [])) for p, b in zip(s['preds'], s['bodies'])]
        return tf.case(pairs, lambda: self.body(s['bodies'][-1], []), strict=True)

    def gradient(self, s):
        g, = tf.gradients(self.env[s['y']], [self.env[s['x']]])
        return tf.zeros_like(self.env[s['x']]) if g is None else tf.convert_to_tensor(g)

    def rows(self, s):
        elems = self.env[s['elems']]
        if s['do'] == 'map':
            return tf.map_fn(lambda x: self.body(s['body'], [x])[0], elems)
        return ROWS[s['do']](lambda a, x: self.body(s['body'], [a, x])[0], elems, tf.constant(.25))

    def array(self, s):
        return tf.TensorArray(tf.float32, whole(0) if s['dynamic'] else self.env[s['size']], dynamic_size=s['dynamic'],
                              clear_after_read=s['clear'], element_shape=[])

    def element(self, s):
        made = tf.TensorArray(tf.float32, whole(2), clear_after_read=False).unstack(self.env[s['of']])
        return made.read(index(self.env[s['index']], 2))

    def write(self, s): return self.env[s['array']].write(self.env[s['index']], self.env[s['value']])
    def stack(self, s): return self.env[s['array']].stack()
    def arraySize(self, s): return self.env[s['array']].size()


def loop(self, s):
    given = [self.env[n] for n in s['init']]
    shapes = None
    if any(s['growing']):
        shapes = [tf.TensorShape([None] if g else None) if g or isinstance(x, tf.TensorArray) else x.shape
                  for g, x in zip(s['growing'], given)]
    return tf.while_loop(
        lambda *of: self.body(s['cond'], of)[0], lambda *of: self.body(s['body'], of), given, shape_invariants=shapes,
        maximum_iterations=s['maximum'], parallel_iterations=s['parallel'], back_prop=s['backProp'],
        swap_memory=s['swap'], return_same_structure=True)


setattr(Builder, 'while', loop)


def program(given, config, kept=(0, 3, 39)):
    said = dict(refused=None, runs=None)
    graph = tf.Graph()
    control_flow_util.ENABLE_CONTROL_FLOW_V2 = given['functional']
    with graph.as_default():
        try:
            fetches, inputs = Builder(given).all()
        except Exception as error:
            said['refused'] = dict(at=0, error=record.error_of(error))
            return said
        finally:
            control_flow_util.ENABLE_CONTROL_FLOW_V2 = False
        said['graph'] = base64.b64encode(graph.as_graph_def().SerializeToString()).decode()
        said['shapes'] = {op.name: [None if t.shape.ndims is None else t.shape.as_list() for t in op.outputs] for op in graph.get_operations()}
        said['names'] = [t.name for t in fetches]
        said['values'] = []
        with tf.Session(graph=graph, config=config) as sess:
            sess.run(tf.global_variables_initializer())
            for k in range(kept[-1] + 1):
                feed = {x: v['fed'][k % len(v['fed'])] for x, v in zip(inputs, given['inputs'])}
                try:
                    values = sess.run(fetches, feed)
                except tf.errors.OpError as error:
                    said['runs'] = dict(what='run %d' % (k + 1), error=record.error_of(error))
                    break
                if k in kept:
                    said['values'].append([array(np.asarray(v)) for v in values])
    return said
