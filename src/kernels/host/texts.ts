/** Strings changed, measured, cut, joined and hashed, on the host: their bytes, as TensorFlow sees them. */
import { bytesToText, textToBytes } from '../../base/bytes';
import { asTexts } from '../../base/elements';
import { int32, int64, string } from '../../base/dtype';
import { fingerprint64, hash64, sipHash } from '../../base/hashes';
import { cShape, sizeOf, stridesOf } from '../../base/shape';
import { broadcast } from '../../base/sizes';
import {
  type HostKernelRow,
  type HostTable,
  type HostTensor,
  KernelError,
  type KernelNode,
  attr,
  host,
  hostZeros,
  invalid,
  numbers,
} from '../kernel';
import { sparseOf } from './example-features';

/** Each string by itself. */
export function each(change: (text: string, node: KernelNode) => string): HostKernelRow {
  return {
    only: true,
    run: ([x], node) =>
      host(
        string,
        x.shape,
        asTexts(x.data).map((text) => change(text, node)),
      ),
  };
}
function hashed(hash: (bytes: Uint8Array, node: KernelNode) => bigint): HostKernelRow {
  return {
    only: true,
    run([x], node) {
      const count = BigInt(attr(node, 'num_buckets'));
      const buckets = asTexts(x.data).map((text) => hash(textToBytes(text), node) % count);
      return host(int64, x.shape, BigInt64Array.from(buckets));
    },
  };
}
function keyOf(node: KernelNode): readonly [bigint, bigint] {
  const key = attr(node, 'key', 'list(int)');
  if (key.length !== 2) invalid('Key must have 2 elements');
  return [BigInt(key[0]), BigInt(key[1])];
}
/** Letters of ASCII alone, or with `utf-8` all that have a capital. */
function cased(ascii: RegExp, change: (text: string) => string): HostKernelRow {
  return each((text, node) => {
    const encoding = attr(node, 'encoding', 'string');
    if (encoding !== '' && encoding !== 'utf-8')
      invalid(`only utf-8 or '' (no encoding) is supported, received ${encoding}`);
    return encoding ? change(text) : text.replace(ascii, change);
  });
}

// --- characters ---------------------------------------------------------------------------------------------------

const isInside = (byte: number): boolean => (byte & 0xc0) === 0x80;
const inCharacters = (node: KernelNode): boolean => attr(node, 'unit', 'string') === 'UTF8_CHAR';
/** Where characters begin, and the end. */
function beginnings(bytes: Uint8Array): number[] {
  const found: number[] = [];
  bytes.forEach((byte, i) => {
    if (!isInside(byte)) found.push(i);
  });
  return [...found, bytes.length];
}
function lengthOf(text: string, node: KernelNode): number {
  const bytes = textToBytes(text);
  return inCharacters(node) ? bytes.reduce((count, byte) => count + Number(!isInside(byte)), 0) : bytes.length;
}
function part(text: string, from: number, count: number, node: KernelNode, index: number): string {
  const bytes = textToBytes(text);
  const wide = inCharacters(node);
  const places = wide ? beginnings(bytes) : null;
  const size = places ? places.length - 1 : bytes.length;
  if (from > size || from < -size)
    invalid(`pos ${from} out of range for string${wide ? '' : ` b'${text}'`} at index ${index}`);
  const begin = from < 0 ? from + size : from;
  const end = count < 0 ? size : Math.min(size, begin + count);
  return bytesToText(places ? bytes.subarray(places[begin], places[end]) : bytes.subarray(begin, end));
}
/** Where the elements of a tensor lie in a larger shape. */
function spread({ shape }: HostTensor, to: readonly number[]): (index: number) => number {
  const [own, all] = [stridesOf(shape), stridesOf(to)];
  const shift = to.length - shape.length;
  return (index) => {
    let at = 0;
    shape.forEach((dim, d) => {
      if (dim > 1) at += (Math.floor(index / all[d + shift]) % dim) * own[d];
    });
    return at;
  };
}
const substr: HostKernelRow = {
  only: true,
  run([x, pos, len], node) {
    if (cShape(pos.shape) !== cShape(len.shape))
      invalid(`pos and len should have the same shape, got: ${cShape(pos.shape)} vs. ${cShape(len.shape)}`);
    const shape = broadcast(x.shape, pos.shape);
    if (!shape) return invalid(`Incompatible shapes: ${cShape(x.shape)} vs. ${cShape(pos.shape)}`);
    const [texts, from, counts] = [asTexts(x.data), numbers(pos), numbers(len)];
    const [at, of] = [spread(x, shape), spread(pos, shape)];
    const out = Array.from({ length: sizeOf(shape) }, (_, i) =>
      part(texts[at(i)], from[of(i)], counts[of(i)], node, i),
    );
    return host(string, shape, out);
  },
};

