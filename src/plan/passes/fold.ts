/** Constant folding: what does not depend on a feed, a variable or chance is computed when the plan is made. */
import { entryOf } from '../../base/keys';
import { NDArray } from '../../base/ndarray';
import { type Device, type HostKernelRow, resultsOf } from '../../kernels/kernel';
import { hostKernel } from '../../kernels/registry';
import { belongsOnHost } from '../../kernels/dispatch';
import { flushing } from '../../kernels/host/operands';
import { isFlushed, partsAtLeast, rounds } from '../../kernels/values';
import type { Facts } from '../facts';
import { mayFail } from '../failures';
import {
  type PlanNode,
  type PrunedGraph,
  type Source,
  branchBehind,
  branchOf,
  hasEffect,
  isInvariant,
  isOfStep,
  newNode,
  nodesWithEffects,
  asKernelNode,
} from '../node';
import { mapSources } from '../rewrite';

/** A device, where it is asked what it would compute. */
export type Folder = Partial<Pick<Device, 'kernelFor' | 'overhead' | 'flushes'>>;
/** Larger results are left to the run: they would only take memory. */
const LARGEST = 1 << 20;

/**
 * f(constants) -> constant, and shapes of known size -> constant. On one way of a Switch the constant waits for what
 * the node read there, so that it is there where the node was; behind stacks and arrays, so that it is there when.
 */
export function foldConstants(pruned: PrunedGraph, facts: Facts, target: Folder | null = null, asOne = false): number {
  const isDevices = (node: PlanNode, row: HostKernelRow, inputs: readonly NDArray[]): boolean =>
    target !== null && roundsOnDevice(node, row, inputs, target, asOne);
  const known = new Map<PlanNode, readonly (NDArray | null)[]>();
  const constants = new Map<PlanNode, PlanNode[]>();
  const valueOf = (s: Source): NDArray | null => ('feed' in s ? null : (known.get(s.node)?.[s.index] ?? null));
  const kept = nodesWithEffects(pruned, (node) => hasEffect(node) && !isOfStep(node));
  const ordered = nodesWithEffects(pruned, isOfStep);
  const folded = new Set<PlanNode>();
  for (const node of pruned.nodes) {
    const controls = kept.has(node) ? null : anchorsOf(node, ordered.has(node));
    const values = controls && valuesOf(node, facts, valueOf, isDevices, target?.flushes === true, asOne);
    if (!values) continue;
    known.set(node, values);
    if (isConstant(node) || node.def.effect !== 'pure' || values.includes(null)) continue;
    folded.add(node);
    constants.set(
      node,
      values.map((value) => constantNode(node, value!, controls!)),
    );
  }
  const replace = (s: Source): Source => {
    if ('feed' in s || !folded.has(s.node)) return s;
    return { node: entryOf(constants, s.node)[s.index], index: 0 };
  };
  const standIn = (node: PlanNode): PlanNode => constants.get(node)?.[0] ?? node;
  mapSources(pruned, replace);
  for (const node of pruned.nodes) if (node.controls.length) node.controls = node.controls.map(standIn);
  pruned.targets = pruned.targets.map(standIn);
  const made = [...constants.values()].flat();
  for (const node of made) node.controls = node.controls.map(standIn);
  const here = made.filter((node) => !node.controls.length);
  pruned.nodes = [
    ...here,
    ...pruned.nodes.flatMap((node) => (!folded.has(node) ? [node] : inPlace(entryOf(constants, node)))),
  ];
  return folded.size + dropIdle(pruned, facts);
}
/**
 * Takes out what has no effect after all: an assertion that holds. Who waited for one waits for what that read. Where
 * it is asked to run, or at times only, it stays.
 */
