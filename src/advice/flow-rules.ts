/** Rules about loops and branches: conditions that hold for ever, and effects that a branch was to decide about. */
import { constantValue } from '../graph/known-value';
import { liesIn } from '../graph/enter-context';
import type { Graph, Operation, Tensor } from '../graph/graph';
import type { ControlContext } from '../graph/operation';
import type { FunctionMessage } from '../format/function-def';
import type { NodeMessage } from '../format/node-def';
import { calledNames } from '../graph/called-functions';
import { nodeMessage } from '../graph/graph-message';
import { Func } from '../format/attr';
import { NDArray } from '../base/ndarray';
import { addUnder, append } from '../base/room';
import { type FunctionBody, makeBody } from '../graph/function-body';
import { originsOf } from '../graph/function-origins';
import type { GraphFunction } from '../graph/library';
import { type OpDef, isRegistered, opDef } from '../graph/opdef';
import { type Finding, MOST_NODES, finding } from './node-rules';

// --- loops --------------------------------------------------------------------------------------------------------

/** Looks at the loops and branches of a graph. */
export function lintFlow(graph: Graph): Finding[] {
  const ops = graph.getOperations();
  if (ops.length > MOST_NODES) return [];
  const loops = ops.flatMap((op) => {
    if (roleOf(op) === 'loopCond') return endlessLoop(op) ?? [];
    return op.def.row.calls ? endlessWhiles(op) : [];
  });
  const own = ops.some(decides) ? lintBranches(ops) : [];
  return [...loops, ...own, ...lintFunctions(ops)];
}

const roleOf = ({ def }: Operation): string | undefined => def.row.control;
const isTrue = (value: unknown): boolean | null => (value instanceof NDArray ? Boolean(value.data[0]) : null);

/** A loop of nodes, by its LoopCond. */
function endlessLoop(op: Operation): Finding | null {
  const [pred] = op.inputs;
  if (changesInLoop(pred) || waitsWithin(op)) return null;
  const name = op.name.replace(/\/LoopCond$/, '');
  return endless(op, name, isTrue(constantValue(pred)));
}
/** Whether what a tensor is made of may be another in the next iteration. */
function changesInLoop(pred: Tensor): boolean {
  const seen = new Set([pred]);
  for (const t of seen) {
    const { op } = t;
    const role = roleOf(op);
    if (role === 'enter' && !t.dtype.isRef) continue;
    const isSteady = role ? role !== 'exit' && role !== 'nextIteration' : op.def.effect === 'pure';
    if (!isSteady || t.dtype.isRef) return true;
    if (role === 'merge') {
      const back = op.inputs.find((from) => roleOf(from.op) === 'nextIteration');
      if (back && !comesRound(back, op)) return true;
      if (back) continue;
    }
    for (const input of op.inputs) seen.add(input);
  }
  return false;
}
/** Whether the body gives a variable back as it got it, from the Switch behind its Merge. */
function comesRound({ op: { inputs } }: Tensor, merge: Operation): boolean {
  let [{ op }] = inputs;
  while (op.def.row.passesThrough) [{ op }] = op.inputs;
  return roleOf(op) === 'switch' && op.inputs[0].op === merge;
}
/** Whether something in the loop may end it from outside: what waits may fail. */
function waitsWithin({ graph, context }: Operation): boolean {
  return graph.getOperations().some((op) => op.def.effect === 'waits' && liesIn(op.context, context));
}

/** The loops of functions that a node is, or has in the functions that it calls. */
function endlessWhiles(op: Operation): Finding[] {
  const { graph } = op;
  const own = nodeMessage(op, false);
  const nodes = [own];
  const seen = new Set<string>();
  for (const node of nodes)
    for (const name of calledNames(node)) {
      if (seen.has(name)) continue;
      seen.add(name);
      for (const inner of graph.library.get(name)?.body?.nodes ?? [])
        if (graph.opDef(inner.op).row.calls) nodes.push(inner);
    }
  return nodes.flatMap((node) =>
    graph.opDef(node.op).row.calls === 'while'
      ? (endlessWhile(op, node, node === own ? op.name : `${op.name}/${node.name}`) ?? [])
      : [],
  );
}
function endlessWhile(op: Operation, { attr }: NodeMessage, name: string): Finding | null {
  const { graph } = op;
  const [cond, body] = ['cond', 'body'].map((key) => functionOf(graph, attr[key]?.value));
  if (!cond || !body) return null;
  const nodes = new Map(cond.nodes.map((node) => [node.name, node]));
  const args = new Map(cond.signature.inputs.map((input, i) => [input.name, i]));
  const [from] = Object.values(cond.ret);
  const seen = new Set([from]);
  for (const edge of seen) {
    const arg = args.get(edge);
    if (arg !== undefined && !comesBack(body, arg)) return null;
    const node = nodes.get(nameOf(edge));
    if (!node) continue;
    const { row, effect } = graph.opDef(node.op);
    if (effect !== 'pure' || row.calls) return null;
    for (const input of node.input) if (!input.startsWith('^')) seen.add(input);
  }
  if (body.nodes.some((node) => graph.opDef(node.op).effect === 'waits')) return null;
  return endless(op, name, isTrue(nodes.get(nameOf(source(cond, from)))?.attr['value']?.value));
}
function functionOf(graph: Graph, func: unknown): FunctionMessage | null {
  return (func instanceof Func && graph.library.get(func.name)?.body) || null;
}
const nameOf = (edge: string): string => edge.replace(/:.*/, '');
/** What an edge of a function is the same as. */
function source(fn: FunctionMessage, edge: string): string {
  const nodes = new Map(fn.nodes.map((node) => [node.name, node]));
  const seen = new Set([edge]);
  for (const at of seen) {
    const node = at.includes(':') ? nodes.get(nameOf(at)) : null;
    if (!node?.input.length || !isRegistered(node.op) || !opDef(node.op).row.passesThrough) return at;
    seen.add(node.input[0]);
  }
  return edge;
}
/** Whether a body returns an argument as it is. */
function comesBack(body: FunctionMessage, arg: number): boolean {
  const { inputs, outputs } = body.signature;
  return source(body, body.ret[outputs[arg]?.name] ?? '') === inputs[arg]?.name;
}

