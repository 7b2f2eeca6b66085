/** Nodes of a GraphDef as nodes of a graph: they come in by `emit`, and the ways back of loops by `updateInput`. */
import { ValueError } from '../base/errors';
import type { GraphMessage, Versions } from '../format/graphdef';
import type { NodeMessage } from '../format/node-def';
import { Attr, type AttrValue, isOfKind, plainAttrs } from './attr';
import { edgeTypes } from './check-attr';
import { versionsOf } from './graph-message';
import { type OpDef, isRegistered } from './opdef';
import type { Graph, Operation, Tensor } from './operation';
import type { AttrDef } from './signature';
import { Trace } from './trace';

export interface ImportOptions {
  /** A scope for all names; '' for none. */
  readonly name?: string;
  /** Tensors of the graph in the place of others of the message, by their names there: `x`, `x:0`. */
  readonly inputMap?: Readonly<Record<string, Tensor>>;
  /** Where the nodes are said to be made; where they are imported, if nothing is said. */
  readonly trace?: Trace;
}

/**
 * Adds the nodes and functions of a message to a graph, after TensorFlow's importer. Nothing of the open scopes gets
 * into them. A node whose op has no kernel or gradient here comes in like any other; what needs one says so.
 *
 * @returns  the operations, in the order of the message
 * @throws ValueError  if types are not registered, or edges do not fit
 */
export function importGraph(
  graph: Graph,
  message: GraphMessage,
  { name = 'import', inputMap = {}, trace = new Trace(importGraph) }: ImportOptions = {},
): Operation[] {
  if (message.library) graph.library.addAll(message.library);
  const defs = definitionsOf(graph, message.nodes);
  const prefix = name && `${graph.uniqueName(name)}/`;
  const importer = new Importer(graph, message.nodes, defs, prefix, inputMap, trace);
  importer.run();
  if (message.versions) joinVersions(graph, message.versions);
  return message.nodes.map((node) => importer.made(node.name));
}

/** @throws ValueError  that names all types that are neither registered nor functions of the library */
function definitionsOf(graph: Graph, nodes: readonly NodeMessage[]): ReadonlyMap<string, OpDef> {
  const defs = new Map<string, OpDef>();
  const missing = new Map<string, string[]>();
  for (const { op, name } of nodes) {
    if (defs.has(op)) continue;
    if (graph.library.get(op) || isRegistered(op)) defs.set(op, graph.opDef(op));
    else missing.set(op, [...(missing.get(op) ?? []), name]);
  }
  if (!missing.size) return defs;
  const lines = [...missing].map(([type, names]) => `\n  '${type}', of ${names.map((n) => `'${n}'`).join(', ')}`);
  throw new ValueError(
    `Op type not registered '${[...missing.keys()][0]}' in binary running on localhost. Make sure the Op and Kernel ` +
      'are registered in the binary running in this process' +
      `.${lines.join('')}`,
  );
}

