/** The steps of a plan: a node, the slots that it reads and fills, and its kernel. */
import type { Data } from '../base/dtype';
import type { Func } from '../format/attr';
import type { Operation } from '../graph/graph';
import type { CompiledKernel } from '../kernels/compiled';
import type { GraphFunction } from '../kernels/graph-function';
import type { Device, Kernel, KernelNode, Placement, Run, Value } from '../kernels/kernel';
import type { GraphOptions } from './optimize';
import type { Block } from './blocks';

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
  readonly compiled: Compiled | null;
  /** Its control inputs: the steps that it waits for, by number. */
  readonly controls: readonly number[];
  /** Whether one of its inputs is enough, and it runs whatever became of what it waits for. */
  readonly merges: boolean;
  /** Whether it may keep what it reads: it has effects. */
  readonly keepsInputs: boolean;
  /** The loop in which it runs, by number; 0 where it is in none. */
  readonly frame: number;
  /** Where its outputs go, if not to where it runs. */
  readonly leads: Leads | null;
  /** Its place in the order of a plan of steps alone, in one with parts that run as one; else 0. */
  readonly order: number;
}
/** The runs in which a part of the plan was handed to the device: one in each. */
export type Turns = WeakSet<Run>;
export interface Compiled {
  readonly kernel: CompiledKernel;
  readonly steps: Layout;
  readonly turns: Turns;
  /** What the device said when it failed where the steps did not: it is not asked again. */
  refusal: string | null;
  /** Whether its time was up once: runs whose time is limited go step by step from then on. */
  isSlow: boolean;
}
/** A way into a loop, round in it, or out of it. */
export interface Leads {
  readonly by: 'enter' | 'exit' | 'nextIteration';
  /** The number of the loop that it leads to. */
  readonly to: number;
  /** Whether every iteration gets what it brings. */
  readonly isInvariant: boolean;
}
/** A loop that a step is in, and in which of its iterations, counted from 0. */
export interface LoopPlace {
  /** The name of its frame: of TensorFlow's while_loop, the loop's name and `/while_context`. */
  readonly frame: string;
  /** The number of the iteration. */
  readonly iteration: number;
}
/** As errors say it: `in frame 'while/while_context', iteration 17`. */
export function inLoops(loops: readonly LoopPlace[]): string {
  return `in ${loops.map(({ frame, iteration }) => `frame '${frame}', iteration ${iteration}`).join(', ')}`;
}
/** A loop of a plan. */
export interface LayoutFrame {
  readonly name: string;
  readonly parallelIterations: number;
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
  /** Whether fetches are given as they are, handles and variants among them: the results of a function. */
  readonly givesHandles?: boolean;
  /** Fetches that may lie in the memory of what is fed. */
  readonly fetchAliases: readonly boolean[];
  /** True where a part of it runs as one on the device. */
  readonly compiled: boolean;
  /** The loops. The first is what is in none. */
  readonly frames: readonly LayoutFrame[];
  /** The steps in blocks, where there are loops and all of them go round as a whole; null where only tokens will do. */
  readonly schedule: Block | null;
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
  /**
   * The plan is to become one on the device after some runs: what the device would round then it rounds from the first
   * run on.
   */
  readonly asOne?: boolean;
  /** Values of constants by their data: on the device at most once. */
  readonly constants: WeakMap<Data, Value>;
  /** Runs steps one after the other, as a kernel: what a cluster does where the device fails. */
  interpret(layout: Layout): Kernel;
  /** The functions that kernels call; none where nothing here calls any. */
  readonly functions?: Functions;
}
/** Functions that nodes name in their attributes, and whose kernels call them: planned once for a node. */
export interface Functions {
  of(op: Operation, func: Func): GraphFunction<Run>;
}

/** What surrounds a node's kernel in a step. */
export interface Wiring {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly dead: readonly number[];
  readonly controls: readonly number[];
  readonly frame: number;
  readonly leads: Leads | null;
  readonly order: number;
}

/** A node's kernel, and where it computes. */
export type MadeKernel = Pick<Step, 'kernel' | 'again' | 'where' | 'mayWait'>;

/**
 * Every step is made here, field by field: so all have one layout in memory, which makes the loop over them several
 * times as fast, and the first run of a large graph half as long, as with objects that are spread together.
 */
export function stepOf(
  op: Operation,
  node: KernelNode,
  { inputs, outputs, dead, controls, frame, leads, order }: Wiring,
  { kernel, again, where, mayWait }: MadeKernel,
  { deref, compiled, merges, keepsInputs }: Pick<Step, 'deref' | 'compiled' | 'merges' | 'keepsInputs'>,
): Step {
  return {
    op,
    node,
    inputs,
    deref,
    outputs,
    dead,
    kernel,
    again,
    where,
    mayWait,
    compiled,
    controls,
    merges,
    keepsInputs,
    frame,
    leads,
    order,
  };
}
/** A step with another kernel. */
export function withKernel(step: Step, kernel: Kernel): Step {
  const { op, node, again, where, mayWait } = step;
  return stepOf(op, node, step, { kernel, again, where, mayWait }, step);
}
