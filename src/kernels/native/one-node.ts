/**
 * Kernels of nodes with an attribute that the addon cannot set on an op: a graph of the one node, which TensorFlow's
 * session runs. In it attributes are bytes, and can be anything.
 */
import { type DType, int32 } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import { errorOf } from '../../base/thrown';
import { TensorShape } from '../../base/shape';
import { type AttrBytes, type NodeBytes, encodeGraphDef } from '../../format/graphdef';
import type { CompiledKernel } from '../compiled';
import { type DeviceKernel, KernelError, type KernelNode } from '../kernel';
import { type Value, release } from '../value';
import { type NativeDevice, translate } from './call';
import { loadGraph, placeholder } from './graph-runner';
import { bitcast, carried, fromBits, goesAsBits, toBits } from './in-bits';
import { REMOVED } from './removed';

/** A run of TensorFlow's session with one node, measured. */
const OVERHEAD = 25_000;
/** Graphs that are kept; the one that was not used for the longest time goes, and is loaded again when it is needed. */
const MOST = 128;
/** Graphs by what they are made of: nodes that are alike share one. */
export type OneNodeGraphs = Map<string, CompiledKernel>;

/** The kernel of a node as a graph of its own; null where its attributes cannot be written. */
export function oneNodeKernel(
  device: NativeDevice,
  graphs: OneNodeGraphs,
  node: KernelNode,
  inputTypes: readonly DType[],
): DeviceKernel | null {
  if (node.def.attrs.some(({ kind }) => kind === 'func' || kind === 'list(func)')) return null;
  const nodes = nodesOf(node, inputTypes);
  // What was removed is there in graphs from before alone.
  const version = REMOVED.has(node.type) ? node.version : undefined;
  const key = new TextDecoder('latin1').decode(encodeGraphDef(nodes, version));
  const fetched = node.outputTypes.map((dtype, i) => (goesAsBits(dtype) ? `o${i}:0` : `node:${i}`));
  const kernel: DeviceKernel = (inputs) => {
    let graph = graphs.get(key);
    // Used last, so it stands last.
    if (graph) graphs.delete(key);
    try {
      graph ??= load(device, graphs, nodes, inputTypes.length, fetched, version);
      graphs.set(key, graph);
      const outputs = runInBits(graph, inputs, node.outputTypes);
      if (node.outputTypes.length) return outputs;
      outputs.forEach(release);
      return [];
    } catch (error) {
      throw error instanceof KernelError ? error : translate(errorOf(error));
    }
  };
  return Object.assign(kernel, { overhead: OVERHEAD });
}
/** Runs a graph; what the addon does not carry goes in and comes out as its bits. */
function runInBits(graph: CompiledKernel, inputs: readonly Value[], types: readonly DType[]): readonly Value[] {
  const given = inputs.map(toBits);
  try {
    const outputs = graph.run(given);
    return types.length ? outputs.map((value, i) => fromBits(value, types[i])) : outputs;
  } finally {
    given.forEach(release);
  }
}
function load(
  device: NativeDevice,
  graphs: OneNodeGraphs,
  nodes: readonly NodeBytes[],
  inputs: number,
  fetched: readonly string[],
  version: number | undefined,
): CompiledKernel {
  for (const [key, graph] of graphs) {
    if (graphs.size < MOST) break;
    graph.dispose();
    graphs.delete(key);
  }
  try {
    return loadGraph(
      device,
      nodes,
      Array.from({ length: inputs }, (_, i) => `i${i}:0`),
      fetched.length ? fetched : [`${DONE.name}:0`],
      version,
    );
  } catch (error) {
    // TensorFlow 2 defines the op otherwise, or has no kernel for it.
    throw new KernelError('Unimplemented', errorOf(error).message.replace('Failed to load SavedModel: ', ''));
  }
}
function nodesOf(node: KernelNode, inputTypes: readonly DType[]): NodeBytes[] {
  const attr: Record<string, AttrBytes> = {};
  for (const { name, kind } of node.def.attrs)
    if (node.attrs[name] !== undefined) attr[name] = { kind, value: node.attrs[name] };
  const shape = TensorShape.unknown();
  const [odd, oddOut] = [inputTypes, node.outputTypes].map((types) => types.map(goesAsBits));
  return [
    ...inputTypes.map((dtype, i) => placeholder({ name: `i${i}`, dtype: carried(dtype), shape })),
    ...inputTypes.flatMap((dtype, i) => (odd[i] ? [bitcast(`b${i}`, `i${i}`, carried(dtype), dtype)] : [])),
    { name: 'node', op: node.type, input: odd.map((isOdd, i) => (isOdd ? `b${i}` : `i${i}`)), attr },
    ...node.outputTypes.flatMap((dtype, i) =>
      oddOut[i] ? [bitcast(`o${i}`, `node:${i}`, dtype, carried(dtype))] : [],
    ),
    ...(node.outputTypes.length ? [] : [DONE]),
  ];
}
/** What is fetched where nothing comes out of the node: a session runs what leads to outputs. */
const DONE: NodeBytes = {
  name: 'done',
  op: 'Const',
  input: ['^node'],
  attr: {
    dtype: { kind: 'type', value: int32 },
    value: { kind: 'tensor', value: new NDArray(int32, [], Int32Array.of(0)) },
  },
};
