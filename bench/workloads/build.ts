/** Building a graph, node by node; nothing is run. */
import * as tf from '../../src';
import { chainOf } from '../graphs';
import { type Setup, secondsSince } from '../serve';

export const setup: Setup = ({ nodes }) => ({
  time() {
    const started = process.hrtime.bigint();
    new tf.Graph().asDefault(() => chainOf(nodes));
    return secondsSince(started);
  },
});
