/** Nodes as programs: one as a step of a plan; many are in graph-program.ts. */
import { numbersIn } from '../../base/nested';
import { type DType, bool, float32, int32 } from '../../base/dtype';
import { sameShape, sizeOf } from '../../base/shape';
import { type Device, KernelError, type KernelNode, type Look, Value } from '../kernel';
import type { Kernels } from './kernels';
import type { Lower, Lowering } from './lower';
import { Draft, Memory, Program, type Spot } from './program';
import { type RecipeRow, infoOf } from './recipe';
import type { Scratch } from './scratch';
import type { Shared } from './team';
import type { BackendWasm } from './wasm';

/** What of a row says how an op is lowered. */
export type Lowered = Required<Pick<RecipeRow, 'lower'>> & Pick<RecipeRow, 'mayBeEmpty' | 'integers'>;
/** What programs work on. */
export interface Grounds {
  readonly device: Device;
  readonly backend: BackendWasm;
  readonly kernels: Kernels;
  readonly scratch: Scratch;
}
export const spotOf = (shape: readonly number[]): Spot => ({ shape, memory: new Memory(4 * sizeOf(shape)), at: 0 });
/** What comes in, of a type. */
export const enteringOf = (dtype: DType, shape: readonly number[]): Spot =>
  dtype === bool ? bytesOf(shape) : spotOf(shape);
/** Truths that come in or go out. */
function bytesOf(shape: readonly number[]): Spot {
  return { shape, memory: new Memory(sizeOf(shape)), at: 0, isBytes: true };
}
/** What came in as numbers. */
export function asNumbersIn(draft: Draft, spot: Spot): Spot {
  return spot.isBytes ? turned(draft, draft.kernels.fromBytes, spot, draft.make(spot.shape)) : spot;
}
function turned(draft: Draft, fn: Shared, x: Spot, to: Spot): Spot {
  const size = sizeOf(x.shape);
  if (size) draft.call(fn, x, to, size);
  return to;
}

/** What is read by address. */
export const withElements = (spot: Spot): Spot | null => (spot.memory.bytes ? spot : null);

/**
 * Puts what goes out into memory of its own, where it is a part of another tensor, or what came in.
 *
 * @param types  of what goes out
 */
export function apart(
  draft: Draft,
  inputs: readonly (Spot | null)[],
  outputs: readonly Spot[],
  types: readonly DType[],
): Spot[] {
  const taken = new Set<Memory>();
  for (const spot of [...inputs, ...draft.constants.map((c) => c.spot)]) if (spot) taken.add(spot.memory);
  return outputs.map((spot, i) => {
    if (types[i] === bool) return turned(draft, draft.kernels.toBytes, spot, bytesOf(spot.shape));
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
export function runProgram(program: Program, inputs: readonly Value[], { device, backend }: Grounds): Value[] {
  const edges: number[] = [];
  for (let i = 0; i < inputs.length; i++) {
    const bytes = program.bytesOf(i);
    if (bytes === null) continue;
    if (bytes !== (inputs[i].dtype === bool ? 1 : 4) * inputs[i].size)
      throw new KernelError('Internal', 'a program was made for other shapes');
    device.upload(inputs[i]);
  }
  const made = program.outputs.map(({ shape, isBytes }) =>
    backend.makeOutput(shape.slice(), isBytes ? 'bool' : 'float32'),
  );
  // Asked for after the outputs are made: memory may have grown and moved.
  for (let i = 0; i < inputs.length; i++)
    edges.push(program.bytesOf(i) === null ? 0 : backend.getMemoryOffset(infoOf(inputs[i]).dataId));
  for (const { dataId } of made) edges.push(backend.getMemoryOffset(dataId));
  try {
    program.run(edges);
  } catch (error) {
    for (const { dataId } of made) backend.disposeData(dataId);
    throw error;
  }
  return made.map((info) => Value.at(device, info.dtype === 'bool' ? bool : float32, info.shape, info));
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
      last = null;
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
    const draft = new Draft(kernels);
    const spots = inputs.map((x) => enteringOf(x.dtype, x.shape));
    const entered = spots.map((spot) => asNumbersIn(draft, spot));
    const numbers = (i: number): readonly number[] => {
      const read = numbersIn({ data: inputs[i].read() });
      this.numbers.set(i, read);
      return read;
    };
    const outputs = lower(entered, { node, draft, numbers });
    if (!outputs) return;
    this.given = outputs;
    this.handed = outputs.map((out) => {
      const i = spots.findIndex(
        (x) => x.memory === out.memory && out.at === 0 && sizeOf(x.shape) === sizeOf(out.shape),
      );
      return i < 0 ? null : i;
    });
    const isOwn = (_: unknown, i: number): boolean => this.handed[i] === null;
    const [own, types] = [outputs.filter(isOwn), node.outputTypes.filter(isOwn)];
    const read = spots.map((spot, i) => (this.numbers.has(i) ? null : withElements(spot)));
    this.program = new Program(draft, read, apart(draft, spots, own, types), kernels.heap, scratch);
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
  { lower, mayBeEmpty = [], integers = [] }: Lowered,
  node: Lowering['node'],
  types: readonly DType[],
  look: Look,
  kernels: Kernels,
): boolean {
  if (node.outputTypes.some((type) => !isOfPrograms(type))) return false;
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
  const isRead = (type: DType, i: number): boolean => type === int32 && integers.includes(i) && look.data(i) === null;
  return made !== null && types.every((type, i) => isOfPrograms(type) || asked.has(i) || isRead(type, i));
}
const isOfPrograms = (type: DType): boolean => type === float32 || type === bool;

/** What it gives; null where the node is refused, which the run will say. */
function tried<T>(make: () => T | null): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof KernelError) return null;
    throw error;
  }
}
