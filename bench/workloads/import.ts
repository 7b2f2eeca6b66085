/** A GraphDef, from its bytes to a graph: read and imported. */
import * as tf from '../../src';
import { SMALL, chainOf } from '../graphs';
import { type Setup, secondsSince } from '../serve';

export const setup: Setup = ({ nodes }) => {
  // What is loaded with the first import belongs to the start-up.
  importOf(SMALL)();
  const run = importOf(nodes);
  return {
    time() {
      const started = process.hrtime.bigint();
      run();
      return secondsSince(started);
    },
  };
};
function importOf(nodes: number): () => void {
  const graph = new tf.Graph();
  graph.asDefault(() => chainOf(nodes));
  const bytes = graph.asGraphDef().serializeToString();
  return () => new tf.Graph().asDefault(() => tf.importGraphDef(tf.GraphDef.fromString(bytes), { name: '' }));
}
