/** What layers are applied with: their inputs, and what their `call` takes, by position and by name. */
import * as tf from '../../src';
import { call } from '../calls/words';

beforeEach(() => tf.resetDefaultGraph());
const x = (): tf.Tensor => tf.ones([2, 4, 4, 1]);
const row = (): tf.Tensor => tf.ones([2, 3]);

test('by position and by name', () => {
  const dropout = new tf.layers.Dropout(0.5);
  const drops = (): boolean =>
    tf
      .getDefaultGraph()
      .getOperations()
      .some(({ type }) => type === 'RandomUniform');
  dropout.apply(row(), { training: false });
  dropout.apply({ inputs: row(), training: false });
  expect(drops()).toBe(false);
  dropout.apply({ inputs: row(), training: true });
  expect(drops()).toBe(true);
  expect(new tf.layers.Dense(2).apply({ inputs: row() }).shape.dims).toEqual([2, 2]);
});
test('what `call` does not take is refused, and not dropped', () => {
  const layers: readonly (readonly [tf.layers.Layer, tf.Tensor])[] = [
    [new tf.layers.Dense(2), row()],
    [new tf.layers.Flatten(), x()],
    [new tf.layers.Conv2D(1, 2), x()],
    [new tf.layers.MaxPooling2D(2, 2), x()],
    [new tf.layers.Conv3D(1, 2), tf.ones([1, 2, 2, 2, 1])],
    [new tf.layers.MaxPooling3D(2, 2), tf.ones([1, 2, 2, 2, 1])],
    [new tf.layers.Dropout(0.5), row()],
    [new tf.layers.BatchNormalization(), row()],
  ];
  for (const [layer, inputs] of layers) {
    const apply = (...given: unknown[]): unknown => call(layer.apply.bind(layer), ...given);
    expect(() => apply(inputs, { trainng: true })).toThrow("call() got an unexpected keyword argument 'trainng'");
    expect(() => apply({ inputs, bogus: 1 })).toThrow("call() got an unexpected keyword argument 'bogus'");
    expect(() => apply(inputs, false, 1)).toThrow(
      /call\(\) takes (2|from 2 to 3) positional arguments but 4 were given/,
    );
  }
});
test('penalties and updates of a layer of one’s own', () => {
  const layer = new tf.layers.Dense(2);
  const loss = tf.constant(1);
  layer.addLoss({ losses: [loss], inputs: null });
  layer.addUpdate({ updates: tf.noOp() });
  expect(tf.getCollection(tf.GraphKeys.REGULARIZATION_LOSSES)[0]).toBe(loss);
  expect(() => call(layer.addLoss.bind(layer), loss, { input: 1 })).toThrow("unexpected keyword argument 'input'");
});
