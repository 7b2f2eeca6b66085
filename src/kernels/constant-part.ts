/** What constants come to, for whoever builds a graph: host kernels, loaded when the first is asked for. */
import { NDArray } from '../base/ndarray';
import type { Operation } from '../graph/operation';
import { resultsOf } from './kernel';
import { hostKernel, statefulKernel } from './registry';

/** A pure node's outputs from known inputs; null where it has no kernel for them, or fails: a run will say so. */
export function computeConstant(op: Operation, inputs: readonly NDArray[]): readonly NDArray[] | null {
  if (statefulKernel(op.type)?.passes) return inputs;
  const row = hostKernel(op.type);
  if (!row || row.putBack) return null;
  const outputTypes = op.outputs.map(({ dtype }) => dtype.baseDtype);
  if (outputTypes.some(({ name }) => name === 'resource' || name === 'variant')) return null;
  const node = { def: op.def, type: op.type, name: op.name, attrs: op.nodeDef.attr, outputTypes };
  try {
    return resultsOf(row.run(inputs, node)).map(({ dtype, shape, data }) => new NDArray(dtype, shape, data));
  } catch {
    return null;
  }
}
