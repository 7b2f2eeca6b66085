/** What summaries are made of: histograms, sounds as WAV files, pictures as PNG files, and messages of all these. */
import { bytesToText, textToBytes } from '../base/bytes';
import type { NDArray } from '../base/ndarray';
import { HISTOGRAM, SUMMARY, SUMMARY_AUDIO, SUMMARY_IMAGE, SUMMARY_METADATA, SUMMARY_VALUE } from './event-messages';
import type { Given, MessageOf } from './message';
import { encodePng } from './png';
import { writeContent } from './tensor-proto';
import { MessageWriter } from './wire';

export { encodePng };
export type HistogramMessage = MessageOf<typeof HISTOGRAM.fields>;
type ValueGiven = Given<typeof SUMMARY_VALUE.fields>;

/** A summary of some values, as an element of a string tensor. */
export function summaryText(values: readonly ValueGiven[]): string {
  return bytesToText(SUMMARY.write({ value: values.map((each) => SUMMARY_VALUE.make(each)) }));
}
/** The values in a summary. @throws ValueError  if it is none */
export function valuesIn(text: string): readonly MessageOf<typeof SUMMARY_VALUE.fields>[] {
  return SUMMARY.read(textToBytes(text)).value;
}
/** @throws ValueError  if the text is no SummaryMetadata */
export function metadataIn(text: string): MessageOf<typeof SUMMARY_METADATA.fields> {
  return SUMMARY_METADATA.read(textToBytes(text));
}
export const imageMessage = (given: Given<typeof SUMMARY_IMAGE.fields>) => SUMMARY_IMAGE.make(given);
export const audioMessage = (given: Given<typeof SUMMARY_AUDIO.fields>) => SUMMARY_AUDIO.make(given);
/** A tensor as a message of its bytes. */
export function tensorMessage(array: NDArray): Uint8Array {
  const m = new MessageWriter();
  writeContent(m, array);
  return m.w.finish();
}

// --- histograms -----------------------------------------------------------------------------------------------

let limits: Float64Array | null = null;
/**
 * The upper ends of the buckets (tensorflow/core/lib/histogram): each a tenth further from 0 than the one before, from
 * 1e-12 to 1e20, on both sides of 0.
 */
function bucketLimits(): Float64Array {
  if (limits) return limits;
  const positive: number[] = [];
  for (let v = 1e-12; v < 1e20; v *= 1.1) positive.push(v);
  positive.push(Number.MAX_VALUE);
  return (limits = Float64Array.from([...positive.map((v) => -v).reverse(), 0, ...positive]));
}
/** The first bucket whose end lies above a value. */
function bucketOf(ends: Float64Array, value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
/** Counts finite values; empty buckets side by side are one. */
export function histogramOf(values: ArrayLike<number>): HistogramMessage {
  const ends = bucketLimits();
  const counts = new Float64Array(ends.length);
  let [min, max, sum, sumSquares] = [Number.MAX_VALUE, -Number.MAX_VALUE, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    counts[bucketOf(ends, value)]++;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    sumSquares += value * value;
  }
  const [bucketLimit, bucket]: [number[], number[]] = [[], []];
  for (let i = 0; i < ends.length; i++) {
    if (!counts[i]) while (i + 1 < ends.length && !counts[i + 1]) i++;
    bucketLimit.push(ends[i]);
    bucket.push(counts[i]);
  }
  return HISTOGRAM.make({ min, max, num: values.length, sum, sumSquares, bucketLimit, bucket });
}

// --- sounds ---------------------------------------------------------------------------------------------------

const HEADER = 44;
/** Samples from -1 to 1 as a WAV file of 16 bits, as TensorFlow writes it. */
export function encodeWav(samples: ArrayLike<number>, rate: number, channels: number): Uint8Array {
  const size = samples.length * 2;
  const out = Buffer.alloc(HEADER + size);
  out.write('RIFF', 0, 'latin1');
  out.writeUInt32LE(HEADER + size - 8, 4);
  out.write('WAVEfmt ', 8, 'latin1');
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(channels, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE((rate * 2 * channels) % 2 ** 32, 28);
  out.writeUInt16LE((channels * 2) % 2 ** 16, 32);
  out.writeUInt16LE(16, 34);
  out.write('data', 36, 'latin1');
  out.writeUInt32LE(size, 40);
  for (let i = 0; i < samples.length; i++) {
    const scaled = samples[i] * 32768;
    // Halves go away from 0.
    const rounded = Math.sign(scaled) * Math.round(Math.abs(scaled));
    out.writeInt16LE(Math.min(32767, Math.max(-32768, rounded || 0)), HEADER + 2 * i);
  }
  return out;
}
