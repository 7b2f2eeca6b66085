/** What kernels refuse when they run, in TensorFlow 1.15's words. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { Func } from '../../src/format/attr';
import { devices, open } from '../devices';

const made = (type: string, inputs: unknown, attrs: object = {}): tf.Tensor =>
  applyOp(type as never, inputs as never, attrs as never).outputs[0];
const hidden = (x: number | number[]): tf.Tensor => tf.placeholderWithDefault(tf.constant(x, tf.int32), null);
function loop(type: 'For' | 'StatelessWhile', start: number | number[], results: number): tf.Tensor {
  const name = `${type}Of${results}`;
  const body = tf.Defun(tf.int32, tf.float32, { funcName: name });
  const test = tf.Defun(tf.int32, tf.float32, { funcName: `Test${name}` });
  const again = body((i, v) => (type === 'For' ? [v, v, v] : [i, v, v]).slice(0, results) as never);
  const [one, x] = [tf.constant(1, tf.int32), tf.constant(1)];
  again(one, x);
  test((i, _v) => i.less(1))(one, x);
  if (type === 'For') return made(type, [hidden(start), 10, 1, [x]], { T: [tf.float32], body: new Func(name) });
  return made(type, [[one, x]], { T: [tf.int32, tf.float32], cond: new Func(`Test${name}`), body: new Func(name) });
}
function aggregate(): tf.Tensor {
  const array = new tf.TensorArray(tf.float32, 3, { tensorArrayName: 'foo', inferShape: false });
  return array
    .grad('grad')
    .write(1, 1)
    .write(1, tf.placeholderWithDefault(tf.constant([1]), null)).flow;
}
function handle(): tf.Tensor {
  return made('VarHandleOp', [], { dtype: tf.float32, shape: new tf.TensorShape([]) });
}
function dense(): tf.Tensor {
  const [keyDtype, valueDtype] = [tf.int64, tf.int64];
  const given = { keyDtype, valueDtype, defaultValue: -1n, emptyKey: 0n, deletedKey: -1n };
  const table = new tf.lookup.experimental.DenseHashTable(given as never);
  return table.lookup(tf.constant([4n, 0n, 2n, 3n], tf.int64, [2, 2]));
}

describe.each(devices().map((mode) => [mode.title, mode] as const))('%s', (_, mode) => {
  test.each<[() => tf.Tensor, string]>([
    [() => loop('For', [0], 1), 'start must be a scalar, but [1]'],
    [() => loop('For', 0, 2), 'For loop body returned 2 arguments. Expected: 1'],
    [() => loop('StatelessWhile', 0, 3), 'While loop body returned 3 arguments. Expected: 2'],
    [() => made('GuaranteeConst', [handle()]), 'Input tensor cannot be a resource variable handle.'],
    [dense, 'Expected key shape [2] got [2,2]'],
    [
      aggregate,
      'TensorArray foo_0@grad: Could not aggregate to TensorArray index 1 because the existing shape is [] but the ' +
        'new input shape is [1].',
    ],
  ])('%s: %s', (make, text) => {
    const sess = open(tf.getDefaultGraph(), mode);
    const fetch = make();
    expect(() => sess.run(fetch)).toThrow(
      expect.objectContaining({
        name: 'InvalidArgumentError',
        message: expect.stringContaining(`${text}\n`) as string,
      }),
    );
  });
});
test('a gradient function that gives more than there is to give', () => {
  const grad = tf.Defun(tf.float32, tf.float32, tf.float32, { funcName: 'TooMany' });
  const twice = tf.Defun(tf.float32, { funcName: 'Twice', gradFunc: grad((x, dy, dz) => [x, dy.add(dz)] as never) });
  const x = tf.constant(1);
  const [dx] = tf.gradients(tf.addN(twice((x) => [x, x] as never)(x) as never), [x]);
  const sess = open(tf.getDefaultGraph(), devices()[0]);
  expect(() => sess.run(dx!)).toThrow('SymGrad expects to return 1 tensor(s), but get 2 tensor(s) instead.');
});
