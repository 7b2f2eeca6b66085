/** What stands in the place of each kind of call: the body alone, or Switches, a Merge or a loop around bodies. */
import { bool, int32 } from '../base/dtype';
import { entryOf } from '../base/keys';
import { InternalError, InvalidArgumentError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { Func, isOfKind } from '../format/attr';
import type { CallRole } from '../graph/definition';
import type { FunctionBody } from '../graph/function-body';
import { type Call, type Expanded, type Expander, type Lowering, funcOf, noOp, ownFunc, refused } from './expander';
import { lowerFor, lowerWhile } from './lower-loops';
import { constant, howOf, mergeOf, switchOf, truth } from './lower-words';
import { type PlanNode, type Source, newNode } from './node';
import { CALLED, type How, type Use, isAllNeeded } from './uses';

export const LOWERINGS: Readonly<Record<CallRole, Lowering>> = {
  function: callByName,
  call: orNothing(callPartitioned),
  // There is but this one process to call.
  remoteCall: (to, call) => callOf(to, { ...call, args: call.args.slice(1) }, CALLED),
  if: orNothing(lowerIf),
  case: orNothing(lowerCase),
  while: orNothing(lowerWhile),
  for: orNothing(lowerFor),
  gradient: orNothing(callGradient),
};
/** A function that is called by its name: all that it changes happens. */
function callByName(to: Expander, call: Call): Expanded {
  const { node, use, within } = call;
  const func = ownFunc(node);
  const body = to.bodyOf(call, func, { ownVariables: true });
  const results = body.results.map(({ op }) => op);
  const inlines = within.inlines && use.mayGiveWay && !isKept(node) && isAllNeeded(body, results);
  const resultsWaitedFor = inlines && use.isWaitedFor;
  return to.call(call, func, body, { runsAll: true, reads: readOf(use), inlines, lowers: inlines, resultsWaitedFor });
}
/** The results of a call that are to be there; null for all. */
function readOf({ isAsked, reads }: Use): Use['reads'] | null {
  return isAsked ? null : reads;
}
/** Whether a call, or the function that is called, asks that no body takes its place. */
function isKept({ op, attrs }: PlanNode): boolean {
  return attrs['_noinline'] === true || op.graph.library.get(op.type)?.body?.attrs['_noinline']?.value === true;
}
/** What the results that are read need, and what the function says; where none is, all that it changes. */
function callPartitioned(to: Expander, call: Call): Expanded {
  const { node, use, within } = call;
  const body = to.bodyOf(call, funcOf(node, 'f'));
  const inlines = within.inlines && use.mayGiveWay && isAllNeeded(body, body.controls);
  const called = inlines || wantsResults(use) ? { runsAll: false, lowers: true, inlines } : CALLED;
  return callOf(to, call, { ...called, reads: readOf(use) });
}
function wantsResults({ reads, isAsked }: Use): boolean {
  return isAsked || reads.size > 0;
}
/** TensorFlow leaves out what is not stateful where others only wait for it. They wait for what that reads. */
function orNothing(lowering: Lowering): Lowering {
  return (to, call) => {
    if (call.node.def.isStateful || wantsResults(call.use)) return lowering(to, call);
    const done = [...call.args.flatMap((s) => ('node' in s ? [s.node] : [])), ...call.gate];
    return { outputs: [], done: [to.push(noOp(call.node.op, done))], effects: [] };
  };
}
/** Of a function that has a gradient function, that is called. */
function callGradient(to: Expander, call: Call): Expanded {
  const { node } = call;
  const func = funcOf(node, 'f');
  const other = node.op.graph.library.gradientOf(func.name);
  const called = other ? new Func(other, func.attrs) : func;
  const body = to.bodyOf(call, called, other ? {} : { differentiated: true });
  const made = to.call(call, called, body, CALLED);
  const [wanted, came] = [node.outputTypes.length, body.results.length];
  if (came !== wanted)
    throw refused(
      node,
      InvalidArgumentError,
      `SymGrad expects to return ${wanted} tensor(s), but get ${came} tensor(s) instead.`,
    );
  checkDeclared(node, body);
  return made;
}
function callOf(to: Expander, call: Call, how: How): Expanded {
  const { node } = call;
  const func = funcOf(node, 'f');
  const body = to.bodyOf(call, func);
  const made = to.call(call, func, body, how);
  checkDeclared(node, body);
  return made;
}
/** @throws InternalError  where a call gives something else than its node says */
function checkDeclared(node: PlanNode, { results }: FunctionBody): void {
  node.outputTypes.forEach((type, i) => {
    if (!results[i]) throw refused(node, InternalError, `Missing ${i}-th output from node ${node.op.name}`);
    const came = results[i].dtype.baseDtype;
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
function checkResults(node: PlanNode, { results }: FunctionBody): void {
  if (results.length !== node.outputTypes.length)
    throw refused(
      node,
      InternalError,
      `Expect to produce ${node.outputTypes.length} tensors, but only get ${results.length}`,
    );
  results.forEach(({ dtype }, i) => {
    const [wanted, came] = [node.outputTypes[i], dtype.baseDtype];
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
  const how = howOf(call);
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
    const body = to.bodyOf(call, func, { part });
    const made = to.call({ ...call, args: inputs, gate: [pivot] }, func, body, how);
    checkResults(node, body);
    return { ...made, pivot };
  });
  const merged = node.outputTypes.map((_, i) => {
    const results = taken.flatMap(({ outputs }) => outputs[i] ?? []);
    return results.length ? mergeOf(to, node, results) : null;
  });
  const outputs = merged.map((merge) => merge && { node: merge, index: 0 });
  const merges = merged.filter((merge) => merge !== null);
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
  if (!last) return to.call({ ...call, args }, branches[0], to.bodyOf(call, branches[0]), howOf(call));
  const others = preds.reduce((a, b) => scalar('LogicalOr', [a, b], {}));
  preds.push(last === 1 ? preds[0] : scalar('LogicalNot', [others], {}));
  return lowerBranches(
    to,
    { ...call, args },
    branches.map((func, i) => ({ pred: preds[i], side: last === 1 && i === 1 ? 0 : 1, func, part: `branch_${i}` })),
  );
}
