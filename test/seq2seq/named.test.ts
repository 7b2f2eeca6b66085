/** What helpers, decoders, attention and cells do takes its arguments by their names too, and nothing else. */
import * as tf from '../../src';

const { seq2seq } = tf.contrib;
type T = tf.Tensor;
beforeEach(() => tf.resetDefaultGraph());

const table = (): T => tf.ones([4, 3]);
const HELPERS: Readonly<Record<string, () => tf.contrib.seq2seq.Helper<T, T>>> = {
  TrainingHelper: () => new seq2seq.TrainingHelper(tf.ones([2, 5, 3]), [5, 4]),
  GreedyEmbeddingHelper: () => new seq2seq.GreedyEmbeddingHelper(table(), [1, 1], 0),
  SampleEmbeddingHelper: () => new seq2seq.SampleEmbeddingHelper(table(), [1, 1], 0),
  InferenceHelper: () =>
    new seq2seq.InferenceHelper(
      (x) => x,
      [3],
      tf.float32,
      tf.ones([2, 3]),
      (x) => x.get(0).less(0),
    ),
  CustomHelper: () =>
    new seq2seq.CustomHelper(
      () => [tf.constant([false, false]), tf.ones([2, 3])],
      ({ outputs }) => tf.argmax(outputs, 1, { outputType: tf.int32 }),
      ({ time, outputs, state }) => [tf.fill([2], time.greaterEqual(2)), outputs, state],
    ),
  ScheduledEmbeddingTrainingHelper: () =>
    new seq2seq.ScheduledEmbeddingTrainingHelper(tf.ones([2, 5, 3]), [5, 4], table(), 0.5),
  ScheduledOutputTrainingHelper: () => new seq2seq.ScheduledOutputTrainingHelper(tf.ones([2, 5, 3]), [5, 4], 0.5),
};
/** A graph's nodes after some calls. */
function nodesOf(make: () => unknown): string[] {
  return new tf.Graph().asDefault((graph) => {
    make();
    return graph.getOperations().map((op) => `${op.name} ${op.type}`);
  });
}
const outputs = (): T => tf.ones([2, 3]);
test.each(Object.keys(HELPERS))('%s', (name) => {
  const byPlace = nodesOf(() => {
    const helper = HELPERS[name]();
    helper.initialize('one');
    const [time, given] = [tf.constant(0, tf.int32), outputs()];
    helper.nextInputs(time, given, given, helper.sample(time, given, given, 'two'), 'three');
  });
  const byName = nodesOf(() => {
    // The abstract class says what one's own define, by position.
    const helper = HELPERS[name]() as tf.contrib.seq2seq.CustomHelper;
    helper.initialize({ name: 'one' });
    const [time, given] = [tf.constant(0, tf.int32), outputs()];
    const sampleIds = helper.sample({ time, outputs: given, state: given, name: 'two' });
    helper.nextInputs({ sampleIds, state: given, outputs: given, time, name: 'three' });
  });
  expect(byName).toEqual(byPlace);
  const helper = HELPERS[name]() as tf.contrib.seq2seq.CustomHelper;
  expect(() => helper.nextInputs({ time: 0, outputs: 1, state: 2, sample_ids: 3 } as never)).toThrow(
    /^next_inputs\(\) got an unexpected keyword argument 'sample_ids'[^]*sampleIds/,
  );
});
test('BasicDecoder', () => {
  const make = (): [tf.contrib.seq2seq.BasicDecoder<T>, T, T] => {
    const cell = new tf.nn.rnnCell.GRUCell(4);
    const decoder = new seq2seq.BasicDecoder(cell, HELPERS.TrainingHelper(), cell.zeroState(2, tf.float32));
    return [decoder, tf.constant(0, tf.int32), tf.ones([2, 4])];
  };
  const byPlace = nodesOf(() => {
    const [decoder, time, state] = make();
    const [, inputs] = decoder.initialize();
    const [given] = decoder.step(time, inputs, state, 'step');
    decoder.finalize(given, state, tf.constant([1, 1]));
  });
  const byName = nodesOf(() => {
    const [decoder, time, state] = make();
    const [, inputs] = decoder.initialize({ name: null });
    const [given] = decoder.step({ name: 'step', state, inputs, time });
    decoder.finalize({ outputs: given, finalState: state, sequenceLengths: tf.constant([1, 1]) });
  });
  expect(byName).toEqual(byPlace);
  const [decoder, time, state] = make();
  expect(() => Reflect.apply(decoder.step, decoder, [time, state, state, 'a', 'b'])).toThrow(
    'step() takes from 4 to 5 positional arguments but 6 were given',
  );
  expect(() => decoder.finalize({ outputs: 1, state: 2 } as never)).toThrow(
    "finalize() got an unexpected keyword argument 'state'",
  );
});
/** Cells whose zeros are not those of `RNNCell` alone. */
const CELLS: Readonly<Record<string, () => tf.nn.rnnCell.RNNCell<unknown>>> = {
  BasicRNNCell: () => new tf.nn.rnnCell.BasicRNNCell(3),
  MultiRNNCell: () => new tf.nn.rnnCell.MultiRNNCell([new tf.nn.rnnCell.BasicLSTMCell(3)]),
  'MultiRNNCell of one tensor': () =>
    new tf.nn.rnnCell.MultiRNNCell([new tf.nn.rnnCell.GRUCell(3), new tf.nn.rnnCell.GRUCell(2)], false),
  DropoutWrapper: () => new tf.nn.rnnCell.DropoutWrapper(new tf.nn.rnnCell.BasicLSTMCell(3)),
  DeviceWrapper: () => new tf.nn.rnnCell.DeviceWrapper(new tf.nn.rnnCell.GRUCell(3), '/cpu:0'),
  OutputProjectionWrapper: () => new tf.contrib.rnn.OutputProjectionWrapper(new tf.nn.rnnCell.GRUCell(3), 2),
  AttentionWrapper: () =>
    new seq2seq.AttentionWrapper(
      new tf.nn.rnnCell.GRUCell(3),
      new seq2seq.BahdanauMonotonicAttention(3, tf.ones([2, 5, 3])),
    ),
};
test.each(Object.keys(CELLS))('zeroState of a %s', (name) => {
  const byPlace = nodesOf(() => CELLS[name]().zeroState(2, tf.float32));
  const byName = nodesOf(() => CELLS[name]().zeroState({ dtype: tf.float32, batchSize: 2 }));
  expect(byName).toEqual(byPlace);
  expect(() => CELLS[name]().zeroState({ batch_size: 2, dtype: 'float32' } as never)).toThrow(
    "zero_state() got an unexpected keyword argument 'batch_size'",
  );
  expect(() => Reflect.apply(tf.nn.rnnCell.RNNCell.prototype.zeroState, CELLS[name](), [2])).toThrow(
    "zero_state() missing 1 required positional argument: 'dtype'",
  );
});
test('attention, and the shapes of layers', () => {
  const memory = tf.ones([2, 5, 3]);
  for (const attention of [new seq2seq.LuongAttention(3, memory), new seq2seq.LuongMonotonicAttention(3, memory)]) {
    const state = attention.initialState({ batchSize: 2, dtype: tf.float32 });
    expect(attention.initialAlignments({ batchSize: 2, dtype: 'float32' }).shape.asList()).toEqual([2, 5]);
    expect(attention.apply({ query: tf.ones([2, 3]), state })[0].shape.asList()).toEqual([2, 5]);
  }
  const layer = new tf.layers.Dense(4);
  expect(layer.computeOutputShape({ inputShape: [null, 3] }).dims).toEqual([null, 4]);
  expect(() => layer.computeOutputShape({ input_shape: [null, 3] } as never)).toThrow(
    "compute_output_shape() got an unexpected keyword argument 'input_shape'",
  );
  expect(() => Reflect.apply(layer.computeOutputShape, layer, [[2, 3], 4])).toThrow(
    'compute_output_shape() takes 2 positional arguments but 3 were given',
  );
});
test('classes of one’s own define the methods anew, by position and with fewer arguments', () => {
  class Mine extends seq2seq.GreedyEmbeddingHelper {
    override sample(_time: T, given: T): T {
      return tf.argmin(given, 1, { outputType: tf.int32 });
    }
  }
  class Cell extends tf.nn.rnnCell.GRUCell {
    override zeroState(batchSize: number | T): T {
      return tf.ones([Number(batchSize), 4]);
    }
  }
  const cell = new Cell(4);
  const decoder = new seq2seq.BasicDecoder(cell, new Mine(table(), [1, 1], 0), cell.zeroState(2));
  const [{ sampleId }] = seq2seq.dynamicDecode(decoder, { maximumIterations: 2 });
  expect(sampleId.shape.ndims).toBe(2);
});
