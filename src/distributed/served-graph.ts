/**
 * The graph of a session that a client opened. A client sends all that it has ever built, so nodes that this library
 * does not know come along: they are set aside with what reads them, and are an error for a run that needs them.
 */
import { NotFoundError } from '../base/errors';
import type { GraphMessage } from '../format/graphdef';
import type { NodeMessage } from '../format/node-def';
import { Graph, type Operation, type Tensor } from '../graph/graph';
import { importGraph } from '../graph/import';
import { isRegistered } from '../graph/opdef';

/** Op types that are not registered, and nodes of each. */
type Unknown = ReadonlyMap<string, string>;

export class ServedGraph {
  readonly graph = new Graph();
  /** Nodes that cannot be, and why. */
  private readonly aside = new Map<string, Unknown>();
  /** Nodes of an extension that failed half-way: the client sends them again. */
  private half = new Set<string>();

  /** @throws ValueError  where edges, attributes or shapes do not fit */
  extend(message: GraphMessage): void {
    // The whole library comes with each extension, and what is in it is known.
    if (message.library) this.graph.library.addAll(message.library);
    const nodes = this.known(message.nodes.filter(({ name }) => !this.half.has(name)));
    const before = this.graph.size;
    try {
      importGraph(this.graph, { ...message, nodes }, { name: '', joins: true });
      this.half.clear();
    } catch (error) {
      for (const op of this.graph.getOperations().slice(before)) this.half.add(op.name);
      throw error;
    }
  }
  /** The nodes but for those that are set aside, now. */
  private known(nodes: readonly NodeMessage[]): NodeMessage[] {
    const { library } = this.graph;
    const reasons = (node: NodeMessage): Unknown | null => {
      const found = new Map<string, string>();
      for (const input of node.input)
        for (const [type, name] of this.aside.get(input.replace(/^\^|:\d+$/g, '')) ?? []) found.set(type, name);
      if (!isRegistered(node.op) && !library.get(node.op)) found.set(node.op, node.name);
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

  /** @throws NotFoundError  that names every type of op that it would take and that is not here */
  tensors(names: readonly string[], what: 'feed' | 'fetch'): Tensor[] {
    this.check(names);
    return names.map((name) => {
      const [, node, index] = /^(.*):(\d+)$/.exec(name) ?? ['', name, '0'];
      const op = this.graph.findOperation(node);
      const tensor = op?.outputs[Number(index)];
      if (tensor) return tensor;
      throw new NotFoundError(null, op ? outOfRange(name) : `${WORDS[what]} ${name}: not found`);
    });
  }
  operations(names: readonly string[]): Operation[] {
    this.check(names);
    return names.map((name) => {
      const op = this.graph.findOperation(name);
      if (op) return op;
      throw new NotFoundError(null, `PruneForTargets: Some target nodes not found: ${name} `);
    });
  }
  private check(names: readonly string[]): void {
    const missing = new Map<string, string>();
    for (const name of names)
      for (const [type, node] of this.aside.get(name.replace(/:\d+$/, '')) ?? []) missing.set(type, node);
    if (!missing.size) return;
    const [first] = missing;
    const more = [...missing].slice(1).map(([type, node]) => `\n  nor '${type}', of '${node}'`);
    throw new NotFoundError(
      null,
      `Op type not registered '${first[0]}' in binary running on tfjs-session. Make sure the Op and Kernel are ` +
        `registered in the binary running in this process.\n\t [[{{node ${first[1]}}}]]${more.join('')}`,
    );
  }
}
const WORDS = { feed: 'FeedInputs: unable to find feed output', fetch: 'FetchOutputs node' };
function outOfRange(name: string): string {
  return `FetchOutputs ${name}: output index too large, must be < the number of outputs`;
}
