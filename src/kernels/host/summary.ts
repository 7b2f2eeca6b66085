/** Summaries: values as messages that event files keep. The formats are loaded with the first of them. */
import { asNumbers, asTexts } from '../../base/elements';
import { ValueError } from '../../base/errors';
import { type NumericArray, float16, float32, float64, isBig, string, uint8 } from '../../base/dtype';
import { floatsOfBits, halfToNumber, isHalf, roundHalf } from '../../base/half';
import { NDArray } from '../../base/ndarray';
import { cShape, sameShape } from '../../base/shape';
import { type HostKernel, type HostTable, type HostTensor, type KernelNode, attr, host, invalid } from '../kernel';
import { leastOf, withoutSubnormals } from './operands';

type Formats = typeof import('../../format/summary-data');
const formats = (): Formats => require('../../format/summary-data') as typeof import('../../format/summary-data');
const summary = (text: string): HostTensor => host(string, [], [text]);
const scalarText = (x: HostTensor, otherwise: string): string => {
  if (x.shape.length) invalid(otherwise);
  return asTexts(x.data)[0];
};
/** Elements as numbers. */
function numbersOf({ dtype, data }: HostTensor): ArrayLike<number> {
  if (isHalf(dtype)) return floatsOfBits(data, dtype);
  return isBig(data) ? Float64Array.from(data, Number) : asNumbers(data);
}
/** The tags of several outputs: numbered where more than one may come. */
const numbered = (tag: string, kind: string, most: number, i: number): string =>
  most > 1 ? `${tag}/${kind}/${i}` : `${tag}/${kind}`;

/** A number as a float32. What becomes too small for a normal one by that is 0. */
function single({ dtype }: HostTensor, x: number): number {
  const rounded = Math.fround(x);
  return dtype === float64 && Math.abs(rounded) < leastOf(SINGLES) ? 0 : rounded;
}
const SINGLES = new Float32Array(0);
const scalars: HostKernel = ([tags, values]) => {
  if (!sameShape(tags.shape, values.shape)) {
    const tag = tags.data.length === 1 ? ` (tag '${String(tags.data[0])}')` : '';
    invalid(`tags and values not the same shape: ${cShape(tags.shape)} != ${cShape(values.shape)}${tag}`);
  }
  const numbers = numbersOf(values);
  return summary(
    formats().summaryText(
      Array.from(asTexts(tags.data), (tag, i) => ({ tag, simpleValue: single(values, numbers[i]) })),
    ),
  );
};
const histogram: HostKernel = (inputs, node) => {
  const [tags, values] = withoutSubnormals(inputs);
  const tag = scalarText(tags, 'tags must be scalar');
  const numbers = numbersOf(values);
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i];
    if (value !== value) invalid(`Nan in summary histogram for: ${node.name}`);
    if (value === Infinity || value === -Infinity) invalid(`Infinity in summary histogram for: ${node.name}`);
  }
  return summary(formats().summaryText([{ tag, histo: formats().histogramOf(numbers) }]));
};

// --- pictures -------------------------------------------------------------------------------------------------

/** Arithmetic in the dtype of a picture. */
interface Precision {
  readonly read: (data: NumericArray, i: number) => number;
  readonly round: (x: number) => number;
}
const PRECISIONS: Readonly<Record<string, Precision>> = {
  [float16.name]: {
    read: (data, i) => halfToNumber(data[i]),
    round: roundHalf,
  },
  [float32.name]: { read: (data, i) => data[i], round: Math.fround },
  [float64.name]: { read: (data, i) => data[i], round: (x) => x },
};
/** Less than this is black. */
const DARK = Math.fround(1e-6);
/**
 * A picture of any numbers as one of bytes: from 0 to its largest number, or, where some are negative, 0 in the middle.
 * A pixel that is not finite gets a colour of its own.
 */
