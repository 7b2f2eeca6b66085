import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  RandomState,
  multinomial,
  randomShuffle,
  randomStandardNormal,
  randomUniform,
  randomUniformInt,
  truncatedNormal,
} from '../../src/kernels/host/random-fill';

type Output = Float32Array | Float64Array | Int32Array | BigInt64Array;
type Written = number | string;
type Run = { values: Written[] } | { size: number; first: Written[]; last: Written[]; sum: number; md5: string };
interface Case {
  op: string;
  dtype: keyof typeof ARRAYS;
  seed: string;
  seed2: string;
  runs: Run[];
  sizes: number[];
  minval: string;
  maxval: string;
  outputDtype: 'int32' | 'int64';
  numSamples: number;
  /** Where they are not those of all cases. */
  logits?: Written[][][];
}

const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array, int64: BigInt64Array };

const fixture = JSON.parse(readFileSync(join(__dirname, '../fixtures/random.json'), 'utf8'));
const cases: Case[] = fixture.cases;

/** Every run of a case, in order, from one state. */
const RUNS: Record<string, (state: RandomState, c: Case) => Output[]> = {
  RandomUniform: filled((state, out) => randomUniform(state, out as Float32Array)),
  RandomUniformInt: filled((state, out, c) => {
    randomUniformInt(state, BigInt(c.minval), BigInt(c.maxval), out as Int32Array);
  }),
  RandomStandardNormal: filled((state, out) => randomStandardNormal(state, out as Float32Array)),
  TruncatedNormal: filled((state, out) => truncatedNormal(state, out as Float32Array)),
  RandomShuffle: (state, c) => c.sizes.map((n) => randomShuffle(state, n)),
  Multinomial: (state, c) =>
    (c.logits ?? (fixture.logits as Written[][][])).map((rows) => {
      const logits = ARRAYS[c.dtype as 'float32'].from(rows.flat().map(read));
      const out = new ARRAYS[c.outputDtype as 'int32'](rows.length * c.numSamples);
      multinomial(state, logits, rows.length, rows[0].length, c.numSamples, out);
      return out;
    }),
};

function filled(fill: (state: RandomState, out: Output, c: Case) => void) {
  return (state: RandomState, c: Case): Output[] =>
    c.sizes.map((size) => {
      const out = new ARRAYS[c.dtype](size);
      fill(state, out, c);
      return out;
    });
}

const NAMES: Record<string, number> = { inf: Infinity, '-inf': -Infinity, nan: NaN };
const read = (x: Written): number => (typeof x === 'string' && x in NAMES ? NAMES[x] : Number(x));

/** Only a 64-bit logarithm, sine and cosine are the engine's own. */
const isRounded = (c: Case): boolean => c.dtype === 'float64' && /Normal/.test(c.op);

function expectRun(out: Output, run: Run, c: Case): void {
  if ('values' in run) return expectValues(out, run.values, c);
  expect(out.length).toBe(run.size);
  expectValues(out.slice(0, 3), run.first, c);
  expectValues(out.slice(-3), run.last, c);
  if (!isRounded(c)) expect(createHash('md5').update(out).digest('hex')).toBe(run.md5);
  let sum = 0;
  for (const x of out) sum += Number(x);
  expect(Math.abs(sum - run.sum)).toBeLessThan(1e-9 * out.length * Math.max(1, Math.abs(run.sum)));
}

function expectValues(out: Output, values: Written[], c: Case): void {
  if (out instanceof BigInt64Array) return expect(Array.from(out, String)).toEqual(values);
  const expected = Array.from(out instanceof Float32Array ? Float32Array.from(values as number[]) : values);
  if (!isRounded(c)) return expect(Array.from(out)).toEqual(expected);
  expect(out.length).toBe(expected.length);
  out.forEach((x, i) => {
    expect(Math.abs(x - read(expected[i]))).toBeLessThanOrEqual(4 * Number.EPSILON * Math.abs(x));
  });
}

const title = (c: Case): string =>
  [c.op, c.dtype, c.minval && `from ${c.minval} below ${c.maxval}`, c.numSamples && `${c.numSamples} samples`]
    .filter(Boolean)
    .join(' ');

test.each(cases.map((c) => [title(c), c.seed, c.seed2, c] as const))(
  `%s with seeds %s, %s is TensorFlow ${fixture.tensorflow}'s, run after run`,
  (_title, seed, seed2, c) => {
    const outputs = RUNS[c.op](new RandomState(BigInt(seed), BigInt(seed2)), c);
    expect(outputs.length).toBe(c.runs.length);
    outputs.forEach((out, i) => expectRun(out, c.runs[i], c));
  },
);

test('op seed 5 alone', () => {
  const state = new RandomState(87654321, 5);
  const out = new Float32Array(2);
  randomStandardNormal(state, out);
  expect(Array.from(out)).toEqual([-1.1780828, -0.7099414].map(Math.fround));
  randomStandardNormal(state, out);
  expect(Array.from(out)).toEqual([-0.33712417, 1.2564257].map(Math.fround));
});

test('seeds and bounds may be numbers or bigints', () => {
  type Integer = number | bigint;
  const draw = (seed: Integer, low: Integer, high: Integer, out: Int32Array | BigInt64Array) => {
    randomUniformInt(new RandomState(seed, 2), low, high, out);
    return Array.from(out, String);
  };
  expect(draw(1, -5, 7, new Int32Array(5))).toEqual(draw(1n, -5n, 7n, new Int32Array(5)));
  expect(draw(1, -5, 7, new BigInt64Array(5))).toEqual(draw(1n, -5n, 7n, new BigInt64Array(5)));
});

test('a long truncated normal stays within two deviations and fills every element', () => {
  for (const out of [new Float32Array(78401), new Float64Array(20001)]) {
    truncatedNormal(new RandomState(4, 2), out);
    expect(out.every((x) => x !== 0 && Math.abs(x) < 2)).toBe(true);
  }
});
