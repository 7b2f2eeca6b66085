/** Crosses of the features of rows, as texts or as hashes, on the host. */
import { asLongs, asTexts } from '../../base/elements';
import { textToBytes } from '../../base/bytes';
import { int64 } from '../../base/dtype';
import { fingerprint64 } from '../../base/hashes';
import { cShape } from '../../base/shape';
import {
  type Checked,
  type HostKernel,
  type HostTable,
  type HostTensor,
  type KernelNode,
  attr,
  hostZeros,
  invalid,
} from '../kernel';
import { indexData } from './gather';
import { longsOf } from './sparse-entries';

type Parts<T> = { readonly indices: T[]; readonly values: T[]; readonly shapes: T[]; readonly dense: T[] };
function partsOf<T>(inputs: readonly T[], node: KernelNode): Parts<T> {
  const n = attr(node, 'N');
  const [indices, values, shapes, dense] = [0, 1, 2, 3].map((k) =>
    inputs.slice(k * n, k < 3 ? (k + 1) * n : undefined),
  );
  return { indices, values, shapes, dense };
}
function rowsIn({ shapes, dense }: Parts<Checked>): number {
  const [shape] = shapes;
  return shape ? Number(shape.data?.[0] ?? 0) : (dense[0]?.shape[0] ?? 0);
}
function check(inputs: readonly Checked[], node: KernelNode): void {
  const parts = partsOf(inputs, node);
  const { indices, values, shapes, dense } = parts;
  indices.forEach(({ shape }, i) => {
    if (shape.length !== 2)
      invalid(`Input indices should be a matrix but received shape ${cShape(shape)} at position ${i}`);
    if (shape[1] !== 2) invalid(`Expected D2 of index to be 2 got ${shape[1]} at position ${i}`);
  });
  values.forEach(({ shape }, i) => {
    if (shape.length !== 1)
      invalid(`Input values should be a std::vector but received shape ${cShape(shape)} at position ${i}`);
    const [rows] = indices[i].shape;
    if (shape[0] !== rows) invalid(`Expected size of values to be ${rows} got ${shape[0]} at position ${i}`);
  });
  const rows = rowsIn(parts);
  shapes.forEach(({ shape, data }, i) => {
    if (shape.length !== 1)
      invalid(`Input shapes should be a std::vector but received shape ${cShape(shape)} at position ${i}`);
    if (shape[0] !== 2) invalid(`shape should imply a 2D tensor, but got ${cShape(shape)} at position ${i}`);
    if (data && Number(data[0]) !== rows)
      invalid(`Expected batch size ${rows} got ${String(data[0])} at position ${i}`);
  });
  dense.forEach(({ shape }, i) => {
    if (shape.length !== 2)
      invalid(`Dense inputs should be a matrix but received shape ${cShape(shape)} at position ${i}`);
    if (shape[0] !== rows) invalid(`Expected batch size ${rows} got ${shape[0]} at dense tensor ${i}`);
  });
  if (rows < 0) invalid(`Dimension ${rows} must be >= 0`);
}

/** One column of features: where those of a row are among the values. */
interface Column {
  readonly values: HostTensor;
  readonly of: (row: number) => Run | undefined;
}
interface Run {
  readonly start: number;
  readonly count: number;
}
/** The runs of entries of one row. What stands behind a row that is out of order or of range is left out. */
function runsOf(indices: HostTensor, rows: number): Map<number, Run> {
  const at = indexData(indices);
  const runs = new Map<number, Run>();
  let last = -1;
  for (let start = 0, end = 0; start < indices.shape[0]; start = end) {
    const row = at[2 * start];
    if (row <= last || row >= rows) break;
    while (end < indices.shape[0] && at[2 * end] === row) end++;
    runs.set(row, { start, count: end - start });
    last = row;
  }
  return runs;
}
function denseColumn(values: HostTensor): Column {
  const count = values.shape[1];
  return { values, of: count ? (row) => ({ start: row * count, count }) : () => undefined };
}
/** The rows that have a feature in each column, with the runs of these. */
function crossed(columns: readonly Column[], rows: Iterable<number>): [number, Run[]][] {
  return Array.from(rows).flatMap((row) => {
    const runs = columns.map(({ of }) => of(row));
    return runs.every((run) => run !== undefined) ? [[row, runs]] : [];
  });
}
/** All choices of a feature of each column, the last column's first. */
function* choicesOf(runs: readonly Run[]): Generator<readonly number[]> {
  const at = runs.map(({ start }) => start);
  for (;;) {
    yield at;
    let k = runs.length - 1;
    for (; k >= 0 && ++at[k] === runs[k].start + runs[k].count; k--) at[k] = runs[k].start;
    if (k < 0) return;
  }
}

