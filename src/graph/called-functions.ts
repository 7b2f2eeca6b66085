/** The functions that nodes call, and whether their bodies hold together, which importing such nodes asks. */
import { ValueError } from '../base/errors';
import { addUnder } from '../base/room';
import { Func } from '../format/attr';
import type { FunctionMessage } from '../format/function-def';
import type { NodeMessage } from '../format/node-def';
import { isRegistered, opDef } from './opdef';
import type { Graph } from './operation';

/** The names of all functions that a node may call: its op type, and what its attributes name. */
export function calledNames({ op, attr }: NodeMessage): string[] {
  const named = Object.values(attr).flatMap(({ value }): readonly unknown[] =>
    Array.isArray(value) ? value : [value],
  );
  return [op, ...named.flatMap((value) => (value instanceof Func ? [value.name] : []))];
}

/** The function whose results are those of a node: TensorFlow looks into it for their shapes. */
function calledFor(graph: Graph, { op, attr }: NodeMessage): FunctionMessage | null {
  if (attr['_disable_call_shape_inference']?.value === true) return null;
  const { calls } = graph.opDef(op).row;
  const f = attr['f']?.value;
  const name = calls === 'function' ? op : calls === 'call' && f instanceof Func ? f.name : null;
  return (name !== null && graph.library.get(name)?.body) || null;
}
/** @throws ValueError  where a body that is called reads what is not there, or waits for itself */
export function checkCalled(graph: Graph, nodes: readonly NodeMessage[]): void {
  const called = new Map<FunctionMessage, string>();
  const note = (list: readonly NodeMessage[]): void => {
    for (const node of list) {
      const fn = calledFor(graph, node);
      if (fn && !called.has(fn)) called.set(fn, node.name);
    }
  };
  note(nodes);
  for (const [fn, caller] of called) {
    checkEdges(fn, `\n  in function '${fn.signature.name}', called by '${caller}'`);
    note(fn.nodes.filter(({ op }) => graph.library.get(op) !== undefined || isRegistered(op)));
  }
}
const before = (edge: string): string => edge.replace(/^\^|:.*/g, '');

function checkEdges({ signature, nodes, ret }: FunctionMessage, where: string): void {
  const known = new Set([...signature.inputs, ...nodes].map(({ name }) => name));
  for (const { name, input } of nodes) {
    const missing = input.find((edge) => !known.has(before(edge)));
    if (missing !== undefined)
      throw new ValueError(`input ${missing} is not found: {{node ${name}}}\n\tIn {{node ${name}}}${where}`);
  }
  for (const { name, type } of signature.outputs) {
    const edge = Object.hasOwn(ret, name) ? ret[name] : null;
    if (edge !== null && known.has(before(edge))) continue;
    const said = edge === null ? `Return ${name} missing.` : `Return ${name} -> ${edge} is not found.`;
    throw new ValueError(`${said}${type ? `\n\tIn function output ${name}:${type.cName}` : ''}${where}`);
  }
  const stuck = waitingForThemselves(nodes);
  if (!stuck.size) return;
  const results = signature.outputs.filter(({ name }) => stuck.has(before(ret[name])));
  const [first] = stuck;
  throw new ValueError(`${stuck.size + results.length} nodes in a cycle${where}, where '${first}' waits for itself`);
}
const control = (type: string | undefined): string | undefined =>
  type !== undefined && isRegistered(type) ? opDef(type).row.control : undefined;
/** The nodes that never run: those in a ring, and behind it. */
function waitingForThemselves(nodes: readonly NodeMessage[]): ReadonlySet<string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const readers = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const { name, op, input } of nodes) {
    // The way back of a loop.
    const isBack = (edge: string): boolean =>
      control(op) === 'merge' && control(byName.get(before(edge))?.op) === 'nextIteration';
    const from = input.filter((edge) => byName.has(before(edge)) && !isBack(edge)).map(before);
    for (const each of from) addUnder(readers, each, name);
    open.set(name, from.length);
  }
  const done = new Set([...open].flatMap(([name, count]) => (count ? [] : [name])));
  for (const name of done)
    for (const reader of readers.get(name) ?? []) {
      const left = (open.get(reader) ?? 0) - 1;
      open.set(reader, left);
      if (!left) done.add(reader);
    }
  return new Set([...open.keys()].filter((name) => !done.has(name)));
}
