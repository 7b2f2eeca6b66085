/** Repetition of whole tensors, on the host. */
import { numbersIn } from '../../base/nested';
import { copyRun, slots } from '../../base/box';
import { zerosOf } from '../../base/dtype';
import { claim } from '../../base/room';
import { cShape, sizeOf } from '../../base/shape';
import { type HostTable, type HostTensor, host, invalid } from '../kernel';
import { type Integers, integers } from './slice';

/** How often each dimension is repeated. */
export function multiplesFor(rank: number, { shape, values }: Integers): readonly number[] {
  if (shape.length !== 1) return invalid(`Expected multiples to be 1-D, but got shape ${cShape(shape)}`);
  if (values.length !== rank)
    return invalid(`Expected multiples argument to be a vector of length ${rank} but got length ${values.length}`);
  values.forEach((m, i) => {
    if (m < 0) invalid(`Expected multiples[${i}] >= 0, but got ${m}`);
  });
  return values;
}
function tile([input, multiplesGiven]: readonly HostTensor[]): HostTensor {
  const rank = input.shape.length;
  const multiples = multiplesFor(rank, integers(multiplesGiven));
  const all = input.shape.map((d, i) => d * multiples[i]);
  claim(sizeOf(all), input.dtype.size, input.dtype.cName, all);
  const shape = [...input.shape];
  let { data } = input;
  // From the last dimension to the first: what is repeated then always lies together.
  for (let d = rank - 1; d >= 0; d--) {
    const times = multiples[d];
    if (times === 1) continue;
    const block = sizeOf(shape.slice(d)) * slots(input);
    const blocks = sizeOf(shape.slice(0, d));
    const out = zerosOf(input.dtype, blocks * sizeOf(shape.slice(d)) * times);
    for (let b = 0, to = 0; b < blocks; b++)
      for (let t = 0; t < times; t++, to += block) copyRun(data, b * block, out, to, block);
    data = out;
    shape[d] *= times;
  }
  return host(input.dtype, shape, data);
}

export const TILE_KERNELS: HostTable = {
  Tile: {
    run: tile,
    cost: ([x, { data }]) => (data ? x.size * numbersIn({ data }).reduce((a, b) => a * b, 1) : x.size),
  },
};
