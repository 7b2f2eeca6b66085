/**
 * Reads and writes of a variable that no edge puts in order. TensorFlow promises nothing of them; here they run in the
 * order in which their nodes were made, in every run and on every device (docs/order.md).
 */
import * as tf from '../../src';
import { isLong } from '../all';
import { devices } from '../sweep';

const COUNT = isLong ? 40 : 15;
interface Program {
  readonly fetches: tf.Tensor[];
  readonly init: tf.Operation;
  /** What the fetches are after one more run. */
  run(): number[];
}
/** A random list of reads and updates of one variable, and what it comes to if done in order. */
function programOf(seed: number, useResource: boolean, size: number): Program {
  let state = seed * 2654435761 + 1;
  const draw = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % n;
  };
  const v = new tf.Variable(tf.fill([size], 1), { useResource });
  const fetches: tf.Tensor[] = [];
  const steps: ((value: number) => readonly [value: number, fetched: number])[] = [];
  for (let i = 0; i < 2 + draw(6); i++) {
    const k = 1 + draw(4);
    switch (draw(4)) {
      case 0:
        fetches.push(tf.reduceMax(v.assignAdd(tf.fill([size], k))));
        steps.push((value) => [value + k, value + k]);
        break;
      case 1:
        fetches.push(tf.reduceMax(v.assign(tf.fill([size], k))));
        steps.push(() => [k, k]);
        break;
      default:
        fetches.push(tf.reduceMax(tf.multiply(draw(2) ? v : v.readValue(), k)));
        steps.push((value) => [value, value * k]);
    }
  }
  let value = 1;
  const run = (): number[] =>
    steps.map((step) => {
      const [next, fetched] = step(value);
      value = next;
      return fetched;
    });
  return { fetches, init: tf.globalVariablesInitializer(), run };
}
const ways = devices().flatMap(({ device }) => [
  { device, kind: 'reference', useResource: false },
  { device, kind: 'resource', useResource: true },
]);
describe.each(ways)('$device: $kind variables', ({ device, useResource }) => {
  test.each([1, 5000])('%d elements: reads and writes run in the order of their making', (size) => {
    for (let seed = 0; seed < COUNT; seed++) {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        const { fetches, init, run } = programOf(seed, useResource, size);
        const sess = new tf.Session('', { graph, config: { device, graphOptions: { wholeGraph: true } } });
        sess.run(init);
        for (let i = 0; i < 40; i++) {
          const wanted = run();
          expect([seed, i, ...sess.run(fetches)]).toEqual([seed, i, ...wanted]);
        }
        sess.close();
      });
    }
  });
});
