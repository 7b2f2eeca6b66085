/** Attention that cannot be built, as test/fixtures/record/attention.py has it. */
import * as tf from '../../src';
import { attending, memory } from './attention-programs';
import { C, F, type Programs, S, ph } from './words';

const luong = (size = 2): tf.contrib.seq2seq.LuongAttention => new S.LuongAttention(size, memory());
const wrapper = (mechanism: unknown, more: object = {}): unknown =>
  new S.AttentionWrapper(new C.GRUCell(2), mechanism as never, more);
const cell = (): tf.contrib.seq2seq.AttentionWrapper<tf.Tensor> =>
  new S.AttentionWrapper<tf.Tensor>(new C.GRUCell(3), luong(3));

export const ATTENTION_ERRORS: Programs = {
  'e no mechanism': () => wrapper(3),
  'e no mechanism in a list': () => wrapper([luong(), 3]),
  'e no cell': () => new S.AttentionWrapper(3 as never, luong()),
  'e sizes for another number': () => wrapper(luong(), { attentionLayerSize: [2, 3] }),
  'e layers for another number': () =>
    wrapper([luong()], { attentionLayer: [new tf.layers.Dense(2), new tf.layers.Dense(2)] }),
  'e size and layer': () => wrapper(luong(), { attentionLayerSize: 2, attentionLayer: new tf.layers.Dense(2) }),
  'e inputs by no function': () => wrapper(luong(), { cellInputFn: 3 }),
  'e memory of unknown size': () => new S.LuongAttention(2, ph([2, 3, null])),
  'e query of another size': () => attending((m) => new S.LuongAttention(4, m)),
  'e other rows': () => cell().zeroState(3, F),
  'e state of another shape': () =>
    cell()
      .zeroState(2, F)
      .clone({ cellState: tf.zeros([2, 4]) }),
  'e other mode': () => S.monotonicAttention(ph([2, 3]), ph([2, 3]), 'soft' as never),
};
