/** Hands the pure part of a pruned graph to the device as a whole. */
import { type DType, float64 } from '../base/dtype';
import { entryOf } from '../base/keys';
import { errorOf } from '../base/thrown';
import { TensorShape } from '../base/shape';
import type { AttrBytes, NodeBytes } from '../format/graphdef';
import type { Operation } from '../graph/graph';
import type { CompiledKernel, GraphEdges, GraphInput, GraphLoop, GraphNode } from '../kernels/compiled';
import type { Device } from '../kernels/kernel';
import { clusterPureNodes } from './cluster';
import { dependsOnNumbers, isChecked, mayBeLeftOut, mayFail, passesCheck } from './failures';
import type { Facts } from './facts';
import type { InParts } from './in-parts';
import { expressUpdates } from './passes/updates';
import { type Cluster, EdgeList, type Frame, type PlanNode, type PrunedGraph, ROOT, type Source, roleOf } from './node';
import { paysOff, regionPaysOff } from './pays-off';
import type { PlanRequest } from './request';
import { type Region, waitsOf } from './regions';
import { mapNodes } from './rewrite';
import { isSmall } from './room';

/** Parts of a plan that a device takes as one. */
export interface Compiled {
  readonly kernels: ReadonlyMap<Cluster, CompiledKernel>;
  /** Why the device did not take a part, in its words; null where it took all that it was asked to. */
  readonly refusal: string | null;
}
/** A device that takes graphs. */
type Compiler = Device & Required<Pick<Device, 'compile'>>;
/** A plan with more parts than this is left as it is then: each costs a call. */
const MOST = 4;

/**
 * Makes clusters of the pure nodes, and compiles them: first of what comes before Switches and effects, then of what
 * comes behind where two ways join. Leaves the graph as it was where the device takes no graphs, where too little would
 * be inside, where it would hardly be faster and need not be done, or where it refuses. Loops of what is timed look at
 * the clock.
 */
