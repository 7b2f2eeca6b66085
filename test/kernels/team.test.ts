/** Threads of the portable device: they help, no bit depends on them, and they end. */
import { Function_, v128 } from '../../src/kernels/portable/assembler';
import { Convolver, type Places } from '../../src/kernels/portable/convolve';
import { nonFinite, openFormula, openLook, piecesOf } from '../../src/kernels/portable/formula';
import { openGemm } from '../../src/kernels/portable/gemm';
import { shareable } from '../../src/kernels/portable/shared-memory';
import type { Team } from '../../src/kernels/portable/team';
import { MOST_CALLS } from '../../src/kernels/portable/thread';
import { heapOf } from './heap';

/** Does it until others have helped, which a busy machine lets them do late. */
function untilHelped(team: Team, work: () => void): void {
  const before = team.helped;
  for (const until = Date.now() + 120_000; team.helped === before && Date.now() < until; ) work();
  expect(team.helped).toBeGreaterThan(before);
}
const values = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(i * 1.7));
const MARK = 12345;

describe('products', () => {
  const SIZES = [
    [100, 784, 100],
    [784, 100, 101],
    [1000, 300, 10],
    [3, 900, 700],
    [1030, 260, 71],
    [517, 400, 7],
    [64, 512, 1024],
  ] as const;
  test.each(SIZES)('%i × %i × %i: the same bits with 1, 2 and 3 threads, however the operands lie', (m, k, n) => {
    const { heap, floats, put } = heapOf(1 << 25, true);
    const release = heap.team.hold();
    const gemm = openGemm(heap);
    const [a, b, bias] = [put(values(m * k)), put(values(k * n)), put(values(n))];
    const c = put(new Float32Array(m * n + 2)) + 4;
    for (const [ta, tb] of [
      [false, false],
      [false, true],
      [true, false],
    ]) {
      const product = (): Uint8Array => {
        floats.fill(MARK, c / 4 - 1, c / 4 + m * n + 1);
        gemm({
          a: { at: a, row: ta ? 4 : 4 * k, column: ta ? 4 * m : 4 },
          b: { at: b, row: tb ? 4 : 4 * n, column: tb ? 4 * k : 4 },
          ...{ c, m, k, n, bias, floor: -5, ceiling: 1e6 },
        });
        return new Uint8Array(floats.slice(c / 4 - 1, c / 4 + m * n + 1).buffer);
      };
      heap.team.use(1);
      const alone = product();
      for (const threads of [2, 3]) {
        heap.team.use(threads);
        untilHelped(heap.team, () => expect(Buffer.compare(product(), alone)).toBe(0));
      }
    }
    release();
  });
});
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
  test.each(SIZES)('of %j: the same bits with 1, 2 and 3 threads', (sizes) => {
    const { heap, floats, put } = heapOf(1 << 26, true);
    const release = heap.team.hold();
    const convolver = new Convolver(heap);
    const { batch, height, width, channels, taps, rows, columns, outputs } = sizes;
    const [k, places] = [taps[0] * taps[1] * channels, batch * rows * columns];
    const [x, filter] = [put(values(batch * height * width * channels)), put(values(k * outputs))];
    const [bias, dy] = [put(values(outputs)), put(values(places * outputs))];
    const [y, dw] = [put(new Float32Array(places * outputs)), put(new Float32Array(k * outputs))];
    const sum = (parts: number, from: number, size: number): void => {
      for (let i = 0; i < size; i++) {
        let all = 0;
        for (let p = 0; p < parts; p++) all = Math.fround(all + floats[from / 4 + p * size + i]);
        floats[dw / 4 + i] = all;
      }
    };
    const results = (): Buffer => {
      floats.fill(MARK, y / 4, y / 4 + places * outputs);
      convolver.convolve(sizes, { x, filter, y, bias, floor: 0, ceiling: Infinity });
      convolver.byFilter(sizes, { x, dy, dw }, sum);
      const both = [floats.slice(y / 4, y / 4 + places * outputs), floats.slice(dw / 4, dw / 4 + k * outputs)];
      return Buffer.concat(both.map(({ buffer }) => new Uint8Array(buffer)));
    };
    heap.team.use(1);
    const alone = results();
    for (const threads of [2, 3]) {
      heap.team.use(threads);
      untilHelped(heap.team, () => expect(Buffer.compare(results(), alone)).toBe(0));
    }
    release();
  });
});
test('formulas and looks: the same with threads', () => {
  const { heap, floats, put } = heapOf(1 << 24, true);
  const release = heap.team.hold();
  const size = 500_003;
  const run = openFormula(heap, {
    takes: 2,
    numbers: 1,
    gives: 1,
    results: ({ vectors: [x, y], numbers: [s] }) => [v128.sub(x, v128.mul(y, s))],
  });
  const look = openLook(heap, nonFinite);
  const [x, y] = [put(values(size)), put(values(size).reverse())];
  const out = put(new Float32Array(size));
  heap.team.use(1);
  run(size, [x, y], [out], [0.3]);
  const alone = floats.slice(out / 4, out / 4 + size);
  heap.team.use(3);
  untilHelped(heap.team, () => {
    floats.fill(MARK, out / 4, out / 4 + size);
    run(size, [x, y], [out], [0.3]);
    expect(
      Buffer.compare(new Uint8Array(floats.slice(out / 4, out / 4 + size).buffer), new Uint8Array(alone.buffer)),
    ).toBe(0);
  });
  untilHelped(heap.team, () => expect(look(x, size)).toBe(true));
  floats[x / 4 + size - 1] = NaN;
  expect(look(x, size)).toBe(false);
  release();
});
test('more calls than are made at once, and a module that is compiled when the threads run', () => {
  const { heap, floats, put } = heapOf(1 << 22, true);
  const { team } = heap;
  const release = team.hold();
  team.use(2);
  const adder = (name: string): Function_ => {
    const f = new Function_(name, ['i32', 'i32']);
    const [to, times] = [f.param(0), f.param(1)];
    f.repeat(times, () =>
      f.emit(v128.store(1, to.get, v128.add(v128.load(1, to.get), v128.splat([0x43, 0, 0, 0x80, 0x3f])))),
    );
    return f;
  };
  const at = put(new Float32Array(1000));
  const calls = (fn: ReturnType<ReturnType<Team['compile']>>): { fn: typeof fn; args: number[] }[] =>
    Array.from({ length: 3 * MOST_CALLS + 1 }, (_, i) => ({ fn, args: [at + 4 * i, 1000] }));
  for (const name of ['first', 'second']) {
    const fn = team.compile([adder(name)])(name);
    team.cuts(1e9);
    let rounds = 0;
    floats.fill(0, at / 4, at / 4 + 1000);
    untilHelped(team, () => {
      team.run(calls(fn));
      rounds++;
    });
    expect([...new Set(floats.slice(at / 4, at / 4 + 3 * MOST_CALLS + 1))]).toEqual([1000 * rounds]);
    expect(floats[at / 4 + 3 * MOST_CALLS + 1]).toBe(0);
  }
  release();
});
test('a call that fails on another thread is an error here, and the next is none', () => {
  const { heap, floats, put } = heapOf(1 << 20, true);
  const { team } = heap;
  const release = team.hold();
  team.use(2);
  const f = new Function_('store', ['i32']);
  f.emit(v128.store(1, f.param(0).get, v128.zero));
  const fn = team.compile([f])('store');
  const at = put(Float32Array.of(1, 2, 3));
  team.cuts(1e9);
  const call = (to: number): { fn: typeof fn; args: number[] } => ({ fn, args: [to] });
  for (let i = 0; i < 1000; i++) {
    // Whichever thread it is: here the trap itself, there a word about it.
    expect(() => team.run([call(at), call(-16), call(at + 8)])).toThrow();
    floats.fill(7, at / 4, at / 4 + 3);
    team.run([call(at), call(at + 4), call(at + 8)]);
    expect([...floats.slice(at / 4, at / 4 + 3)]).toEqual([0, 0, 0]);
  }
  release();
});
test('one thread where the memory cannot be shared', () => {
  const { heap } = heapOf(1 << 16);
  heap.team.use(4);
  expect([heap.team.size, heap.team.cuts(1e12), heap.team.started]).toEqual([1, 1, 0]);
});
test('they start where it pays, and end when nobody holds them', () => {
  const { heap } = heapOf(1 << 18, true);
  const { team } = heap;
  const [first, second] = [team.hold(), team.hold()];
  team.use(3);
  expect([team.cuts(1000), team.started]).toEqual([1, 0]);
  expect(team.cuts(1e9)).toBe(12);
  expect(team.started).toBe(2);
  first();
  first();
  expect(team.started).toBe(2);
  second();
  expect(team.started).toBe(0);
});
test('pieces cover all, and end where lines of the cache do', () => {
  for (const size of [0, 1, 15, 16, 17, 1000, 100_003])
    for (const cuts of [1, 2, 8, 100]) {
      const pieces = piecesOf(size, cuts);
      expect(pieces.length).toBeLessThanOrEqual(Math.max(1, cuts));
      let covered = 0;
      for (const [at, n] of pieces) {
        expect([at, at % 16]).toEqual([covered, 0]);
        covered += n;
      }
      expect(covered).toBe(size);
    }
});
test('a module without a memory of its own is left as it is', () => {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  expect(shareable(Uint8Array.from(header))).toBeNull();
  expect(shareable(Uint8Array.from([...header, 5, 3, 1, 0, 1]))).toBeNull();
  expect(shareable(Uint8Array.from([...header, 5, 4, 1, 1, 1, 2]))).toEqual(
    Uint8Array.from([...header, 5, 4, 1, 3, 1, 2]),
  );
});
