/**
 * A part of a graph as a list of calls of our own kernels: where each tensor lies is settled when the list is made, for
 * known shapes, so that a run makes the calls and nothing else. What is needed for a short time shares memory that all
 * programs have.
 */
import { known } from '../../base/keys';
import { sizeOf } from '../../base/shape';
import { KernelError } from '../kernel-error';
import type { WasmFunction } from '../../base/assembler';
import type { Formula } from './formula';
import type { Kernels } from './kernels';
import { Room, inLines } from './room';
import type { Scratch } from './scratch';
import type { Shared } from './team';
import type { Heap } from './wasm';

/** Memory that a program names: of what comes in or goes out, of constants, or for a while. */
export class Memory {
  /** The first and the last item that use it. */
  first = -1;
  last = -1;
  /** From which address on `at` counts, by number; see `Program`. */
  base = SCRATCH;
  at = 0;
  constructor(readonly bytes: number) {}
}
export interface Place {
  readonly memory: Memory;
  /** Bytes from its beginning. */
  readonly at: number;
}
/** A tensor of a program: its elements lie there, one behind the other. Truths are the numbers 0 and 1. */
export interface Spot extends Place {
  readonly shape: readonly number[];
  /** Of what comes in or goes out: its elements are truths, of a byte each. */
  readonly isBytes?: boolean;
}
export type Argument = number | Place;
/** Gives the address of a place in this run. */
export type AddressOf = (place: Place) => number;
/** A call whose arguments are known but for addresses, or work that threads may share, cut when it runs. */
type Item =
  | { readonly fn: Shared; readonly args: readonly Argument[] }
  | { readonly run: (address: AddressOf) => void; readonly uses: readonly Place[] };

/** A tensor that one item makes, which is a formula of these. */
export interface Applied {
  readonly formula: Formula;
  readonly inputs: readonly Spot[];
  readonly out: Spot;
}
/** What lowers a node: a program in the making. */
export class Draft {
  readonly items: Item[] = [];
  readonly applied = new Map<Memory, Applied & { readonly item: Item }>();
  readonly constants: { readonly spot: Spot; readonly data: Float32Array | Int32Array }[] = [];
  constructor(readonly kernels: Kernels) {}
  make(shape: readonly number[]): Spot {
    return { shape, memory: new Memory(4 * sizeOf(shape)), at: 0 };
  }
  constant(shape: readonly number[], data: Float32Array | Int32Array): Spot {
    const spot = this.make(shape);
    this.constants.push({ spot, data });
    return spot;
  }
  call(fn: Shared, ...args: readonly Argument[]): void {
    this.items.push({ fn, args });
  }
  /** Work that is cut when it runs, by how many threads there are then. */
  work(uses: readonly Place[], run: (address: AddressOf) => void): void {
    this.items.push({ run, uses });
  }
  /** Says what the last item is. */
  wasApplied(applied: Applied): void {
    this.applied.set(applied.out.memory, { ...applied, item: this.items[this.items.length - 1] });
  }
  /** Leaves out the item that makes a tensor: another one is to do that, or nobody reads it. */
  takeBack(memory: Memory): void {
    const { item } = known(this.applied.get(memory), 'what makes a tensor');
    this.items.splice(this.items.lastIndexOf(item), 1);
    this.applied.delete(memory);
  }
  /** Copies `rows` rows of `count` elements; strides in bytes. */
  copy(from: Place, fromRow: number, to: Place, toRow: number, rows: number, count: number): void {
    this.call(this.kernels.copy, from, fromRow, to, toRow, rows, count >> 2, count & 3);
  }
}
export function shifted({ memory, at }: Place, bytes: number): Place {
  return { memory, at: at + bytes };
}

const SCRATCH = 0;
const CONSTANTS = 1;
const EDGES = 2;
/** Where an address stands among the arguments of a call. */
interface Patch {
  readonly args: number[];
  readonly index: number;
  readonly at: number;
}
type Step = { readonly fn: WasmFunction; readonly args: readonly number[] } | { readonly run: () => void };

