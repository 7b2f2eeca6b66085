/** Uniform numbers made where they are wanted, on all threads: the host's, block by block of the same stream. */
import { float32 } from '../../base/dtype';
import { BLOCK, PHILOX, type Philox } from '../../base/philox';
import { GROUP, bitsOf, blocks } from '../../base/philox-blocks';
import { sizeOf } from '../../base/shape';
import { STREAMS, shapeFrom } from '../host/random';
import { randomUniform } from '../host/random-fill';
import { type Device, type DeviceKernel, KernelError, Value } from '../kernel';
import { piecesOf } from './formula';
import type { Shared } from './team';
import type { BackendWasm, Heap } from './wasm';

/** Nanoseconds for a number. */
const EACH = 1.4;
const DIGITS = 23;
/** What is larger is the host's to refuse, or to make. */
const MOST = 1 << 28;

/** Makes the kernel of RandomUniform in 32 bits. */
export function drawer(device: Device, backend: BackendWasm, heap: Heap): DeviceKernel {
  const { team, memory } = heap;
  let uniforms: Shared | null = null;
  /** The first of so many numbers, from an address on, in whole groups of blocks. */
  const make = (stream: Philox, address: number, size: number): number => {
    const place = stream.placeOfMany(size);
    if (!place) return 0;
    const fn = (uniforms ??= team.compile([blocks(PHILOX, 'uniforms')])('uniforms'));
    const [first, ...others] = place;
    const done = size - (size % GROUP);
    const pieces = piecesOf(done, team.cuts(EACH * done));
    team.run(
      pieces.map(([at, count]) => ({
        fn,
        args: [address + 4 * at, count / GROUP, (first + at / BLOCK) | 0, ...others, ...bitsOf(DIGITS)],
      })),
    );
    stream.skip(done / BLOCK);
    return done;
  };
  return ([asked], node) => {
    asked.read();
    const shape = asked.data && shapeFrom({ dtype: asked.dtype, shape: asked.shape, data: asked.data });
    if (!shape || !(sizeOf(shape) <= MOST)) throw new KernelError('Unimplemented', 'the host draws no or many numbers');
    const info = backend.makeOutput(shape, 'float32');
    const address = backend.getMemoryOffset(info.dataId) >>> 0;
    const state = STREAMS.of(node);
    state.begin();
    const out = new Float32Array(memory.buffer, address, sizeOf(shape));
    if (out.length) randomUniform(state, out, DIGITS, (stream) => make(stream, address, out.length));
    return [Value.at(device, float32, shape, info)];
  };
}
