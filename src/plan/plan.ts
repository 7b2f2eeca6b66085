/** A plan: the pruned graph as a list of steps on numbered slots, with a kernel for each. Made once, run many times. */
import type { DType, Data } from '../base/dtype';
import { UnimplementedError } from '../base/errors';
import { sameShape } from '../base/shape';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { opDef } from '../graph/opdef';
import {
  type CompiledKernel,
  type Device,
  type DeviceKernel,
  type HostKernelRow,
  type HostTensor,
  type KernelNode,
  type Placement,
  type StatefulKernel,
  Value,
  hostKernel,
  statefulKernel,
} from '../kernels/kernel';
import { type GraphOptions, type OptimizeReport, optimize } from './optimize';
import { type PlanNode, type PrunedGraph, type Source, isRef, sameSource } from './node';
import { prune } from './prune';
import { compileGroup } from './compile';
import { checkPlacement } from './placement';
import { handedOn, isSameAsInput } from './views';
import { handingOn, viewing } from '../kernels/dispatch';

export interface Step {
  readonly op: Operation;
  readonly node: KernelNode;
  readonly inputs: readonly number[];
  /** Inputs that read through a reference: the variable's value is wanted, not the variable. */
  readonly deref: readonly boolean[] | null;
  readonly outputs: readonly number[];
  /** Slots that nobody reads after this step. */
  readonly dead: readonly number[];
  readonly stateful: StatefulKernel | null;
  readonly host: HostKernelRow | null;
  readonly device: DeviceKernel | null;
  /** A part of the graph that the device runs as one, and the same part step by step, for what goes wrong in it. */
  readonly compiled: { readonly kernel: CompiledKernel; readonly steps: Plan } | null;
  /** In a conditional plan: the steps that it waits for by number, and whether one of its inputs is enough. */
  readonly waits: readonly number[];
  readonly merges: boolean;
}

/** Immutable; good for one version of the graph. */
export interface Plan {
  readonly graphVersion: number;
  readonly steps: readonly Step[];
  readonly slots: number;
  /** Fed tensors; they take the first slots, in the order of the signature. */
  readonly feeds: readonly Tensor[];
  readonly feedCount: number;
  /** Values that are the same in every run; they take the next slots. The plan owns them, and their copies on the device. */
  readonly constants: readonly Value[];
  readonly fetches: readonly Tensor[];
  readonly fetchSlots: readonly number[];
  /** Fetches that read through a reference. */
  readonly fetchDeref: readonly boolean[];
  readonly targets: readonly Operation[];
  /** What the passes did, where they ran. */
  readonly report: OptimizeReport | null;
  /** True where a part of it runs as one on the device. */
  readonly compiled: boolean;
  /** True where some steps may be left out: those on the way that a Switch does not take. */
  readonly conditional: boolean;
}

/** What a plan needs of its session: nodes that keep their state from plan to plan, and where kernels run. */
export interface PlanHost {
  readonly placement: Placement;
  readonly device: Device;
  readonly nodes: Map<Operation, KernelNode>;
  readonly graphOptions?: GraphOptions;
  /** Values of constants by their data: on the device at most once. */
  readonly constants: WeakMap<Data, Value>;
}

/**
 * Prunes, rewrites, orders and picks kernels.
 *
 * @param feedShapes  where they are given the plan is for feeds of just these shapes, and rewritten for them
 */
export function makePlan(
  graph: Graph,
  fetches: readonly Tensor[],
  targets: readonly Operation[],
  feeds: readonly Tensor[],
  host: PlanHost,
  feedShapes: readonly (readonly number[])[] | null = null,
  compile = false,
): Plan {
  const pruned = prune(fetches, targets, feeds);
  checkPlacement(pruned);
  const report = feedShapes ? optimize(pruned, feedShapes, host.graphOptions, host.device) : null;
  // Inside a cluster nothing is left out: one that would hold a way of a Switch is not made.
  const mayCompile = report && report.fault === null && compile && !pruned.nodes.some(mayLeaveOut);
  const kernel = mayCompile ? compileGroup(pruned, report.facts, host.device) : null;
  return {
    ...layOut(pruned, feeds.length, host, kernel),
    graphVersion: graph.version,
    feeds,
    fetches,
    targets,
    report,
    compiled: kernel !== null,
  };
}

function mayLeaveOut(node: PlanNode): boolean {
  return !node.group && opDef(node.type).row.control === 'switch';
}

