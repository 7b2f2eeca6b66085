/** What stands in the place of each kind of call: the body alone, or Switches, a Merge or a loop around bodies. */
import { bool, int32 } from '../base/dtype';
import { entryOf } from '../base/keys';
import { InternalError, InvalidArgumentError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { Func, isOfKind } from '../format/attr';
import type { CallRole } from '../graph/definition';
import { type Call, type Expanded, type Expander, type Lowering, funcOf, ownFunc, refused } from './expander';
import { lowerFor, lowerWhile } from './lower-loops';
import { constant, mergeOf, switchOf, truth } from './lower-words';
import { type PlanNode, type Source, newNode } from './node';

export const LOWERINGS: Readonly<Record<CallRole, Lowering>> = {
  function: (to, call) => {
    const func = ownFunc(call.node);
    return to.call(call, func, to.bodyOf(call, func, { ownVariables: true }));
  },
  call: (to, call) => callOf(to, call, true),
  // There is but this one process to call.
  remoteCall: (to, call) => callOf(to, { ...call, args: call.args.slice(1) }),
  if: lowerIf,
  case: lowerCase,
  while: lowerWhile,
  for: lowerFor,
  gradient: callGradient,
};
/** Of a function that has a gradient function, that is called. */
function callGradient(to: Expander, call: Call): Expanded {
  const { node } = call;
  const func = funcOf(node, 'f');
  const other = node.op.graph.library.gradientOf(func.name);
  const made = other
    ? to.call(call, new Func(other, func.attrs), to.bodyOf(call, new Func(other, func.attrs)))
    : to.call(call, func, to.bodyOf(call, func, { differentiated: true }));
  const [wanted, came] = [node.outputTypes.length, made.outputs.length];
  if (came !== wanted)
    throw refused(
      node,
      InvalidArgumentError,
      `SymGrad expects to return ${wanted} tensor(s), but get ${came} tensor(s) instead.`,
    );
  checkDeclared(to, node, made.outputs);
  return made;
}
function callOf(to: Expander, call: Call, onlyAsked = false): Expanded {
  const { node } = call;
  const func = funcOf(node, 'f');
  const made = to.call(call, func, to.bodyOf(call, func), { onlyAsked });
  checkDeclared(to, node, made.outputs);
  return made;
}
/** @throws InternalError  where a call gives something else than its node says */
function checkDeclared(to: Expander, node: PlanNode, outputs: readonly Source[]): void {
  node.outputTypes.forEach((type, i) => {
    if (!outputs[i]) throw refused(node, InternalError, `Missing ${i}-th output from node ${node.op.name}`);
    const came = to.typeOf(outputs[i]);
    if (came !== type)
      throw refused(
        node,
        InternalError,
        `Output ${i} of type ${came.cName} does not match declared output type ${type.cName} for node node ` +
          node.op.name,
      );
  });
}
/** @throws InternalError  where a branch gives something else than the node that takes it promises */
function checkResults(to: Expander, node: PlanNode, outputs: readonly Source[]): void {
  if (outputs.length !== node.outputTypes.length)
    throw refused(
      node,
      InternalError,
      `Expect to produce ${node.outputTypes.length} tensors, but only get ${outputs.length}`,
    );
  outputs.forEach((s, i) => {
    const [wanted, came] = [node.outputTypes[i], to.typeOf(s)];
    if (came !== wanted)
      throw refused(node, InternalError, `Expect ${i}-th output is of type ${wanted.cName} but get ${came.cName}`);
  });
}

// --- If and Case ------------------------------------------------------------------------------------------------

/** A branch: which way of which condition it is on, and what it calls. */
interface Branch {
  readonly pred: Source;
  readonly side: 0 | 1;
  readonly func: Func;
  readonly part: string;
}
function lowerBranches(to: Expander, call: Call, branches: readonly Branch[]): Expanded {
  const { node, args } = call;
  const switches = new Map<Source, readonly PlanNode[]>();
  const pivots = new Map<Source, PlanNode>();
  for (const { pred } of branches) {
    if (pivots.has(pred)) continue;
    switches.set(
      pred,
      args.map((s) => switchOf(to, node, s, pred)),
    );
    pivots.set(pred, switchOf(to, node, pred, pred));
  }
  const taken = branches.map(({ pred, side, func, part }) => {
    const pivot = to.identity(node.op, { node: entryOf(pivots, pred), index: side });
    const inputs = entryOf(switches, pred).map((each): Source => ({ node: each, index: side }));
    const made = to.call({ ...call, args: inputs, gate: [pivot] }, func, to.bodyOf(call, func, { part }));
    checkResults(to, node, made.outputs);
    return { ...made, pivot };
  });
  const merges = node.outputTypes.map((_, i) =>
    mergeOf(
      to,
      node,
      taken.map(({ outputs }) => outputs[i]),
    ),
  );
  const outputs = merges.map((merge): Source => ({ node: merge, index: 0 }));
  if (merges.length && !taken.some(({ effects }) => effects.length)) return { outputs, done: merges, effects: [] };
  // Whoever waits for the node waits for the branch that is taken.
  const over = taken.map(({ pivot, done }): Source => {
    return { node: to.identity(node.op, { node: pivot, index: 0 }, done), index: 0 };
  });
  const executed = mergeOf(to, node, over);
  return { outputs, done: [...merges, executed], effects: [executed] };
}
function lowerIf(to: Expander, call: Call): Expanded {
  const [cond, ...args] = call.args;
  const pred = truth(to, call.node, cond);
  return lowerBranches(to, { ...call, args }, [
    { pred, side: 0, func: funcOf(call.node, 'else_branch'), part: 'else' },
    { pred, side: 1, func: funcOf(call.node, 'then_branch'), part: 'then' },
  ]);
}
/** The last branch also where the index is that of none. */
function lowerCase(to: Expander, call: Call): Expanded {
  const { node } = call;
  const [index, ...args] = call.args;
  const branches = node.attrs['branches'];
  if (!isOfKind(branches, 'list(func)') || !branches.length)
    throw refused(node, InvalidArgumentError, `Attr 'branches' of '${node.op.name}' names no functions.`);
  const { op } = node;
  const scalar = (type: 'Equal' | 'LogicalOr' | 'LogicalNot', inputs: Source[], attrs: PlanNode['attrs']): Source => {
    return { node: to.push(newNode(op, type, { attrs, inputs, outputTypes: [bool] })), index: 0 };
  };
  const last = branches.length - 1;
  const preds = branches.slice(0, last).map((_, i) => {
    return scalar('Equal', [index, constant(to, call, new NDArray(int32, [], Int32Array.of(i)))], { T: int32 });
  });
  if (!last) return to.call({ ...call, args }, branches[0], to.bodyOf(call, branches[0]));
  const others = preds.reduce((a, b) => scalar('LogicalOr', [a, b], {}));
  preds.push(last === 1 ? preds[0] : scalar('LogicalNot', [others], {}));
  return lowerBranches(
    to,
    { ...call, args },
    branches.map((func, i) => ({ pred: preds[i], side: last === 1 && i === 1 ? 0 : 1, func, part: `branch_${i}` })),
  );
}
