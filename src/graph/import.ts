/** Nodes of a GraphDef as nodes of a graph: they come in by `emit`, and the ways back of loops by `updateInput`. */
import { entryOf } from '../base/keys';
import { ValueError } from '../base/errors';
import { addUnder } from '../base/room';
import type { GraphMessage } from '../format/graphdef';
import type { NodeMessage } from '../format/node-def';
import { Attr, plainAttrs } from '../format/attr';
import { checkCalled } from './called-functions';
import { edgeTypes } from './check-attr';
import { enterContext } from './enter-context';
import { joinVersions } from './graph-message';
import { inOrder } from './import-order';
import { SHAPES, WITHOUT_RANK, attrsOf, giveShapes } from './import-attrs';
import { type OpDef, isRegistered } from './opdef';
import type { Origins } from './function-origins';
import type { Graph, Operation, Tensor } from './operation';
import { Trace } from './trace';

export interface ImportOptions {
  /** A scope for all names; '' for none. */
  readonly name?: string;
  /** Tensors of the graph in the place of others of the message, by their names there: `x`, `x:0`. */
  readonly inputMap?: Readonly<Record<string, Tensor>>;
  /** Where the nodes are said to be made; where they are imported, if nothing is said. */
  readonly trace?: Trace;
  /** The same of single nodes, by their names in the message, and what they are the gradients of. */
  readonly origins?: Origins;
  /** The scope as it is, in the place of `name`; ends in a slash, or is ''. */
  readonly prefix?: string;
  /** For programs: nodes whose names are taken get other ones, `x_1`, and static shapes come from the message. */
  readonly uniquify?: boolean;
  /** What the message does not have is looked for in the graph: the message goes on with what came before. */
  readonly joins?: boolean;
}
/** What came of an import. */
export interface Imported {
  /** The operations, in the order of the message. */
  readonly operations: Operation[];
  /** The operation of a node of the message. */
  find(name: string): Operation | undefined;
  /** The names in `inputMap` that no node asked for. */
  readonly unused: string[];
}

/**
 * Adds the nodes and functions of a message to a graph, after TensorFlow's importer. Nothing of the open scopes gets
 * into them. A node whose op has no kernel or gradient here comes in like any other; what needs one says so.
 *
 * @returns  the operations, in the order of the message
 * @throws ValueError  if types are not registered, or edges do not fit
 */
export function importGraph(graph: Graph, message: GraphMessage, options: ImportOptions = {}): Operation[] {
  return importNodes(graph, message, options).operations;
}
/** The same, and what else is known of it. */
export function importNodes(
  graph: Graph,
  message: GraphMessage,
  {
    name = 'import',
    inputMap = {},
    trace = new Trace(importNodes),
    origins = new Map(),
    uniquify = false,
    joins = false,
    ...more
  }: ImportOptions,
): Imported {
  if (message.library) graph.library.addAll(message.library);
  const defs = definitionsOf(graph, message.nodes);
  if (uniquify) checkCalled(graph, message.nodes);
  const prefix = more.prefix ?? (name && `${graph.uniqueName(name)}/`);
  const isOld = (message.versions?.producer ?? Infinity) <= WITHOUT_RANK;
  const how = { prefix, inputMap, trace, origins, uniquify, joins, isOld };
  const importer = new Importer(graph, message.nodes, defs, how);
  importer.run();
  if (message.versions) joinVersions(graph, message.versions);
  return {
    operations: message.nodes.map((node) => importer.made(node.name)),
    find: (node) => importer.made(node),
    unused: Object.keys(inputMap).filter((key) => !importer.used.has(key)),
  };
}

