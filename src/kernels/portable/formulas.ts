/** Our own kernels on a backend's tensors: each is compiled when it is first run. */
import { sizeOf } from '../../base/shape';
import type { Kernels } from './kernels';
import type { Info, Multiply, Tools } from './recipe';
import type { BackendWasm } from './wasm';

/** What recipes may call beside tfjs's kernels. */
export interface Own {
  readonly multiply: Multiply;
  readonly formula: Tools['formula'];
  readonly isFinite: (x: Info) => boolean;
  /** Whether no element is smaller than the least normal number and not 0. */
  readonly isNormal: (x: Info) => boolean;
}
export function formulas(backend: BackendWasm, kernels: () => Kernels): Omit<Own, 'multiply'> {
  const address = (x: Info): number => backend.getMemoryOffset(x.dataId);
  return {
    formula(formula, inputs) {
      const run = kernels().run(formula);
      const out = backend.makeOutput(inputs[0].shape, 'float32');
      // Asked for after the output is made: memory may have grown and moved.
      run(sizeOf(out.shape), inputs.map(address), [address(out)], []);
      return out;
    },
    isFinite: (x) => kernels().isFinite(address(x), sizeOf(x.shape)),
    isNormal: (x) => kernels().isNormal(address(x), sizeOf(x.shape)),
  };
}
