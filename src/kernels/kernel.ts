/**
 * What the runtime and the kernels say to each other.
 *
 * A Value is a tensor inside a run: on the host (`data`), on the device (`handle`), or on both. A kernel is a
 * function from values to values; which one serves a step is settled when it is planned. Host kernels are
 * plain TypeScript on typed arrays and serve every device; devices bring kernels for what they do faster.
 */
import { type DType, type Data, zerosOf } from '../base/dtype';
import { numbersIn } from '../base/nested';
import { sizeOf } from '../base/shape';
import { type AttrKind, type AttrRead, type AttrValue, read, type AttrName, type AttrOf } from '../graph/attr-reader';
import type { OpDef, OpType, OwnType } from '../graph/opdef';
import type { Budget } from './budget';
import type { CompiledKernel, GraphEdges, GraphLoop, GraphNode } from './compiled';
import type { GraphFunction } from './graph-function';
import { KernelError } from './kernel-error';
import type { Later } from './later';
import type { Resources } from './resources';
import type { StepTensors } from './session-tensors';
import type { Home, Sized, Value } from './value';

export { KernelError, invalid } from './kernel-error';
export { Later } from './later';
export { DEAD, type Sized, Value } from './value';

/** A tensor on the host: what host kernels read and return. */
export interface HostTensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Data;
  /**
   * True where the data outlives the run (a constant's), or is a view of an input's memory: nobody writes to it. An
   * input's very array need not say so.
   */
  readonly shared?: boolean;
}

/** A node as kernels see it: rewrites change nodes, never the user's graph. */
export interface KernelNode {
  /** What it is: kernels ask this for edges and attributes, and nobody looks for a definition by type. */
  readonly def: OpDef;
  readonly type: string;
  readonly name: string;
  readonly attrs: Readonly<Record<string, AttrValue>>;
  readonly outputTypes: readonly DType[];
  /** What fed it in the user's graph, for messages. */
  readonly inputs?: readonly { readonly name: string }[];
  /** The version of TensorFlow's graphs that its graph is of: op types are there up to one. */
  readonly version?: number;
}

/** A host kernel: reads host tensors, returns host tensors. Pure but for what it keeps of a node (`PerNode`). */
export type HostKernel = (inputs: readonly HostTensor[], node: KernelNode) => HostTensor | readonly HostTensor[];
/** What a host kernel gave, as a list. */
export function resultsOf(result: HostTensor | readonly HostTensor[]): readonly HostTensor[] {
  return hasMany(result) ? result : [result];
}
/** What a host kernel of one output gave. */
export function resultOf(result: HostTensor | readonly HostTensor[]): HostTensor {
  if (!hasMany(result)) return result;
  if (result.length !== 1) throw new KernelError('Internal', `one result was wanted, and ${result.length} came`);
  return result[0];
}
export function hasMany<T>(x: T | readonly T[]): x is readonly T[] {
  return Array.isArray(x);
}
/** The same for what looks at shapes alone. */
export type ShapesKernel = (inputs: readonly Typed[], node: KernelNode) => ReturnType<HostKernel>;
type Typed = Pick<HostTensor, 'dtype' | 'shape'>;
/** What a check sees of an input: its elements too where they are on the host. */
export type Checked = Pick<HostTensor, 'shape'> & { readonly data: Data | null };
export interface HostKernelRow {
  /** The kernel. It is only given inputs that pass `check`. */
  readonly run: HostKernel;
  /** Nanoseconds per element of the largest operand; where a device kernel exists the two are weighed. Default 2. */
  readonly cost?: number | ((inputs: readonly Sized[], node: KernelNode) => number);
  /** The row for inputs that are real, and of more than 16 bits: it need not ask whether they are. */
  readonly wide?: HostKernelRow;
  /** The same value in every run: computed once, when the plan is made. */
  readonly once?: boolean;
  /** Never handed to a device, but for what it draws: shape arithmetic, random numbers, things only the host can do. */
  readonly only?: boolean;
  /** The kernel, where it reads the shapes of its inputs but not their elements: nothing is brought to the host. */
  readonly shapesOnly?: ShapesKernel;
  /** Hands on the memory of input 0 under another shape, on the host as on the device: no arithmetic to weigh. */
  readonly alias?: boolean;
  /**
   * Refuses inputs that do not fit, in TensorFlow's words: their shapes, and the elements of small integer inputs.
   * Asked in front of `run` by whoever gets the row (`hostKernel`), in front of a device's kernel
   * (kernels/dispatch.ts), and while plans are made (`passesCheck`).
   */
  readonly check?: (inputs: readonly Checked[], node: KernelNode) => void;
  /**
   * `run` refuses the same by itself, while it looks for the shape of its result. For arithmetic of single numbers,
   * which takes 40 ns: to be asked first would be a tenth of it.
   */
  readonly checksItself?: boolean;
  /**
   * Inputs that fit, but that no device's kernel is given: TensorFlow 2's ends the process over them, or reads what
   * memory holds. Where its answer alone is another one the table of values (values.ts) says so.
   */
  readonly leftToHost?: (inputs: readonly Checked[], node: KernelNode) => boolean;
  /**
   * Refuses a node by its attributes alone, in TensorFlow's words: asked when a plan is made, before anything is fed or
   * run. `check` need not ask again where no kernel reads them otherwise.
   */
  readonly attributes?: (node: KernelNode) => void;
  /** Integer inputs whose elements the check looks at: it finds them on the host. */
  readonly elements?: readonly number[];
  /**
   * Undoes what a run did to what the kernel keeps of a node, where the run failed behind it: plans of a graph need not
   * come to the failing node by the same way.
   */
  readonly putBack?: (node: KernelNode) => void;
}
export type HostTable = { readonly [T in OpType | OwnType]?: HostKernel | HostKernelRow };

