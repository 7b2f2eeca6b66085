/** Our own kernels on a backend's tensors: each is compiled when it is first run. */
import { sizeOf } from '../../base/shape';
import { nonFinite, openLook, subnormal } from './formula';
import type { Kernels } from './kernels';
import type { Info, Multiply, Tools } from './recipe';
import type { BackendWasm } from './wasm';

/** Tools that slide windows over pictures (convolutions.ts). */
export type Windows = 'frame' | 'convolve' | 'byFilter' | 'maxPool' | 'maxPoolGrad' | 'meanPool' | 'meanPoolGrad';
/** What recipes may call beside tfjs's kernels. */
export interface Own extends Pick<Tools, Windows> {
  readonly multiply: Multiply;
  readonly formula: Tools['formula'];
  readonly isFinite: (x: Info) => boolean;
  /** Whether no element is smaller than the least normal number and not 0. */
  readonly isNormal: (x: Info) => boolean;
}
export function formulas(backend: BackendWasm, kernels: () => Kernels): Omit<Own, 'multiply' | Windows> {
  const address = (x: Info): number => backend.getMemoryOffset(x.dataId);
  /** Compiled when it is first asked for. */
  const look = (found: Parameters<typeof openLook>[1]): ((x: Info) => boolean) => {
    let open: ReturnType<typeof openLook> | null = null;
    return (x) => (open ??= openLook(kernels().heap, found))(address(x), sizeOf(x.shape));
  };
  return {
    formula(formula, inputs) {
      const run = kernels().run(formula);
      const out = backend.makeOutput(inputs[0].shape, 'float32');
      // Asked for after the output is made: memory may have grown and moved.
      run(sizeOf(out.shape), inputs.map(address), [address(out)], []);
      return out;
    },
    isFinite: look(nonFinite),
    isNormal: look(subnormal),
  };
}
