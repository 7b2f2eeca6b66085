/** Digits and weights as pictures. */
import { ValueError } from '../../base/errors';
import { largest } from '../../base/room';
import { type ArrayLike_, toNDArray } from '../../base/to-ndarray';
import { numbers } from './evaluation';
import { pngUri } from './png';

/** Pictures of one size, drawn when asked for. */
export interface Pictures {
  readonly height: number;
  readonly width: number;
  uri(index: number): string;
}

/**
 * @param images  `count` pictures: [count, height, width], with a last axis of 1 or 3 channels or without, or
 *                [count, pixels], or flat
 * @param shape   [height, width] where the data does not say it; the side of a square otherwise
 * @throws ValueError  if the pictures are not `count`, or not of that shape
 */
export function picturesOf(images: ArrayLike_, count: number, shape?: readonly [number, number]): Pictures {
  const array = toNDArray(images);
  const all = numbers(array);
  if (all.length === 0 || all.length % count !== 0) {
    throw new ValueError(
      `report: images must be ${count}, as many as predictions; found ${all.length} values, of shape [${array.shape}].`,
    );
  }
  const size = all.length / count;
  const [height, width] = shape ?? (array.rank >= 3 ? [array.shape[1], array.shape[2]] : square(size));
  const channels = size / (height * width);
  if (channels !== 1 && channels !== 3) {
    throw new ValueError(
      `report: ${size} values per picture are not ${height} by ${width} pixels of 1 or 3 channels. ` +
        'Say imageShape: [height, width].',
    );
  }
  const uri = (index: number) => {
    const values = all.slice(index * size, (index + 1) * size);
    const top = array.dtype.isInteger ? 255 : 1;
    let [low, high] = [0, top];
    for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
    return pngUri(
      Uint8Array.from(values, (value) => Math.round((255 * (value - low)) / (high - low))),
      [height, width],
      channels,
    );
  };
  return { height, width, uri };
}

export interface WeightPicture {
  /** Which unit of the layer. */
  readonly unit: number;
  readonly low: number;
  readonly high: number;
  readonly uri: string;
}

export interface WeightPictures {
  readonly units: number;
  /** Those with the largest weights first. */
  readonly pictures: readonly WeightPicture[];
}

const AT_MOST = 60;
const POSITIVE = [56, 120, 245];
const NEGATIVE = [240, 100, 25];

/**
 * One picture per unit of a layer: blue where a pixel speaks for it, orange where against, clear at zero, so that it
 * stands on any background.
 * @param weights  [pixels, units] of a dense layer over pictures of that shape, or
 *                 [height, width, channels, units] of a convolution
 * @returns        null where the shape is neither
 */
export function weightPictures(weights: ArrayLike_, [height, width]: readonly [number, number]): WeightPictures | null {
  const array = toNDArray(weights);
  const { shape } = array;
  const dense = shape.length === 2 && shape[0] % (height * width) === 0;
  if (!dense && shape.length !== 4) return null;
  const [rows, columns] = dense ? [height, width] : [shape[0], shape[1]];
  const units = shape[shape.length - 1];
  const channels = array.size / (rows * columns * units);
  const all = numbers(array);
  const drawn = Array.from({ length: units }, (_, unit) => {
    const values = new Float64Array(rows * columns);
    for (let pixel = 0; pixel < values.length; pixel++) {
      for (let c = 0; c < channels; c++) values[pixel] += all[(pixel * channels + c) * units + unit] / channels;
    }
    return { unit, values, norm: Math.sqrt(values.reduce((sum, v) => sum + v * v, 0)) };
  });
  drawn.sort((a, b) => b.norm - a.norm || a.unit - b.unit);
  const pictures = drawn.slice(0, AT_MOST).map(({ unit, values }) => {
    const [low, high] = [
      -largest(
        values.map((v) => -v),
        -Infinity,
      ),
      largest(values, -Infinity),
    ];
    const scale = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const pixels = new Uint8Array(values.length * 4);
    values.forEach((value, i) =>
      pixels.set([...(value > 0 ? POSITIVE : NEGATIVE), Math.round((255 * Math.abs(value)) / scale) || 0], 4 * i),
    );
    return { unit, low, high, uri: pngUri(pixels, [rows, columns], 4) };
  });
  return { units, pictures };
}

function square(size: number): [number, number] {
  const side = Math.round(Math.sqrt(size));
  if (side * side === size) return [side, side];
  const colored = Math.round(Math.sqrt(size / 3));
  return 3 * colored * colored === size ? [colored, colored] : [1, size];
}
