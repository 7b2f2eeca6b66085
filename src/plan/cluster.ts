/**
 * Finds the part of a pruned graph that is a pure function of what is fed, read and drawn: the part that a device may
 * take as a whole. What has effects, and what comes after effects, stays outside.
 */
import { entryOf } from '../base/keys';
import { OpDef } from '../graph/opdef';
import {
  type Cluster,
  EdgeList,
  type Frame,
  type Output,
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  frameBehind,
  hasEffect,
  isOfStep,
  outermost,
  roleOf,
} from './node';
import { noteOrder } from './order';
import { Reads } from './reads';
import { type Region, isTensor, regionsOf, waitsOf } from './regions';

/** What the node is that stands for the whole of a cluster: no op, and pure. */
const CLUSTER = new OpDef('Cluster', '->', {});

/** What may be inside of a cluster. */
export interface Choice {
  /** Whether a node may be. Of regions (regions.ts) the parts are asked that are no control flow. */
  takes(node: PlanNode): boolean;
  /** Inputs of a node that TensorFlow's rewrites would leave out, and with them the error that they may be. */
  mustRun?(node: PlanNode): readonly Source[];
  /** Whether a loop, or what parts and joins again, may be as a whole. */
  takesRegion?(region: Region): boolean;
}
/** TensorFlow takes some 0.2 ms a node when it first runs a graph: a part of more nodes is several. */
const PIECE = 2000;
/**
 * Replaces the pure part by one node, a cluster; a large one by several in a row. Returns none where it would hold
 * fewer than two nodes, or where only tokens can run the graph.
 */
export function clusterPureNodes(pruned: PrunedGraph, choice: Choice): readonly Cluster[] {
  const { takes, mustRun = () => [], takesRegion = () => false } = choice;
  if (!noteOrder(pruned)) return [];
  const { inside, late } = wholeParts(pruned, takes, takesRegion);
  for (const node of inside) if (node.inputs.some((s) => !('feed' in s) && late.has(s.node))) return [];
  if (inside.size < 2) return [];

  const outside = pruned.nodes.filter((n) => !inside.has(n));
  const pieces = new Pieces(inside);
  for (const s of [...outside.flatMap((n) => n.inputs), ...pruned.fetches, ...[...inside].flatMap(mustRun)])
    pieces.noteReadOutside(s);
  const clusters = pieces.clusters();
  if (!clusters.length) return [];

  const nodes = clusters.map(nodeOf);
  const redirect = (s: Source): Source => {
    const at = pieces.outputAt(s);
    return at ? { node: nodes[at.piece], index: at.index } : s;
  };
  for (const node of nodes) node.inputs = node.inputs.map(redirect);
  for (const each of outside) {
    each.inputs = each.inputs.map(redirect);
    if (each.controls.some((c) => inside.has(c)))
      each.controls = [...each.controls.filter((c) => !inside.has(c)), ...nodes];
  }
  pruned.fetches = pruned.fetches.map(redirect);
  pruned.targets = pruned.targets.flatMap((n) => (inside.has(n) ? nodes : [n]));
  const needed = new Set(outside.filter((n) => !late.has(n) && !hasEffect(n)));
  pruned.nodes = [...outside.filter((n) => needed.has(n)), ...nodes, ...outside.filter((n) => !needed.has(n))];
  return clusters;
}
function nodeOf(cluster: Cluster): PlanNode {
  const { nodes, inputs, outputs } = cluster;
  return {
    op: nodes[nodes.length - 1].op,
    def: CLUSTER,
    type: CLUSTER.type,
    attrs: {},
    inputs: [...inputs],
    controls: [],
    frame: ROOT,
    branch: 0,
    outputTypes: outputs.map(({ node, index }) => node.outputTypes[index]),
    cluster,
    order: nodes[nodes.length - 1].order,
  };
}
/** The nodes of a part in the order in which they run, in as many clusters as there are pieces. */
class Pieces {
  private readonly parts: PlanNode[][] = [];
  private readonly pieceOf = new Map<PlanNode, number>();
  /** What each reads of what is outside of it, and what of it is read there. */
  private readonly inputs: readonly EdgeList<Source>[];
  private readonly outputs: readonly EdgeList<Output>[];
  constructor(private readonly inside: ReadonlySet<PlanNode>) {
    const nodes = [...inside];
    // A loop, or what parts and joins again, is one.
    const count = nodes.some((n) => roleOf(n) !== undefined) ? 1 : Math.ceil(nodes.length / PIECE);
    const size = Math.ceil(nodes.length / count);
    for (let i = 0; i < count; i++) this.parts.push(nodes.slice(i * size, (i + 1) * size));
    this.parts.forEach((part, piece) => {
      for (const node of part) this.pieceOf.set(node, piece);
    });
    this.inputs = this.parts.map(() => new EdgeList());
    this.outputs = this.parts.map(() => new EdgeList());
    for (const node of nodes) for (const s of node.inputs) this.noteRead(s, entryOf(this.pieceOf, node));
  }
  noteReadOutside(s: Source): void {
    this.noteRead(s, null);
  }
  private noteRead(s: Source, reader: number | null): void {
    const from = 'feed' in s ? undefined : this.pieceOf.get(s.node);
    if (from === reader) return;
    if (from !== undefined && 'node' in s) this.outputs[from].note(s);
    if (reader !== null && ('feed' in s || from !== undefined || !isSource(s.node))) this.inputs[reader].note(s);
  }
  /** Where what a node of the part gives comes out; null for an edge of another node. */
  outputAt(s: Source): { readonly piece: number; readonly index: number } | null {
    const piece = 'feed' in s ? undefined : this.pieceOf.get(s.node);
    return piece === undefined ? null : { piece, index: this.outputs[piece].placeOf(s) };
  }
  /** None where nothing comes out. */
  clusters(): Cluster[] {
    // What nobody reads is there because it may fail: as an output, it is computed inside as well.
    const read = new Set(this.outputs.flatMap(({ list }) => list.map(({ node }) => node)));
    for (const node of this.inside) {
      for (const s of node.inputs) if ('node' in s) read.add(s.node);
      for (const waits of waitsOf(node)) read.add(waits);
    }
    for (const [node, piece] of this.pieceOf) if (!read.has(node)) this.outputs[piece].note({ node, index: 0 });
    if (!this.outputs.every(({ list }) => list.length)) return [];
    return this.parts.map((nodes, piece) => {
      const sources = nodes.flatMap((n) => n.inputs).flatMap((s) => ('node' in s && isSource(s.node) ? [s.node] : []));
      return {
        nodes: [...new Set(sources), ...nodes],
        inputs: this.inputs[piece].list,
        outputs: this.outputs[piece].list,
      };
    });
  }
}
/** A region goes in as a whole: where a part of it does not, none does. */
function wholeParts(
  pruned: PrunedGraph,
  takes: Choice['takes'],
  takesRegion: NonNullable<Choice['takesRegion']>,
): Parts {
  const all = regionsOf(pruned);
  const regions = new Set([...new Set(all.values())].filter((region) => takesRegion(region)));
  for (;;) {
    const isIn = (region: Region | undefined): boolean => region !== undefined && regions.has(region);
    const parts = partsOf(pruned, takes, (node) => isIn(all.get(node)));
    const broken = [...regions].filter((region) => [...region].some((node) => !parts.inside.has(node)));
    if (!broken.length) return parts;
    for (const region of broken) regions.delete(region);
  }
}
/** Constants: they are wherever they are read. */
function isSource(node: PlanNode): boolean {
  return node.inputs.length === 0 && node.def.effect === 'pure' && node.controls.length === 0;
}

