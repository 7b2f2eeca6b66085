/** Parts of a graph as programs. */
import { asNumbers } from '../../base/elements';
import { type DType, bool, float32, int32 } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import { numbersIn } from '../../base/nested';
import type { AttrValue } from '../../graph/attr-reader';
import type { CompiledKernel, GraphEdges, GraphNode } from '../compiled';
import { KernelError } from '../kernel';
import { inOnePass } from './chain';
import type { Lower } from './lower';
import { type Grounds, apart, asNumbersIn, enteringOf, runProgram, spotOf, withElements } from './lowered';
import { Draft, Memory, Program, type Spot } from './program';

/** Takes a part of a graph as one program. @throws KernelError  for a node that is none of its */
export function compileGraph(
  nodes: readonly GraphNode[],
  { inputs, outputs }: GraphEdges,
  lowerOf: (type: string) => Lower | null,
  grounds: Grounds,
): CompiledKernel {
  const draft = new Draft(grounds.kernels);
  const edges = new Map<string, Edge>();
  const readers = new Readers(nodes, outputs);
  const entering = inputs.map(({ name, shape: { fullDims }, dtype }) => {
    if (!fullDims || (dtype !== float32 && dtype !== int32 && dtype !== bool))
      throw new KernelError('Unimplemented', 'what comes in has no known shape');
    const spot = enteringOf(dtype, fullDims);
    edges.set(name, new Edge(asNumbersIn(draft, spot), dtype));
    return spot;
  });
  for (const node of nodes) addNode(node, edges, lowerOf, draft, readers);
  const given = outputs.map((name) => spotIn(edges, name, draft));
  const types = outputs.map((name) => edgeOf(edges, name).dtype);
  const outs = apart(draft, entering, given, types);
  const program = new Program(draft, entering.map(withElements), outs, grounds.kernels.heap, grounds.scratch);
  return {
    run: (values) => runProgram(program, values, grounds),
    dispose: () => program.dispose(),
  };
}
/** A tensor of a part: where it lies, and a constant's elements; where those lie is settled when that is asked. */
class Edge {
  constructor(
    public spot: Spot | null,
    readonly dtype: DType,
    readonly constant: NDArray | null = null,
  ) {}
}
const keyOf = (name: string): string => name.replace(/:0$/, '');
const isRead = (name: string): boolean => !name.startsWith('^');
/** How often tensors are read, and what goes out is. */
class Readers {
  private readonly counts = new Map<string, number>();
  /** Of tensors that one node makes, and one reads. */
  private readonly once = new Set<Memory>();
  constructor(nodes: readonly GraphNode[], outputs: readonly string[]) {
    for (const name of [...nodes.flatMap(({ input }) => input.filter(isRead)), ...outputs])
      this.counts.set(keyOf(name), (this.counts.get(keyOf(name)) ?? 0) + 1);
  }
  readonly isReadOnce = ({ memory }: Spot): boolean => this.once.has(memory);
  /** What a node gives: memory of its own, or an input's under another shape, which is read as often as both are. */
  add(key: string, { memory }: Spot, inputs: readonly Spot[]): void {
    if (this.counts.get(key) !== 1) this.once.delete(memory);
    else if (!inputs.some((input) => input.memory === memory)) this.once.add(memory);
  }
}
function edgeOf(edges: ReadonlyMap<string, Edge>, name: string): Edge {
  const edge = edges.get(keyOf(name));
  if (!edge) throw new KernelError('Internal', `'${name}' is no edge of a part`);
  return edge;
}
function spotIn(edges: ReadonlyMap<string, Edge>, name: string, draft: Draft): Spot {
  const edge = edgeOf(edges, name);
  if (edge.spot) return edge.spot;
  if (!edge.constant) throw new KernelError('Internal', `'${name}' lies nowhere`);
  const { dtype, shape, data } = edge.constant;
  // Nobody reads the elements of what only says shapes and axes.
  return (edge.spot =
    dtype === float32 || dtype === bool
      ? draft.constant(shape, new Float32Array(asNumbers(data)))
      : { ...spotOf(shape), memory: UNREAD });
}
const UNREAD = new Memory(0);
function addNode(
  node: GraphNode,
  edges: Map<string, Edge>,
  lowerOf: (type: string) => Lower | null,
  draft: Draft,
  readers: Readers,
): void {
  const attrs: Record<string, AttrValue> = {};
  for (const [name, { value }] of Object.entries(node.attr)) if (value !== null) attrs[name] = value;
  const constant = node.op === 'Const' ? attrs['value'] : null;
  if (constant instanceof NDArray) {
    edges.set(node.name, new Edge(null, constant.dtype, constant));
    return;
  }
  const lower = lowerOf(node.op);
  if (!lower) throw new KernelError('Unimplemented', `'${node.op}' has no kernel of our own`);
  const read = node.input.filter(isRead);
  const numbers = (i: number): readonly number[] | null => {
    const { constant } = edgeOf(edges, read[i]);
    return constant && numbersIn(constant);
  };
  const types = node.outputTypes ?? [float32];
  const inputs = read.map((name) => spotIn(edges, name, draft));
  const items = draft.items.length;
  const made = lower(inputs, { node: { type: node.op, attrs, outputTypes: types }, draft, numbers });
  if (!made) throw new KernelError('Unimplemented', `'${node.name}' is left to the steps`);
  // A node of several calls may read an input in more than one of them, one of several results may hand it on.
  if (made.length === 1 && draft.items.length === items + 1) inOnePass(draft, made[0], readers.isReadOnce);
  made.forEach((spot, i) => {
    const key = i ? `${node.name}:${i}` : node.name;
    edges.set(key, new Edge(spot, types[i]));
    readers.add(key, spot, inputs);
  });
}
