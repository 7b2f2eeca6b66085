/** Parts of tensors as checkpoints name them: `6 2 0,3:-` is rows 0 to 2 of a tensor of shape [6, 2]. */
import { copyRun } from '../base/box';
import { textToBytes } from '../base/bytes';
import type { Data } from '../base/dtype';
import { cShape, sizeOf } from '../base/shape';
import type { TENSOR_SLICE } from './messages';
import type { MessageOf } from './message';

/** What a slice takes of a dimension; null for all of it. */
export type Extent = { readonly start: number; readonly length: number } | null;
export type TensorSlice = readonly Extent[];
export type SliceMessage = MessageOf<typeof TENSOR_SLICE.fields>;

/** What is wrong with a specification, in TensorFlow's words. */
export class SliceError extends Error {}

/** A part of a tensor: of what shape that is, where the part lies, and what shape it has itself. */
export interface Part {
  readonly shape: readonly number[];
  readonly slice: TensorSlice;
  readonly sizes: readonly number[];
}
/** @throws SliceError  if the text is no specification */
export function parsePart(spec: string): Part {
  const words = spec.split(' ').filter((w) => w !== '');
  if (words.length < 2) throw new SliceError(`Need least two elements in shape_and_slice specification: ${spec}`);
  const slice = words[words.length - 1].split(':').map((text) => extentOf(text, words[words.length - 1]));
  const shape = words.slice(0, -1).map((text) => {
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
      throw new SliceError(`Non numerical dimension in shape_and_slice: ${spec}`);
    return Number(text);
  });
  return partOf(shape, slice);
}
function extentOf(text: string, whole: string): Extent {
  if (text === '-') return null;
  const [, start, length] = /^(\d+),(\d+)$/.exec(text) ?? [];
  if (start === undefined)
    throw new SliceError(`Expected a pair of numbers or '-' but got '${text}': string = ${whole}`);
  const extent = { start: Number(start), length: Number(length) };
  if (!(extent.length > 0) || !Number.isSafeInteger(extent.start + extent.length))
    throw new SliceError(
      `Expected non-negative start and positive length but got start = ${start}, length = ${length}: string = ${whole}`,
    );
  return extent;
}
/** @throws SliceError  if the slice is none of the shape */
export function partOf(shape: readonly number[], slice: TensorSlice): Part {
  if (slice.length !== shape.length)
    throw new SliceError(`Mismatching ranks: shape = ${cShape(shape)}, slice = ${showSlice(slice)}`);
  const sizes = slice.map((extent, i) => {
    if (extent && extent.start + extent.length > shape[i])
      throw new SliceError(
        `Extent in dimension ${i} out of bounds: shape = ${cShape(shape)}, slice = ${showSlice(slice)}`,
      );
    return extent ? extent.length : shape[i];
  });
  return { shape, slice, sizes };
}
export function showSlice(slice: TensorSlice): string {
  return slice.map((extent) => (extent ? `${extent.start},${extent.length}` : '-')).join(':');
}

export function sliceOf({ extent }: SliceMessage): TensorSlice {
  return extent.map(({ start, length }) => (length === null ? null : { start, length }));
}
export function sliceMessage(slice: TensorSlice): Pick<SliceMessage, 'extent' | 'unknown'> {
  const unknown = new Uint8Array(0);
  return {
    extent: slice.map((e) => ({ start: e?.start ?? 0, length: e?.length ?? null, unknown })),
    unknown,
  };
}

// --- keys -----------------------------------------------------------------------------------------------------

/** The key of a slice, one character per byte: tensorflow/core/lib/strings/ordered_code.cc. */
export function sliceKey(name: string, slice: TensorSlice): string {
  let key = `${unsigned(0)}${textKey(name)}${unsigned(slice.length)}`;
  for (const extent of slice) key += signed(extent ? extent.start : 0) + signed(extent ? extent.length : -1);
  return key;
}
/** Bytes as characters. */
export function latin1(text: string): string {
  return Buffer.from(textToBytes(text)).toString('latin1');
}
function textKey(text: string): string {
  // Bytes 0 and 255 are escaped, so that the end sorts before all.
  return `${latin1(text).replace(/[\0\xff]/g, (c) => (c === '\0' ? '\0\xff' : '\xff\0'))}\0\x01`;
}
function bigEndian(value: number, length: number): string {
  let out = '';
  for (let i = length - 1; i >= 0; i--) out += String.fromCharCode(Math.floor(value / 256 ** i) % 256);
  return out;
}
const bitsOf = (value: number): number => (value === 0 ? 0 : value.toString(2).length);
function unsigned(value: number): string {
  const length = Math.ceil(bitsOf(value) / 8);
  return String.fromCharCode(length) + bigEndian(value, length);
}
/** Ones at the front count the bytes. Only -1 is below zero here. */
function signed(value: number): string {
  if (value === -1) return '\x7f';
  const length = Math.floor(bitsOf(value) / 7) + 1;
  const header = length < 8 ? (0xff << (8 - length)) & 0xff : 0xff;
  const bytes = bigEndian(value, length);
  return String.fromCharCode(bytes.charCodeAt(0) | header) + bytes.slice(1);
}

// --- copying --------------------------------------------------------------------------------------------------

/** The box that two parts of one tensor have in common. */
function commonBox(a: Part, b: Part): { readonly starts: number[]; readonly sizes: number[] } {
  const starts = a.shape.map((_, i) => Math.max(a.slice[i]?.start ?? 0, b.slice[i]?.start ?? 0));
  const sizes = a.shape.map((size, i) => {
    const ends = [a, b].map(({ slice }) => {
      const extent = slice[i];
      return extent ? extent.start + extent.length : size;
    });
    return Math.max(0, Math.min(...ends) - starts[i]);
  });
  return { starts, sizes };
}
/** How many elements two parts of one tensor have in common. */
export const countCommon = (a: Part, b: Part): number => sizeOf(commonBox(a, b).sizes);
/** Copies what two parts of one tensor have in common. `width` is the array's elements in one of the tensor's. */
export function copyCommon(to: Data, toPart: Part, from: Data, fromPart: Part, width: number): void {
  const { shape } = toPart;
  const { starts, sizes } = commonBox(toPart, fromPart);
  if (sizes.includes(0)) return;
  const places = [toPart, fromPart].map(({ slice, sizes: own }) => {
    let step = width;
    let base = 0;
    const steps: number[] = [];
    for (let i = own.length - 1; i >= 0; i--) {
      steps[i] = step;
      base += (starts[i] - (slice[i]?.start ?? 0)) * step;
      step *= own[i];
    }
    return { base, steps };
  });
  const last = shape.length - 1;
  const run = (last < 0 ? 1 : sizes[last]) * width;
  const index = new Array<number>(Math.max(last, 0)).fill(0);
  for (;;) {
    const [at, source] = places.map(({ base, steps }) => index.reduce((sum, k, i) => sum + k * steps[i], base));
    copyRun(from, source, to, at, run);
    let d = index.length - 1;
    while (d >= 0 && ++index[d] === sizes[d]) index[d--] = 0;
    if (d < 0) break;
  }
}
