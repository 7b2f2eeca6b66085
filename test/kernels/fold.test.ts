/** Sums over rows and along them, and what is made for each element of rows and columns, on the portable device. */
import { v128 } from '../../src/base/assembler';
import { alongRows, folded } from '../../src/kernels/portable/fold';
import { PLAIN } from '../../src/kernels/portable/fold-kernels';
import type { Formula } from '../../src/kernels/portable/formula';
import { Kernels } from '../../src/kernels/portable/kernels';
import { applied, spread } from '../../src/kernels/portable/lower';
import { Draft, Program, type Spot } from '../../src/kernels/portable/program';
import { Scratch } from '../../src/kernels/portable/scratch';
import { heapOf, sameWithThreads, values } from './heap';

/** What a program makes of the values, and the program's run for any number of threads. */
function programOf(
  shapes: readonly (readonly number[])[],
  lower: (inputs: readonly Spot[], draft: Draft) => Spot,
): { data: readonly Float32Array[]; out: () => Float32Array; sameBits(): void } {
  const { heap, floats, put } = heapOf(1 << 26, true);
  const draft = new Draft(new Kernels(heap));
  const inputs = shapes.map((shape) => draft.make(shape));
  const made = lower(inputs, draft);
  const data = shapes.map((shape) => values(shape.reduce((a, b) => a * b, 1)));
  const size = made.shape.reduce((a, b) => a * b, 1);
  const [from, to] = [data.map(put), put(new Float32Array(size))];
  const program = new Program(draft, inputs, [made], heap, new Scratch(heap));
  const out = (): Float32Array => {
    floats.fill(12345, to / 4, to / 4 + size + 1);
    program.run([...from, to]);
    expect(floats[to / 4 + size]).toBe(12345);
    return floats.slice(to / 4, to / 4 + size);
  };
  const sameBits = (): void => {
    const release = heap.team.hold();
    sameWithThreads(heap.team, () => new Uint8Array(out().buffer));
    release();
  };
  return { data, out, sameBits };
}
const near = (got: Float32Array, wanted: Float64Array, count: number): void =>
  got.forEach((v, i) => expect(Math.abs(v - wanted[i])).toBeLessThan(2e-6 * Math.sqrt(count) + 1e-6));

describe('sums over the rows of groups', () => {
  const of = (groups: number, rows: number, columns: number): ReturnType<typeof programOf> =>
    programOf([[groups, rows, columns]], ([x], draft) => folded(PLAIN, [x], [], { groups, rows, columns }, draft)![0]);
  test.each([
    [1, 1, 1],
    [1, 256, 16],
    [1, 257, 23],
    [1, 70_001, 3],
    [1, 39_200, 33],
    [5, 7, 50],
    [9, 784, 21],
    [3, 521, 18],
    [60, 262, 5],
  ])('[%i, %i, %i]', (groups, rows, columns) => {
    const { data, out } = of(groups, rows, columns);
    const wanted = new Float64Array(groups * columns);
    for (let i = 0; i < data[0].length; i++)
      wanted[Math.floor(i / rows / columns) * columns + (i % columns)] += data[0][i];
    near(out(), wanted, rows);
  });
  test('of too many groups that no number of rows divides there are none', () => {
    expect(() => of(100, 521, 2)).toThrow();
  });
  test('threads change no bit', () => {
    of(1, 39_201, 16).sameBits();
    of(70, 784, 32).sameBits();
  });
});
describe('sums along rows', () => {
  const of = (rows: number, columns: number): ReturnType<typeof programOf> =>
    programOf([[rows, columns]], ([x], draft) => alongRows(x, rows, columns, draft)!);
  test.each([
    [1, 3],
    [1, 4096],
    [1, 4097],
    [1, 500_003],
    [7, 1],
    [33, 10],
    [5, 4100],
    [12, 16_384],
  ])('[%i, %i]', (rows, columns) => {
    const { data, out } = of(rows, columns);
    const wanted = new Float64Array(rows);
    data[0].forEach((v, i) => (wanted[Math.floor(i / columns)] += v));
    near(out(), wanted, columns);
  });
  test('threads change no bit', () => {
    of(1, 1_000_003).sameBits();
    of(6001, 77).sameBits();
  });
});
describe('what is made for each element', () => {
  const PRODUCT: Formula = {
    takes: 3,
    numbers: 0,
    gives: 1,
    results: ({ vectors: [a, b, c] }) => [v128.mul(v128.mul(a, b), c)],
  };
  const all = [700, 33, 21];
  test.each([
    ['rows', [[21], []]],
    ['columns', [[700, 1, 1], [1]]],
    ['rows and columns', [[700, 33, 1], [21]]],
    [
      'each',
      [
        [700, 33, 21],
        [1, 33, 21],
      ],
    ],
  ] as const)('of an operand for %s: threads change no bit', (_, [b, c]) => {
    const { data, out, sameBits } = programOf([all, b, c], (inputs, draft) => applied(PRODUCT, inputs, draft)!);
    const at = (k: number, shape: readonly number[], place: readonly number[]): number => {
      let index = 0;
      shape.forEach((n, i) => (index = index * n + (n === 1 ? 0 : place[place.length - shape.length + i])));
      return data[k][index];
    };
    const got = out();
    for (let i = 0; i < got.length; i += 97) {
      const place = [Math.floor(i / 693), Math.floor(i / 21) % 33, i % 21];
      expect(got[i]).toBe(Math.fround(Math.fround(data[0][i] * at(1, b, place)) * at(2, c, place)));
    }
    sameBits();
  });
  test('one row or column is spread', () => {
    for (const [from, to] of [
      [
        [1, 1, 21],
        [700, 33, 21],
      ],
      [
        [700, 1, 1],
        [700, 33, 21],
      ],
      [
        [1, 1, 1],
        [1, 1, 200_000],
      ],
    ] as const) {
      const { data, out, sameBits } = programOf([from], ([x], draft) => spread(x, to, draft)!);
      const got = out();
      const each = got.length / (from[0] === 1 ? 1 : data[0].length);
      for (let i = 0; i < got.length; i += 83)
        expect(got[i]).toBe(data[0][from[0] === 1 ? i % data[0].length : Math.floor(i / each)]);
      sameBits();
    }
  });
});
