/** What TensorFlow's definition of an op type says, and the facts about the op that passes and plans read. */
import type { TensorShape } from '../base/shape';
import type { AttrValues } from '../format/attr';
import { Signature } from './signature';

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

/** Role in control flow. A trigger runs when all that it waits for is known, run or left out. */
export type ControlRole = 'merge' | 'switch' | 'enter' | 'exit' | 'nextIteration' | 'loopCond' | 'trigger';

/** How a node calls functions: one of a graph's library by its name, or those that its attributes name. */
export type CallRole = 'function' | 'call' | 'remoteCall' | 'if' | 'case' | 'while' | 'for' | 'gradient';

/** The facts of a row: plain data, beside its functions (opdef.ts). */
export interface OpFacts {
  /** Where absent: `writes` for what TensorFlow calls stateful and for what takes a reference, `pure` for the rest. */
  readonly effect?: Effect;
  /**
   * What it writes is seen by those that edges lead to, and by nobody else: a stack, an array that a flow goes through.
   * So edges order such nodes, and not their places in a plan.
   */
  readonly isOrderedByEdges?: boolean;
  /** Output 0 is input 0 and nothing else happens: Identity, StopGradient. */
  readonly passesThrough?: boolean;
  /**
   * How many products of two elements it sums up, NaN where not all shapes are known. Absent for what does about one
   * per element.
   */
  readonly products?: (inputs: readonly TensorShape[], output: TensorShape) => number;
  /**
   * Its results may have more elements than its inputs: no more than their sizes multiplied ('shapes'), as many as
   * the elements of integer inputs say, which are few where they say sizes ('numbers'), or as those of any number of
   * integers ('rows'). Their size is asked for before a device takes memory (kernels/room.ts).
   */
  readonly grows?: 'shapes' | 'numbers' | 'rows';
  readonly control?: ControlRole;
  /** It stands for functions, and a plan has these in its place. */
  readonly calls?: CallRole;
  /** Its value is what a run feeds. */
  readonly isFed?: boolean;
  /** Its value names its input, which stays in the session: fetched, it is a `TensorHandle`. */
  readonly givesHandle?: boolean;
}

/** A node attribute set in plain JavaScript: NodeDef without the bytes. */
export interface NodeDef {
  /** Its name. */
  readonly name: string;
  /** Its op type. */
  readonly op: string;
  /** The names of its inputs; control inputs begin with `^`. */
  readonly input: readonly string[];
  /** The device that was asked for. */
  readonly device: string;
  /** Its attributes. */
  readonly attr: AttrValues;
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

interface Node {
  readonly name: string;
  readonly type: string;
  readonly device: string;
  readonly inputs: readonly { readonly name: string; readonly valueIndex: number; readonly op: { name: string } }[];
  readonly controlInputs: readonly { readonly name: string }[];
  attrValues(): AttrValues;
}
/** A node as a plain object. */
export function nodeDefOf(node: Node): NodeDef {
  const input = [
    ...node.inputs.map((t) => (t.valueIndex === 0 ? t.op.name : t.name)),
    ...node.controlInputs.map((c) => `^${c.name}`),
  ];
  return { name: node.name, op: node.type, input, device: node.device, attr: node.attrValues() };
}
