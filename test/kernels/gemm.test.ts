/** Our own matrix product in WebAssembly: against plain sums, for sizes around every edge of its tiles. */
import { setFlagsFromString } from 'node:v8';
import { openGemm } from '../../src/kernels/portable/gemm';
import { heapOf, untilHelped } from './heap';

function values(n: number, seed: number): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => Math.sin(seed * 17 + i * 1.7));
}

// Relaxed SIMD is there from Node 22 on; before, only with a flag.
const ENGINES = ['as it is', 'with relaxed SIMD'] as const;
function engine(kind: (typeof ENGINES)[number]): void {
  if (kind !== 'as it is') setFlagsFromString('--experimental-wasm-relaxed-simd');
}

const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 31];
const MARK = 12345;

describe.each(ENGINES)('%s', (kind) =>
  test.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('c = a b with a transposed: %s, b transposed: %s', (ta, tb) => {
    engine(kind);
    const { heap, floats, put } = heapOf(1 << 24);
    const gemm = openGemm(heap);
    for (const m of SIZES)
      for (const n of SIZES)
        for (const k of [1, 3, 8, 50]) {
          const [a, b, bias] = [values(m * k, m), values(k * n, n), values(n, k)];
          const c = put(new Float32Array(m * n + 2).fill(MARK)) + 4;
          const withBias = (m + n) % 2 === 0;
          gemm.multiply({
            a: { at: put(a), row: ta ? 4 : 4 * k, column: ta ? 4 * m : 4 },
            b: { at: put(b), row: tb ? 4 : 4 * n, column: tb ? 4 * k : 4 },
            c,
            m,
            k,
            n,
            bias: withBias ? put(bias) : null,
            floor: k === 3 ? 0 : -Infinity,
            ceiling: k === 3 ? 0.5 : Infinity,
          });
          for (let i = 0; i < m; i++)
            for (let j = 0; j < n; j++) {
              let sum = withBias ? bias[j] : 0;
              for (let p = 0; p < k; p++) sum += a[ta ? p * m + i : i * k + p] * b[tb ? j * k + p : p * n + j];
              if (k === 3) sum = Math.min(Math.max(sum, 0), 0.5);
              const got = floats[c / 4 + i * n + j];
              if (!(Math.abs(got - sum) <= 1e-5 * k))
                throw new Error(`c[${i}, ${j}] of ${m} × ${k} × ${n} is ${got}, not ${sum}`);
            }
          expect([floats[c / 4 - 1], floats[c / 4 + m * n]]).toEqual([MARK, MARK]);
        }
  }),
);
test.each([
  [103, 1000, 11],
  [9, 1500, 1500],
  [3, 1500, 1500],
])('more than goes through a cache at once: %i × %i × %i', (m, k, n) => {
  const { heap, floats, put } = heapOf(1 << 26);
  const gemm = openGemm(heap);
  const [a, b] = [values(m * k, 1), values(k * n, 2)];
  const c = put(new Float32Array(m * n));
  gemm.multiply({
    a: { at: put(a), row: 4 * k, column: 4 },
    b: { at: put(b), row: 4 * n, column: 4 },
    c,
    m,
    k,
    n,
    bias: null,
    floor: -Infinity,
    ceiling: Infinity,
  });
  let worst = 0;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) sum += a[i * k + p] * b[p * n + j];
      worst = Math.max(worst, Math.abs(floats[c / 4 + i * n + j] - sum));
    }
  expect(worst).toBeLessThan(2e-3);
});
test('NaN and infinities pass through bounds', () => {
  const { heap, floats, put } = heapOf(1 << 20);
  const gemm = openGemm(heap);
  const c = put(new Float32Array(3));
  gemm.multiply({
    a: { at: put(Float32Array.of(NaN, Infinity, -Infinity)), row: 4, column: 4 },
    b: { at: put(Float32Array.of(1)), row: 4, column: 4 },
    c,
    m: 3,
    k: 1,
    n: 1,
    bias: null,
    floor: 0,
    ceiling: Infinity,
  });
  expect([...floats.subarray(c / 4, c / 4 + 3)]).toEqual([NaN, Infinity, 0]);
});

test.each([
  [1, 4, 256],
  [37, 50, 257],
  [130, 23, 300],
  [259, 101, 264],
])(
  'a left operand that is turned over first gives the same bits as one that lies straight: %i × %i × %i',
  (m, k, n) => {
    const { heap, floats, put } = heapOf(1 << 24, true);
    const release = heap.team.hold();
    const gemm = openGemm(heap);
    const [straight, b] = [values(m * k, 1), values(k * n, 2)];
    straight[k - 1] = Number.NaN;
    const over = new Float32Array(m * k);
    for (let i = 0; i < m; i++) for (let p = 0; p < k; p++) over[p * m + i] = straight[i * k + p];
    const [a, turned, right] = [put(straight), put(over), put(b)];
    const c = put(new Float32Array(m * n));
    const product = (left: { at: number; row: number; column: number }): Buffer => {
      const sizes = { m, k, n, bias: null, floor: -Infinity, ceiling: Infinity };
      floats.fill(MARK, c / 4, c / 4 + m * n);
      gemm.multiply({ a: left, b: { at: right, row: 4 * n, column: 4 }, c, ...sizes });
      return Buffer.from(floats.slice(c / 4, c / 4 + m * n).buffer);
    };
    heap.team.use(1);
    const wanted = product({ at: a, row: 4 * k, column: 4 });
    const same = (): void => expect(Buffer.compare(product({ at: turned, row: 4, column: 4 * m }), wanted)).toBe(0);
    same();
    heap.team.use(3);
    if (m > 200) untilHelped(heap.team, same);
    else same();
    release();
  },
);
