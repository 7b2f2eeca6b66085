/** Threads of the portable device: they help, no bit depends on them, and they end. */
import { Function_, v128 } from '../../src/base/assembler';
import { nonFinite, openFormula, openLook, piecesOf } from '../../src/kernels/portable/formula';
import { openGemm } from '../../src/kernels/portable/gemm';
import { shareable } from '../../src/kernels/portable/shared-memory';
import type { Team } from '../../src/kernels/portable/team';
import { MOST_CALLS } from '../../src/kernels/portable/thread';
import { heapOf, sameWithThreads, untilHelped, values } from './heap';

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
        gemm.multiply({
          a: { at: a, row: ta ? 4 : 4 * k, column: ta ? 4 * m : 4 },
          b: { at: b, row: tb ? 4 : 4 * n, column: tb ? 4 * k : 4 },
          ...{ c, m, k, n, bias, floor: -5, ceiling: 1e6 },
        });
        return new Uint8Array(floats.slice(c / 4 - 1, c / 4 + m * n + 1).buffer);
      };
      sameWithThreads(heap.team, product);
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
