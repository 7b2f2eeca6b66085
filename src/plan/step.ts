/** The steps of a plan: a node, the slots that it reads and fills, and its kernel. */
import type { DType, Data } from '../base/dtype';
import { UnimplementedError } from '../base/errors';
import type { Operation, Tensor } from '../graph/graph';
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
  type Value,
  hostKernel,
  statefulKernel,
} from '../kernels/kernel';
import { handingOn, viewing } from '../kernels/dispatch';
import { type PlanNode, type Source, isRef } from './node';
import type { GraphOptions } from './optimize';
import { handedOn, isSameAsInput } from './views';

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
  readonly compiled: { readonly kernel: CompiledKernel; readonly steps: Layout } | null;
  /** In a conditional plan: the steps that it waits for by number, and whether one of its inputs is enough. */
  readonly waits: readonly number[];
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

/** What surrounds a node's kernel in a step. */
export interface Wiring {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly dead: readonly number[];
  readonly waits: readonly number[];
}

/** The step of a cluster that the device runs as one. */
export function clusterStep(node: PlanNode, wiring: Wiring, compiled: NonNullable<Step['compiled']>): Step {
  return {
    ...wiring,
    op: node.op,
    node: { type: node.type, name: node.op.name, attrs: node.attrs, outputTypes: node.outputTypes, state: undefined },
    stateful: null,
    host: null,
    device: null,
    deref: node.inputs.some(isRef) ? node.inputs.map(isRef) : null,
    compiled,
    merges: false,
  };
}
/** @throws UnimplementedError  where neither the host nor the device has a kernel for the node */
export function makeStep(node: PlanNode, wiring: Wiring, host: PlanHost, feeds: readonly Tensor[]): Step {
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
      `No kernel for op type '${node.type}' on the ${host.device.kind} device with inputs ` +
        `(${types.map((t) => t.name).join(', ')})` +
        `\n\t [[node ${node.op.name}${node.op.trace.line ? ` (defined at ${node.op.trace.line})` : ''} ]]`,
    );
  }
  return {
    ...wiring,
    op: node.op,
    node: kernelNode,
    stateful,
    host: host.placement === 'device' && device ? null : row,
    device,
    deref: deref.includes(true) ? deref : null,
    compiled: null,
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
    state: known?.state,
  };
  if (node.type === node.op.type && !node.changed) {
    if (known) return known;
    host.nodes.set(node.op, made);
  }
  return made;
}
