/** Nodes as programs: one as a step of a plan, many as a part of it that runs as one. */
import { numbersIn } from '../../base/nested';
import { type DType, float32 } from '../../base/dtype';
import { NDArray } from '../../base/ndarray';
import { asNumbers } from '../../base/elements';
import { sameShape, sizeOf } from '../../base/shape';
import type { AttrValue } from '../../graph/attr-reader';
import type { CompiledKernel, GraphEdges, GraphNode } from '../compiled';
import { type Device, KernelError, type KernelNode, type Look, Value } from '../kernel';
import type { Kernels } from './kernels';
import type { Lower, Lowering } from './lower';
import { Draft, Memory, Program, type Scratch, type Spot } from './program';
import { type RecipeRow, infoOf } from './recipe';
import type { BackendWasm } from './wasm';

/** What of a row says how an op is lowered. */
export type Lowered = Required<Pick<RecipeRow, 'lower'>> & Pick<RecipeRow, 'mayBeEmpty'>;
/** What programs work on. */
export interface Grounds {
  readonly device: Device;
  readonly backend: BackendWasm;
  readonly kernels: Kernels;
  readonly scratch: Scratch;
}
const spotOf = (shape: readonly number[]): Spot => ({ shape, memory: new Memory(4 * sizeOf(shape)), at: 0 });

/** What is read by address. */
const withElements = (spot: Spot): Spot | null => (spot.memory.bytes ? spot : null);

/** Puts what goes out into memory of its own, where it is a part of another tensor, or what came in. */
function apart(draft: Draft, inputs: readonly (Spot | null)[], outputs: readonly Spot[]): Spot[] {
  const taken = new Set<Memory>();
  for (const spot of [...inputs, ...draft.constants.map((c) => c.spot)]) if (spot) taken.add(spot.memory);
  return outputs.map((spot) => {
    const size = sizeOf(spot.shape);
    if (spot.at === 0 && spot.memory.bytes === 4 * size && !taken.has(spot.memory)) {
      taken.add(spot.memory);
      return spot;
    }
    const out = draft.make(spot.shape);
    taken.add(out.memory);
    draft.copy(spot, 0, out, 0, 1, size);
    return out;
  });
}
/** Runs a program from these values to new ones. */
function runProgram(program: Program, inputs: readonly Value[], { device, backend }: Grounds): Value[] {
  const edges: number[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const bytes = program.bytesOf(i);
    if (bytes === null) continue;
    if (bytes !== 4 * inputs[i].size) throw new KernelError('Internal', 'a program was made for other shapes');
    device.upload(inputs[i]);
  }
  const made = program.outputs.map(({ shape }) => backend.makeOutput(shape.slice(), 'float32'));
  // Asked for after the outputs are made: memory may have grown and moved.
  for (let i = 0; i < inputs.length; i++)
    edges.push(program.bytesOf(i) === null ? 0 : backend.getMemoryOffset(infoOf(inputs[i]).dataId));
  for (const { dataId } of made) edges.push(backend.getMemoryOffset(dataId));
  program.run(edges);
  return made.map((info) => Value.at(device, float32, info.shape, info));
}

/** A node's kernel by its program, made anew for other shapes and numbers; null where it has none for these. */
export function stepKernel(
  lower: Lower,
  node: KernelNode,
  grounds: Grounds,
): (inputs: readonly Value[]) => Value[] | null {
  let last: Made | null = null;
  return (inputs) => {
    if (!last?.fits(inputs)) {
      last?.dispose();
      last = new Made(lower, node, inputs, grounds);
    }
    return last.run(inputs);
  };
}
/** A program for inputs of some shapes, and for integers that it was made with. */
class Made {
  private readonly shapes: readonly (readonly number[])[];
  private readonly numbers = new Map<number, readonly number[]>();
  private readonly program: Program | null = null;
  /** Of outputs that are an input under another shape: which. */
  private readonly handed: readonly (number | null)[] = [];
  private readonly given: readonly Spot[] = [];
  constructor(
    lower: Lower,
    node: KernelNode,
    inputs: readonly Value[],
    private readonly grounds: Grounds,
  ) {
    const { kernels, scratch } = grounds;
    this.shapes = inputs.map((x) => x.shape.slice());
    const spots = inputs.map((x) => spotOf(x.shape));
    const draft = new Draft(kernels);
    const numbers = (i: number): readonly number[] => {
      const read = numbersIn({ data: inputs[i].read() });
      this.numbers.set(i, read);
      return read;
    };
    const outputs = lower(spots, { node, draft, numbers });
    if (!outputs) return;
    this.given = outputs;
    this.handed = outputs.map((out) => {
      const i = spots.findIndex(
        (x) => x.memory === out.memory && out.at === 0 && sizeOf(x.shape) === sizeOf(out.shape),
      );
      return i < 0 ? null : i;
    });
    const own = outputs.filter((_, i) => this.handed[i] === null);
    const read = spots.map((spot, i) => (this.numbers.has(i) ? null : withElements(spot)));
    this.program = new Program(draft, read, apart(draft, spots, own), kernels.heap, scratch);
  }
  fits(inputs: readonly Value[]): boolean {
    for (let i = 0; i < inputs.length; i++) if (!sameShape(inputs[i].shape, this.shapes[i])) return false;
    for (const [i, known] of this.numbers) if (!sameShape(numbersIn({ data: inputs[i].read() }), known)) return false;
    return inputs.length === this.shapes.length;
  }
  run(inputs: readonly Value[]): Value[] | null {
    const { program, handed, given, grounds } = this;
    if (!program) return null;
    if (handed.every((i) => i === null)) return runProgram(program, inputs, grounds);
    const own = program.outputs.length ? runProgram(program, inputs, grounds) : [];
    let next = 0;
    return handed.map((i, at) => (i === null ? own[next++] : handedOn(inputs[i], given[at].shape, grounds.device)));
  }
  dispose(): void {
    this.program?.dispose();
  }
}
function handedOn(value: Value, shape: readonly number[], device: Device): Value {
  device.upload(value);
  return Value.at(device, value.dtype, shape, device.reshape(value, shape));
}

