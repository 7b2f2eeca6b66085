/** Makes the steps of a plan: each node gets its kernel, put together from what there is for it. */
import { type DType, float64 } from '../base/dtype';
import { InvalidArgumentError, UnimplementedError } from '../base/errors';
import { isHalf } from '../base/half';
import { errorOf } from '../base/thrown';
import { Func } from '../format/attr';
import { readableOf } from '../graph/own';
import { nodeFrame } from '../graph/trace';
import { isOp, rowOf } from '../graph/opdef';
import { type Origin, bySize, either, handOn, handingOn, onDevice, onHost, viewing } from '../kernels/dispatch';
import type { GraphFunction } from '../kernels/graph-function';
import {
  type DeviceKernel,
  type HostKernelRow,
  type HostTensor,
  type Kernel,
  type KernelNode,
  type Run,
  type StatefulRow,
  Value,
  resultOf,
} from '../kernels/kernel';
import { noKernel } from '../kernels/kernel-error';
import { hostKernel, statefulKernel } from '../kernels/registry';
import { flushing } from '../kernels/host/operands';
import { withRoom } from '../kernels/room';
import { isFlushed, partsAtLeast, rounds } from '../kernels/values';
import { checkAttributes } from './attributes';
import { type PlanNode, type Source, asKernelNode, hasEffect, isHandle, isRef } from './node';
import { type Compiled, type MadeKernel, type PlanHost, type Step, type Wiring, stepOf } from './step';
import { handedOn, handsOn, isSameAsInput } from './views';

/**
 * The step of a cluster that the device runs as one; where that fails, node by node, so that errors name a node. A
 * device that fails where the steps do not is not asked again: each run would pay for both.
 */
export function clusterStep(node: PlanNode, wiring: Wiring, compiled: Compiled, host: PlanHost): Step {
  const stepwise = host.interpret(compiled.steps);
  const kernel: Kernel = (inputs, run) => {
    if (compiled.refusal !== null) return stepwise(inputs, run);
    if (compiled.kernel.isReady === false) {
      if (compiled.turns.has(run)) return stepwise(inputs, run);
      compiled.turns.add(run);
    }
    try {
      return runWhole(compiled, inputs, run);
    } catch (error) {
      if (compiled.kernel.isOverTime && run.until !== undefined && run.until < Infinity) throw error;
      const outputs = stepwise(inputs, run);
      compiled.refusal = errorOf(error).message;
      return outputs;
    }
  };
  const refs = node.inputs.map(isRef);
  return stepOf(
    node.op,
    asKernelNode(node),
    wiring,
    { kernel, again: () => stepwise, where: 'cluster', mayWait: false },
    { deref: refs.includes(true) ? refs : null, compiled, merges: false, keepsInputs: false },
  );
}
/** Runs a part as one. Where a run with a time limit fails, it goes on in steps that pause (session/in-order.ts). */
function runWhole(compiled: Compiled, inputs: readonly Value[], { until = Infinity }: Run): readonly Value[] {
  const { kernel } = compiled;
  if (!kernel.isOverTime) return kernel.run(inputs);
  const end = new Value(float64, [], Float64Array.of(until));
  try {
    return kernel.run([...inputs, end]);
  } catch (error) {
    compiled.isSlow ||= kernel.isOverTime(error);
    throw error;
  } finally {
    end.release();
  }
}
/** What is known of what is fed. */
export interface Fed {
  readonly dtype: DType;
}
/**
 * @throws UnimplementedError  where neither the host nor the device has a kernel for the node; InvalidArgumentError for
 * an attribute that no kernel reads
 */
export function makeStep(node: PlanNode, wiring: Wiring, host: PlanHost, feeds: readonly Fed[]): Step {
  const kernelNode = kernelNodeOf(node, host);
  checkAttributes(node, kernelNode);
  const made = kernelOf(node, kernelNode, host, feeds);
  const { control } = node.def.row;
  // A trigger needs none of what it waits for, and reads nothing.
  const merges = control === 'merge' || control === 'trigger';
  const keepsInputs = made.where === 'state' && hasEffect(node);
  return stepOf(node.op, kernelNode, wiring, made, { deref: derefsOf(node), compiled: null, merges, keepsInputs });
}
/** The inputs that read through a reference, where there are such. */
function derefsOf(node: PlanNode): readonly boolean[] | null {
  if (!node.inputs.some(isRef)) return null;
  const { inputs } = node.def;
  const handed = node.views ? handedOn(node) : [];
  const deref = node.inputs.map((s, i) => isRef(s) && !(inputs[i] ?? inputs[inputs.length - 1]).isRef && !handed[i]);
  return deref.includes(true) ? deref : null;
}

