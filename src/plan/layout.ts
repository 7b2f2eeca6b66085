/** From nodes in order to steps on numbered slots. */
import { sameShape } from '../base/shape';
import { type CompiledKernel, type HostTensor, Value, hostKernel } from '../kernels/kernel';
import { type PlanNode, type PrunedGraph, type Source, isRef, sameSource } from './node';
import { type Layout, type PlanHost, type Wiring, clusterStep, kernelNodeOf, makeStep } from './step';

export function mayLeaveOut(node: PlanNode): boolean {
  return node.def.row.control === 'switch';
}

/** Numbers the slots and picks a kernel for every node. */
export function layOut(pruned: PrunedGraph, feedCount: number, host: PlanHost, kernel: CompiledKernel | null): Layout {
  const conditional = pruned.nodes.some(mayLeaveOut);
  // A constant of one branch is there only where the branch is.
  const isConstant = (node: PlanNode): boolean =>
    hostKernel(node.type)?.once === true && !(conditional && node.controls.length > 0);
  const constants = pruned.nodes.filter(isConstant);
  const computed = pruned.nodes.filter((node) => !isConstant(node));
  const stepOf = new Map(computed.map((node, i) => [node, i]));
  const waitsOf = (node: PlanNode): number[] => node.controls.flatMap((c) => stepOf.get(c) ?? []);
  const base = new Map<PlanNode, number>();
  let slots = feedCount;
  for (const node of [...constants, ...computed]) {
    base.set(node, slots);
    slots += node.outputTypes.length;
  }
  const slotOf = (s: Source): number => ('feed' in s ? s.feed : base.get(s.node)! + s.index);
  const fetchSlots = pruned.fetches.map(slotOf);

  const lastReader = new Int32Array(slots).fill(-1);
  computed.forEach((node, i) => {
    for (let k = 0; k < node.outputTypes.length; k++) lastReader[base.get(node)! + k] = i;
    for (const s of node.inputs) lastReader[slotOf(s)] = i;
  });
  for (const slot of fetchSlots) lastReader[slot] = -1;
  lastReader.fill(-1, feedCount, feedCount + constants.length);
  const dead: number[][] = computed.map(() => []);
  lastReader.forEach((step, slot) => {
    if (step >= 0) dead[step].push(slot);
  });

  const wiringOf = (node: PlanNode, i: number): Wiring => ({
    inputs: node.inputs.map(slotOf),
    outputs: range(base.get(node)!, node.outputTypes.length),
    dead: dead[i],
    waits: waitsOf(node),
  });
  const steps = computed.map((node, i) =>
    node.group && kernel
      ? clusterStep(node, wiringOf(node, i), { kernel, steps: layOutCluster(node.group, host) }, host)
      : makeStep(node, wiringOf(node, i), host, pruned.feeds),
  );
  return {
    slots,
    feedCount,
    constants: constants.map((node) => constantOf(node, host)),
    steps,
    fetchSlots,
    fetchDeref: pruned.fetches.map(isRef),
    fetchAliases: fetchSlots.map(() => false),
    compiled: kernel !== null,
    conditional,
    mayWait: steps.some((step) => step.mayWait),
  };
}
/** A cluster step by step, for what goes wrong in it. */
function layOutCluster(cluster: NonNullable<PlanNode['group']>, host: PlanHost): Layout {
  const part: PrunedGraph = { nodes: insideOf(cluster), feeds: [], fetches: [...cluster.outputs], targets: [] };
  return layOut(part, cluster.inputs.length, host, null);
}
/** The nodes of a group, with what enters it as fed. */
function insideOf(group: NonNullable<PlanNode['group']>): PlanNode[] {
  const entry = (s: Source): Source => {
    const feed = group.inputs.findIndex((e) => sameSource(e, s));
    return feed >= 0 ? { feed } : s;
  };
  for (const node of group.nodes) node.inputs = node.inputs.map(entry);
  return [...group.nodes];
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
  const { dtype, shape, data } = hostKernel(node.type)!.run([], kernelNodeOf(node, host)) as HostTensor;
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
  return Array.from({ length: count }, (_, i) => from + i);
}
