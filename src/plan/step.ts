/** The steps of a plan: a node, the slots that it reads and fills, and its kernel. */
import type { DType, Data } from '../base/dtype';
import { UnimplementedError } from '../base/errors';
import type { Operation, Tensor } from '../graph/graph';
import {
  type CompiledKernel,
  type Device,
  type HostTensor,
  type Kernel,
  type KernelNode,
  type Placement,
  type StatefulRow,
  type Value,
  hostKernel,
  statefulKernel,
} from '../kernels/kernel';
import { type Origin, either, handOn, handingOn, onDevice, onHost, viewing } from '../kernels/dispatch';
import { type PlanNode, type Source, isRef } from './node';
import type { GraphOptions } from './optimize';
import { handedOn, handsOn, isSameAsInput } from './views';

export interface Step {
  readonly op: Operation;
  readonly node: KernelNode;
  readonly inputs: readonly number[];
  /** Inputs that read through a reference: the variable's value is wanted, not the variable. */
  readonly deref: readonly boolean[] | null;
  readonly outputs: readonly number[];
  /** Slots that nobody reads after this step. */
  readonly dead: readonly number[];
  readonly kernel: Kernel;
  /** The kernel anew, on the host where there is one: to do a step again without what it has kept. */
  again(): Kernel;
  /** Where the kernel computes; 'state' where it has effects, or hands values on. */
  readonly where: 'state' | 'host' | 'device' | 'either' | 'cluster';
  /** True where the kernel may give a promise. */
  readonly mayWait: boolean;
  /** A part of the graph that the device runs as one, and the same part step by step, for what goes wrong in it. */
  readonly compiled: { readonly kernel: CompiledKernel; readonly steps: Layout } | null;
  /** The steps that it waits for, by number. */
  readonly waits: readonly number[];
  /** Whether one of its inputs is enough. */
  readonly merges: boolean;
}

/** Steps in order, on numbered slots: what an executor needs. */
export interface Layout {
  readonly steps: readonly Step[];
  readonly slots: number;
  /** Fed values take the first slots, in the order of the signature. */
  readonly feedCount: number;
  /**
   * Values that are the same in every run; they take the next slots. The plan owns them, and their copies on the
   * device.
   */
  readonly constants: readonly Value[];
  readonly fetchSlots: readonly number[];
  /** Fetches that read through a reference. */
  readonly fetchDeref: readonly boolean[];
  /** Fetches that may lie in the memory of what is fed. */
  readonly fetchAliases: readonly boolean[];
  /** True where a part of it runs as one on the device. */
  readonly compiled: boolean;
  /** True where some steps may be left out: those on the way that a Switch does not take. */
  readonly conditional: boolean;
  /** True where a kernel may have to wait. */
  readonly mayWait: boolean;
}

/** What a plan needs of its session: nodes that keep their state from plan to plan, and where kernels run. */
export interface PlanHost {
  readonly placement: Placement;
  readonly device: Device;
  readonly nodes: Map<Operation, KernelNode>;
  readonly graphOptions?: GraphOptions;
  /** Values of constants by their data: on the device at most once. */
  readonly constants: WeakMap<Data, Value>;
  /** Runs steps one after the other, as a kernel: what a cluster does where the device fails. */
  interpret(layout: Layout): Kernel;
}

/** What surrounds a node's kernel in a step. */
export interface Wiring {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly dead: readonly number[];
  readonly waits: readonly number[];
}

/**
 * Every step is made here, field by field: so all have one layout in memory, which makes the loop over them several
 * times as fast as with objects that were spread together.
 */
export function stepOf(step: Step): Step {
  const { op, node, inputs, deref, outputs, dead, kernel, again, where, mayWait, compiled, waits, merges } = step;
  return { op, node, inputs, deref, outputs, dead, kernel, again, where, mayWait, compiled, waits, merges };
}

/** The step of a cluster that the device runs as one; where that fails, node by node, so that errors name a node. */
export function clusterStep(
  node: PlanNode,
  wiring: Wiring,
  compiled: NonNullable<Step['compiled']>,
  host: PlanHost,
): Step {
  const stepwise = host.interpret(compiled.steps);
  const kernel: Kernel = (inputs, run) => {
    try {
      return compiled.kernel.run(inputs);
    } catch {
      return stepwise(inputs, run);
    }
  };
  return stepOf({
    ...wiring,
    op: node.op,
    node: { type: node.type, name: node.op.name, attrs: node.attrs, outputTypes: node.outputTypes },
    kernel,
    again: () => stepwise,
    where: 'cluster',
    mayWait: false,
    deref: node.inputs.some(isRef) ? node.inputs.map(isRef) : null,
    compiled,
    merges: false,
  });
}
/** @throws UnimplementedError  where neither the host nor the device has a kernel for the node */
export function makeStep(node: PlanNode, wiring: Wiring, host: PlanHost, feeds: readonly Tensor[]): Step {
  const def = node.def;
  const refInput = (i: number): boolean => (def.inputs[i] ?? def.inputs[def.inputs.length - 1]).isRef;
  const handed = node.views ? handedOn(node) : [];
  const deref = node.inputs.map((s, i) => isRef(s) && !refInput(i) && !handed[i]);
  return stepOf({
    ...wiring,
    op: node.op,
    node: kernelNodeOf(node, host),
    ...kernelOf(node, host, feeds),
    deref: deref.includes(true) ? deref : null,
    compiled: null,
    merges: def.row.control === 'merge',
  });
}
type MadeKernel = Pick<Step, 'kernel' | 'again' | 'where' | 'mayWait'>;

