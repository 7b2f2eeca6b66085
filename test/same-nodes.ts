/**
 * As `sameGraph`, where TensorFlow makes the same nodes in another order: its `cond` adds a Switch after what reads
 * it.
 */
import * as tf from '../src';
import { fixture, graphJson } from './sweep';

const round = (_: string, v: unknown): unknown =>
  typeof v === 'number' && !Number.isInteger(v) ? Number(v.toPrecision(6)) : v;
const sorted = (nodes: readonly { readonly name: string }[]): unknown =>
  JSON.parse(
    JSON.stringify(
      [...nodes].sort((a, b) => (a.name < b.name ? -1 : 1)),
      round,
    ),
  );

export function sameNodes(stem: string, title: string, build: (t: typeof tf) => unknown): void {
  test(`makes TensorFlow's nodes: ${title}`, () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      build(tf);
    });
    expect(sorted(graphJson(graph))).toEqual(sorted(fixture(stem).graphs[title]));
  });
}
