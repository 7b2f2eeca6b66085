/** A loop among the nodes of one row: what comes in, goes round and out, and what of it may become rows. */
import { resource, variant } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { Operation, Tensor } from '../graph/graph';
import { WhileContext } from './while-context';

/** A variable of the loop: where it comes in, goes round and out. */
export interface Variable {
  readonly enter: Tensor;
  readonly merge: Operation;
  readonly way: Operation;
  readonly next: Operation;
}
/** The loop that an Exit belongs to, where it was made in the nodes of one row. */
export function loopOf(
  exit: Operation,
  inside: ReadonlySet<Operation>,
  isStateful: (op: Operation) => boolean,
): LoopOfRow | null {
  const { context } = exit;
  if (!(context instanceof WhileContext) || !inside.has(context.pivot.op.inputs[0].op)) return null;
  return new LoopOfRow(context, inside, isStateful);
}

export class LoopOfRow {
  readonly name: string;
  /** What leaves the loop. */
  readonly outputs: readonly Tensor[];
  readonly condition: Tensor;
  readonly variables: readonly Variable[];
  /** What comes in: the variables, then what is the same in each round. */
  readonly enters: readonly Tensor[];
  /** The same of what is no value, which stays as it is. */
  readonly handles: readonly Tensor[];
  private readonly members: readonly Operation[];

  constructor(
    context: WhileContext,
    private readonly inside: ReadonlySet<Operation>,
    private readonly isStateful: (op: Operation) => boolean,
  ) {
    this.name = context.name;
    this.outputs = context.loopExits;
    this.condition = context.pivot.op.inputs[0];
    this.variables = context.loopExits.map(({ op }) => variableOf(op));
    this.members = context.graph.getOperations().filter((op) => op.context === context);
    const own = new Set(this.variables.map(({ enter }) => enter));
    const others = this.members
      .filter((op) => op.type === 'Enter' && !own.has(op.outputs[0]))
      .map((op) => op.outputs[0]);
    const isHandle = ({ dtype }: Tensor): boolean => dtype === resource || dtype === variant;
    this.enters = [...own, ...others.filter((t) => !isHandle(t))];
    this.handles = others.filter(isHandle);
  }
  get inputs(): readonly Tensor[] {
    return [...this.enters, ...this.handles].map(({ op }) => op.inputs[0]);
  }
  get controlInputs(): readonly Operation[] {
    return [...this.enters, ...this.handles].flatMap(({ op }) => op.controlInputs);
  }
  get hasState(): boolean {
    return this.members.some(this.isStateful);
  }

  /**
   * Whether each of what comes in is rows, or becomes rows in the loop.
   * @param stacked  whether it comes in as rows
   */
  becomesRows(stacked: readonly boolean[]): boolean[] {
    const found = [...stacked];
    for (let changed = true; changed; ) {
      const known = new Map<Tensor, boolean>();
      this.enters.forEach((enter, i) => known.set(enter, found[i]));
      this.variables.forEach(({ way }, i) => known.set(way.outputs[1], found[i]));
      const more = this.variables.findIndex(
        ({ enter, next }, i) => !found[i] && this.inside.has(enter.op) && this.mayBeRows(known, next.inputs[0]),
      );
      changed = more >= 0;
      if (changed) found[more] = true;
    }
    return found;
  }
  /** Whether a tensor may become rows; where not, it is the same for all. */
  private mayBeRows(known: Map<Tensor, boolean>, tensor: Tensor): boolean {
    const found = known.get(tensor);
    if (found !== undefined) return found;
    const { op } = tensor;
    if (!this.inside.has(op)) return false;
    // What goes round is asked for while it is asked for: as if it did not.
    known.set(tensor, false);
    const may =
      !NEVER.has(op.type) &&
      (this.isStateful(op) || op.type === 'Exit' || op.inputs.some((t) => this.mayBeRows(known, t)));
    known.set(tensor, may);
    return may;
  }
  /** Whether two variables read something of the body that is made of all rows. */
  get isShared(): boolean {
    const seen = new Set<Operation>();
    return this.variables.some(({ next }) => {
      const own = new Set<Operation>();
      const stack = [next];
      for (let at = stack.pop(); at; at = stack.pop())
        for (const { op } of at.inputs)
          if (!own.has(op) && this.isOfBody(op)) {
            own.add(op);
            stack.push(op);
          }
      const shares = [...own].some((op) => seen.has(op));
      for (const op of own) seen.add(op);
      return shares;
    });
  }
  private isOfBody(op: Operation): boolean {
    // What has no derivative may be read anywhere.
    const isNumber = op.outputs.some(({ dtype }) => dtype.isFloating || dtype.isComplex);
    return isNumber && this.inside.has(op) && !OUTSIDE.has(op.type) && !this.variables.some(({ way }) => way === op);
  }
}
/** Where a value comes in. */
const OUTSIDE: ReadonlySet<string> = new Set(['Enter', 'Merge']);
/** What tells of a tensor what is the same for all rows. */
const NEVER: ReadonlySet<string> = new Set([
  'Shape',
  'Rank',
  'ShapeN',
  'ZerosLike',
  'TensorArrayV3',
  'TensorArraySizeV3',
]);
function variableOf(exit: Operation): Variable {
  const way = exit.inputs[0].op;
  const merge = way.inputs[0].op;
  const next = merge.inputs[1].op;
  const types = [way, merge, merge.inputs[0].op, next].map(({ type }) => type).join();
  if (types !== 'Switch,Merge,Enter,NextIteration')
    throw new ValueError(`${exit.name} does not leave a loop of tf.whileLoop.`);
  return { enter: merge.inputs[0], merge, way, next };
}
