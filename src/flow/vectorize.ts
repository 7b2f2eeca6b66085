/**
 * From the nodes of one row to nodes of all rows at once, after TensorFlow 1.15's pfor: what `tf.vectorizedMap` is made
 * of.
 */
import { ValueError } from '../base/errors';
import { entryOf } from '../base/keys';
import { apply } from '../graph/apply';
import { constantValue } from '../graph/constant';
import { type Graph, Operation, Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { sparseOfRows } from './sparse-rows';
import { sizeOf } from '../ops/words';
import { type Rowed, RowNode, type TogetherRows, inRows, madeAt, repeated } from './row-node';
import { type LoopOfRow, loopOf } from './loop-of-row';
import { loopOfAll } from './vectorized-loop';
import { VECTORIZED } from './vectorized-ops';

/** What a body may do beside giving values: each row has its own numbers, and reads the same variables. */
const READS: ReadonlySet<string> = new Set([
  'VarHandleOp',
  'ReadVariableOp',
  'VariableShape',
  'VariableV2',
  'Variable',
  'StackV2',
  'TensorArrayWriteV3',
  'TensorArrayReadV3',
  'TensorArraySizeV3',
]);
const hasState = (op: Operation): boolean => op.def.isStateful && !READS.has(op.type);

/** What is made of all rows in one go: a node, or a loop with all that is in it. */
interface Part {
  readonly op: Operation;
  readonly loop: LoopOfRow | null;
  readonly scope: string;
  readonly inputs: readonly Tensor[];
  readonly controls: readonly Operation[];
}
type Made = readonly Rowed[] | Operation;

export class Vectorizer implements TogetherRows {
  private readonly made = new Map<Tensor | Operation, Rowed | Operation>();
  private readonly loops = new Map<Operation, LoopOfRow | null>();
  readonly count: Tensor;
  readonly indices: Tensor;
  /**
   * @param index    stands for a row's number in the nodes of one row
   * @param rows     how many there are
   * @param inside   the nodes of one row
   * @param indices  the numbers of the rows where they are not all
   */
  constructor(
    private readonly graph: Graph,
    readonly index: Tensor,
    rows: Tensor,
    private readonly inside: ReadonlySet<Operation>,
    indices: Tensor | null = null,
    readonly isPart = false,
    readonly stacks = new Map<Operation, boolean>(),
  ) {
    // As Python, which knows the value of a constant alone.
    const count = rows.op.type === 'Const' ? (constantValue(rows) ?? rows) : rows;
    this.count = apply('Reshape', [count, [1]]);
    this.indices = indices ?? apply('Range', [0, count, 1], {}, 'range');
    this.made.set(index, { t: this.indices, isStacked: true });
  }
  isInside(op: Operation): boolean {
    return this.inside.has(op);
  }
  part(indices: Tensor, isPart: boolean): Vectorizer {
    return new Vectorizer(this.graph, this.index, sizeOf(indices), this.inside, indices, isPart, this.stacks);
  }
  add(tensor: Tensor, stands: Rowed): void {
    this.made.set(tensor, stands);
  }
  rowsOf(tensor: Tensor): Tensor {
    return this.inRows(this.convert(tensor));
  }
  /** The rows of a result: of a tensor, of what is put together of tensors, or an operation for all rows. */
  resultOf(result: Tensor | SparseTensor | Operation | null): Tensor | SparseTensor | Operation | null {
    if (result instanceof SparseTensor) return this.sparseOf(result);
    if (result instanceof Tensor) return this.rowsOf(result);
    if (result === null) return null;
    if (result.outputs.length)
      throw new ValueError(`We only support converting Operation objects with no outputs. Got ${result.name}`);
    const made = this.find(result);
    return made instanceof Operation ? made : result;
  }
  private inRows({ t, isStacked }: Rowed): Tensor {
    return isStacked ? t : inRows(t, this.count);
  }
  private sparseOf({ indices, values, denseShape }: SparseTensor): SparseTensor {
    const parts = [indices, values, denseShape].map((t) => this.convert(t));
    if (parts.every(({ isSparse }) => isSparse)) {
      const [a, b, c] = parts.map(({ t }) => t);
      return new SparseTensor(a, b, c);
    }
    const [a, b, c] = parts.map((part) => this.inRows(part));
    return sparseOfRows(a, b, c);
  }
  convert(tensor: Tensor): Rowed {
    const made = this.find(tensor);
    if (made instanceof Operation) throw new ValueError(`${tensor.name} has no rows.`);
    return made;
  }
  private find(wanted: Tensor | Operation): Rowed | Operation {
    const stack: (Tensor | Operation)[] = [wanted];
    const open = new Set<Operation>();
    for (let at = stack.at(-1); at; at = stack.at(-1)) {
      if (this.made.has(at)) {
        stack.pop();
        continue;
      }
      const part = this.partOf(at);
      const missing = [...part.inputs, ...part.controls.flatMap(givenBy)].filter((each) => !this.made.has(each));
      if (!missing.length) {
        this.convertPart(at, part);
        stack.pop();
      } else if (open.has(part.op) && missing.some((each) => open.has(opOf(each)))) throw noConverter(part.op);
      else stack.push(...missing);
      open.add(part.op);
    }
    return entryOf(this.made, wanted);
  }
  private partOf(at: Tensor | Operation): Part {
    const op = opOf(at);
    const loop = op.type === 'Exit' ? this.loopOf(op) : null;
    if (loop) return { op, loop, scope: loop.name, inputs: loop.inputs, controls: loop.controlInputs };
    const isInside = this.inside.has(op);
    return {
      op,
      loop: null,
      scope: op.name,
      inputs: isInside ? op.inputs : [],
      controls: isInside ? op.controlInputs : [],
    };
  }
  private loopOf(exit: Operation): LoopOfRow | null {
    let found = this.loops.get(exit);
    if (found === undefined) this.loops.set(exit, (found = loopOf(exit, this.inside, hasState)));
    return found;
  }
  private convertPart(at: Tensor | Operation, part: Part): void {
    const { op, loop, scope, controls } = part;
    const waits = new Set(controls.flatMap((each) => this.waitsFor(each)));
    const made = this.graph.controlDependencies(loop ? [] : [...waits], () =>
      this.graph.nameScope(`${scope}/pfor/`, () => this.results(at, part)),
    );
    if (made instanceof Operation) this.made.set(op, made);
    else (loop ? loop.outputs : op.outputs).forEach((t, i) => this.made.set(t, made[i]));
  }
  /** What is waited for in the place of an operation. */
  private waitsFor(op: Operation): readonly Operation[] {
    return givenBy(op).map((each) => {
      const made = entryOf(this.made, each);
      return made instanceof Operation ? made : made.t.op;
    });
  }
  private results(at: Tensor | Operation, { op, loop, inputs, controls }: Part): Made {
    const isOther = (each: Tensor | Operation): boolean => {
      const made = entryOf(this.made, each);
      return (made instanceof Operation ? made : made.t) !== each;
    };
    const stands = inputs.map((t) => this.convert(t));
    const isStateful = loop ? loop.hasState : hasState(op);
    const isChanged = inputs.some(isOther) || controls.some((each) => givenBy(each).some(isOther));
    if (!this.inside.has(op) || (!isStateful && !isChanged))
      return at instanceof Operation ? op : asTheyAre(loop ?? op);
    if (!isStateful && !loop && !stands.some(({ isStacked }) => isStacked)) {
      const again = repeated(
        op,
        stands.map(({ t }) => t),
      );
      return at instanceof Operation ? again : asTheyAre(again);
    }
    if (loop) return loopOfAll(loop, this);
    const converter = Object.hasOwn(VECTORIZED, op.type) ? VECTORIZED[op.type] : undefined;
    if (!converter) throw noConverter(op);
    return converter(new RowNode(op, stands, this));
  }
}
const opOf = (at: Tensor | Operation): Operation => (at instanceof Operation ? at : at.op);
/** What there is of an operation: its results, or itself where it has none. */
const givenBy = (op: Operation): readonly (Tensor | Operation)[] => (op.outputs.length ? op.outputs : [op]);
const asTheyAre = ({ outputs }: { readonly outputs: readonly Tensor[] }): Rowed[] =>
  outputs.map((t) => ({ t, isStacked: false }));
function noConverter(op: Operation): ValueError {
  return new ValueError(
    `No converter defined for ${op.type}\n  '${op.name}'${madeAt(op)}, is not made of all rows at once.` +
      '\n  fix: tf.mapFn of the same function goes row by row.',
  );
}
