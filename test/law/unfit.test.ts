/**
 * Operands of another rank or size than an op takes, known only in the run: what TensorFlow 1.15 was recorded to say of
 * them (`record/unfit.py`) is said on the host and on every device, in the first run and in a part that is compiled.
 * TensorFlow 2's kernels take some of them, and end the process over others, so none may see them.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { isLong } from '../all';
import { FIXTURES, type JsonArray, fixture, fromJson } from '../recorded';
import { attrFromJson, devices } from '../sweep';
import { HOST, type Outcome, difference, neighbour, outcomeOf, waysOf } from './law';

/** An error's text, the shapes of what came out, or null where the process ended. */
type Said = string | readonly (readonly number[])[] | null;
interface Recorded {
  readonly stem: string;
  readonly row: string;
  /** By the number of the operand and what was done to it. */
  readonly said: Readonly<Record<string, Said>>;
}
const { ops } = JSON.parse(readFileSync(path.join(FIXTURES, '..', 'unfit.json'), 'utf8')) as {
  ops: Record<string, Recorded>;
};
/** TensorFlow 1.15 looks at less, and may read or write beyond its operands: here they are refused. */
const BEYOND = new Set(
  (
    'AvgPoolGrad LRNGrad LowerBound MaxPoolGrad MaxPoolGradGrad ScatterNdNonAliasingAdd TensorSummaryV2 UpperBound ' +
    '_FusedConv2D _FusedMatMul'
  ).split(' '),
);
/** The same is refused in other words; those of scattered rows are where 1.15 reads beyond a shape. */
const WORDS = new Set(
  (
    'DenseToDenseSetOperation DenseToSparseSetOperation EnsureShape LowerBound ScatterNd ' +
    'ScatterNdNonAliasingAdd SetSize SparseToSparseSetOperation TensorScatterAdd TensorScatterSub ' +
    'TensorScatterUpdate UpperBound'
  ).split(' '),
);

/** The same change as in the recorder: a shape, and the places that its elements come from. */
function changed({ dtype, shape, data }: NDArray, change: string): NDArray {
  const places = Array.from({ length: data.length }, (_, i) => i);
  const row = shape.length ? data.length / shape[0] : 1;
  const [first, ...rest] = shape;
  const made: Readonly<Record<string, readonly [shape: readonly number[], places: readonly number[]]>> = {
    up: [[1, ...shape], places],
    end: [[...shape, 1], places],
    empty: [[0], []],
    scalar: [[], [0]],
    flat: [[data.length], places],
    less: [rest, places.slice(0, row)],
    longer: [
      [first + 1, ...rest],
      [...places, ...places.slice(0, row)],
    ],
    shorter: [[first - 1, ...rest], places.slice(0, data.length - row)],
    two: [[2], [0, 0]],
  };
  const [to, from] = made[change];
  const out = data.slice(0, 0);
  const elements = from.map((at) => data[at]);
  const typed = Array.isArray(out) ? elements : new (out.constructor as new (x: unknown[]) => typeof out)(elements);
  return new NDArray(dtype, to, typed as never);
}
function build(
  type: string,
  { stem, row }: Recorded,
  key: string,
): { fetches: tf.Tensor[]; feeds: [tf.Tensor, NDArray][] } {
  const { inputs, attrs } = fixture(stem).rows.find(({ name }) => name === row)!;
  const [at, change] = key.split(' ');
  const feeds: [tf.Tensor, NDArray][] = [];
  const fed = (json: JsonArray, isChanged: boolean): tf.Tensor => {
    const array = fromJson(json);
    const x = tf.placeholder(array.dtype);
    feeds.push([x, isChanged ? changed(array, change) : array]);
    return x;
  };
  const edges = inputs.map((json, i) =>
    Array.isArray(json) ? json.map((j, k) => fed(j, i === Number(at) && k === 0)) : fed(json, i === Number(at)),
  );
  const settings = Object.fromEntries(Object.entries(attrs).map(([k, v]) => [k, attrFromJson(type, k, v)]));
  const op = applyOp(type, edges, settings, type.startsWith('_') ? type.slice(1) : undefined);
  return { fetches: [...op.outputs], feeds };
}
const shapesOf = (outcome: Outcome): unknown =>
  typeof outcome === 'string' ? outcome.replace(/ \[\[.*/, '').trim() : outcome.map(({ shape }) => [...shape]);

const WAYS = devices().flatMap(({ device }) => waysOf(device));
/** Each change of an op, in a graph of its own. */
function faultsOf(type: string, recorded: Recorded): string[] {
  const faults: string[] = [];
  for (const [key, said] of Object.entries(recorded.said)) {
    if (said === null) continue;
    const graph = new tf.Graph();
    graph.asDefault(() => {
      let given: ReturnType<typeof build>;
      try {
        given = build(type, recorded, key);
      } catch (error) {
        if ((error as Error).message.split('\n')[0] !== said)
          faults.push(`${key} is refused: ${(error as Error).message}`);
        return;
      }
      const other = neighbour();
      const all = { fetches: [...given.fetches, ...other.fetches], feeds: [...given.feeds, ...other.feeds] };
      using host = new tf.Session('', { graph, config: { advice: false, ...HOST } });
      const right = outcomeOf(host, given);
      const isKnown = typeof right === 'string' && (typeof said === 'string' ? WORDS : BEYOND).has(type);
      if (!isKnown && String(shapesOf(right)) !== String(said))
        faults.push(`${key} on the host: ${JSON.stringify(shapesOf(right))}, not ${JSON.stringify(said)}`);
      for (const { title, config, runs } of WAYS) {
        using sess = new tf.Session('', { graph, config: { advice: false, ...config } });
        const last = runs[runs.length - 1];
        for (let run = 1; run <= Math.min(last, isLong ? last : 4); run++) {
          const got = outcomeOf(sess, all);
          const own = typeof got === 'string' ? got : got.slice(0, given.fetches.length);
          const what = difference(own, right, { sums: true, nearZero: false, spreads: false, zeros: true });
          if (what) faults.push(`${key}, ${title} run ${run}: ${what}`);
          if (what) break;
        }
      }
    });
  }
  return faults;
}
test.each(Object.entries(ops))('%s', (type, recorded) => {
  expect(faultsOf(type, recorded)).toEqual([]);
});
