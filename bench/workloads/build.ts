/** Building a graph, node by node; nothing is run. */
import * as tf from '../../src';
import { chainOf } from '../graphs';
import type { Setup } from '../serve';

export const setup: Setup = ({ nodes }) => ({
  step() {
    new tf.Graph().asDefault(() => chainOf(nodes));
    return null;
  },
});
