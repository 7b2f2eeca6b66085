/** The first run of a graph in a session: pruning, planning, and the run itself. Building is not timed. */
import * as tf from '../../src';
import { SMALL, chainOf } from '../graphs';
import { type Setup, secondsSince } from '../serve';
import { openSession } from '../training';

export const setup: Setup = ({ nodes }) => {
  // What is loaded with the first session belongs to the start-up.
  firstRunOf(SMALL)();
  const run = firstRunOf(nodes);
  return {
    time() {
      const started = process.hrtime.bigint();
      run();
      return secondsSince(started);
    },
  };
};
function firstRunOf(nodes: number): () => unknown {
  const graph = new tf.Graph();
  const { x, a, b, end } = graph.asDefault(() => chainOf(nodes));
  return () => openSession(graph).run(end, { [x.name]: 1, [a.name]: 0.5, [b.name]: 0.5 });
}
