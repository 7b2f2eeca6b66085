/** The errors that sessions raise: TensorFlow's first line, byte for byte, then the line of the script and the cure. */
import * as tf from '../../src';
import { devices, open } from '../devices';

/** The default graph of a test, and a session on it. */
export let graph: tf.Graph;
export let sess: tf.Session;
beforeEach(() => {
  tf.resetDefaultGraph();
  graph = tf.getDefaultGraph();
  sess = open(graph, devices()[0]);
});

export function caught(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
export const first = (error: Error): string => error.message.split('\n')[0];
/** A line of a test, as errors name it. */
export const LINE = /\w+\.test\.ts:\d+:\d+/;
/**
 * The class and the first line, which are TensorFlow's; and what must stand below: lines of the script, causes, cures.
 */
export function says(body: () => unknown, name: string, text: string, ...below: (string | RegExp)[]): Error {
  const error = caught(body);
  expect([error.name, first(error)]).toEqual([name, text]);
  const rest = error.message.slice(text.length);
  for (const part of below)
    expect(rest).toMatch(part instanceof RegExp ? part : new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return error;
}
