/**
 * NaN and infinities in ops that choose or pad, windows larger than what is fed, pieces that do not add up: as
 * TensorFlow 1.15 was recorded, on the host and on every device, step by step and as a whole graph.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import type { SessionConfig } from '../../src/session/config';
import { testOn } from '../devices';
import { devices } from '../sweep';
import { type Program, PROGRAMS } from './edge-programs';

type T = tf.Tensor;
const { rows } = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'edges.json'), 'utf8')) as {
  rows: Readonly<Record<string, string | readonly (readonly (number | string)[])[]>>;
};

const shown = (v: number | bigint): number | string => {
  const x = Number(v);
  return Number.isFinite(x) ? (x === 0 ? 0 : x) : String(x).toLowerCase().replace('infinity', 'inf');
};
const elements = (value: unknown): readonly (number | string)[] =>
  value instanceof NDArray ? Array.from(value.data as Float32Array, shown) : [shown(value as number)];
/** Node names count what was made before, which is not compared here. */
const nameless = (text: string): string => text.replace(/'\w+' \(op:/, "'' (op:");

/** What a program gives in its runs; or the first line of its error. */
function outcomes({ build, feeds, shapes }: Program, config: SessionConfig, runs: readonly number[]): unknown[] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    using sess = new tf.Session('', { graph, config: { advice: false, ...config } });
    const failed = (error: unknown): string => nameless((error as Error).message.split('\n')[0]);
    let made: T[];
    const inputs: T[] = [];
    try {
      inputs.push(...feeds.map((x, i) => tf.placeholder(x.dtype, shapes ? shapes[i] : null)));
      made = [build(...inputs)].flat();
    } catch (error) {
      return runs.map(() => failed(error));
    }
    const other = tf.placeholder(tf.float32, [16]);
    const beside = tf.sigmoid(tf.tanh(other));
    const fed = [...inputs.map((x, i) => [x, feeds[i]] as const), [other, new Float32Array(16)] as const];
    const found: unknown[] = [];
    for (let run = 1; run <= runs[runs.length - 1]; run++) {
      let got: unknown;
      try {
        got = (sess.run([...made, beside], fed) as unknown[]).slice(0, -1).map(elements);
      } catch (error) {
        got = failed(error);
      }
      if (runs.includes(run)) found.push(got);
    }
    return found;
  });
}

test('every recording has its program', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(Object.keys(rows).sort());
});
describe.each(devices().map((d) => d.device))('on the %s device', (device) => {
  test.each(Object.keys(rows))('%s', (name) => {
    const row = rows[name];
    const want = typeof row === 'string' ? nameless(row) : row.map((x) => x.map((v) => (v === 0 ? 0 : v)));
    const ways: readonly (readonly [SessionConfig, number[]])[] = [
      [{ device, placement: 'host' }, [1]],
      [{ device, placement: 'device' }, [1]],
      [{ device, graphOptions: { wholeGraph: true } }, [1, 4, 40]],
    ];
    for (const [config, runs] of ways)
      for (const got of outcomes(PROGRAMS[name], config, runs)) expect(got).toEqual(want);
  });
});

testOn('native', 'the gradient of a pool whose windows find no place is zeros, and not what memory held', () => {
  new tf.Graph().asDefault(() => {
    const x = tf.placeholder(tf.float32, null);
    const window = { ksize: [1, 3, 3, 1], strides: [1, 2, 3, 1], padding: 'VALID' } as const;
    const [dx] = tf.gradients(tf.nn.maxPool(x, window.ksize, window.strides, window.padding), [x]);
    const sess = new tf.Session('', { config: { device: 'native', placement: 'device', advice: false } });
    const picture = new tf.NDArray(tf.float32, [2, 3, 2, 3], new Float32Array(36).fill(7));
    const sevens = tf.placeholder(tf.float32, [36]).add(0);
    for (let i = 0; i < 30; i++) {
      sess.run(sevens, [[sevens.op.inputs[0], new Float32Array(36).fill(7)]]);
      const { data } = sess.run(dx, [[x, picture]]) as NDArray;
      expect(Array.from(data, Number).filter((v) => v !== 0)).toEqual([]);
    }
    sess.close();
  });
});
