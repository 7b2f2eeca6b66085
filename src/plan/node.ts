/** The nodes of a plan in the making: a copy of a part of the graph, which passes may rewrite. */
import type { DType } from '../base/dtype';
import type { Operation, Tensor } from '../graph/graph';
import type { ControlRole } from '../graph/definition';
import type { KernelNode } from '../kernels/kernel';
import { type AttrValue, type OpDef, type OpType, type OwnType, opDef } from '../graph/opdef';

/** An output of a node. */
export interface Output {
  readonly node: PlanNode;
  readonly index: number;
}
/** Where an input comes from: an output of a node, or a fed value. */
export type Source = Output | { readonly feed: number };

export function sameSource(a: Source, b: Source): boolean {
  return 'feed' in a ? 'feed' in b && a.feed === b.feed : !('feed' in b) && a.node === b.node && a.index === b.index;
}

/** Edges in the order in which they were noted, each of them once. */
export class EdgeList<S extends Source> {
  private readonly edges: S[] = [];
  /** Of a node by output, of a feed by number. */
  private readonly places = new Map<PlanNode | number, number[]>();
  constructor(edges: Iterable<S> = []) {
    for (const s of edges) this.note(s);
  }
  get list(): readonly S[] {
    return this.edges;
  }
  /** Where an edge stands; -1 where it does not. */
  placeOf(s: Source): number {
    const places = this.places.get('feed' in s ? s.feed : s.node);
    return places?.['feed' in s ? 0 : s.index] ?? -1;
  }
  note(s: S): void {
    if (this.placeOf(s) >= 0) return;
    const key = 'feed' in s ? s.feed : s.node;
    let places = this.places.get(key);
    if (!places) this.places.set(key, (places = []));
    places['feed' in s ? 0 : s.index] = this.edges.length;
    this.edges.push(s);
  }
}

/** Whether it hands on a variable, or a view of one's memory, rather than a value. */
export function isRef(s: Source): boolean {
  return !('feed' in s) && (s.node.outputTypes[s.index].isRef || isView(s));
}
/** Whether it is a handle: of a variable, or of what lives for a step or longer. */
export function isHandle(s: Source): boolean {
  return !('feed' in s) && s.node.outputTypes[s.index].name === 'resource';
}
/** Whether it hands on a view of a variable's memory: what reads it reads what is there then. */
export function isView(s: Source): boolean {
  return !('feed' in s) && s.node.views?.[s.index] === true;
}

/** A loop, as it stands in the graph: the nodes between an Enter and an Exit. */
export interface Frame {
  readonly name: string;
  /** The frame that it is entered from; null for the one of all that is in no loop. */
  readonly parent: Frame | null;
  /** How many iterations may run at a time. */
  readonly parallelIterations: number;
}
/** Where everything runs that is in no loop. */
export const ROOT: Frame = { name: '', parent: null, parallelIterations: 1 };

/** A node of the pruned copy. */
export interface PlanNode {
  readonly op: Operation;
  /** What it is now: a pass may make another op of it (`turnInto`). */
  def: OpDef;
  type: string;
  attrs: Readonly<Record<string, AttrValue>>;
  /** True where a pass has changed its attributes: it shares no state with the graph's node. */
  changed?: boolean;
  inputs: Source[];
  controls: PlanNode[];
  /** The loop whose iterations it runs in. */
  frame: Frame;
  /** The frame that its outputs are in, where that is another one, or another iteration. */
  leadsTo?: Frame;
  /**
   * Nodes with the same number run in the same runs, and in the same iterations of a loop: those on one way of a Switch
   * have one of their own. 0: always.
   */
  branch: number;
  /** Those of the outputs, where they are there in other runs or iterations than the node: a Switch's two. */
  ways?: readonly number[];
  /** In a loop (loops.ts): whether it is left out in some iterations that come to where it stands. */
  atTimes?: boolean;
  readonly outputTypes: readonly DType[];
  /** True where its results are known to be small, so that nobody need ask for room. */
  isSmall?: boolean;
  /** True where its result is known to have few elements: in plans that go step by step the host computes it. */
  isFew?: boolean;
  /** Outputs that are views of a variable's memory (views.ts). */
  views?: readonly boolean[];
  /** Nodes that a device runs as one, in the place of this node. */
  readonly cluster?: Cluster;
  /** Its place where no cluster runs in front of what was made before it (order.ts). */
  order?: number;
}
/** Nodes that a device runs as one, with what comes in and what goes out. */
export interface Cluster {
  readonly nodes: readonly PlanNode[];
  readonly inputs: readonly Source[];
  readonly outputs: readonly Output[];
}

