/**
 * The graph of a session that a client opened. A client sends all that it has ever built, so nodes that this library
 * does not know come along: they are set aside with what reads them, and are an error for a run that needs them.
 */
import { InvalidArgumentError, NotFoundError, UnimplementedError } from '../base/errors';
import type { GraphMessage } from '../format/graphdef';
import type { NodeMessage } from '../format/node-def';
import { Graph, type Operation, type Tensor } from '../graph/graph';
import { importGraph } from '../graph/import';
import { attrMisfit } from '../graph/import-attrs';
import { isRegistered } from '../graph/opdef';
import { inOlderWords } from './older-words';
import { type Task, within } from './task';

/** What keeps nodes from being: op types that are not registered, or what a node says that is not known here. */
type Reasons = ReadonlyMap<string, Reason>;
interface Reason {
  /** The first node of which it is true. */
  readonly node: string;
  /** Whether it is an op type. */
  readonly isType: boolean;
}

export class ServedGraph {
  readonly graph = new Graph();
  /** Nodes that cannot be, and why. */
  private readonly aside = new Map<string, Reasons>();
  /** Nodes of an extension that failed half-way: the client sends them again. */
  private half = new Set<string>();
  constructor(private readonly task: Task) {
    this.graph.library.inWords = inOlderWords;
  }

  /** @throws ValueError  where edges, attributes or shapes do not fit */
  extend(message: GraphMessage): void {
    // The whole library comes with each extension, and what is in it is known.
    if (message.library) this.graph.library.addAll(message.library);
    const nodes = this.known(
      message.nodes.filter(({ name }) => !this.half.has(name)).flatMap((node) => this.ofTask(node)),
    );
    const before = this.graph.size;
    try {
      importGraph(this.graph, { ...message, nodes }, { name: '', joins: true });
      this.half.clear();
    } catch (error) {
      for (const op of this.graph.getOperations().slice(before)) this.half.add(op.name);
      throw error;
    }
  }
  private ofTask(node: NodeMessage): NodeMessage[] {
    return inOlderWords({ ...node, device: within(node.device, this.task) });
  }
  /** The nodes but for those that are set aside, now. */
  private known(nodes: readonly NodeMessage[]): NodeMessage[] {
    const reasons = (node: NodeMessage): Reasons | null => {
      const found = new Map<string, Reason>();
      for (const input of node.input)
        for (const [why, reason] of this.aside.get(input.replace(/^\^|:\d+$/g, '')) ?? []) found.set(why, reason);
      const own = this.misfit(node);
      if (own) found.set(own.why, { node: node.name, isType: own.isType });
      return found.size ? found : null;
    };
    let left = nodes;
    // Once for all but loops, whose ways back come later in the list.
    for (let before = -1; before !== this.aside.size; ) {
      before = this.aside.size;
      left = left.filter((node) => {
        const why = reasons(node);
        if (why) this.aside.set(node.name, why);
        return !why;
      });
    }
    return [...left];
  }
  private misfit(node: NodeMessage): { readonly why: string; readonly isType: boolean } | null {
    const isKnown = this.graph.library.get(node.op) || isRegistered(node.op);
    if (!isKnown) return { why: node.op, isType: true };
    const why = attrMisfit(node, this.graph.opDef(node.op));
    return why === null ? null : { why, isType: false };
  }

  /** @throws NotFoundError  that names every type of op that it would take and that is not here */
  tensors(names: readonly string[], what: 'feed' | 'fetch'): Tensor[] {
    this.check(names);
    return names.map((name) => {
      const [node, index] = endOf(name);
      const op = this.graph.findOperation(node);
      if (!op)
        throw new NotFoundError(
          null,
          what === 'feed' ? `FeedInputs: unable to find feed output ${name}` : `FetchOutputs node ${name}: not found`,
        );
      const tensor = op.outputs[index];
      if (tensor) return tensor;
      throw new InvalidArgumentError(null, noSuchEnd(what, name, op.outputs.length));
    });
  }
  /** By the names of nodes, or of one of their ends. */
  operations(names: readonly string[]): Operation[] {
    this.check(names);
    return names.map((name) => {
      const op = this.graph.findOperation(endOf(name)[0]);
      if (op) return op;
      throw new NotFoundError(null, `PruneForTargets: Some target nodes not found: ${name} `);
    });
  }
  private check(names: readonly string[]): void {
    const missing = new Map<string, Reason>();
    for (const name of names)
      for (const [why, reason] of this.aside.get(name.replace(/:\d+$/, '')) ?? []) missing.set(why, reason);
    if (!missing.size) return;
    const types = [...missing].filter(([, { isType }]) => isType);
    const [strange] = [...missing].filter(([, { isType }]) => !isType);
    if (strange) throw new UnimplementedError(null, `${strange[0]}\n\t [[{{node ${strange[1].node}}}]]`);
    const [[type, { node }], ...others] = types;
    const more = others.map(([other, reason]) => `\n  nor '${other}', of '${reason.node}'`);
    throw new NotFoundError(
      null,
      `Op type not registered '${type}' in binary running on tfjs-session. Make sure the Op and Kernel are ` +
        `registered in the binary running in this process.\n\t [[{{node ${node}}}]]${more.join('')}`,
    );
  }
}
/** A node and which of its ends: `name:1`; the first where none is named. */
function endOf(name: string): [node: string, index: number] {
  const [, node, index] = /^(.*):(\d+)$/.exec(name) ?? ['', name, '0'];
  return [node, Number(index)];
}
function noSuchEnd(what: 'feed' | 'fetch', name: string, count: number): string {
  if (what === 'feed') return `FeedInputs: ${name} should have output index < ${count}`;
  if (count) return `FetchOutputs ${name}: output index too large, must be < ${count}`;
  return (
    `Tried to fetch data for '${name}', which produces no output.  To run to a node but not fetch any data, pass ` +
    `'${name}' as an argument to the 'target_node_names' argument of the Session::Run API.`
  );
}
