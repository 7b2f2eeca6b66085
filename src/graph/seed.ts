/** Seeds: how a graph's seed and an op's own make the two that its kernel starts from. */
import { worded } from '../base/border';
import { TypeError_ } from '../base/errors';
import { bound } from '../calls/bind';
import { getDefaultGraph } from './graph';

/** Graph seed of an op that has a seed of its own in a graph that has none. */
export const DEFAULT_GRAPH_SEED = 87654321;
const MAX_INT32 = 2 ** 31 - 1;

/** Python's `seed % (2³¹ − 1)`: never negative. @throws TypeError  for what is no whole number */
function truncated(seed: number | bigint): number {
  if (typeof seed === 'bigint') {
    const most = BigInt(MAX_INT32);
    return Number(((seed % most) + most) % most);
  }
  if (!Number.isInteger(seed)) throw new TypeError_(`A seed must be a whole number, not ${worded(seed)}.`);
  return ((seed % MAX_INT32) + MAX_INT32) % MAX_INT32;
}

/**
 * The two seeds of an op that is about to be made: the graph's and its own. Without an own seed, a graph's op takes
 * the number of nodes made before it; without either seed the stream is unpredictable, and both are null.
 *
 *     tf.setRandomSeed(7);
 *     tf.getSeed(5)   // [7, 5]
 *
 * @param opSeed  the op's own seed
 * @returns  a pair of numbers, or of nulls
 */
export const getSeed = bound('get_seed', (opSeed?: number): Seeds => seedsFor(opSeed ?? null));
type Seeds = readonly [number, number] | readonly [null, null];
/** The same, for what builds nodes. */
export function seedsFor(opSeed: number | null): Seeds {
  const graph = getDefaultGraph();
  if (graph.seed === null && opSeed === null) return [null, null];
  const seeds =
    graph.seed === null
      ? ([DEFAULT_GRAPH_SEED, truncated(opSeed!)] as const)
      : ([truncated(graph.seed), truncated(opSeed ?? graph.lastId)] as const);
  // Kernels take two zeros for "no seed".
  return seeds[0] === 0 && seeds[1] === 0 ? [0, MAX_INT32] : seeds;
}

/**
 * Sets the seed of the default graph: every random op made from here on is the same from run to run of the program.
 *
 *     tf.setRandomSeed(1);
 *     sess.run(tf.randomNormal([2])).toArray()   // [-0.670861, 0.223571]
 *
 * @param seed  a number, or null for none
 * @throws TypeError  for anything else
 */
export const setRandomSeed = bound('set_random_seed', (seed: number | null): void => {
  getDefaultGraph().seed = seed;
});