export class Program {
  private readonly steps: readonly Step[];
  /** By base: for what is for a while, for constants, and for each of what comes in and goes out. */
  private readonly patches: readonly Patch[][];
  private readonly bases: number[];
  private readonly scratchBytes: number;
  private readonly constantBytes: number;
  private isOver = false;
  /** @param inputs  of which null ones are not read by address */
  constructor(
    draft: Draft,
    private readonly inputs: readonly (Spot | null)[],
    readonly outputs: readonly Spot[],
    private readonly heap: Heap,
    private readonly scratch: Scratch,
  ) {
    const edges = [...inputs, ...outputs];
    edges.forEach((spot, i) => {
      if (spot) spot.memory.base = EDGES + i;
    });
    this.constantBytes = layConstants(draft);
    this.scratchBytes = layScratch(draft.items);
    this.bases = new Array<number>(EDGES + edges.length).fill(0);
    this.patches = this.bases.map(() => []);
    this.steps = draft.items.map((item) => this.stepOf(item));
    this.openConstants(draft);
  }
  private stepOf(item: Item): Step {
    if ('run' in item) {
      const address: AddressOf = ({ memory, at }) => this.bases[memory.base] + memory.at + at;
      return { run: () => item.run(address) };
    }
    const args = item.args.map((arg) => (typeof arg === 'number' ? arg : 0));
    item.args.forEach((arg, index) => {
      if (typeof arg !== 'number') this.patches[arg.memory.base].push({ args, index, at: arg.memory.at + arg.at });
    });
    return { fn: item.fn.call, args };
  }
  private openConstants({ constants }: Draft): void {
    if (!this.constantBytes) return;
    const base = this.heap.malloc(this.constantBytes);
    for (const { spot, data } of constants) {
      const { buffer } = this.heap.memory;
      const at = base + spot.memory.at;
      if (data instanceof Int32Array) new Int32Array(buffer, at, data.length).set(data);
      else new Float32Array(buffer, at, data.length).set(data);
    }
    this.settle(CONSTANTS, base);
  }
  /** Runs it from and to these addresses: of what comes in, and of what goes out. */
  run(edges: readonly number[]): void {
    if (this.isOver) throw new KernelError('Internal', 'a program has ended');
    this.settle(SCRATCH, this.scratchBytes ? this.scratch.of(this.scratchBytes) : 0);
    for (let i = 0; i < edges.length; i++) this.settle(EDGES + i, edges[i]);
    const { steps } = this;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i];
      if ('run' in step) step.run();
      else step.fn(...step.args);
    }
  }
  private settle(base: number, address: number): void {
    if (this.bases[base] === address) return;
    this.bases[base] = address;
    for (const { args, index, at } of this.patches[base]) args[index] = address + at;
  }
  /** The bytes that an input must have; null where it is not read by address. */
  bytesOf(input: number): number | null {
    return this.inputs[input]?.memory.bytes ?? null;
  }
  dispose(): void {
    if (this.constantBytes && !this.isOver) this.heap.free(this.bases[CONSTANTS]);
    this.isOver = true;
  }
}

function layConstants({ constants }: Draft): number {
  let top = 0;
  for (const { memory } of constants.map(({ spot }) => spot)) {
    memory.base = CONSTANTS;
    memory.at = top;
    top += inLines(memory.bytes);
  }
  return top;
}
function placesIn(item: Item): readonly Place[] {
  return 'run' in item ? item.uses : item.args.filter((arg): arg is Place => typeof arg !== 'number');
}
/** Gives what is for a while its place: the first where it fits beside what is in use then. */
function layScratch(items: readonly Item[]): number {
  items.forEach((item, i) => {
    for (const { memory } of placesIn(item)) {
      if (memory.first < 0) memory.first = i;
      memory.last = i;
    }
  });
  const room = new Room();
  items.forEach((item, i) => {
    const memories = new Set(placesIn(item).map(({ memory }) => memory));
    for (const memory of memories)
      if (memory.base === SCRATCH && memory.first === i) memory.at = room.take(memory.bytes);
    for (const memory of memories) if (memory.base === SCRATCH && memory.last === i) room.give(memory.at, memory.bytes);
  });
  return room.top;
}
