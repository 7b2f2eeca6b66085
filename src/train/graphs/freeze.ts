/** Variables as constants of their values. */
import { DType } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import { toNDArray } from '../../base/to-ndarray';
import { GraphDef } from '../../format/graph-def';
import type { NodeMessage } from '../../format/node-def';
import { Attr } from '../../format/attr';

/** Values of variables, by the names of tensors that read them. */
export type Read = (names: readonly string[]) => readonly unknown[];
const HOLDS = new Set(['Variable', 'VariableV2', 'VarHandleOp']);
const READS = new Set(['ReadVariableOp', 'ResourceGather']);
/** What hands a handle on. */
const PASSES = new Set(['Switch', 'Enter', 'Exit', 'Identity', 'Merge', 'NextIteration']);
const sourceOf = (node: NodeMessage, index = 0): string => node.input[index].split(':')[0];

/** The graph with constants in the place of variables. */
export function freeze(graph: GraphDef, isWanted: (name: string) => boolean, read: Read): GraphDef {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const variables = graph.nodes.filter(({ op, name }) => HOLDS.has(op) && isWanted(name));
  const passed = new Map<string, DType>();
  for (const node of graph.nodes) if (READS.has(node.op)) follow(node, byName, passed);
  const names = variables.map(({ op, name }) => (op === 'VarHandleOp' ? `${name}/Read/ReadVariableOp:0` : `${name}:0`));
  const values = read(names);
  const frozen = new Map(variables.map(({ name }, i) => [name, values[i]]));
  const kept = new Set(
    graph.nodes.filter(({ op, name }) => op === 'VarHandleOp' && !frozen.has(name)).map((n) => n.name),
  );
  const nodes = graph.nodes.flatMap((node) => {
    if (frozen.has(node.name)) return [constant(node.name, typeOf(node, 'dtype'), frozen.get(node.name))];
    const dtype = passed.get(node.name);
    if (dtype) {
      const { _output_shapes: _, ...attr } = node.attr;
      return [{ ...node, attr: { ...attr, T: new Attr('type', dtype) } }];
    }
    if (READS.has(node.op) && kept.has(origin(node, byName))) return [node];
    if (node.op === 'ReadVariableOp') return [asIdentity(node)];
    return node.op === 'ResourceGather' ? asGather(node) : [node];
  });
  return new GraphDef({ ...graph, nodes });
}
/** The nodes between a read and its variable carry values from now on. */
function follow(reader: NodeMessage, byName: ReadonlyMap<string, NodeMessage>, passed: Map<string, DType>): void {
  const next = [sourceOf(reader)];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const node = byName.get(name);
    if (!node || (!PASSES.has(node.op) && node.op !== 'VarHandleOp'))
      throw new ValueError('Cannot find the variable that is an input to the ReadVariableOp.');
    if (node.op === 'VarHandleOp' || passed.has(name)) continue;
    passed.set(name, typeOf(reader, 'dtype'));
    next.push(sourceOf(node));
    if (node.op === 'Merge') next.push(sourceOf(node, 1));
  }
}
function origin(node: NodeMessage, byName: ReadonlyMap<string, NodeMessage>): string {
  let name = sourceOf(node);
  const seen = new Set<string>();
  for (let at = byName.get(name); at && PASSES.has(at.op) && !seen.has(name); at = byName.get(name)) {
    seen.add(name);
    name = sourceOf(at);
  }
  return name;
}
function typeOf({ name, attr }: NodeMessage, key: string): DType {
  const found = attr[key];
  if (found?.kind !== 'type' || !(found.value instanceof DType))
    throw new ValueError(`The node ${name} has no attribute ${key}.`);
  return found.value;
}
function constant(name: string, dtype: DType, value: unknown): NodeMessage {
  const array = toNDArray(value, dtype);
  const attr = { dtype: new Attr('type', dtype), value: new Attr('tensor', array) };
  return { name, op: 'Const', input: [], device: '', attr, unknown: new Uint8Array(0) };
}
function picked({ attr }: NodeMessage, key: string): Record<string, Attr> {
  return attr[key] ? { [key]: attr[key] } : {};
}
function asIdentity(node: NodeMessage): NodeMessage {
  const attr = { T: new Attr('type', typeOf(node, 'dtype')), ...picked(node, '_class') };
  return { ...node, op: 'Identity', input: [node.input[0]], device: '', attr, unknown: new Uint8Array(0) };
}
function asGather(node: NodeMessage): NodeMessage[] {
  if (Number(node.attr.batch_dims?.value ?? 0) !== 0)
    throw new ValueError('batch_dims != 0 is not supported by freeze_graph.');
  const axis = `${node.name}/axis`;
  const index = new Attr('type', typeOf(node, 'Tindices'));
  const attr = { Tparams: new Attr('type', typeOf(node, 'dtype')), Tindices: index, Taxis: index };
  const input = [node.input[0], node.input[1], axis];
  return [
    constant(axis, typeOf(node, 'Tindices'), 0),
    {
      ...node,
      op: 'GatherV2',
      input,
      device: '',
      attr: { ...attr, ...picked(node, '_class') },
      unknown: new Uint8Array(0),
    },
  ];
}
