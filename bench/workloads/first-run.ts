/** The first run of a graph in a session: pruning, planning, optimizing, and the run itself. Building is not timed. */
import * as tf from '../../src';
import { chainOf } from '../graphs';
import type { Bench, Setup } from '../serve';

export const setup: Setup = ({ nodes }): Bench => {
  const once = (): number => {
    const graph = new tf.Graph();
    const { x, a, b, end } = graph.asDefault(() => chainOf(nodes));
    const started = process.hrtime.bigint();
    const sess = new tf.Session('', { graph });
    sess.run(end, { [x.name]: 1, [a.name]: 0.5, [b.name]: 0.5 });
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    sess.close();
    return seconds;
  };
  return {
    step: () => null,
    time(n) {
      let seconds = 0;
      for (let i = 0; i < n; i++) seconds += once();
      return seconds;
    },
  };
};
