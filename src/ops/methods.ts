/**
 * What tensors and operations can do that takes other layers than their own: the operators, `get`, `eval` and `run`,
 * and how their methods take arguments. Their classes stand below all of that, so the methods are given to them here,
 * once; `src/index.ts` asks for it.
 */
import { bindMethods } from '../calls/methods';
import { installAlgebra } from '../graph/algebra';
import { IndexedSlices, Operation, Tensor } from '../graph/graph';
import { evalTensor, runOperation } from '../graph/runner';
import { installGet } from './subscript';

/** Gives tensors, rows and operations the methods that TypeScript knows of by `declare module` beside each. */
export function installMethods(): void {
  installAlgebra(Tensor.prototype);
  // A gradient function may get rows where it expects a tensor: arithmetic makes them dense.
  installAlgebra(IndexedSlices.prototype);
  installGet(Tensor.prototype);
  Tensor.prototype.eval = evalTensor;
  Operation.prototype.run = runOperation;
  bindMethods(Tensor, {
    getShape: 'Tensor.get_shape',
    setShape: 'Tensor.set_shape',
    consumers: 'Tensor.consumers',
    eval: 'Tensor.eval',
  });
  bindMethods(Operation, { colocationGroups: 'Operation.colocation_groups', run: 'Operation.run' });
}