/** Whether a node can be a part of a program: all is known of its shapes, and of its integers. */
export function isLowered(
  { lower, mayBeEmpty = [] }: Lowered,
  node: Lowering['node'],
  types: readonly DType[],
  look: Look,
  kernels: Kernels,
): boolean {
  if (node.outputTypes.some((type) => type !== float32)) return false;
  const asked = new Set<number>();
  const spots: Spot[] = [];
  for (let i = 0; i < types.length; i++) {
    const shape = look.shape(i);
    if (!shape || (shape.includes(0) && !mayBeEmpty.includes(i))) return false;
    spots.push(spotOf(shape));
  }
  const numbers = (i: number): readonly number[] | null => {
    const data = look.data(i);
    if (data === null) return null;
    asked.add(i);
    return numbersIn({ data });
  };
  const made = tried(() => lower(spots, { node, draft: new Draft(kernels), numbers }));
  return made !== null && types.every((type, i) => type === float32 || asked.has(i));
}

/** What it gives; null where the node is refused, which the run will say. */
function tried<T>(make: () => T | null): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof KernelError) return null;
    throw error;
  }
}

/** Takes a part of a graph as one program. @throws KernelError  for a node that is none of its */
export function compileGraph(
  nodes: readonly GraphNode[],
  { inputs, outputs }: GraphEdges,
  lowerOf: (type: string) => Lower | null,
  grounds: Grounds,
): CompiledKernel {
  const draft = new Draft(grounds.kernels);
  const edges = new Map<string, Edge>();
  const entering = inputs.map(({ name, shape: { fullDims }, dtype }) => {
    if (!fullDims || dtype !== float32) throw new KernelError('Unimplemented', 'what comes in has no known shape');
    const spot = spotOf(fullDims);
    edges.set(name, new Edge(spot));
    return spot;
  });
  for (const node of nodes) addNode(node, edges, lowerOf, draft);
  const given = outputs.map((name) => spotIn(edges, name, draft));
  const outs = apart(draft, entering, given);
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
    readonly constant: NDArray | null = null,
  ) {}
}
function edgeOf(edges: ReadonlyMap<string, Edge>, name: string): Edge {
  const edge = edges.get(name.replace(/:0$/, ''));
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
    dtype === float32
      ? draft.constant(shape, new Float32Array(asNumbers(data)))
      : { ...spotOf(shape), memory: UNREAD });
}
const UNREAD = new Memory(0);
function addNode(
  node: GraphNode,
  edges: Map<string, Edge>,
  lowerOf: (type: string) => Lower | null,
  draft: Draft,
): void {
  const attrs: Record<string, AttrValue> = {};
  for (const [name, { value }] of Object.entries(node.attr)) if (value !== null) attrs[name] = value;
  const constant = node.op === 'Const' ? attrs['value'] : null;
  if (constant instanceof NDArray) {
    edges.set(node.name, new Edge(null, constant));
    return;
  }
  const lower = lowerOf(node.op);
  if (!lower) throw new KernelError('Unimplemented', `'${node.op}' has no kernel of our own`);
  const read = node.input.filter((name) => !name.startsWith('^'));
  const numbers = (i: number): readonly number[] | null => {
    const { constant } = edgeOf(edges, read[i]);
    return constant && numbersIn(constant);
  };
  const made = lower(
    read.map((name) => spotIn(edges, name, draft)),
    { node: { type: node.op, attrs, outputTypes: node.outputTypes ?? [float32] }, draft, numbers },
  );
  if (!made) throw new KernelError('Unimplemented', `'${node.name}' is left to the steps`);
  made.forEach((spot, i) => edges.set(i ? `${node.name}:${i}` : node.name, new Edge(spot)));
}