function kernelOf(node: PlanNode, host: PlanHost, feeds: readonly Tensor[]): MadeKernel {
  const kernelNode = kernelNodeOf(node, host);
  const stateful = statefulKernel(node.type);
  if (stateful || node.views) {
    const make = (of: KernelNode): Kernel =>
      stateful ? statefulOf(node, of, stateful, host) : viewing(hostKernel(node.type)!, of, isSameAsInput(node));
    return {
      kernel: make(kernelNode),
      again: () => make({ ...kernelNode }),
      where: 'state',
      mayWait: stateful?.mayWait === true,
    };
  }
  const row = hostKernel(node.type) ?? null;
  const types = node.inputs.map(
    (s, i): DType => ('feed' in s ? (feeds[s.feed] ?? node.op.inputs[i]).dtype : s.node.outputTypes[s.index]).baseDtype,
  );
  const device =
    row?.only || (row && host.placement === 'host')
      ? null
      : host.device.kernelFor(kernelNode, types, (i) => constantInput(node.inputs[i], host));
  if (row && !device) {
    const again = (): Kernel => onHost(row, { ...kernelNode });
    return { kernel: onHost(row, kernelNode), again, where: 'host', mayWait: false };
  }
  if (device) {
    const again = (): Kernel => (row ? onHost(row, { ...kernelNode }) : onDevice(device, kernelNode, null));
    if (!row || host.placement === 'device')
      return { kernel: onDevice(device, kernelNode, row), again, where: 'device', mayWait: false };
    const overhead = device.overhead ?? host.device.overhead;
    const kernel = either(row, device, kernelNode, overhead, node.inputs.map(originOf));
    return { kernel, again, where: 'either', mayWait: false };
  }
  const named = node.inputs.map((s, i) => ('feed' in s ? types[i] : s.node.outputTypes[s.index]).name);
  throw new UnimplementedError(
    node.op,
    `No kernel for op type '${node.type}' on the ${host.device.kind} device with inputs (${named.join(', ')})` +
      `\n\t [[node ${node.op.name}${node.op.trace.line ? ` (defined at ${node.op.trace.line})` : ''} ]]`,
  );
}
function statefulOf(node: PlanNode, kernelNode: KernelNode, row: StatefulRow, host: PlanHost): Kernel {
  if (node.views && node.def.row.passesThrough) return handOn;
  const made = row.make(kernelNode, host);
  const kernel: Kernel = (inputs, run) => made(inputs, kernelNode, run);
  return node.views ? handingOn(kernel, handedOn(node)) : kernel;
}
/** Where an input comes from, through what only hands it on. */
function originOf(s: Source): Origin {
  if ('feed' in s) return 'host';
  const { node } = s;
  if (node.group) return 'run';
  const row = hostKernel(node.type);
  if (isRef(s) || row?.once || node.inputs.some(isHandle)) return 'both';
  return row?.alias || handsOn(node) ? originOf(node.inputs[0]) : 'run';
}
function isHandle(s: Source): boolean {
  return !('feed' in s) && s.node.outputTypes[s.index].name === 'resource';
}
function constantInput(s: Source, host: PlanHost): HostTensor | null {
  const row = 'feed' in s ? null : hostKernel(s.node.type);
  return row?.once ? (row.run([], kernelNodeOf((s as { node: PlanNode }).node, host)) as HostTensor) : null;
}
/** One kernel node per op and session, so that a random op goes on where the last run left it. */
export function kernelNodeOf(node: PlanNode, host: PlanHost): KernelNode {
  const known = host.nodes.get(node.op);
  if (known && known.type === node.type && known.attrs === node.attrs) return known;
  const made: KernelNode = {
    type: node.type,
    name: node.op.name,
    attrs: node.attrs,
    outputTypes: node.outputTypes.map((t) => t.baseDtype),
    inputs: node.op.inputs,
  };
  if (node.type === node.op.type && !node.changed) {
    if (known) return known;
    host.nodes.set(node.op, made);
  }
  return made;
}