/** Numbers the slots and picks a kernel for every node. */
function layOut(pruned: PrunedGraph, feedCount: number, host: PlanHost, kernel: CompiledKernel | null): Plan {
  const conditional = pruned.nodes.some(mayLeaveOut);
  // A constant of one branch is there only where the branch is.
  const isConstant = (node: PlanNode): boolean =>
    hostKernel(node.type)?.once === true && !(conditional && node.controls.length > 0);
  const constants = pruned.nodes.filter(isConstant);
  const computed = pruned.nodes.filter((node) => !isConstant(node));
  const stepOf = new Map(computed.map((node, i) => [node, i]));
  const waitsOf = (node: PlanNode): number[] => (conditional ? node.controls.flatMap((c) => stepOf.get(c) ?? []) : []);
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

  return {
    graphVersion: 0,
    slots,
    feedCount,
    feeds: [],
    fetches: [],
    fetchSlots,
    targets: [],
    report: null,
    compiled: kernel !== null,
    conditional,
    constants: constants.map((node) => constantOf(node, host)),
    steps: computed.map((node, i) =>
      makeStep(
        node,
        node.inputs.map(slotOf),
        range(base.get(node)!, node.outputTypes.length),
        dead[i],
        host,
        kernel,
        waitsOf(node),
        pruned.feeds,
      ),
    ),
    fetchDeref: pruned.fetches.map(isRef),
  };
}
/** Frees what a plan owns. */
export function disposePlan(plan: Plan): void {
  for (const value of plan.constants) value.release();
  for (const { compiled } of plan.steps) {
    if (!compiled) continue;
    compiled.kernel.dispose();
    disposePlan(compiled.steps);
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

function makeStep(
  node: PlanNode,
  inputs: number[],
  outputs: number[],
  dead: number[],
  host: PlanHost,
  kernel: CompiledKernel | null,
  waits: readonly number[],
  feeds: readonly Tensor[],
): Step {
  if (node.group && kernel) {
    const part: PrunedGraph = { nodes: insideOf(node.group), feeds: [], fetches: [...node.group.outputs], targets: [] };
    const compiled = { kernel, steps: layOut(part, node.group.inputs.length, host, null) };
    const kernelNode: KernelNode = {
      type: node.type,
      name: node.op.name,
      attrs: node.attrs,
      outputTypes: node.outputTypes,
      state: undefined,
    };
    return {
      op: node.op,
      node: kernelNode,
      inputs,
      outputs,
      dead,
      stateful: null,
      host: null,
      device: null,
      deref: node.inputs.some(isRef) ? node.inputs.map(isRef) : null,
      compiled,
      waits,
      merges: false,
    };
  }
  const def = opDef(node.type);
  const types = node.inputs.map(
    (s, i): DType => ('feed' in s ? (feeds[s.feed] ?? node.op.inputs[i]).dtype.baseDtype : s.node.outputTypes[s.index]),
  );
  const refInput = (i: number): boolean => (def.inputs[i] ?? def.inputs[def.inputs.length - 1]).isRef;
  const handed = node.views ? handedOn(node) : [];
  const deref = node.inputs.map((s, i) => isRef(s) && !refInput(i) && !handed[i]);
  const kernelNode = kernelNodeOf(node, host);
  const plain = statefulKernel(node.type) ?? null;
  const stateful = !node.views
    ? plain
    : plain
      ? handingOn(plain, handed)
      : viewing(hostKernel(node.type)!, isSameAsInput(node));
  const row = stateful ? null : (hostKernel(node.type) ?? null);
  const device =
    stateful || row?.only || (row && host.placement === 'host')
      ? null
      : checked(
          host.device.kernelFor(
            kernelNode,
            types.map((t) => t.baseDtype),
            (i) => constantInput(node.inputs[i], host),
          ),
          row?.check,
        );
  if (!stateful && !row && !device) {
    throw new UnimplementedError(
      node.op,
      `No kernel for op type '${node.type}' on the ${host.device.kind} device with inputs (${types.map((t) => t.name).join(', ')})` +
        `\n\t [[node ${node.op.name}${node.op.trace.line ? ` (defined at ${node.op.trace.line})` : ''} ]]`,
    );
  }
  return {
    op: node.op,
    node: kernelNode,
    inputs,
    outputs,
    dead,
    stateful,
    host: host.placement === 'device' && device ? null : row,
    device,
    deref: deref.includes(true) ? deref : null,
    compiled: null,
    waits,
    merges: def.row.control === 'merge',
  };
}
/** A device's kernel behind a look at the shapes. */
function checked(kernel: DeviceKernel | null, check: HostKernelRow['check']): DeviceKernel | null {
  return kernel && check
    ? Object.assign(
        (inputs: readonly Value[], node: KernelNode) => {
          check(inputs, node);
          return kernel(inputs, node);
        },
        { overhead: kernel.overhead },
      )
    : kernel;
}
function constantInput(s: Source, host: PlanHost): HostTensor | null {
  const row = 'feed' in s ? null : hostKernel(s.node.type);
  return row?.once ? (row.run([], kernelNodeOf((s as { node: PlanNode }).node, host)) as HostTensor) : null;
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

/** One kernel node per op and session, so that a random op goes on where the last run left it. */
function kernelNodeOf(node: PlanNode, host: PlanHost): KernelNode {
  const known = host.nodes.get(node.op);
  if (known && known.type === node.type && known.attrs === node.attrs) return known;
  const made: KernelNode = {
    type: node.type,
    name: node.op.name,
    attrs: node.attrs,
    outputTypes: node.outputTypes.map((t) => t.baseDtype),
    inputs: node.op.inputs,
    state: known?.state,
  };
  if (node.type === node.op.type && !node.changed) {
    if (known) return known;
    host.nodes.set(node.op, made);
  }
  return made;
}
