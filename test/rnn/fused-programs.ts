/** Nets over all steps at once, as test/fixtures/record/contrib_cells.py has them. */
import * as tf from '../../src';
import { F, type Programs, back, batch, ph } from './words';

const C = tf.contrib.rnn;
type Options = tf.contrib.rnn.FusedOptions<never>;
type Loose = (...args: unknown[]) => unknown;
interface Net {
  readonly apply: CallableFunction;
}
const applied = (net: Net, ...given: unknown[]): unknown => (net.apply as Loose).call(net, ...given);
/** A net over all steps, whose inputs are [time, batch, size]. */
function over(net: Net, x: tf.contrib.rnn.Sequence = batch(3, 2, 2), more: Options = {}): tf.Tensor[] {
  return back(applied(net, x, more.initialState ? more : { dtype: F, ...more }));
}
const steps = (): tf.Tensor[] => tf.unstack(batch(3, 2, 2));

const NETS: Programs = {
  'fused lstm': () => over(new C.LSTMBlockFusedCell(3)),
  'fused lstm with settings': () =>
    over(new C.LSTMBlockFusedCell(2, { forgetBias: 0.4, cellClip: 0.2, usePeephole: true, name: 'mine' })),
  'fused lstm with lengths': () =>
    over(new C.LSTMBlockFusedCell(2, { usePeephole: true }), undefined, { sequenceLength: [2, 0] }),
  'fused lstm with a state': () => {
    const [x, c, h] = [ph([3, 2, 2]), ph([2, 2], 'c'), ph([2, 2], 'h')];
    const cell = new C.LSTMBlockFusedCell(2);
    const sequenceLength = tf.constant([1, 3], tf.int64);
    return back(cell.apply(x, { initialState: [c, h], sequenceLength, scope: 'there' }));
  },
  'fused lstm of unknown sizes': () => {
    const [x, n] = [ph([null, null, 2]), ph([null], 'n', tf.int32)];
    return over(new C.LSTMBlockFusedCell(3), x, { sequenceLength: n });
  },
  'fused lstm of unknown time': () => over(new C.LSTMBlockFusedCell(3), ph([null, null, 2])),
  'fused lstms that share': () => {
    const [x, cell] = [batch(3, 2, 2), new C.LSTMBlockFusedCell(2)];
    const [y, state] = cell.apply(x, { dtype: F });
    return back(y, cell.apply(y, { initialState: state }));
  },
  'adapted cells': () => over(new C.FusedRNNCellAdaptor(new C.LSTMCell(2))),
  'adapted cells in a loop': () => {
    const net = new C.FusedRNNCellAdaptor(new C.GRUCell(2), { useDynamicRnn: true });
    return over(net, undefined, { sequenceLength: [1, 3], scope: 'net' });
  },
  'adapted cells of lists': () => over(new C.FusedRNNCellAdaptor(new C.GRUCell(2)), steps()),
  'adapted cells of lists in a loop': () => over(new C.FusedRNNCellAdaptor(new C.GRUCell(2), true), steps()),
  'reversed nets': () => over(new C.TimeReversedFusedRNN(new C.LSTMBlockFusedCell(2))),
  'reversed nets with lengths': () =>
    over(new C.TimeReversedFusedRNN(new C.LSTMBlockFusedCell(2)), undefined, { sequenceLength: [2, 3] }),
  'reversed nets of lists': () =>
    over(new C.TimeReversedFusedRNN(new C.FusedRNNCellAdaptor(new C.BasicRNNCell(2))), steps()),
};
const net = (): Net => new C.LSTMBlockFusedCell(2);
const ERRORS: Programs = {
  'e fused without dtype': () => applied(net(), ph([5, 2, 3])),
  'e fused rank': () => applied(net(), ph([5, 2]), { dtype: F }),
  'e fused list': () => applied(net(), [ph([2, 3]), ph([2, 3], 'y')], { dtype: F }),
  'e fused state': () => applied(net(), ph([5, 2, 3]), { initialState: [ph([2, 2], 'c')] }),
  'e fused dtype': () => applied(net(), ph([5, 2, 3]), { dtype: tf.float64 }),
};
export const FUSED: Programs = { ...NETS, ...ERRORS };
