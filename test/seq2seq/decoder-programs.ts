/** Helpers and what decodes with them, as test/fixtures/record/seq2seq.py has them. */
import * as tf from '../../src';
import { C, F, type Programs, S, back, batch, decoder, dense, grads, int, ints, ph, table } from './words';

const one = { parallelIterations: 1 };
/** A decoder without a cell. */
class Count extends S.Decoder<
  readonly [tf.Tensor, tf.Tensor],
  { readonly a: tf.Tensor; readonly b: tf.Tensor },
  tf.Tensor,
  tf.Tensor
> {
  readonly batchSize = 2;
  readonly outputSize = { a: new tf.TensorShape([]), b: new tf.TensorShape([2]) };
  readonly outputDtype = { a: tf.int32, b: F };
  override get tracksOwnFinished(): boolean {
    return true;
  }
  override initialize(): [tf.Tensor, tf.Tensor, [tf.Tensor, tf.Tensor]] {
    return [tf.constant([false, true]), ints(1, 2), [tf.zeros([2, 2]), tf.constant(3)]];
  }
  override step(
    time: tf.Tensor,
    inputs: tf.Tensor,
    [sum, more]: readonly [tf.Tensor, tf.Tensor],
  ): tf.contrib.seq2seq.DecoderStep<
    readonly [tf.Tensor, tf.Tensor],
    { readonly a: tf.Tensor; readonly b: tf.Tensor },
    tf.Tensor
  > {
    const s = sum.add(more);
    return [{ a: inputs, b: s }, [s, more.mul(2)], inputs.add(time), tf.fill([2], time.greater(2))];
  }
  override finalize(
    outputs: { readonly a: tf.Tensor; readonly b: tf.Tensor },
    [sum]: readonly [tf.Tensor, tf.Tensor],
  ): [tf.Tensor, tf.Tensor] {
    return [outputs.b, sum];
  }
}

