/** Convolutions and pools on several threads: no bit depends on how many. */
import type { Places } from '../../src/kernels/portable/conv-sizes';
import { Convolver } from '../../src/kernels/portable/convolve';
import { isOfSquares } from '../../src/kernels/portable/winograd';
import { clip, clipOfMean } from '../../src/kernels/host/pool-places';
import { openPooling, windowsOf } from '../../src/kernels/portable/pooling';
import { heapOf, sameWithThreads, untilHelped, values } from './heap';

const MARK = 12345;

describe('convolutions', () => {
  const pair = [1, 1] as const;
  const SIZES: readonly Places[] = [
    {
      batch: 9,
      height: 18,
      width: 18,
      channels: 32,
      taps: [5, 5],
      stride: pair,
      dilation: pair,
      rows: 14,
      columns: 14,
      outputs: 70,
    },
    {
      batch: 5,
      height: 31,
      width: 30,
      channels: 3,
      taps: [3, 4],
      stride: [2, 1],
      dilation: [1, 2],
      rows: 15,
      columns: 24,
      outputs: 65,
    },
    {
      batch: 40,
      height: 16,
      width: 16,
      channels: 8,
      taps: [2, 2],
      stride: [1, 2],
      dilation: [3, 1],
      rows: 13,
      columns: 8,
      outputs: 257,
    },
  ];
  const squares = { taps: [3, 3], stride: pair, dilation: pair, rows: 16, columns: 20, outputs: 36 } as const;
  const OF_SQUARES: Places = { batch: 6, height: 18, width: 22, channels: 32, ...squares };
  test('in squares: the sums, of a filter as it lies and turned around, and of wild numbers', () => {
    const { heap, floats, put } = heapOf(1 << 26);
    const { batch, height, width, channels, rows, columns, outputs } = OF_SQUARES;
    expect(isOfSquares(OF_SQUARES)).toBe(true);
    const convolver = new Convolver(heap);
    const [pictures, weights, added] = [
      values(batch * height * width * channels),
      values(9 * channels * outputs),
      values(outputs),
    ];
    const [x, w, bias] = [put(pictures), put(weights), put(added)];
    const y = put(new Float32Array(batch * rows * columns * outputs + 1).fill(MARK));
    const tap = 4 * channels * outputs;
    const lies = { at: w, blocks: 1, step: 0, row: 4 * outputs, column: 4 };
    const turned = { at: w + 8 * tap, blocks: 9, step: -tap, row: 4, column: 4 * channels };
    const near = (filter: typeof lies, weight: (t: number, c: number, k: number) => number): void => {
      convolver.convolve(OF_SQUARES, { x, filter, y, bias, floor: -1, ceiling: 2 });
      for (let at = 0; at < batch * rows * columns; at += 37)
        for (let k = 0; k < outputs; k += 5) {
          const [picture, i, j] = [Math.floor(at / rows / columns), Math.floor(at / columns) % rows, at % columns];
          let sum = added[k];
          for (let t = 0; t < 9; t++)
            for (let c = 0; c < channels; c++) {
              const place = (picture * height + i + Math.floor(t / 3)) * width + j + (t % 3);
              sum += pictures[place * channels + c] * weight(t, c, k);
            }
          expect(Math.abs(floats[y / 4 + at * outputs + k] - Math.min(Math.max(sum, -1), 2))).toBeLessThan(3e-5);
        }
      expect(floats[y / 4 + batch * rows * columns * outputs]).toBe(MARK);
    };
    near(lies, (t, c, k) => weights[(t * channels + c) * outputs + k]);
    near(turned, (t, c, k) => weights[((8 - t) * outputs + k) * channels + c]);
    // Under a window that holds nothing wild nothing changes but the last digits; the wild ones come as they are.
    for (const wild of [Infinity, 1e30, Number.NaN]) {
      floats[x / 4 + (5 * width + 7) * channels] = wild;
      convolver.convolve(OF_SQUARES, { x, filter: lies, y, bias, floor: -Infinity, ceiling: Infinity });
      const found = floats.slice(y / 4, y / 4 + rows * columns * outputs);
      const at = (i: number, j: number, k: number): number => found[(i * columns + j) * outputs + k];
      expect(Number.isFinite(at(2, 7, 0)) && Number.isFinite(at(5, 8, 0))).toBe(true);
      // The window that begins there, and those up to two before.
      for (const [r, c] of [
        [5, 7],
        [4, 6],
        [3, 5],
      ]) {
        const weight = weights[(3 * (5 - r) + 7 - c) * channels * outputs + 1];
        if (wild === 1e30) expect(at(r, c, 1) / (wild * weight)).toBeCloseTo(1, 5);
        else expect(at(r, c, 1)).toBe(wild * Math.sign(weight));
      }
    }
  });
  test.each([...SIZES, OF_SQUARES])('of %j: the same bits with 1, 2 and 3 threads', (sizes) => {
    const { heap, floats, put } = heapOf(1 << 26, true);
    const release = heap.team.hold();
    const convolver = new Convolver(heap);
    const { batch, height, width, channels, taps, rows, columns, outputs } = sizes;
    const [k, places] = [taps[0] * taps[1] * channels, batch * rows * columns];
    const [x, filter] = [put(values(batch * height * width * channels)), put(values(k * outputs))];
    const [bias, dy] = [put(values(outputs)), put(values(places * outputs))];
    const [y, dw] = [put(new Float32Array(places * outputs)), put(new Float32Array(k * outputs))];
    const plain = { at: filter, blocks: 1, step: 0, row: 4 * outputs, column: 4 };
    const results = (): Buffer => {
      floats.fill(MARK, y / 4, y / 4 + places * outputs);
      convolver.convolve(sizes, { x, filter: plain, y, bias, floor: 0, ceiling: Infinity });
      convolver.byFilter(sizes, { x, dy, dw });
      const both = [floats.slice(y / 4, y / 4 + places * outputs), floats.slice(dw / 4, dw / 4 + k * outputs)];
      return Buffer.concat(both.map(({ buffer }) => new Uint8Array(buffer)));
    };
    sameWithThreads(heap.team, results);
    release();
  });
});
test('pools and their gradients: the same with threads', () => {
  const { heap, floats, put } = heapOf(1 << 26, true);
  const release = heap.team.hold();
  const window = { input: 29, filter: 3, stride: 2, dilation: 1, output: 15, before: 1, after: 1 };
  const g = { batch: 17, rows: window, columns: window, channels: 37, depth: 1 };
  const [inside, places] = [17 * 29 * 29 * 37, 17 * 15 * 15 * 37];
  const pooling = openPooling(heap);
  const [x, dy] = [put(values(inside)), put(values(places))];
  const [y, dx] = [put(new Float32Array(places)), put(new Float32Array(inside))];
  const [m, dm] = [put(new Float32Array(places)), put(new Float32Array(inside))];
  const tables = [clip, clipOfMean].map((under) => {
    const table = windowsOf(g, under);
    const at = put(new Float32Array(table.length));
    new Int32Array(floats.buffer, at, table.length).set(table);
    return at;
  });
  const results = (): Buffer => {
    pooling.max(g, tables[0], x, y);
    pooling.maxGrad(g, tables[0], x, dy, dx);
    pooling.mean(g, tables[0], x, m);
    pooling.meanGrad(g, tables[1], dy, dm);
    const all = [y, m].map((at) => floats.slice(at / 4, at / 4 + places));
    for (const at of [dx, dm]) all.push(floats.slice(at / 4, at / 4 + inside));
    return Buffer.concat(all.map(({ buffer }) => new Uint8Array(buffer)));
  };
  heap.team.use(1);
  const alone = results();
  heap.team.use(3);
  untilHelped(heap.team, () => expect(Buffer.compare(results(), alone)).toBe(0));
  release();
});
