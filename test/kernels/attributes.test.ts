/**
 * Attributes that no kernel takes: what TensorFlow 1.15 was recorded to say of them (`record/attributes.py`) is said on
 * every device, and before what is not fed where TensorFlow says it when a kernel is made.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { devices, open } from '../devices';
import { FIXTURES } from '../recorded';

type Sizes = readonly number[];
type Row = readonly [type: string, attrs: Readonly<Record<string, Sizes | string>>, fed: string, unfed?: string];
const { inputs, rows } = JSON.parse(readFileSync(path.join(FIXTURES, '..', 'attributes.json'), 'utf8')) as {
  inputs: Readonly<Record<string, readonly (Sizes | readonly [Sizes])[]>>;
  rows: readonly Row[];
};
const isNumbers = (input: Sizes | readonly [Sizes]): input is readonly [Sizes] => Array.isArray(input[0]);

/** The same pictures or volumes, their channels first; filters stay. */
function channelsFirst(shape: Sizes): Sizes {
  return shape[1] > 1 ? [shape[0], ...shape.slice(-1), ...shape.slice(1, -1)] : shape;
}

/** Of several that are not fed TensorFlow names any. */
function firstOf(text: string): string {
  return text.replace(/'x(_\d)?'/, "'x'");
}
/** The first line of a run's error, with its class; '' where it runs. */
function said(sess: tf.Session, op: tf.Operation, feeds: [tf.Tensor, tf.FeedValue][]): string {
  try {
    sess.run(op.outputs[0], feeds);
    return '';
  } catch (error) {
    const { name, message } = error as Error;
    return firstOf(`${name}: ${message.split('\n')[0]}`);
  }
}
test.each(devices().map((mode) => [mode.title, mode] as const))('attributes that no kernel takes: %s', (_, mode) => {
  const faults = rows.flatMap(([type, attrs, fed, unfed = fed]) =>
    new tf.Graph().asDefault((graph) => {
      const feeds: [tf.Tensor, tf.FeedValue][] = [];
      const turned = 'data_format' in attrs ? channelsFirst : (shape: Sizes): Sizes => shape;
      const edges = inputs[type].map((input) => {
        if (isNumbers(input)) return tf.constant([...turned(input[0])], tf.int32);
        const x = tf.placeholder(tf.float32, null, { name: 'x' });
        feeds.push([x, new tf.NDArray(tf.float32, turned(input), new Float32Array(input.reduce((a, b) => a * b)))]);
        return x;
      });
      const op = applyOp(type, edges, attrs);
      const sess = open(graph, mode);
      const got = [said(sess, op, feeds), said(sess, op, [])];
      return got[0] === fed && got[1] === firstOf(unfed) ? [] : [[type, attrs, got, [fed, unfed]]];
    }),
  );
  expect(faults).toEqual([]);
});