function pixelsOf(
  data: NumericArray,
  from: number,
  count: number,
  depth: number,
  { read, round }: Precision,
  bad: ArrayLike<number>,
): Uint8Array {
  const isFinite = (pixel: number): boolean => {
    for (let j = 0; j < depth; j++) if (!Number.isFinite(read(data, from + pixel * depth + j))) return false;
    return true;
  };
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    if (!isFinite(i)) continue;
    for (let j = 0; j < depth; j++) {
      const value = Math.fround(read(data, from + i * depth + j));
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const [most, full] = min < 0 ? [Math.max(Math.abs(min), Math.abs(max)), 127] : [max, 255];
  const scale = round(most < DARK ? 0 : Math.fround(full / most));
  const offset = min < 0 ? 128 : 0;
  const pixels = new Uint8Array(count * depth);
  for (let i = 0; i < count; i++) {
    const finite = isFinite(i);
    for (let j = 0; j < depth; j++) {
      const at = i * depth + j;
      pixels[at] = finite ? Math.trunc(round(round(read(data, from + at) * scale) + offset)) : bad[j];
    }
  }
  return pixels;
}
function checkPictures({ shape }: HostTensor): void {
  if (shape.length !== 4 || ![1, 3, 4].includes(shape[3]))
    invalid(`Tensor must be 4-D with last dim 1, 3, or 4, not ${cShape(shape)}`);
  const [batch, height, width] = shape;
  if (Math.max(batch, height, width) >= 2 ** 31 || height * width >= 2 ** 29)
    invalid(`Tensor too large for summary ${cShape(shape)}`);
}
function badColour(node: KernelNode, depth: number): ArrayLike<number> {
  const { dtype, shape, data } = attr(node, 'bad_color');
  if (dtype !== uint8) invalid(`bad_color must be uint8, got ${dtype.cName}`);
  if (shape.length !== 1) invalid(`bad_color must be a vector, got shape ${cShape(shape)}`);
  if (data.length < depth)
    invalid(`expected depth <= bad_color.size, got depth = ${depth}, bad_color.size = ${data.length}`);
  return asNumbers(data);
}
const image: HostKernel = ([tags, tensor], node) => {
  const base = scalarText(tags, 'Tags must be a scalar');
  checkPictures(tensor);
  const [batch, height, width, colorspace] = tensor.shape;
  const most = attr(node, 'max_images');
  const [count, precision] = [height * width, PRECISIONS[tensor.dtype.name]];
  const bad = precision ? badColour(node, colorspace) : [];
  const pixels = (i: number): Uint8Array => {
    const from = i * count * colorspace;
    const data = asNumbers(tensor.data);
    if (!precision) return Uint8Array.from(data.subarray(from, from + count * colorspace));
    return pixelsOf(data, from, count, colorspace, precision, bad);
  };
  const values = Array.from({ length: Math.min(most, batch) }, (_, i) => {
    const encodedImageString = formats().encodePng(pixels(i), width, height, colorspace);
    return {
      tag: numbered(base, 'image', most, i),
      image: formats().imageMessage({ height, width, colorspace, encodedImageString }),
    };
  });
  return summary(formats().summaryText(values));
};

// --- sounds ---------------------------------------------------------------------------------------------------

function audioOf(tags: HostTensor, { shape, data }: HostTensor, sampleRate: number, most: number): HostTensor {
  const base = scalarText(tags, 'Tag must be a scalar');
  if (shape.length < 2 || shape.length > 3) invalid(`Tensor must be 3-D or 2-D, got: ${cShape(shape)}`);
  if (!(sampleRate > 0)) invalid('sample_rate must be > 0');
  const [batch, lengthFrames, numChannels = 1] = shape;
  const rate = Math.max(1, halfEven(sampleRate));
  if (batch && rate >= 2 ** 32) invalid(`sample_rate must be in (0, 2^32), got: ${rate}`);
  if (batch && (numChannels === 0 || numChannels >= 2 ** 16))
    invalid(`num_channels must be in (0, 2^16), got: ${numChannels}`);
  if (batch && lengthFrames === 0) invalid('num_frames must be positive.');
  const size = lengthFrames * numChannels;
  const values = Array.from({ length: Math.min(most, batch) }, (_, i) => {
    const samples = asNumbers(data).subarray(i * size, (i + 1) * size);
    return {
      tag: numbered(base, 'audio', most, i),
      audio: formats().audioMessage({
        sampleRate,
        numChannels,
        lengthFrames,
        encodedAudioString: formats().encodeWav(samples, rate, numChannels),
        contentType: 'audio/wav',
      }),
    };
  });
  return summary(formats().summaryText(values));
}
/** The nearest whole number; of two the even one. */
function halfEven(x: number): number {
  const whole = Math.floor(x);
  const rest = x - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2) ? whole + 1 : whole;
}

// --- tensors, and several -------------------------------------------------------------------------------------

const arrayOf = ({ dtype, shape, data }: HostTensor): NDArray => new NDArray(dtype, shape, data);
const merged: HostKernel = (inputs) => {
  const tags = new Set<string>();
  const values = inputs.flatMap(({ data }) => asTexts(data).flatMap(valuesOf));
  for (const { tag } of values) {
    if (tag && tags.has(tag)) invalid(`Duplicate tag ${tag} found in summary inputs`);
    tags.add(tag);
  }
  return summary(formats().summaryText(values));
};
function valuesOf(text: string): ReturnType<Formats['valuesIn']> {
  try {
    return formats().valuesIn(text);
  } catch (error) {
    if (error instanceof ValueError) invalid('Could not parse one of the summary inputs');
    throw error;
  }
}
const tensorSummary: HostKernel = ([tags, tensor, metadata]) => {
  const tag = scalarText(tags, 'tag must be scalar');
  const text = scalarText(metadata, 'serialized_summary_metadata must be scalar');
  const { metadataIn, summaryText, tensorMessage } = formats();
  return summary(summaryText([{ tag, tensor: tensorMessage(arrayOf(tensor)), metadata: metadataIn(text) }]));
};

export const SUMMARY_KERNELS: HostTable = {
  ScalarSummary: { run: scalars, only: true },
  HistogramSummary: { run: histogram, only: true },
  ImageSummary: { run: image, only: true },
  AudioSummaryV2: {
    run: ([tag, tensor, rate], node) => audioOf(tag, tensor, asNumbers(rate.data)[0], attr(node, 'max_outputs')),
    only: true,
  },
  TensorSummary: {
    run: ([tensor], { name: nodeName }) =>
      summary(formats().summaryText([{ nodeName, tensor: formats().tensorMessage(arrayOf(tensor)) }])),
    only: true,
  },
  TensorSummaryV2: { run: tensorSummary, only: true },
  MergeSummary: { run: merged, only: true },
};
