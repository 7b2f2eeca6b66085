/** Building a graph, node by node; nothing is run. */
import * as tf from '../../src';
import { SMALL, chainOf } from '../graphs';
import { type Setup, secondsSince } from '../serve';

export const setup: Setup = ({ nodes }) => {
  // What is loaded with the first node belongs to the start-up.
  new tf.Graph().asDefault(() => chainOf(SMALL));
  return {
    time() {
      const started = process.hrtime.bigint();
      new tf.Graph().asDefault(() => chainOf(nodes));
      return secondsSince(started);
    },
  };
};