export function* compilingClusters(
  pruned: PrunedGraph,
  facts: Facts,
  device: Device,
  request: Pick<PlanRequest, 'compile' | 'timed'>,
): InParts<Compiled> {
  const kernels = new Map<Cluster, CompiledKernel>();
  const { compile } = device;
  let isDone = false;
  try {
    const refusal = compile ? yield* takingParts(pruned, facts, { ...device, compile }, request, kernels) : null;
    isDone = true;
    return { kernels, refusal };
  } finally {
    // Nobody asks for the rest.
    if (!isDone) for (const kernel of kernels.values()) kernel.dispose();
  }
}
/** Puts what the device takes into `kernels`. @returns  why it did not take the last one; null where it took all */
function* takingParts(
  pruned: PrunedGraph,
  facts: Facts,
  device: Compiler,
  { compile: when = 'always', timed = false }: Pick<PlanRequest, 'compile' | 'timed'>,
  kernels: Map<Cluster, CompiledKernel>,
): InParts<string | null> {
  /** Nodes of the graph that would not pay as a part. */
  const left = new Set<Operation>();
  for (let tries = 0; tries < MOST; tries++) {
    yield;
    const copy = copyOf(pruned, facts);
    if (!device.whole) expressUpdates(copy);
    yield;
    const clusters = clustersOf(copy, facts, device, left, when);
    if (!clusters.length) break;
    const nodes = clusters.flatMap((cluster) => cluster.nodes);
    if (when === 'ifFaster' && !paysOff(nodes, facts, device)) {
      for (const { op } of nodes) left.add(op);
      continue;
    }
    for (const cluster of clusters) {
      if (clusters.length > 1) yield;
      const graph = writtenFor(cluster, typeIn(pruned), (s) => facts.shape(s), timed);
      try {
        kernels.set(cluster, kernelOf(graph, device.compile, clusters.length > 1));
      } catch (error) {
        return errorOf(error).message;
      }
    }
    pruned.nodes = copy.nodes;
    pruned.fetches = copy.fetches;
    pruned.targets = copy.targets;
  }
  return null;
}
function kernelOf(graph: Written, compile: Compiler['compile'], isPiece: boolean): CompiledKernel {
  const load = (): CompiledKernel => compile(graph.nodes, graph, graph.loops);
  return isPiece && !graph.loops.length ? loadedLater(load) : load();
}
/** A piece of a large part: the device gets it when it first runs. Loops that look at the clock are asked before. */
function loadedLater(load: () => CompiledKernel): CompiledKernel {
  let kernel: CompiledKernel | null = null;
  return {
    get isReady() {
      return kernel !== null;
    },
    run: (inputs) => (kernel ??= load()).run(inputs),
    dispose: () => kernel?.dispose(),
  };
}
/** The next part that the device may take, in pieces where it is large. */
function clustersOf(
  copy: PrunedGraph,
  facts: Facts,
  device: Device,
  left: ReadonlySet<Operation>,
  when: 'always' | 'ifFaster',
): readonly Cluster[] {
  const typeOf = typeIn(copy);
  // TensorFlow's own rewrites believe that an op succeeds which fails for some fed shape.
  const takes = (node: PlanNode): boolean =>
    !left.has(node.op) &&
    encodable(node) &&
    (!dependsOnNumbers(node) || isChecked(node, facts)) &&
    // No check of ours runs inside, and nobody asks for room.
    isSmall(node, facts) &&
    passesCheck(node, facts) &&
    (device.takes?.(node, node.inputs.map(typeOf), {
      shape: (i) => facts.shape(node.inputs[i]).fullDims,
      data: (i) => facts.value(node.inputs[i])?.data ?? null,
    }) ??
      true);
  const doubtful = new Set<PlanNode>();
  for (const node of copy.nodes)
    if (mayFail(node, facts) || node.inputs.some((s) => !('feed' in s) && doubtful.has(s.node))) doubtful.add(node);
  const mustRun = (node: PlanNode): readonly Source[] =>
    mayBeLeftOut(node, facts).filter((s) => !('feed' in s) && doubtful.has(s.node));
  const takesRegion = (region: Region): boolean =>
    !device.whole &&
    ![...region].some((node) => mustRun(node).length > 0) &&
    (when === 'always' || regionPaysOff(region, facts, device));
  return clusterPureNodes(copy, { takes, mustRun, takesRegion });
}
function typeIn({ feeds }: PrunedGraph): (s: Source) => DType {
  return (s) => ('feed' in s ? feeds[s.feed].dtype : s.node.outputTypes[s.index]).baseDtype;
}
interface Written extends GraphEdges {
  readonly nodes: GraphNode[];
  /** Those that look at the clock. */
  readonly loops: GraphLoop[];
}
/** When loops must be over. */
const UNTIL: GraphInput = { name: 'until', dtype: float64, shape: new TensorShape([]) };
/** A cluster as a graph: its nodes, and the names of what comes in and goes out. */
function writtenFor(
  { nodes, inputs, outputs }: Cluster,
  typeOf: (s: Source) => DType,
  shapeOfInput: (s: Source) => TensorShape,
  timed: boolean,
): Written {
  const entering = new EdgeList(inputs);
  const names = new Map<PlanNode, string>(nodes.map((n, i) => [n, `n${String(i).padStart(6, '0')}`]));
  const entered = new Map<string, NodeBytes>();
  const frames: Frame[] = [];
  /** What an edge is called in a frame: a constant is brought into each by an Enter. */
  const inFrame = (name: string, type: DType, frame: Frame): string => {
    if (frame === ROOT) return name;
    if (!frames.includes(frame)) frames.push(frame);
    const made = `${name}_in_${frames.indexOf(frame)}`;
    if (!entered.has(made)) {
      const input = [inFrame(name, type, frame.parent!)];
      const like = nodes.find((n) => roleOf(n) === 'enter' && n.leadsTo === frame)!;
      const attr = { ...attrsOf(like), T: { kind: 'type', value: type }, is_constant: { kind: 'bool', value: true } };
      entered.set(made, { name: made, op: like.type, input, attr } as const);
    }
    return made;
  };
  const edge = (s: Source, frame: Frame = ROOT): string => {
    const input = entering.placeOf(s);
    if (input >= 0) return `i${input}`;
    if ('feed' in s) return '';
    const name = s.index ? `${names.get(s.node)}:${s.index}` : entryOf(names, s.node);
    return frame !== ROOT && isEverywhere(s.node) ? inFrame(name, typeOf(s), frame) : name;
  };
  // In a loop or on a way it matters what a node waits for: constants are there where that is.
  const waits = (n: PlanNode): string[] => waitsOf(n).flatMap((c) => (names.has(c) ? [`^${names.get(c)}`] : []));
  const made = nodes.map((n) => ({
    name: entryOf(names, n),
    op: n.type,
    input: [...n.inputs.map((s) => edge(s, n.frame)), ...waits(n)],
    attr: attrsOf(n),
    shapes: n.inputs.map(shapeOfInput),
    outputTypes: n.outputTypes,
  }));
  const conds = timed ? nodes.filter((n) => roleOf(n) === 'loopCond') : [];
  const loops = conds.map((n) => ({ cond: entryOf(names, n), until: inFrame(UNTIL.name, float64, n.frame) }));
  const given = inputs.map((s, i) => ({ name: `i${i}`, dtype: typeOf(s), shape: shapeOfInput(s) }));
  return {
    loops,
    nodes: [...made, ...entered.values()],
    inputs: loops.length ? [...given, UNTIL] : given,
    outputs: outputs.map((s) => `${edge(s).replace(/:.*/, '')}:${s.index}`),
  };
}
function isEverywhere(node: PlanNode): boolean {
  return node.frame === ROOT && !node.inputs.length && !node.controls.length;
}
function encodable(node: PlanNode): boolean {
  return !node.def.attrs.some((a) => a.kind === 'func' || a.kind === 'list(func)');
}
function attrsOf(node: PlanNode): Record<string, AttrBytes> {
  const out: Record<string, AttrBytes> = {};
  for (const { name, kind } of node.def.attrs)
    if (node.attrs[name] !== undefined) out[name] = { kind, value: node.attrs[name] };
  return out;
}
/** A copy to be regrouped: of its nodes is known what was of the graph's. */
function copyOf(pruned: PrunedGraph, facts: Facts): PrunedGraph {
  const copies = new Map<PlanNode, PlanNode>(pruned.nodes.map((n) => [n, { ...n }]));
  for (const [node, made] of copies) facts.noteCopy(made, node);
  const copy: PrunedGraph = { ...pruned, nodes: [...copies.values()] };
  // The copies read the graph's nodes until here.
  mapNodes(copy, (node) => copies.get(node) ?? node);
  return copy;
}
