/** Convolutions and pools of our own on a backend's tensors. The kernels are compiled when they are first run. */
import { type Convolution, Convolver, type Places, framed } from './convolve';
import { type Run, openFormula } from './formula';
import type { Windows } from './formulas';
import { outputShape } from '../host/pool-places';
import { type Code, v128 } from '../../base/assembler';
import { type Pooling, openPooling } from './pooling';
import type { Info, Tools } from './recipe';
import type { BackendWasm, Heap } from './wasm';

export function convolutions(backend: BackendWasm, heap: Heap): Pick<Tools, Windows> {
  let pooling: Pooling | null = null;
  let opened: Convolver | null = null;
  const address = (x: Info): number => backend.getMemoryOffset(x.dataId);
  const sums = new Map<number, Run>();
  /** Adds so many vectors up, one behind the other, in their order. */
  const sum = (parts: number, from: number, size: number, to: number): void => {
    let run = sums.get(parts);
    if (!run) {
      const results = ({ vectors }: { readonly vectors: readonly Code[] }): Code[] => [vectors.reduce(v128.add)];
      sums.set(parts, (run = openFormula(heap, { takes: parts, numbers: 0, gives: 1, results })));
    }
    const vectors = Array.from({ length: parts }, (_, i) => from + 4 * size * i);
    run(size, vectors, [to], []);
  };
  return {
    frame(frame, x) {
      opened ??= new Convolver(heap);
      const [batch, , , channels] = x.shape;
      const out = backend.makeOutput([batch, framed(frame.lines), framed(frame.pixels), channels], 'float32');
      opened.frame(frame, batch, channels, address(x), address(out));
      return out;
    },
    convolve(sizes, x, filter, { bias, floor = -Infinity, ceiling = Infinity } = {}) {
      opened ??= new Convolver(heap);
      const y = backend.makeOutput([sizes.batch, sizes.rows, sizes.columns, sizes.outputs], 'float32');
      const at: Convolution = {
        ...{ x: address(x), filter: address(filter), y: address(y) },
        ...{ bias: bias ? address(bias) : 0, floor, ceiling },
      };
      opened.convolve(sizes, at);
      return y;
    },
    byFilter(sizes: Places, x, dy) {
      opened ??= new Convolver(heap);
      const out = backend.makeOutput([...sizes.taps, sizes.channels, sizes.outputs], 'float32');
      const dw = address(out);
      opened.byFilter(sizes, { x: address(x), dy: address(dy), dw }, (parts, from, size) => sum(parts, from, size, dw));
      return out;
    },
    maxPool(places, x) {
      const y = backend.makeOutput(outputShape(places), 'float32');
      (pooling ??= openPooling(heap)).max(places, address(x), address(y));
      return y;
    },
    maxPoolGrad(places, x, dy) {
      const dx = backend.makeOutput(x.shape, 'float32');
      (pooling ??= openPooling(heap)).maxGrad(places, address(x), address(dy), address(dx));
      return dx;
    },
    meanPool(places, x) {
      const y = backend.makeOutput(outputShape(places), 'float32');
      (pooling ??= openPooling(heap)).mean(places, address(x), address(y));
      return y;
    },
    meanPoolGrad(places, dy) {
      const { batch, rows, columns, channels } = places;
      const dx = backend.makeOutput([batch, rows.input, columns.input, channels], 'float32');
      (pooling ??= openPooling(heap)).meanGrad(places, address(dy), address(dx));
      return dx;
    },
  };
}