/** A device kernel: values in, values out. It may look at the host data of small inputs. */
export interface DeviceKernel {
  (inputs: readonly Value[], node: KernelNode): readonly Value[];
  /** What it costs beside the arithmetic, in nanoseconds, where that is not the device's `overhead`. */
  readonly overhead?: number;
}
/** The value of an input that is the same in every run; null for the others. */
export type ConstantInput = (index: number) => HostTensor | null;

/** A training op on float32 variables, which are its first inputs: it gives them new values. */
export interface UpdateKernel {
  /** What it costs beside the arithmetic, in nanoseconds. */
  readonly overhead: number;
  /** Whether it has the arithmetic for these numbers; it has where it does not say. */
  serves?(inputs: readonly Value[]): boolean;
  run(inputs: readonly Value[], node: KernelNode): void;
}

/** 'auto' weighs host and device for each step; the others take one wherever it has a kernel. */
export type Placement = 'auto' | 'host' | 'device';

/** What is known of a node's inputs: everything where it runs, less where a plan is made. */
export interface Look {
  shape(index: number): readonly number[] | null;
  data(index: number): Data | null;
}

/** Where kernels run. */
export interface Device extends Home {
  /** The name that it is registered under. */
  readonly kind: string;
  /** What a call costs beside the arithmetic, in nanoseconds: the host takes what is cheaper than this. */
  readonly overhead: number;
  /**
   * Whether its arithmetic gives 0 for results below the least normal number, as TensorFlow's threads do: the host then
   * does so too, beside it.
   */
  readonly flushes?: boolean;
  /**
   * On a device that may compute in a host array's own memory: whether an op may forward (a part of) its input's
   * memory.
   */
  readonly forwardsInput?: (type: string) => boolean;
  /** The device's kernel for a node, or null where it has none (for these types). */
  kernelFor(node: KernelNode, inputTypes: readonly DType[], constant?: ConstantInput): DeviceKernel | null;
  /** Its own kernel of a random op, for the host's numbers to the last bit. */
  drawsFor?(node: KernelNode): DeviceKernel | null;
  /** The device's kernel for a training op on large variables: where it is faster than the host's arithmetic. */
  updateFor?(node: KernelNode, states: number): UpdateKernel | null;
  /**
   * Its own kernel of SaveV2 or RestoreV2, which writes and reads the memory that tensors have there. Files are checked
   * before and named behind it (host/checkpoint-on-device.ts), and what it fails at is done on the host.
   */
  checkpointKernel?(node: KernelNode, inputTypes: readonly DType[]): DeviceKernel | null;
  /** A value whose elements are yet to be written into its `view`; null where there is none of that dtype. */
  room?(dtype: DType, shape: readonly number[]): Value | null;
  /** Whether it has one float32 kernel for an op like _FusedMatMul with these `fused_ops`, and gains by it. */
  fuses?(type: string, ops: readonly string[]): boolean;
  /** Makes sure the device has the value. */
  upload(value: Value): void;
  /** Whether a node may stand in a compiled part, from what is known of its inputs. */
  takes?(node: Pick<KernelNode, 'type' | 'attrs' | 'outputTypes'>, inputTypes: readonly DType[], look: Look): boolean;
  /** Takes a part of a graph as a whole, where the device can. */
  compile?(nodes: readonly GraphNode[], to: GraphEdges, timed?: readonly GraphLoop[]): CompiledKernel;
  /**
   * What a part costs beside the arithmetic, and each op in it, in nanoseconds, where it takes these ops and no others:
   * no loops, no ways, and no updates of variables.
   */
  readonly whole?: { readonly call: number; readonly op: number; has(type: string): boolean };
  /** For a device that is slow at large products: multiplications in a second, and what would be faster. */
  readonly slow?: { readonly products: number; readonly instead: string };
  /** Tensors alive on the device: a leak shows here. */
  tensorsAlive(): number;
  /** The threads that it computes with beside the caller's, where it starts any. */
  readonly threads?: Threads;
}
export interface Threads {
  /** How many work for the runs that follow, the caller's among them. */
  readonly size: number;
  /** Sets that; 0 for as many as the process has processors, or TFJS_SESSION_THREADS says. */
  use(threads: number): void;
  /** Keeps them, once they are started, until what this gives is called. */
  hold(): () => void;
  /** Whether they round products once with their additions; null before the first. */
  readonly isFused: boolean | null;
}