class Importer {
  private readonly nodes: ReadonlyMap<string, NodeMessage>;
  private readonly ops = new Map<string, Operation>();
  /** Inputs that are set when all nodes are there: a loop's way back. */
  private readonly late: (readonly [op: Operation, index: number, from: string])[] = [];
  constructor(
    private readonly graph: Graph,
    nodes: readonly NodeMessage[],
    private readonly defs: ReadonlyMap<string, OpDef>,
    private readonly prefix: string,
    private readonly inputMap: Readonly<Record<string, Tensor>>,
    private readonly trace: Trace,
  ) {
    this.nodes = new Map(nodes.map((node) => [node.name, node]));
    if (this.nodes.size === nodes.length) return;
    const twice = nodes.find((node, i) => nodes.findIndex((other) => other.name === node.name) < i)!;
    throw new ValueError(`Node '${twice.name}' is not unique`);
  }
  /** Each node after those that it reads, in the message's order where that allows. */
  run(): void {
    const state = new Map<NodeMessage, 'open' | 'done'>();
    for (const root of this.nodes.values()) {
      const stack = [root];
      for (let node = stack[stack.length - 1]; node; node = stack[stack.length - 1]) {
        const before = state.get(node) === 'done' ? [] : this.needed(node).filter((n) => state.get(n) !== 'done');
        if (before.some((n) => state.get(n) === 'open'))
          throw new ValueError(`${node.name} is one of nodes in a cycle`);
        if (before.length) {
          state.set(node, 'open');
          stack.push(...before.reverse());
          continue;
        }
        if (state.get(node) !== 'done') this.make(node);
        state.set(node, 'done');
        stack.pop();
      }
    }
    for (const [op, index, from] of this.late) this.graph.updateInput(op, index, this.tensor(from, op.name));
  }
  made(name: string): Operation {
    return this.ops.get(name)!;
  }
  /** The nodes that must be there before a node is made: all that it reads but for the ways back into a loop. */
  private needed(node: NodeMessage): NodeMessage[] {
    return node.input.flatMap((input) => {
      if (this.mapped(input) || this.isWayBack(node, input)) return [];
      const before = this.nodes.get(nodeOf(input));
      if (!before) throw new ValueError(`Node '${node.name}': Unknown input node '${input}'`);
      return [before];
    });
  }
  private mapped(input: string): Tensor | undefined {
    return this.inputMap[input] ?? this.inputMap[input.endsWith(':0') ? input.slice(0, -2) : `${input}:0`];
  }
  private isWayBack(node: NodeMessage, input: string): boolean {
    const from = this.nodes.get(nodeOf(input));
    return (
      this.defs.get(node.op)?.row.control === 'merge' &&
      from !== undefined &&
      this.defs.get(from.op)?.row.control === 'nextIteration'
    );
  }
  private make(node: NodeMessage): void {
    const def = this.defs.get(node.op)!;
    const attrs = attrsOf(node, def, this.prefix);
    const data = node.input.filter((input) => !input.startsWith('^'));
    const inputs = data.map((from) => (this.isWayBack(node, from) ? null : this.tensor(from, node.name)));
    checkInputs(node, inputs, edgeTypes(node.op, def.inputs, plainAttrs(attrs)));
    const op = this.graph.emit({
      def,
      name: this.prefix + node.name,
      inputs,
      controls: node.input.filter((input) => input.startsWith('^')).map((input) => this.controlOf(input)),
      outputTypes: edgeTypes(node.op, def.outputs, plainAttrs(attrs)),
      attrs,
      device: node.device,
      trace: this.trace,
      unknown: node.unknown,
    });
    this.ops.set(node.name, op);
    inputs.forEach((tensor, i) => {
      if (!tensor) this.late.push([op, i, data[i]]);
    });
  }
  private controlOf(input: string): Operation {
    return this.mapped(input)?.op ?? this.made(nodeOf(input));
  }
  private tensor(input: string, reader: string): Tensor {
    const mapped = this.mapped(input);
    if (mapped) return mapped;
    const { outputs } = this.made(nodeOf(input));
    const index = Number(/:(\d+)$/.exec(input)?.[1] ?? 0);
    if (outputs[index]) return outputs[index];
    throw new ValueError(
      `Node '${reader}': Connecting to invalid output ${index} of source node ${nodeOf(input)} which has ` +
        `${outputs.length} outputs.`,
    );
  }
}
/** `node` of `node`, `node:1` and `^node`. */
function nodeOf(input: string): string {
  return input.replace(/^\^|:\d+$/g, '');
}
function checkInputs(node: NodeMessage, inputs: readonly (Tensor | null)[], types: readonly Tensor['dtype'][]): void {
  if (inputs.length !== types.length)
    throw new ValueError(
      `NodeDef expected inputs '${types.map((t) => t.cName).join(', ')}' do not match ${inputs.length} inputs ` +
        `specified; NodeDef: {{node ${node.name}}}`,
    );
  inputs.forEach((tensor, i) => {
    if (!tensor || tensor.dtype === types[i] || (!types[i].isRef && tensor.dtype.baseDtype === types[i])) return;
    throw new ValueError(
      `Input ${i} of node ${node.name} was passed ${tensor.dtype.cName} from ${tensor.name} incompatible with ` +
        `expected ${types[i].cName}.`,
    );
  });
}
/** A node's attributes, with the defaults of those that a program older than the definition left out. */
function attrsOf(node: NodeMessage, def: OpDef, prefix: string): Record<string, Attr | AttrValue> {
  const attrs: Record<string, Attr | AttrValue> = { ...node.attr };
  for (const attr of def.attrs) attrs[attr.name] = declared(node, attr);
  const { value } = node.attr['_class'] ?? {};
  if (prefix && isOfKind(value, 'list(string)'))
    attrs['_class'] = new Attr(
      'list(string)',
      value.map((group) => group.replace(/^loc:@/, `loc:@${prefix}`)),
    );
  return attrs;
}
function declared(node: NodeMessage, { name, kind, default: fallback }: AttrDef): Attr | AttrValue {
  const given = node.attr[name];
  if (given?.kind === kind) return given;
  if (given?.kind === 'list' && kind.startsWith('list(')) return new Attr(kind, given.value, given.bytes);
  if (given)
    throw new ValueError(
      `AttrValue had value with type '${given.kind}' when '${kind}' expected\n\t for attr '${name}'\n\t; ` +
        `NodeDef: {{node ${node.name}}}`,
    );
  if (fallback !== undefined) return fallback;
  throw new ValueError(`NodeDef missing attr '${name}' from Op<name=${node.op}>; NodeDef: {{node ${node.name}}}`);
}
/** What can read the two parts can read the whole. */
function joinVersions(graph: Graph, other: Versions): void {
  const readable = versionsOf(graph);
  const { producer, minConsumer, badConsumers, unknown } = readable.versions;
  readable.versions = {
    producer: Math.min(producer, other.producer),
    minConsumer: Math.max(minConsumer, other.minConsumer),
    badConsumers: [...new Set([...badConsumers, ...other.badConsumers])],
    unknown,
  };
}