function dropIdle(pruned: PrunedGraph, facts: Facts): number {
  const idle = new Set(
    pruned.nodes.filter((node) => node.branch === 0 && facts.isIdle(node) && !pruned.targets.includes(node)),
  );
  if (!idle.size) return 0;
  const above = (node: PlanNode): PlanNode[] => (idle.has(node) ? anchorsOfAll(node).flatMap(above) : [node]);
  for (const node of pruned.nodes)
    if (node.controls.some((c) => idle.has(c))) node.controls = [...new Set(node.controls.flatMap(above))];
  pruned.nodes = pruned.nodes.filter((node) => !idle.has(node));
  return idle.size;
}
/** Those that wait for something stay where the node was. */
function inPlace(constants: readonly PlanNode[]): PlanNode[] {
  return constants.filter((node) => node.controls.length > 0);
}
/** What a constant must wait for to be there exactly where, and when, the node is; null where that cannot be said. */
function anchorsOf(node: PlanNode, isOrdered: boolean): PlanNode[] | null {
  if (node.branch === 0) return isOrdered ? anchorsOfAll(node) : [];
  for (const s of node.inputs)
    if ('node' in s && branchOf(s) === node.branch && branchBehind(s.node) === node.branch)
      return isConstant(s.node) ? s.node.controls : [s.node];
  // What reads nothing but constants is there where all of them are.
  return node.inputs.every((s) => 'node' in s && isConstant(s.node)) ? anchorsOfAll(node) : null;
}
function anchorsOfAll({ inputs, controls }: PlanNode): PlanNode[] {
  const read = inputs.flatMap((s) => ('feed' in s ? [] : isConstant(s.node) ? s.node.controls : [s.node]));
  return [...new Set([...controls, ...read])];
}
function constantNode({ op, branch, frame }: PlanNode, value: NDArray, controls: PlanNode[]): PlanNode {
  const { dtype } = value;
  return newNode(op, 'Const', { attrs: { value, dtype }, inputs: [], outputTypes: [dtype], controls, branch, frame });
}
function isConstant(node: PlanNode): boolean {
  return hostKernel(node.type)?.once === true;
}

/** The values of a node's outputs, or null where they are not known. */
function valuesOf(
  node: PlanNode,
  facts: Facts,
  valueOf: (s: Source) => NDArray | null,
  isDevices: (node: PlanNode, row: HostKernelRow, inputs: readonly NDArray[]) => boolean,
  flushes: boolean,
  asOne: boolean,
): readonly (NDArray | null)[] | null {
  const def = node.def;
  // What comes into every iteration of a loop is known there, where it is known outside.
  if (isInvariant(node)) return [valueOf(node.inputs[0]) ?? facts.value(node.inputs[0])];
  if (def.effect !== 'pure' || node.outputTypes.some((t) => t.isRef) || !node.outputTypes.length) return null;
  const own = hostKernel(node.type);
  const row = own && flushes && isFlushed(node.type) ? flushing(node.type, own, asOne) : own;
  const inputs = node.inputs.map((s) => valueOf(s) ?? facts.value(s));
  // Where all inputs are known the kernel says what comes of them, or that the node fails: then it stays and says so.
  if (inputs.length && inputs.every((input) => input !== null) && row) {
    const sizes = node.outputTypes.map((_, index) => facts.shape({ node, index }).numElements());
    if (sizes.some((n) => n !== null && n > LARGEST) || isDevices(node, row, inputs)) return null;
    return computed(node, row, inputs);
  }
  // What is concluded from shapes holds where the node succeeds.
  if (mayFail(node, facts)) return null;
  const values = node.outputTypes.map((_, index) => facts.value({ node, index }));
  return values.every((value) => value && value.size <= LARGEST) ? values : null;
}
/** Whether the device would round it in a run: then the host does not do so before. */
function roundsOnDevice(
  node: PlanNode,
  row: HostKernelRow,
  inputs: readonly NDArray[],
  target: Folder,
  asOne: boolean,
): boolean {
  const { overhead, flushes = false } = target;
  if (!(rounds(node.type) || (flushes && partsAtLeast(node.type))) || row.only || overhead === undefined) return false;
  const kernelNode = asKernelNode(node);
  const kernel = target.kernelFor?.(
    kernelNode,
    inputs.map(({ dtype }) => dtype),
    (i) => inputs[i],
  );
  return !!kernel && (asOne || !belongsOnHost(row, kernelNode, inputs, kernel.overhead ?? overhead));
}
function computed(node: PlanNode, row: HostKernelRow, inputs: readonly NDArray[]): readonly NDArray[] | null {
  try {
    const list = resultsOf(row.run(inputs, asKernelNode(node)));
    return list.map((t) => new NDArray(t.dtype, t.shape, t.data));
  } catch {
    return null; // The run will say what is wrong, with the node.
  }
}
