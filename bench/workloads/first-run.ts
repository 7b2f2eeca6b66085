/** The first run of a graph in a session: pruning, planning, and the run itself. Building is not timed. */
import * as tf from '../../src';
import { chainOf } from '../graphs';
import { type Setup, secondsSince } from '../serve';
import { openSession } from '../training';

export const setup: Setup = ({ nodes }) => {
  const graph = new tf.Graph();
  const { x, a, b, end } = graph.asDefault(() => chainOf(nodes));
  return {
    time() {
      const started = process.hrtime.bigint();
      openSession(graph).run(end, { [x.name]: 1, [a.name]: 0.5, [b.name]: 0.5 });
      return secondsSince(started);
    },
  };
};
