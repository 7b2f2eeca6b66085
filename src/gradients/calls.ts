/** The gradient of a node that calls a function of its graph. */
import { applyOp } from '../graph/apply';
import { Func } from '../format/attr';
import { registerCallGradient } from '../graph/gradient-registry';
import type { Operation, Tensor } from '../graph/graph';

/** The gradient of a call is a node as well, which is made of the function when a plan is. */
function callGradient(op: Operation, grads: readonly Tensor[]): readonly Tensor[] {
  const named = op.findAttr('f');
  const f = named instanceof Func ? named : new Func(op.type, Object.fromEntries(op.attrsWithKinds()));
  const Tout = op.inputs.map(({ dtype }) => dtype.baseDtype);
  return applyOp('SymbolicGradient', [[...op.inputs, ...grads]], { Tout, f }).outputs;
}
registerCallGradient(['function', 'call'], callGradient);