/** What goes inside, and what depends on it, or comes after effects. */
interface Parts {
  readonly inside: ReadonlySet<PlanNode>;
  readonly late: ReadonlySet<PlanNode>;
}
function partsOf(
  pruned: PrunedGraph,
  takes: (node: PlanNode) => boolean,
  isInRegion: (node: PlanNode) => boolean,
): Parts {
  // A loop goes round as a whole: what one of its nodes comes after all of them come after.
  const lateLoops = new Set<Frame>();
  for (;;) {
    const parts = sorted(pruned, takes, isInRegion, lateLoops);
    const before = lateLoops.size;
    for (const node of parts.late)
      for (const frame of [node.frame, frameBehind(node)]) if (frame !== ROOT) lateLoops.add(outermost(frame));
    if (lateLoops.size === before) return parts;
  }
}
function sorted(
  pruned: PrunedGraph,
  takes: (node: PlanNode) => boolean,
  isInRegion: (node: PlanNode) => boolean,
  lateLoops: ReadonlySet<Frame>,
): Parts {
  const inside = new Set<PlanNode>();
  const late = new Set<PlanNode>();
  const reads = new Reads(pruned);
  for (const node of pruned.nodes) {
    const before = [...node.inputs.flatMap((s) => ('feed' in s ? [] : [s.node])), ...node.controls];
    const afterEffects =
      lateLoops.has(outermost(node.frame)) || before.some((n) => late.has(n) || (hasEffect(n) && !inside.has(n)));
    const isFirst = reads.isFirst(node);
    const inRegion = isInRegion(node);
    const isControl = inRegion && roleOf(node) !== undefined;
    const pure =
      (node.def.effect === 'pure' || isControl || (inRegion && isOfStep(node))) &&
      (inRegion || (roleOf(node) === undefined && node.branch === 0 && node.frame === ROOT)) &&
      !node.cluster &&
      isFirst &&
      (inRegion || !node.views) &&
      (inRegion || node.outputTypes.length > 0) &&
      !node.outputTypes.some((t) => t.isRef || !(inRegion || isTensor(t)));
    if (pure && !afterEffects && (isControl || takes(node)) && !isSource(node)) inside.add(node);
    // What draws or reads after something inside was computed would have to run between two halves, and a read stays
    // behind the writes that it stood behind: the part runs before all of them.
    else if (afterEffects || before.some((n) => inside.has(n)) || !isFirst) late.add(node);
  }
  return { inside, late };
}
