/** What TensorFlow's definition of an op type says, and the facts about the op that passes and plans read. */
import type { TensorShape } from '../base/shape';
import { type AttrValue, Signature } from './signature';

/**
 * What running a node does beside giving its outputs.
 *
 * - `pure`: nothing. Equal nodes give equal values, and nobody misses a node whose outputs nobody reads.
 * - `reads`: it looks at what others write, such as variables, or at which way a run takes.
 * - `draws`: it takes numbers from a random sequence, so that it is left out of no plan and merged with nothing.
 * - `writes`: it changes something, prints, or may stop the run. Such nodes keep their order.
 * - `waits`: it writes, and may have to wait for another run.
 */
export type Effect = 'pure' | 'reads' | 'draws' | 'writes' | 'waits';

/** The facts of a row: plain data, beside its functions (opdef.ts). */
export interface OpFacts {
  /** Where absent: `writes` for what TensorFlow calls stateful and for what takes a reference, `pure` for the rest. */
  readonly effect?: Effect;
  /** Output 0 is input 0 and nothing else happens: Identity, StopGradient. */
  readonly passesThrough?: boolean;
  /** Where the output has the shape of input 0, it is input 0: Reshape, Tile, Slice, Sum over dimensions of 1. */
  readonly identityIfSameShape?: boolean;
  /** The result where input 0 or 1 is this number everywhere: x + 0, x * 1, x / 1. */
  readonly neutral?: { readonly left?: number; readonly right?: number };
  /** Output 0 is input 0 with its dimensions in the order that input 1 says. */
  readonly permutes?: boolean;
  /** Attributes that say of inputs 0 and 1 that their last two dimensions are exchanged. */
  readonly transposes?: readonly [string, string];
  /** With what reads it, it becomes an op of this type: MatMul, BiasAdd and Relu a _FusedMatMul. */
  readonly fusesInto?: string;
  /** What it is called among the `fused_ops` of such an op. */
  readonly fusedAs?: string;
  /** Sets the variable of input 0 to itself less input 1 times input 2. */
  readonly subtractsProduct?: boolean;
  /** How many products of two elements it sums up, NaN where not all shapes are known. Absent for what does about one per element. */
  readonly products?: (inputs: readonly TensorShape[], output: TensorShape) => number;
  /** Slides a window over pictures. */
  readonly slides?: boolean;
  /** Role in control flow. */
  readonly control?: 'merge' | 'switch' | 'enter' | 'exit' | 'nextIteration' | 'loopCond';
}

/** A node attribute set in plain JavaScript: NodeDef without the bytes. */
export interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly device: string;
  readonly attr: Readonly<Record<string, AttrValue>>;
}

/** An op type: its definition, parsed, and its row. */
export class OpDef extends Signature {
  readonly effect: Effect;
  constructor(
    readonly type: string,
    definition: string,
    readonly row: OpFacts,
  ) {
    super(definition);
    this.effect = row.effect ?? (this.isStateful || this.inputs.some((arg) => arg.isRef) ? 'writes' : 'pure');
  }
}