/** @throws ValueError  that names all types that are neither registered nor functions of the library */
function definitionsOf(graph: Graph, nodes: readonly NodeMessage[]): ReadonlyMap<string, OpDef> {
  const defs = new Map<string, OpDef>();
  const missing = new Map<string, string[]>();
  for (const { op, name } of nodes) {
    if (defs.has(op)) continue;
    if (graph.library.get(op) || isRegistered(op)) defs.set(op, graph.opDef(op));
    else addUnder(missing, op, name);
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
  /** The keys of `inputMap` that a node asked for. */
  readonly used = new Set<string>();
  private readonly nodes: ReadonlyMap<string, NodeMessage>;
  private readonly ops = new Map<string, Operation>();
  /** Inputs that are set when all nodes are there: a loop's way back. */
  private readonly late: (readonly [op: Operation, index: number, from: string])[] = [];
  constructor(
    private readonly graph: Graph,
    nodes: readonly NodeMessage[],
    private readonly defs: ReadonlyMap<string, OpDef>,
    private readonly how: Required<Omit<ImportOptions, 'name'>> & { readonly isOld: boolean },
  ) {
    this.nodes = new Map(nodes.map((node) => [node.name, node]));
    if (this.nodes.size === nodes.length) return;
    const twice = nodes.find((node, i) => nodes.findIndex((other) => other.name === node.name) < i)!;
    throw new ValueError(`Node '${twice.name}' is not unique`);
  }
  /** Makes each node behind those that it reads, in the message's order where that allows. */
  run(): void {
    for (const node of inOrder([...this.nodes.values()], (each) => this.needed(each))) this.make(node);
    for (const [op, index, from] of this.late) this.graph.updateInput(op, index, this.tensor(from, op.name));
    if (this.graph.flow.context) for (const op of this.ops.values()) enterContext(op);
  }
  made(name: string): Operation {
    return this.ops.get(name) ?? this.earlier(name)!;
  }
  private earlier(name: string): Operation | undefined {
    return this.how.joins ? this.graph.findOperation(name) : undefined;
  }
  /** The nodes that must be there before a node is made: all that it reads but for the ways back into a loop. */
  private needed(node: NodeMessage): NodeMessage[] {
    return node.input.flatMap((input) => {
      if (this.mapped(input) || this.isWayBack(node, input)) return [];
      const before = this.nodes.get(nodeOf(input));
      if (!before && this.earlier(nodeOf(input))) return [];
      if (!before) throw new ValueError(`Node '${node.name}': Unknown input node '${input}'`);
      return [before];
    });
  }
  private mapped(input: string): Tensor | undefined {
    const { inputMap } = this.how;
    const other = input.endsWith(':0') ? input.slice(0, -2) : `${input}:0`;
    const key = Object.hasOwn(inputMap, input) ? input : Object.hasOwn(inputMap, other) ? other : null;
    if (key === null) return undefined;
    this.used.add(key);
    return inputMap[key];
  }
  private isWayBack(node: NodeMessage, input: string): boolean {
    const from = this.nodes.get(nodeOf(input));
    return (
      !input.startsWith('^') &&
      this.defs.get(node.op)?.row.control === 'merge' &&
      from !== undefined &&
      this.defs.get(from.op)?.row.control === 'nextIteration'
    );
  }
  private make(node: NodeMessage): void {
    const def = entryOf(this.defs, node.op);
    const { prefix, trace, origins, uniquify, isOld } = this.how;
    const attrs = attrsOf(node, def, prefix, isOld);
    const shapes = attrs[SHAPES];
    // What a program imports is its own from then on; what is a message's stays as it was.
    if (uniquify) delete attrs[SHAPES];
    const data = node.input.filter((input) => !input.startsWith('^'));
    const inputs = data.map((from) => (this.isWayBack(node, from) ? null : this.tensor(from, node.name)));
    checkInputs(node, inputs, edgeTypes(node.op, def.inputs, plainAttrs(attrs)));
    const op = this.graph.emit({
      def,
      name: this.nameOf(prefix + node.name),
      inputs,
      controls: node.input.filter((input) => input.startsWith('^')).map((input) => this.controlOf(input)),
      outputTypes: edgeTypes(node.op, def.outputs, plainAttrs(attrs)),
      attrs,
      device: node.device,
      trace: origins.get(node.name)?.trace ?? trace,
      unknown: node.unknown,
    });
    op.originalOp = origins.get(node.name)?.originalOp ?? null;
    this.ops.set(node.name, op);
    if (uniquify && shapes instanceof Attr) giveShapes(op, shapes);
    inputs.forEach((tensor, i) => {
      if (!tensor) this.late.push([op, i, data[i]]);
    });
  }
  /** `x_1`, where there is an x. */
  private nameOf(name: string): string {
    if (!this.how.uniquify) return name;
    let free = name;
    for (let i = 1; this.graph.findOperation(free); i++) free = `${name}_${i}`;
    return free;
  }
  private controlOf(input: string): Operation {
    return this.mapped(input)?.op ?? this.made(nodeOf(input));
  }
  private tensor(input: string, reader: string): Tensor {
    const mapped = this.mapped(input);
    if (mapped) return mapped;
    const { outputs, def } = this.made(nodeOf(input));
    const index = Number(/:(\d+)$/.exec(input)?.[1] ?? 0);
    if (outputs[index]) return outputs[index];
    throw new ValueError(
      `Node '${reader}': Connecting to invalid output ${index} of source node ${nodeOf(input)} which has ` +
        `${outputs.length} outputs.${hintFor(def)}`,
    );
  }
}
/** Gradients give conditionals and loops more outputs than a session has of them that has run them. */
function hintFor({ row }: OpDef): string {
  const grows = row.calls === 'if' || row.calls === 'while';
  return grows ? ' Try using tf.compat.v1.experimental.output_all_intermediates(True).' : '';
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