// --- joined and split ---------------------------------------------------------------------------------------------

const joinBytes = (texts: readonly string[], separator: string): string =>
  bytesToText(textToBytes(texts.join(separator)));
/** The axes that are joined, checked. */
function axesOf(wanted: readonly number[], rank: number): number[] {
  const axes: number[] = [];
  for (const axis of wanted) {
    if (axis < -rank || axis >= rank)
      throw new KernelError('OutOfRange', `Invalid reduction dimension ${axis} for input with ${rank} dimension(s)`);
    const at = axis < 0 ? axis + rank : axis;
    if (axes.includes(at)) invalid(`Duplicate reduction dimension ${axis}`);
    axes.push(at);
  }
  return axes;
}
const reduceJoin: HostKernelRow = {
  only: true,
  run([x, wanted], node) {
    const { shape } = x;
    const axes = axesOf(numbers(wanted), shape.length);
    const strides = stridesOf(shape);
    const rest = shape.flatMap((_, d) => (axes.includes(d) ? [] : [d]));
    const texts = asTexts(x.data);
    const separator = attr(node, 'separator', 'string');
    /** The places of what goes through these dimensions, the first of them fastest. */
    const places = (dims: readonly number[]): number[] =>
      dims.reduceRight<number[]>(
        (outer, d) => outer.flatMap((at) => Array.from({ length: shape[d] }, (_, i) => at + i * strides[d])),
        [0],
      );
    const inside = places(axes);
    // Of what stays the last dimension goes fastest.
    const out = places([...rest].reverse()).map((at) =>
      joinBytes(
        inside.map((i) => texts[at + i]),
        separator,
      ),
    );
    const kept = shape.map((dim, d) => (axes.includes(d) ? 1 : dim));
    return host(string, attr(node, 'keep_dims') ? kept : rest.map((d) => shape[d]), out);
  },
};
/** Parts between spaces, as Python's `split()`; after so many words what is left as one. */
function words(text: string, most: number): string[] {
  const found: string[] = [];
  let rest = text;
  for (let n = 0; n < most; n++) {
    rest = withoutStart(rest);
    if (!rest) return found;
    const [word] = /^[^ \t-\r]+/.exec(rest) ?? [''];
    found.push(word);
    rest = rest.slice(word.length);
  }
  return [...found, withoutStart(rest)];
}
const withoutStart = (text: string): string => text.replace(/^[ \t-\r]+/, '');
/** Parts between what separates, split so often at most. */
function pieces(text: string, separator: string, most: number): string[] {
  if (!separator) return words(text, most);
  const all = text.split(separator);
  return all.length - 1 <= most ? all : [...all.slice(0, most), all.slice(most).join(separator)];
}
const split: HostKernelRow = {
  only: true,
  run([x, separator], node) {
    if (x.shape.length !== 1) invalid(`input must be a vector, got shape: ${cShape(x.shape)}`);
    if (separator.shape.length) invalid(`sep must be a scalar, got shape: ${cShape(separator.shape)}`);
    const most = attr(node, 'maxsplit', 'int');
    const parts = asTexts(x.data).map((text) => pieces(text, asTexts(separator.data)[0], most < 0 ? Infinity : most));
    return sparseOf({ key: '', dtype: string }, parts, parts.length);
  },
};

export const TEXTS_KERNELS: HostTable = {
  StringLower: cased(/[A-Z]+/g, (text) => text.toLowerCase()),
  StringUpper: cased(/[a-z]+/g, (text) => text.toUpperCase()),
  StringStrip: each((text) => text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '')),
  StringLength: {
    only: true,
    run([x], node) {
      const out = hostZeros(int32, x.shape);
      asTexts(x.data).forEach((text, i) => {
        out.data[i] = lengthOf(text, node);
      });
      return out;
    },
  },
  Substr: substr,
  StringToHashBucket: hashed((bytes) => hash64(bytes)),
  StringToHashBucketFast: hashed(fingerprint64),
  StringToHashBucketStrong: hashed((bytes, node) => sipHash(bytes, keyOf(node))),
  ReduceJoin: reduceJoin,
  StringSplitV2: split,
};
