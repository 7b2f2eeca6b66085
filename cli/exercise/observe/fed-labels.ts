/** Watches whether pictures of a data set are fed with their own labels. */
import { numbersIn } from '../../../src/base/nested';
import * as tf from '../../../src';
import type { Place } from '../record';
import type { DataSets } from '../report';
import { CLASSES, PIXELS } from '../sizes';

/** So many steps tell. */
const STEPS = 20;
/** Of a picture so many pixels are looked at, spread over all. */
const STRIDE = 7;
/** Lists of more rows are not made flat for it. */
const ROWS = 2000;

export class FedLabels {
  /** How many of the first steps were fed pictures of the set with labels that are not theirs. */
  wrong = 0;
  /** The first of them. */
  at: Place | null = null;
  private steps = 0;
  private known: { readonly of: DataSets; readonly digits: ReadonlyMap<number, ReadonlySet<number>> } | null = null;

  /** @param atMost  so many runs are looked at */
  constructor(private readonly atMost = STEPS) {}

  look(feeds: readonly (readonly [unknown, unknown])[], data: DataSets | null, at: Place | null): void {
    if (!data || this.steps >= this.atMost || feeds.length < 2) return;
    this.steps++;
    const fed = feeds.map(([, value]) => flat(value)).filter((values) => values !== null);
    const pictures = fed.find((values) => values.length >= PIXELS && values.length % PIXELS === 0);
    const count = pictures ? pictures.length / PIXELS : 0;
    const labels = fed.find((v) => v !== pictures && (v.length === count * CLASSES || v.length === count));
    if (!pictures || !labels || count < 2) return;
    const known = this.digitsOf(data);
    let [found, wrong] = [0, 0];
    for (let i = 0; i < count; i++) {
      const digits = known.get(keyOf(pictures, i));
      if (!digits) continue;
      found++;
      if (!digits.has(digitAt(labels, i, count))) wrong++;
    }
    if (found < count || wrong * 2 <= count) return;
    this.wrong++;
    this.at ??= at;
  }
  /** Of each picture of the sets, by what is looked at of it. */
  private digitsOf(data: DataSets): ReadonlyMap<number, ReadonlySet<number>> {
    if (this.known?.of === data) return this.known.digits;
    const digits = new Map<number, Set<number>>();
    for (const { images, labels, numExamples } of [data.train, data.validation, data.test])
      for (let i = 0; i < numExamples; i++) {
        const key = keyOf(images, i);
        const digit = digitAt(labels, i, numExamples);
        const same = digits.get(key);
        if (same) same.add(digit);
        else digits.set(key, new Set([digit]));
      }
    this.known = { of: data, digits };
    return digits;
  }
}

function flat(value: unknown): ArrayLike<number> | null {
  if (value instanceof tf.NDArray) return value.dtype.name === 'string' ? null : numbersIn(value);
  if (value instanceof Float32Array || value instanceof Float64Array || value instanceof Int32Array) return value;
  if (value instanceof Uint8Array) return value;
  if (!Array.isArray(value) || value.length > ROWS) return null;
  const list: readonly unknown[] = value;
  return list.flat(3).map(Number);
}
function keyOf(images: ArrayLike<number>, row: number): number {
  let key = 0x811c9dc5;
  for (let i = row * PIXELS; i < (row + 1) * PIXELS; i += STRIDE)
    key = Math.imul(key ^ (images[i] * 65521), 0x01000193);
  return key;
}
/** One-hot, or the digit itself. */
function digitAt(labels: ArrayLike<number>, row: number, count: number): number {
  if (labels.length === count) return labels[row];
  for (let k = 0; k < CLASSES; k++) if (labels[row * CLASSES + k] > 0) return k;
  return -1;
}