/** How a device is had. Kernels and libraries are loaded by `open`, and not before. */
export interface DeviceRow {
  /** Its name in `config.device` and TFJS_SESSION_DEVICE. */
  readonly kind: string;
  /** What it is, for the line that says which one was taken. */
  readonly title?: string;
  /** @throws Error  where it cannot be had */
  open(): Device;
  /** What to say, in half a sentence, where another device is taken because this one could not be had. */
  readonly absence?: string;
}

/** What kernels may use beside their inputs. */
export interface Run {
  readonly device: Device;
  readonly placement: Placement;
  /** Variables, queues and tables that the session sees. */
  readonly resources: Resources;
  /** The same of what has no name to be shared by: it is this session's alone. */
  readonly own: Resources;
  /** What stays in the session by handle. */
  readonly tensors: StepTensors;
  /** What it may hold; null where nothing limits it. */
  readonly budget: Budget | null;
  /** Says when the run is given up: what waits for something stops waiting. */
  readonly signal: AbortSignal;
  /** When what goes round in one call must be over, in seconds since 1970; never where not given. */
  readonly until?: number;
  /**
   * When it is given up, on the platform's clock, and after how many milliseconds what goes on and on lets others have
   * their turn; never where not given.
   */
  readonly deadline?: number;
  readonly turnInMs?: number;
}
/** What a step does. It may have to wait: for another run, or, with a promise, for the world outside. */
export type Kernel = (
  inputs: readonly Value[],
  run: Run,
) => readonly Value[] | Promise<readonly Value[]> | Later<readonly Value[]>;
/** A kernel of an op with effects, or of one that hands values on: sees references and resources as such. */
export type StatefulKernel = (inputs: readonly Value[], node: KernelNode, run: Run) => ReturnType<Kernel>;
/** Where a node's kernel is made. */
export interface Surroundings extends Pick<Run, 'device' | 'placement'> {
  /** The function that an attribute of the node names. */
  functionOf(attr: string): GraphFunction<Run>;
}
export interface StatefulRow {
  /** Made for a node of a plan: what it keeps is its own. */
  make(node: KernelNode, where: Surroundings): StatefulKernel;
  /** It may have to wait. */
  readonly mayWait?: boolean;
  /** Its outputs are always its inputs: nothing is fed in their place. */
  readonly passes?: boolean;
}
export type StatefulTable = { readonly [type in OpType]?: StatefulKernel | StatefulRow };
/** The same of ops whose first input is a variant. */
export type VariantTable = StatefulTable;

/** What kernels keep for a node of a session, from run to run and from plan to plan: a random op's stream. */
export class PerNode<T> {
  private readonly kept = new WeakMap<KernelNode, T>();
  constructor(private readonly make: (node: KernelNode) => T) {}
  of(node: KernelNode): T {
    let kept = this.kept.get(node);
    if (kept === undefined) this.kept.set(node, (kept = this.make(node)));
    return kept;
  }
}

// --- words for host kernels ---------------------------------------------------------------------------

/** A new host tensor of zeros. */
export function hostZeros(dtype: DType, shape: readonly number[]): HostTensor & { data: Data } {
  return { dtype, shape, data: zerosOf(dtype, sizeOf(shape), shape) };
}
export function host(dtype: DType, shape: readonly number[], data: Data): HostTensor {
  return { dtype, shape, data };
}
/** The elements of an integer tensor as numbers. */
export function numbers(tensor: HostTensor): number[] {
  return numbersIn(tensor);
}
/** Whether one of these has no element. */
export function anyEmpty(inputs: readonly Checked[]): boolean {
  return inputs.some(({ shape }) => shape.includes(0));
}
/** Whether sizes are those of a tensor without elements; not where they are not known. */
export function namesEmpty({ data }: Checked): boolean {
  return data !== null && numbersIn({ data }).includes(0);
}
/** An attribute of a node. Names that are of several kinds in several ops are asked for with the kind. */
type WithAttrs = Pick<KernelNode, 'attrs'>;
export function attr<N extends AttrName>(node: WithAttrs, name: N): AttrOf<N>;
export function attr<K extends AttrKind>(node: WithAttrs, name: string, kind: K): AttrRead<K>;
export function attr(node: WithAttrs, name: string, kind?: AttrKind): AttrValue {
  return read(name, node.attrs[name], kind);
}