function kernelOf(node: PlanNode, kernelNode: KernelNode, host: PlanHost, feeds: readonly Fed[]): MadeKernel {
  const registered = isOp(node.def);
  const types = node.inputs.map(
    (s): DType => ('feed' in s ? feeds[s.feed].dtype : s.node.outputTypes[s.index]).baseDtype,
  );
  const stateful = registered ? statefulKernel(node.type, types[0]) : undefined;
  if (stateful || node.views) return statefulKernelOf(node, kernelNode, stateful, host);
  const known = (registered && hostKernel(node.type)) || null;
  const own = known?.wide && !types.some((type) => isHalf(type) || type.isComplex) ? known.wide : known;
  const row =
    own && host.device.flushes && isFlushed(node.type) && (host.asOne || !node.isFew)
      ? flushing(node.type, own, host.asOne === true)
      : own;
  const find = (): DeviceKernel | null =>
    row?.only
      ? (host.device.drawsFor?.(kernelNode) ?? null)
      : host.device.kernelFor(kernelNode, types, (i) => constantInput(node.inputs[i], host));
  const device = !registered || (row && host.placement === 'host') ? null : asking(find(), node);
  if (row && !device) return madeFor(row, null, kernelNode, onHost(row, kernelNode), 'host');
  if (device) {
    const isRounded = rounds(node.type) || (host.device.flushes === true && partsAtLeast(node.type));
    if (!row || host.placement === 'device' || (host.asOne && isRounded))
      return madeFor(row, device, kernelNode, onDevice(device, kernelNode, row), 'device');
    const overhead = device.overhead ?? host.device.overhead;
    const kernel = isRounded
      ? bySize(row, device, kernelNode, overhead)
      : either(row, device, kernelNode, overhead, node.inputs.map(originOf));
    return madeFor(row, device, kernelNode, kernel, 'either');
  }
  const inputs = node.inputs.map((s, i) => ('feed' in s ? types[i] : s.node.outputTypes[s.index]));
  const said = noKernel(node.type, `the ${host.device.kind} device`, inputs);
  throw new UnimplementedError(node.op, `${said}\n${nodeFrame(node.op)}`);
}
/** A function of its own: what it makes keeps no more than it is given here, for each of many steps. */
function madeFor(
  row: HostKernelRow | null,
  device: DeviceKernel | null,
  node: KernelNode,
  kernel: Kernel,
  where: MadeKernel['where'],
): MadeKernel {
  const again = (): Kernel => (row ? onHost(row, { ...node }) : onDevice(device!, node, null));
  return { kernel, again, where, mayWait: false };
}
/** A device's kernel, which asks for room first where its result may be large. */
function asking(kernel: DeviceKernel | null, node: PlanNode): DeviceKernel | null {
  const { grows, shape, room = shape } = rowOf(node.def);
  return kernel && grows && room && !node.isSmall ? withRoom(kernel, grows, room) : kernel;
}
function statefulKernelOf(
  node: PlanNode,
  kernelNode: KernelNode,
  stateful: StatefulRow | undefined,
  host: PlanHost,
): MadeKernel {
  const make = (of: KernelNode): Kernel =>
    stateful ? statefulOf(node, of, stateful, host) : viewing(hostKernel(node.type)!, of, isSameAsInput(node));
  return {
    kernel: make(kernelNode),
    again: () => make({ ...kernelNode }),
    where: 'state',
    mayWait: stateful?.mayWait === true,
  };
}
function statefulOf(node: PlanNode, kernelNode: KernelNode, row: StatefulRow, host: PlanHost): Kernel {
  if (node.views && node.def.row.passesThrough) return handOn;
  const { device, placement } = host;
  const made = row.make(kernelNode, { device, placement, functionOf: (name) => functionOf(node, name, host) });
  const kernel: Kernel = (inputs, run) => made(inputs, kernelNode, run);
  return node.views ? handingOn(kernel, handedOn(node)) : kernel;
}
/** The function that an attribute of a node names. @throws InvalidArgumentError  where it names none */
function functionOf({ op, attrs }: PlanNode, name: string, { functions }: PlanHost): GraphFunction<Run> {
  const func = attrs[name];
  if (functions && func instanceof Func) return functions.of(op, func);
  throw new InvalidArgumentError(op, `Attr '${name}' of '${op.name}' names no function.\n${nodeFrame(op)}`);
}
/** Where an input comes from, through what only hands it on. */
function originOf(s: Source): Origin {
  if ('feed' in s) return 'host';
  const { node } = s;
  if (node.cluster) return 'run';
  const row = hostKernel(node.type);
  if (isRef(s) || row?.once || node.inputs.some(isHandle)) return 'both';
  return row?.alias || handsOn(node) ? originOf(node.inputs[0]) : 'run';
}
function constantInput(s: Source, host: PlanHost): HostTensor | null {
  if ('feed' in s) return null;
  const row = hostKernel(s.node.type);
  return row?.once ? resultOf(row.run([], kernelNodeOf(s.node, host))) : null;
}
const isRefType = (dtype: DType): boolean => dtype.isRef;
/** One kernel node per op and session, so that a random op goes on where the last run left it. */
export function kernelNodeOf(node: PlanNode, host: PlanHost): KernelNode {
  const known = host.nodes.get(node.op);
  if (known && known.type === node.type && known.attrs === node.attrs) return known;
  const made: KernelNode = {
    def: node.def,
    type: node.type,
    name: node.op.name,
    attrs: node.attrs,
    outputTypes: node.outputTypes.some(isRefType) ? node.outputTypes.map((t) => t.baseDtype) : node.outputTypes,
    inputs: node.op.inputs,
    version: readableOf(node.op.graph).versions?.producer,
  };
  if (node.type === node.op.type && !node.changed) {
    if (known) return known;
    host.nodes.set(node.op, made);
  }
  return made;
}