export const DECODERS: Programs = {
  masks: () => {
    const n = ph([2, 2], 'n', tf.int32);
    const m = ph([null], 'm', tf.int64);
    return [
      tf.sequenceMask(n),
      tf.sequenceMask(n, 4),
      tf.sequenceMask(m, { dtype: F, name: 'floats' }),
      tf.sequenceMask([1, 3, 2], 5, tf.int32),
    ];
  },
  'training helper': () => back(S.dynamicDecode(decoder(new S.TrainingHelper(batch(2, 4, 2), [4, 3])))),
  'training helper by time': () => {
    const [x, n] = [ph([null, null, 2]), ph([null], 'n', tf.int32)];
    const cell = new C.BasicLSTMCell(3);
    const helper = new S.TrainingHelper(x, n, { timeMajor: true });
    const d = new S.BasicDecoder(cell, helper, cell.zeroState(tf.shape(n).get(0), F));
    return back(S.dynamicDecode(d, { outputTimeMajor: true, imputeFinished: true }));
  },
  'training with a layer': () => {
    const d = decoder(new S.TrainingHelper(batch(2, 4, 2), [4, 2]), undefined, dense());
    return back(S.dynamicDecode(d, { imputeFinished: true, scope: 'd' }));
  },
  'training of many': () => {
    const cell = new C.MultiRNNCell([new C.BasicLSTMCell(3), new C.GRUCell(2)] as const);
    const helper = new S.TrainingHelper(batch(2, 4, 2), [3, 4]);
    const d = new S.BasicDecoder(cell, helper, cell.zeroState(2, F), dense(4));
    return back(S.dynamicDecode(d, { maximumIterations: 3, swapMemory: true, parallelIterations: 4 }));
  },
  'steps at most fed': () => {
    const [x, n] = [ph([2, 4, 2]), ph([], 'n', tf.int32)];
    const d = decoder(new S.TrainingHelper(x, [4, 3]));
    const [outputs, state, lengths] = S.dynamicDecode(d, { maximumIterations: n });
    return [outputs.sampleId, outputs.rnnOutput, state as tf.Tensor, lengths];
  },
  greedy: () => {
    const d = decoder(new S.GreedyEmbeddingHelper(table(), [1, 2], 0), undefined, dense());
    const [{ rnnOutput, sampleId }, state, lengths] = S.dynamicDecode(d, { maximumIterations: 6 });
    batch(2);
    const found = grads(rnnOutput, ...tf.trainableVariables()).map((g) => tf.convertToTensor(g));
    return [rnnOutput, sampleId, state as tf.Tensor, lengths, ...found];
  },
  'greedy by functions': () => {
    const start = ph([null], 'start', tf.int32);
    const embedding = (ids: tf.Tensor): tf.Tensor => tf.oneHot(ids, 4);
    const cell = new C.LSTMCell(4, { initializer: tf.randomUniformInitializer(-1, 1, 3) });
    const helper = new S.GreedyEmbeddingHelper(embedding, start, tf.constant(int(2)));
    const d = new S.BasicDecoder(cell, helper, cell.zeroState(tf.size(start), F), dense(4, { useBias: false }));
    const options = { imputeFinished: true, maximumIterations: 5, outputTimeMajor: true };
    return [...S.dynamicDecode(d, options)[0]];
  },
  samples: () => {
    const helper = new S.SampleEmbeddingHelper(table(), [1, 2], 0, { seed: 3 });
    const options = { maximumIterations: 4, ...one };
    const [outputs, , lengths] = S.dynamicDecode(decoder(helper, undefined, dense()), options);
    return [outputs.sampleId, lengths];
  },
  'samples at a temperature': () => {
    const helper = new S.SampleEmbeddingHelper(table(), ints(1, 2), 0, { softmaxTemperature: 0.5, seed: 3 });
    const options = { maximumIterations: 4, ...one };
    const [outputs, , lengths] = S.dynamicDecode(decoder(helper, undefined, dense()), options);
    return [outputs.sampleId, lengths];
  },
  inference: () => {
    const x = ph([null, 3]);
    const end = (ids: tf.Tensor): tf.Tensor => tf.less(tf.reduceSum(ids, 1), -0.2);
    const helper = new S.InferenceHelper((y) => y.mul(2), [3], F, x, end);
    return back(S.dynamicDecode(new S.BasicDecoder(new C.GRUCell(3), helper, x), { maximumIterations: 4 }));
  },
  'inference of classes': () => {
    const x = batch(2, 4);
    const helper = new S.InferenceHelper(
      (y) => tf.argmax(y, 1, { outputType: tf.int32 }),
      [],
      tf.int32,
      x,
      (ids) => tf.equal(ids, 1),
      (ids) => tf.oneHot(ids, 4),
    );
    return back(S.dynamicDecode(decoder(helper, new C.GRUCell(4)), { maximumIterations: 3 }));
  },
  'functions of ones own': () => {
    const x = batch(2, 3);
    const helper = new S.CustomHelper<tf.Tensor, tf.Tensor>(
      () => [tf.constant([false, false]), x],
      ({ outputs }) => tf.argmax(outputs, 1, { outputType: tf.int32 }),
      ({ time, outputs, state, sampleIds }) => [
        tf.fill([2], tf.greater(time, 2)),
        outputs.add(tf.expandDims(tf.toFloat(sampleIds), 1)),
        state,
      ],
    );
    return back(S.dynamicDecode(decoder(helper)));
  },
  'functions with samples of ones own': () => {
    const x = batch(2, 3);
    const helper = new S.CustomHelper<tf.Tensor, tf.Tensor>(
      () => [tf.constant([false, false]), x],
      ({ outputs }) => outputs,
      ({ time, state, sampleIds }) => [tf.fill([2], time.greaterEqual(1)), sampleIds, state],
      [3],
      F,
    );
    return back(S.dynamicDecode(decoder(helper)));
  },
  'scheduled embedding': () => {
    const x = ph([2, 4, 3]);
    const seeds = { seed: 3, schedulingSeed: 5 };
    const helper = new S.ScheduledEmbeddingTrainingHelper(x, [4, 3], table(), 0.5, seeds);
    return back(S.dynamicDecode(decoder(helper, undefined, dense()), one));
  },
  'e scheduled embedding by a vector': () => {
    const x = ph([4, 2, 3]);
    const embedding = (ids: tf.Tensor): tf.Tensor => tf.oneHot(ids, 3);
    const chances = tf.constant([0.5, 0.5]);
    const helper = new S.ScheduledEmbeddingTrainingHelper(x, [4, 3], embedding, chances, true, 3, 5, 'h');
    return S.dynamicDecode(decoder(helper, undefined, dense(3)), one);
  },
  'scheduled output': () => {
    const helper = new S.ScheduledOutputTrainingHelper(batch(2, 4, 3), [4, 3], 0.5, { seed: 3 });
    return back(S.dynamicDecode(decoder(helper), one));
  },
  'scheduled output by a function': () => {
    const [x, a] = [ph([2, 4, 3]), ph([2, 4, 1], 'a')];
    const options = { seed: 3, nextInputsFn: (y: tf.Tensor) => y.mul(2), auxiliaryInputs: a };
    const helper = new S.ScheduledOutputTrainingHelper(x, [4, 3], 0.5, options);
    return back(S.dynamicDecode(decoder(helper), one));
  },
  'scheduled output with others': () => {
    const [x, a] = [ph([4, 2, 3]), ph([4, 2, 1], 'a')];
    const helper = new S.ScheduledOutputTrainingHelper(x, [4, 3], tf.constant(0.5), true, 3, null, a);
    return back(S.dynamicDecode(decoder(helper), one));
  },
  'decoder of ones own': () => S.dynamicDecode(new Count(), { imputeFinished: true }),
  'decoder in a loop': () => {
    const [x, cell] = [batch(2, 3, 2), new C.GRUCell(2)];
    const body = (i: tf.Tensor, y: tf.Tensor): [tf.Tensor, tf.Tensor] => {
      const d = new S.BasicDecoder(cell, new S.TrainingHelper(y, [3, 3]), cell.zeroState(2, F));
      return [i.add(1), tf.reshape(S.dynamicDecode(d)[0].rnnOutput, [2, 3, 2])];
    };
    return back(tf.whileLoop((i) => i.less(2), body, [int(0), x])[1]);
  },
  'rows again': () => {
    const [x, y] = [ph([null, 2]), ph([3], 'y', tf.int32)];
    const [a, [b, c]] = S.tileBatch([x, C.LSTMStateTuple(y, x)] as const, 3);
    return [a, b, c, S.tileBatch(tf.constant(Int32Array.of(1, 2), tf.int32, [1, 2]), 2, { name: 't' }), ...grads(a, x)];
  },
  'training and writing': () => {
    const [x, y] = [ph([2, 4, 3]), ph([2, 4], 'y', tf.int32)];
    const [embedding, cell, layer] = [table(), new C.BasicLSTMCell(4), dense()];
    const [, state] = tf.nn.dynamicRnn(new C.BasicLSTMCell(4), x, { dtype: F });
    const before = tf.concat([tf.fill([2, 1], int(1)), y.get([], [null, -1])], 1);
    const inputs = tf.nn.embeddingLookup(embedding, before);
    const [outputs, , lengths] = tf.variableScope('writer', () => {
      const helper = new S.TrainingHelper(inputs, [4, 3]);
      return S.dynamicDecode(new S.BasicDecoder(cell, helper, state, layer), { imputeFinished: true });
    });
    const [written] = tf.variableScope('writer', { reuse: true }, () => {
      const helper = new S.GreedyEmbeddingHelper(embedding, tf.fill([2], int(1)), 0);
      return S.dynamicDecode(new S.BasicDecoder(cell, helper, state, layer), { maximumIterations: 5 });
    });
    const loss = S.sequenceLoss(outputs.rnnOutput, y, tf.sequenceMask(lengths, 4, F));
    const step = new tf.train.AdamOptimizer(0.05).minimize(loss);
    return tf.controlDependencies([step], () => [tf.identity(loss), written.sampleId]);
  },
};
