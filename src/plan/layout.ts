/** From nodes in order to steps on numbered slots. */
import { entryOf } from '../base/keys';
import { UnimplementedError } from '../base/errors';
import { sameShape } from '../base/shape';
import type { CompiledKernel } from '../kernels/compiled';
import { Value, resultOf } from '../kernels/kernel';
import { hostKernel } from '../kernels/registry';
import {
  type Cluster,
  EdgeList,
  type Frame,
  type PlanNode,
  type PrunedGraph,
  ROOT,
  type Source,
  frameBehind,
  isRef,
  roleOf,
} from './node';
import { constantsAmong, findBranches, isConditional } from './branches';
import { mapSources } from './rewrite';
import { scheduleOf } from './schedule';
import { type Fed, clusterStep, kernelNodeOf, makeStep } from './make-step';
import type { Compiled, Layout, Leads, PlanHost, Step, Turns, Wiring } from './step';

const NONE: readonly number[] = [];
function compiledOf(kernel: CompiledKernel, steps: Layout, turns: Turns): Compiled {
  return { kernel, steps, turns, refusal: null, isSlow: false };
}
const NO_KERNELS: ReadonlyMap<Cluster, CompiledKernel> = new Map();
/** Numbers the slots and picks a kernel for every node. */
export function layOut(
  pruned: PrunedGraph,
  feedCount: number,
  host: PlanHost,
  kernels: ReadonlyMap<Cluster, CompiledKernel> = NO_KERNELS,
  feeds: readonly Fed[] = pruned.feeds,
): Layout {
  const frames = framesOf(pruned.nodes);
  const isConstant = constantsAmong(pruned);
  const constants = pruned.nodes.filter(isConstant);
  const computed = pruned.nodes.filter((node) => !isConstant(node));
  const nodes = [...constants, ...computed];
  const stepOf = new Map(computed.map((node, i) => [node, i]));
  const { base, slots } = numbered(nodes, feedCount);
  const slotOf = (s: Source): number => ('feed' in s ? s.feed : entryOf(base, s.node) + s.index);
  const fetchSlots = pruned.fetches.map(slotOf);

  const isConstantSlot = (slot: number): boolean => slot >= feedCount && slot < feedCount + constants.length;
  const kept = new Set(fetchSlots);
  const dead = deadAfterEach(computed, slots, slotOf, (slot) => isConstantSlot(slot) || kept.has(slot));
  const wiringOf = (node: PlanNode, i: number): Wiring => ({
    inputs: node.inputs.map(slotOf),
    outputs: range(entryOf(base, node), node.outputTypes.length),
    dead: dead[i],
    controls: node.controls.length ? node.controls.flatMap((c) => stepOf.get(c) ?? []) : NONE,
    frame: frames.indexOf(node.frame),
    leads: leadsOf(node, frames),
    order: node.order ?? 0,
  });
  const turns: Turns = new WeakSet();
  const steps = stepsOf(computed, (node, i) => {
    const kernel = node.cluster && kernels.get(node.cluster);
    return node.cluster && kernel
      ? clusterStep(node, wiringOf(node, i), compiledOf(kernel, layOutCluster(node.cluster, feeds, host), turns), host)
      : makeStep(node, wiringOf(node, i), host, feeds);
  });
  const isKept = (slot: number): boolean => isConstantSlot(slot) || slot < feedCount || kept.has(slot);
  const numbers = { stepOf, slotOf, isKept, frameOf: (frame: Frame): number => frames.indexOf(frame) };
  return {
    schedule: frames.length > 1 ? scheduleOf(computed, findBranches({ ...pruned, nodes }), numbers) : null,
    slots,
    feedCount,
    constants: constants.map((node) => constantOf(node, host)),
    steps,
    fetchSlots,
    fetchDeref: pruned.fetches.map(isRef),
    fetchAliases: fetchSlots.map(() => false),
    compiled: kernels.size > 0,
    conditional: isConditional(pruned.nodes),
    frames: frames.map(({ name, parallelIterations }) => ({ name, parallelIterations })),
    mayWait: steps.some((step) => step.mayWait),
  };
}
/** The first slot of each node, and how many there are then. */
function numbered(nodes: readonly PlanNode[], from: number): { base: ReadonlyMap<PlanNode, number>; slots: number } {
  const base = new Map<PlanNode, number>();
  let slots = from;
  for (const node of nodes) {
    base.set(node, slots);
    slots += node.outputTypes.length;
  }
  return { base, slots };
}
/** For each node, the slots that no later one reads. */
function deadAfterEach(
  nodes: readonly PlanNode[],
  slots: number,
  slotOf: (source: Source) => number,
  isKept: (slot: number) => boolean,
): number[][] {
  const lastReader = new Int32Array(slots).fill(-1);
  nodes.forEach((node, i) => {
    for (let index = 0; index < node.outputTypes.length; index++) lastReader[slotOf({ node, index })] = i;
    for (const s of node.inputs) lastReader[slotOf(s)] = i;
  });
  const dead: number[][] = nodes.map(() => []);
  lastReader.forEach((step, slot) => {
    if (step >= 0 && !isKept(slot)) dead[step].push(slot);
  });
  return dead;
}
/** A step for each node. @throws UnimplementedError  that names all nodes that nothing here can run */
function stepsOf(nodes: readonly PlanNode[], make: (node: PlanNode, i: number) => Step): Step[] {
  const steps: Step[] = [];
  const missing: { readonly node: PlanNode; readonly error: UnimplementedError }[] = [];
  nodes.forEach((node, i) => {
    try {
      steps.push(make(node, i));
    } catch (error) {
      if (!(error instanceof UnimplementedError)) throw error;
      missing.push({ node, error });
    }
  });
  if (!missing.length) return steps;
  const [{ error }, ...others] = missing;
  const names = others.map(({ node }) => `'${node.op.name}' (op type: ${node.type})`);
  if (names.length) error.message += `\n  there is none either for ${names.join(', ')}`;
  throw error;
}
/** Loops by number; the first is what is in none. */
function framesOf(nodes: readonly PlanNode[]): Frame[] {
  return [...new Set([ROOT, ...nodes.map((node) => node.frame), ...nodes.map(frameBehind)])];
}
function leadsOf(node: PlanNode, frames: readonly Frame[]): Leads | null {
  const by = roleOf(node);
  if (by !== 'enter' && by !== 'exit' && by !== 'nextIteration') return null;
  return { by, to: frames.indexOf(frameBehind(node)), isInvariant: node.attrs['is_constant'] === true };
}
/** A cluster step by step, for what goes wrong in it: what enters it is fed. */
function layOutCluster({ nodes, inputs, outputs }: Cluster, feeds: readonly Fed[], host: PlanHost): Layout {
  const part: PrunedGraph = { nodes: [...nodes], feeds: [], fetches: [...outputs], targets: [] };
  const entering = new EdgeList(inputs);
  mapSources(part, (s) => {
    const feed = entering.placeOf(s);
    return feed >= 0 ? { feed } : s;
  });
  const fed = inputs.map((s) => ({
    dtype: ('feed' in s ? feeds[s.feed].dtype : s.node.outputTypes[s.index]).baseDtype,
  }));
  return layOut(part, inputs.length, host, NO_KERNELS, fed);
}

/** Frees what a plan owns. */
export function disposeLayout({ constants, steps }: Layout): void {
  for (const value of constants) value.release();
  for (const { compiled } of steps) {
    if (!compiled) continue;
    compiled.kernel.dispose();
    disposeLayout(compiled.steps);
  }
}

/** The run-time value of a constant, shared by the plans that read it. */
function constantOf(node: PlanNode, host: PlanHost): Value {
  const { dtype, shape, data } = resultOf(hostKernel(node.type)!.run([], kernelNodeOf(node, host)));
  const known = host.constants.get(data);
  // A reshaped constant that was folded has the same data under another shape.
  if (known && known.dtype === dtype && sameShape(known.shape, shape)) {
    return known.retain();
  }
  const value = new Value(dtype, shape, data);
  value.shared = true;
  if (!known) host.constants.set(data, value);
  return value;
}
function range(from: number, count: number): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < count; i++) numbers.push(from + i);
  return numbers;
}