/** A node as kernels see it while a plan is made: what they keep of it goes with it. */
export function asKernelNode({ op, def, type, attrs, outputTypes }: PlanNode): KernelNode {
  return { def, type, name: op.name, attrs, outputTypes };
}
/** What a node does in control flow. */
export function roleOf(node: PlanNode): ControlRole | undefined {
  return node.def.row.control;
}
/** Whether it makes, fills, reads or closes what lives for a step: edges alone say in which order. */
export function isOfStep(node: PlanNode): boolean {
  return node.def.row.isOrderedByEdges === true;
}
/** Whether it stands for functions. */
export function isCall(node: PlanNode): boolean {
  return node.def.row.calls !== undefined;
}
/** Whether its outputs are in another frame or iteration than it runs in itself. */
export function moves(node: PlanNode): boolean {
  const role = roleOf(node);
  return role === 'enter' || role === 'exit' || role === 'nextIteration';
}
/** Whether it brings a value into every iteration of a loop. */
export function isInvariant(node: PlanNode): boolean {
  return roleOf(node) === 'enter' && node.attrs['is_constant'] === true;
}
/** The loop that a frame is in, or is, without one around it; ROOT for none. */
export function outermost(frame: Frame): Frame {
  let at = frame;
  while (at.parent && at.parent !== ROOT) at = at.parent;
  return at;
}
/** The frame that a node's outputs are in. */
export function frameBehind(node: PlanNode): Frame {
  return node.leadsTo ?? node.frame;
}

/** A node that a pass makes: it stands for `op`, in the place of another node. It waits for nothing unless told. */
export function newNode(
  op: Operation,
  type: OpType | OwnType,
  given: Pick<PlanNode, 'attrs' | 'inputs' | 'outputTypes'> &
    Partial<Pick<PlanNode, 'controls' | 'branch' | 'frame' | 'views'>>,
): PlanNode {
  return { op, def: opDef(type), type, controls: [], branch: 0, frame: ROOT, ...given };
}
/** Makes another op of a node, in its place. */
export function turnInto(node: PlanNode, type: OpType, attrs: PlanNode['attrs'], inputs: Source[]): void {
  Object.assign(node, { def: opDef(type), type, attrs, inputs } satisfies Partial<PlanNode>);
}

/** The branch of whatever an input comes from. */
export function branchOf(s: Source): number {
  return 'feed' in s ? 0 : (s.node.ways?.[s.index] ?? s.node.branch);
}
/** The branch of who waits for a node. */
export function branchBehind(node: PlanNode): number {
  return moves(node) ? (node.ways?.[0] ?? node.branch) : node.branch;
}

/** The pruned copy of a graph, for one set of fetches, targets and feeds. */
export interface PrunedGraph {
  /** In an order in which every node comes after what it reads. */
  nodes: PlanNode[];
  readonly feeds: readonly Tensor[];
  fetches: Source[];
  targets: PlanNode[];
  /** Whether feeds come one after the other, while it runs. */
  readonly comesLate?: boolean;
}
/** Whether running a node changes something beside its outputs. */
export function hasEffect(node: PlanNode): boolean {
  const { effect } = node.def;
  return effect === 'writes' || effect === 'waits';
}
/**
 * Nodes at or above which something has effects: a rewrite that drops the edge to one of them would drop the effects.
 */
export function nodesWithEffects(pruned: PrunedGraph, counts = hasEffect): ReadonlySet<PlanNode> {
  const found = new Set<PlanNode>();
  for (const node of pruned.nodes) {
    const own = counts(node) || node.controls.some((c) => found.has(c));
    if (own || node.inputs.some((s) => !('feed' in s) && found.has(s.node))) found.add(node);
  }
  return found;
}
