/** Variables of one run, by name: they are there from the node that makes them to the one that takes their value. */
import { zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { KernelError, type KernelNode, type Run, type StatefulTable, Value, attr, invalid } from '../kernel';
import { type Place, ofStep } from '../resources';
import { REFERENCE, VariableState } from '../variable';
import { present } from './variable-value';

/** Gone with the last edge that leads to it. */
class Temporary extends VariableState {
  override released(): void {
    this.dispose();
  }
}
/** The names that are taken in a run. */
const TAKEN = new WeakMap<Run, Set<string>>();
function namesIn(run: Run): Set<string> {
  let names = TAKEN.get(run);
  if (!names) TAKEN.set(run, (names = new Set()));
  return names;
}
const nameOf = ({ container }: Place, name: string): string =>
  `Resource ${container}/${name}/N10tensorflow19TemporaryVariableOp6TmpVarE`;
function make(node: KernelNode, name: string): Value {
  const dtype = attr(node, 'dtype');
  const dims = attr(node, 'shape').fullDims;
  if (!dims) invalid(`Shape ${attr(node, 'shape').toCString()} is not fully defined`);
  const state = new Temporary(ofStep(name), dtype, REFERENCE);
  state.assign(new Value(dtype, dims, zerosOf(dtype, sizeOf(dims), dims)));
  return new Value(dtype, dims, null, null, state);
}

export const TEMPORARY_KERNELS: StatefulTable = {
  TemporaryVariable: (_, node, run) => {
    const name = attr(node, 'var_name', 'string') || node.name;
    const made = make(node, name);
    const names = namesIn(run);
    if (!names.has(name)) {
      names.add(name);
      return [made];
    }
    made.release();
    throw new KernelError('AlreadyExists', nameOf(ofStep(name), name));
  },
  DestroyTemporaryVariable: ([edge], node, run) => {
    const name = attr(node, 'var_name', 'string');
    if (!name) invalid('Missing var_name attribute');
    const value = present(edge, run);
    if (namesIn(run).delete(name)) return [value];
    value.release();
    throw new KernelError('NotFound', `${nameOf(ofStep(name), name)} does not exist.`);
  },
};