const MULTIPLIER = 0xc6a4a7935bd1e995n;
const wrapped = (x: bigint): bigint => BigInt.asUintN(64, x);
const mixed = (x: bigint): bigint => x ^ (x >> 47n);
/** TensorFlow's FingerprintCat64. */
function joined(a: bigint, b: bigint): bigint {
  let result = a ^ MULTIPLIER;
  result ^= wrapped(mixed(wrapped(b * MULTIPLIER)) * MULTIPLIER);
  result = wrapped(result * MULTIPLIER);
  return mixed(wrapped(mixed(result) * MULTIPLIER));
}
/** The features of a column as numbers of 64 bits. */
function hashesOf({ values: { dtype, data } }: Column): (i: number) => bigint {
  if (dtype === int64) return (i) => wrapped(asLongs(data)[i]);
  const texts = asTexts(data);
  return (i) => fingerprint64(textToBytes(texts[i]));
}
const textsOf =
  ({ values: { data } }: Column): ((i: number) => string) =>
  (i) =>
    String(data[i]);
const MOST = 2n ** 63n - 1n;

/** What a cross of features is: their texts joined, or a hash of theirs within the buckets. */
function writerOf(
  out: HostTensor,
  columns: readonly Column[],
  node: KernelNode,
): (to: number, at: readonly number[]) => void {
  if (out.dtype !== int64) {
    const [texts, to] = [columns.map(textsOf), asTexts(out.data)];
    return (next, at) => {
      to[next] = at.map((i, k) => texts[k](i)).join('_X_');
    };
  }
  const [hashes, to] = [columns.map(hashesOf), asLongs(out.data)];
  const buckets = BigInt(attr(node, 'num_buckets')) || MOST;
  const key = wrapped(BigInt(attr(node, 'hash_key', 'int')));
  return (next, at) => {
    to[next] = at.reduce((hash, i, k) => joined(hash, hashes[k](i)), key) % buckets;
  };
}
const cross: HostKernel = (inputs, node) => {
  const parts = partsOf(inputs, node);
  const rows = rowsIn(parts);
  const runs = parts.indices.map((indices) => runsOf(indices, rows));
  const columns = [
    ...runs.map((of, i): Column => ({ values: parts.values[i], of: (row) => of.get(row) })),
    ...parts.dense.map(denseColumn),
  ];
  const found = crossed(columns, runs.length ? runs[0].keys() : Array(columns.length && rows).keys());
  const counts = found.map(([, runs]) => runs.reduce((n, { count }) => n * count, 1));
  const total = counts.reduce((a, b) => a + b, 0);
  const out = hostZeros(node.outputTypes[1], [total]);
  const places = new Float64Array(2 * total);
  const write = writerOf(out, columns, node);
  let next = 0;
  for (const [row, runs] of found) {
    let count = 0;
    for (const at of choicesOf(runs)) {
      write(next, at);
      places.set([row, count++], 2 * next++);
    }
  }
  return [longsOf(places, [total, 2]), out, longsOf([rows, counts.reduce((a, b) => Math.max(a, b), 0)], [2])];
};

export const SPARSE_CROSS_KERNELS: HostTable = { SparseCross: { run: cross, check, only: true } };
