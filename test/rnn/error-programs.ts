/** Nets that cannot be built, as test/fixtures/record/rnn.py has them. */
import * as tf from '../../src';
import { C, F, type Programs, ph } from './words';

/** What a program that no compiler has checked may call. */
type Loose = (...args: unknown[]) => unknown;
const dynamic = tf.nn.dynamicRnn as unknown as Loose;
const statically = tf.nn.staticRnn as unknown as Loose;
const cell = (): tf.nn.rnnCell.GRUCell => new C.GRUCell(2);
const net = (options: object, x: tf.Tensor = ph([2, 3, 2]), of: unknown = cell()): unknown => dynamic(of, x, options);

export const ERRORS: Programs = {
  'e no dtype': () => net({}),
  'e no size': () => net({ dtype: F }, ph([2, 3, null])),
  'e rank too small': () => net({ dtype: F }, ph([2])),
  'e lengths of rank two': () => net({ sequenceLength: [[1, 2]], dtype: F }),
  'e integers': () => net({ dtype: tf.int32 }, ph([2, 3, 2], 'x', tf.int32)),
  'e cell of integers': () => new C.GRUCell(2, { dtype: tf.int32 }),
  'e no cells': () => new C.MultiRNNCell([]),
  'e states of tuples': () => new C.MultiRNNCell([new C.BasicRNNCell(2), new C.LSTMCell(2)], { stateIsTuple: false }),
  'e chance above one': () => new C.DropoutWrapper(cell(), 1.5),
  'e variational without dtype': () => new C.DropoutWrapper(cell(), { inputKeepProb: 0.5, variationalRecurrent: true }),
  'e variational without size': () =>
    new C.DropoutWrapper(cell(), { inputKeepProb: 0.5, variationalRecurrent: true, dtype: F }),
  'e way past of another size': () => net({ dtype: F }, undefined, new C.ResidualWrapper(new C.GRUCell(3))),
  'e static of a tensor': () => statically(cell(), ph([3, 2, 2]), { dtype: F }),
  'e static of nothing': () => statically(cell(), [], { dtype: F }),
  'e static without dtype': () => statically(cell(), [ph([2, 2])]),
  'e static without size': () => statically(cell(), [ph([2, null])], { dtype: F }),
  'e initial state without rows': () => cell().getInitialState({ dtype: F }),
  'e initial state of another dtype': () => cell().getInitialState({ inputs: ph([2, 2]), dtype: tf.float64 }),
  'e initial state of other rows': () => cell().getInitialState({ inputs: ph([2, 2]), batchSize: 3 }),
  'e shared without reuse': () => [net({ dtype: F }), net({ dtype: F })],
  'e fed state of another size': () => net({ initialState: tf.zeros([2, 3]) }),
  'e raw without function': () => tf.nn.rawRnn(cell(), 3 as never),
  'e saved states without names': () => tf.nn.staticStateSavingRnn(new C.LSTMCell(2), [ph([2, 2])], {} as never, 'c'),
};
