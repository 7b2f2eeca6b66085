/**
 * Numbers below the least normal one: what docs/values.md says of them holds for few elements and for many, in the
 * first run, in the rewritten plan and as a part that a device takes as one.
 */
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { devices } from '../devices';
import { LAST_RUN } from '../long';
import { neighbour } from './law';

type T = tf.Tensor;
const op = (type: string, ...inputs: T[]): T => applyOp(type, inputs).outputs[0];
/** A tiny number of each dtype that is none of 0, and two normal ones whose product is tiny too. */
const NUMBERS = {
  float32: { tiny: Math.fround(1e-40), factors: [Math.fround(1e-20), Math.fround(3e-20)] },
  float64: { tiny: 1e-310, factors: [1e-155, 3e-155] },
} as const;
type Name = keyof typeof NUMBERS;

/** Results below the least normal number, and what they are where nothing makes them 0; x and y are the factors. */
const RESULTS: Readonly<Record<string, readonly [(x: T, y: T) => T, (x: number, y: number) => number]>> = {
  'x y': [(x, y) => x.mul(y), (x, y) => x * y],
  'x y and back': [(x, y) => tf.negative(tf.negative(x.mul(y))), (x, y) => x * y],
  'x²': [(x) => tf.square(x), (x) => x * x],
  'x / (1 / y)': [(x, y) => x.div(tf.div(1, y)), (x, y) => x / (1 / y)],
  '(x y) + 0': [(x, y) => x.mul(y).add(0), (x, y) => x * y],
  '(x y) - 0': [(x, y) => x.mul(y).sub(0), (x, y) => x * y],
  MulNoNan: [(x, y) => op('MulNoNan', x, y), (x, y) => x * y],
};
/** What such an operand is: `itself`, or 0; on a device that flushes sums too take it for 0. */
const OPERANDS: Readonly<Record<string, readonly [(x: T) => T, 'itself' | 'zero' | 'itself unless flushed']>> = {
  'x * 1': [(x) => x.mul(1), 'zero'],
  '1 * x': [(x) => tf.multiply(tf.ones([], x.dtype), x), 'zero'],
  'x / 1': [(x) => x.div(1), 'zero'],
  'x within [-1, 1]': [(x) => tf.clipByValue(x, -1, 1), 'zero'],
  'x within bounds as ops': [(x) => op('ClipByValue', x, tf.constant(-1, x.dtype), tf.constant(1, x.dtype)), 'zero'],
  'largest of segments': [(x) => tf.unsortedSegmentMax(x, tf.zerosLike(x, tf.int32), 1), 'zero'],
  'smallest of segments': [(x) => tf.unsortedSegmentMin(x, tf.zerosLike(x, tf.int32), 1), 'zero'],
  'distinct x': [(x) => tf.unique(x).y, 'itself'],
  'x + 0': [(x) => x.add(0), 'itself unless flushed'],
  'x + -0': [(x) => x.add(-0), 'itself unless flushed'],
  'x - 0': [(x) => x.sub(0), 'itself unless flushed'],
  '-(-x)': [(x) => tf.negative(tf.negative(x)), 'itself'],
  'x handed on': [(x) => tf.identity(tf.reshape(tf.reverse(x, [0]), [-1])), 'itself'],
  '|x|': [(x) => tf.abs(x), 'itself'],
  'a column of x': [(x) => tf.reshape(tf.tile(tf.expandDims(x, 1), [1, 1]), [-1]), 'itself'],
  'x where it is x': [(x) => tf.where(tf.equal(x, x), x, tf.zerosLike(x)), 'itself'],
};

describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  const flushes = device === 'native';
  /** What all of a program's elements are, in the runs that have plans of their own. */
  function expectEach(name: Name, programs: readonly (readonly [string, T, number])[], feeds: [T, number][]): void {
    const { graph } = programs[0][1];
    const other = graph.asDefault(neighbour);
    for (const n of [3, 5000]) {
      using sess = new tf.Session('', {
        graph,
        config: { advice: false, device: device as 'native', graphOptions: { wholeGraph: true } },
      });
      const filled = (v: number): NDArray =>
        new NDArray(tf[name], [n], new tf[name].array(n).fill(v as never) as Float32Array);
      const fed = [...feeds.map(([x, v]): [T, NDArray] => [x, filled(v)]), ...other.feeds];
      for (let run = 1; run <= LAST_RUN + 1; run++) {
        const got = sess.run([...programs.map(([, y]) => y), ...other.fetches], fed) as unknown as NDArray[];
        const seen = programs.map(([title], i) => [title, ...new Set(got[i].data as Float32Array)]);
        expect({ n, run, seen }).toEqual({ n, run, seen: programs.map(([title, , want]) => [title, want]) });
      }
    }
  }
  test.each(Object.keys(NUMBERS) as Name[])('results, %s', (name) => {
    new tf.Graph().asDefault(() => {
      const { factors } = NUMBERS[name];
      const [x, y] = [0, 1].map(() => tf.placeholder(tf[name], [null]));
      const round = (v: number): number => (name === 'float32' ? Math.fround(v) : v);
      const programs = Object.entries(RESULTS).map(
        ([title, [build, value]]) => [title, build(x, y), flushes ? 0 : round(value(factors[0], factors[1]))] as const,
      );
      expectEach(name, programs, [
        [x, factors[0]],
        [y, factors[1]],
      ]);
    });
  });
  test.each(Object.keys(NUMBERS) as Name[])('operands, %s', (name) => {
    new tf.Graph().asDefault(() => {
      const { tiny } = NUMBERS[name];
      const x = tf.placeholder(tf[name], [null]);
      const programs = Object.entries(OPERANDS).map(
        ([title, [build, is]]) => [title, build(x), is === 'itself' || (is !== 'zero' && !flushes) ? tiny : 0] as const,
      );
      expectEach(name, programs, [[x, tiny]]);
    });
  });
});