function endless(op: Operation, name: string, holds: boolean | null): Finding | null {
  if (holds === false) return null;
  return finding(
    'endlessLoop',
    op,
    holds
      ? `the condition of the loop '${name}' is always true: it never ends`
      : `the condition of the loop '${name}' depends on nothing that the loop changes: where it is true it never ends`,
    'let it read a variable of the loop that the body returns anew, as i in (i) => tf.less(i, 10) and ' +
      '(i) => [i.add(1)], or say {maximumIterations}',
  );
}

// --- branches -----------------------------------------------------------------------------------------------------

/** The same in the functions that are called, each once. */
function lintFunctions(ops: readonly Operation[]): Finding[] {
  const seen = new Set<string>();
  return ops.flatMap((op) => {
    if (!op.def.row.calls) return [];
    const { graph } = op;
    const nodes = [nodeMessage(op, false)];
    const found: Finding[] = [];
    for (const node of nodes)
      for (const name of calledNames(node)) {
        const fn = seen.has(name) ? null : graph.library.get(name);
        seen.add(name);
        if (!fn?.body) continue;
        append(
          nodes,
          fn.body.nodes.filter((inner) => graph.opDef(inner.op).row.calls),
        );
        const body = bodyOf(op, fn, fn.body);
        if (body)
          append(found, lintBranches(body.operations, new Set([...body.controls, ...body.results.map((t) => t.op)])));
      }
    return found;
  });
}
/** A function that was built here and has branches and effects; its nodes know the branches that they are in. */
function bodyOf(caller: Operation, { def }: GraphFunction, fn: FunctionMessage): FunctionBody | null {
  const { library } = caller.graph;
  const defs = fn.nodes.map(({ op }) => caller.graph.opDef(op));
  const origins = originsOf(fn);
  const isOurs = origins.size > 0 && !fn.signature.attrs.length && fn.nodes.length <= MOST_NODES;
  if (!isOurs || !defs.some(({ effect }) => effect === 'writes') || !defs.some(isDecision)) return null;
  const body = makeBody({ def, fn, library, caller, attrs: {}, scope: '', sharesVariables: true });
  for (const op of body.operations) op.context = origins.get(op.name)?.context ?? null;
  return body;
}
/**
 * Effects that one branch alone reads or waits for, and that were made outside of it.
 *
 * @param asked  what is asked for in any case
 */
function lintBranches(ops: readonly Operation[], asked: ReadonlySet<Operation> = new Set()): Finding[] {
  const users = new Map<Operation, Operation[]>();
  for (const op of ops)
    for (const from of new Set([...op.inputs.map((t) => t.op), ...op.controlInputs])) addUnder(users, from, op);
  return [...users].flatMap(([op, by]) => {
    const effect = effectOf(op);
    const where = effect && !asked.has(op) && branchOf(op, by);
    return where ? [runsAnyway(effect, where)] : [];
  });
}
const isDecision = ({ row }: OpDef): boolean => row.calls === 'if' || row.control === 'switch';
const decides = ({ def }: Operation): boolean => isDecision(def);
/** What an operation does beside its outputs, itself or by a group or a read behind an update; null for nothing. */
function effectOf(op: Operation): Operation | null {
  const { effect, row } = op.def;
  if (effect === 'writes') return op.inputs.length && !row.isOrderedByEdges && !row.calls ? op : null;
  const groups = !op.inputs.length || effect === 'reads';
  return (groups && op.controlInputs.find((before) => effectOf(before))) || null;
}
/** The one branch that uses an operation, by a node in it; null where others do. */
function branchOf(op: Operation, users: readonly Operation[]): Operation | null {
  const [first] = users;
  if (users.length === 1 && first.def.row.calls === 'if') return usedByOne(op, first) ? first : null;
  let branch: ControlContext | null = first.context;
  while (branch?.outer && !liesIn(op.context, branch.outer)) branch = branch.outer;
  if (!branch || !('branch' in branch) || liesIn(op.context, branch)) return null;
  return users.every((user) => liesIn(user.context, branch)) ? first : null;
}
/** Whether a node that calls one of two functions is given something of which only one of these makes use. */
function usedByOne(op: Operation, call: Operation): boolean {
  const at = call.inputs.findIndex((t) => t.op === op) - 1;
  const bodies = ['then_branch', 'else_branch'].flatMap((name) => functionOf(call.graph, call.getAttr(name)) ?? []);
  const using = bodies.filter(({ signature, nodes, ret }) => {
    const arg = signature.inputs[at]?.name;
    return Object.values(ret).includes(arg) || nodes.some(({ input }) => input.includes(arg));
  });
  return at >= 0 && bodies.length === 2 && using.length === 1;
}
function runsAnyway(op: Operation, branch: Operation): Finding {
  const { line } = branch.trace;
  return finding(
    'effectOutsideOfBranch',
    op,
    `'${op.name}' is made outside of the branch${line ? ` at ${line}` : ''} that alone uses it, so it runs whichever ` +
      'branch is taken',
    'make it inside the function of the branch, as tf.cond(p, () => w.assign(5), () => w)',
  );
}
