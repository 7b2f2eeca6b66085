/** From the nodes of one row to nodes of all rows at once: what `tf.vectorizedMap` is made of. */
import { ValueError } from '../base/errors';
import { entryOf } from '../base/keys';
import { append } from '../base/room';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { apply, applyOp } from '../graph/apply';
import { range, rankOf, reshape } from '../ops/words';
import { RowNode, type Rowed, inRows, madeAt, repeated } from './row-node';
import { VECTORIZED } from './vectorized-ops';

/** What a body may do beside giving values: each row has its own numbers, and reads the same variables. */
const READS: ReadonlySet<string> = new Set([
  'VarHandleOp',
  'ReadVariableOp',
  'VariableShape',
  'VariableV2',
  'Variable',
]);

export class Vectorizer {
  private readonly made = new Map<Tensor, Rowed>();
  private readonly waits = new Map<Operation, readonly Operation[]>();
  private readonly count: Tensor;
  /**
   * @param index    stands for a row's number in the nodes of one row
   * @param rows     how many there are
   * @param before   the graph had so many nodes before those of one row
   */
  constructor(
    private readonly graph: Graph,
    index: Tensor,
    rows: Tensor,
    private readonly before: number,
    private readonly end: number,
  ) {
    this.count = reshape(rows, [1]);
    this.made.set(index, { t: range(0, rows), isStacked: true });
  }
  /** The rows of a result. */
  rowsOf(tensor: Tensor): Tensor {
    const { t, isStacked } = this.convert(tensor);
    return isStacked ? t : inRows(t, this.count);
  }
  private isInside({ graph, id }: Operation): boolean {
    return graph === this.graph && id >= this.before && id < this.end;
  }
  private convert(tensor: Tensor): Rowed {
    const stack = [tensor];
    const open = new Set<Operation>();
    for (let at = stack.pop(); at; at = stack.pop()) {
      if (this.made.has(at)) continue;
      const { op } = at;
      const missing = this.isInside(op) ? readBy(op).filter((t) => !this.made.has(t)) : [];
      if (!missing.length) this.convertNode(op);
      else if (open.has(op) && missing.some((t) => open.has(t.op))) throw noConverter(op);
      else append(stack, [at, ...missing.reverse()]);
      open.add(op);
    }
    return entryOf(this.made, tensor);
  }
  private convertNode(op: Operation): void {
    const inputs = this.isInside(op) ? op.inputs.map((t) => entryOf(this.made, t)) : [];
    const waits = this.isInside(op) ? op.controlInputs.flatMap((c) => this.converted(c)) : [];
    const results = this.graph.controlDependencies(waits, () =>
      this.graph.nameScope(`${op.name}/pfor/`, () => this.results(op, inputs)),
    );
    op.outputs.forEach((t, i) => this.made.set(t, results[i]));
  }
  private results(op: Operation, inputs: readonly Rowed[]): readonly Rowed[] {
    const asIs = (): readonly Rowed[] => op.outputs.map((t) => ({ t, isStacked: false }));
    if (!this.isInside(op)) return asIs();
    const changed = op.inputs.some((t) => entryOf(this.made, t).t !== t) || this.waitsForRows(op);
    const isStateful = op.def.isStateful && !READS.has(op.type);
    if (!changed && !isStateful) return asIs();
    if (!isStateful && !inputs.some(({ isStacked }) => isStacked))
      return repeated(
        op,
        inputs.map(({ t }) => t),
        {},
      ).map((t) => ({ t, isStacked: false }));
    const converter = Object.hasOwn(VECTORIZED, op.type) ? VECTORIZED[op.type] : undefined;
    if (!converter) throw noConverter(op);
    return converter(new RowNode(op, inputs, this.count));
  }
  private waitsForRows(op: Operation): boolean {
    return op.controlInputs.some((c) => this.converted(c).some((other) => other !== c));
  }
  /** What is waited for in the place of an operation. */
  private converted(op: Operation): readonly Operation[] {
    const known = this.waits.get(op);
    if (known) return known;
    const made = op.outputs.length
      ? op.outputs.map((t) => this.made.get(t)?.t.op ?? op)
      : this.isInside(op)
        ? this.doing(op)
        : [op];
    this.waits.set(op, made);
    return made;
  }
  /** An operation that gives nothing: one that waits for others, or checks the rows. */
  private doing(op: Operation): readonly Operation[] {
    const waits = op.controlInputs.flatMap((c) => this.converted(c));
    if (!op.inputs.length) return waits.every((each) => op.controlInputs.includes(each)) ? [op] : waits;
    const inputs = op.inputs.map((t) => entryOf(this.made, t));
    if (!inputs.some(({ t }, i) => t !== op.inputs[i])) return [op];
    if (op.type !== 'Assert') throw noConverter(op);
    const [{ t: holds }, ...data] = inputs;
    const every = apply('All', [holds, range(0, rankOf(holds))]);
    const texts = data.map(({ t }) => t);
    const attrs = { T: texts.map(({ dtype }) => dtype.baseDtype), summarize: op.attr('summarize', 'int') };
    return [applyOp('Assert', [every, texts], attrs)];
  }
}
/** What has to be there before a node is made: what it reads, and what that reads that it waits for. */
function readBy(op: Operation): Tensor[] {
  const seen = new Set<Operation>([op]);
  const found: Tensor[] = [];
  for (const each of seen) {
    append(found, each.inputs);
    for (const before of each.controlInputs)
      if (before.outputs.length) append(found, before.outputs);
      else seen.add(before);
  }
  return found;
}
function noConverter(op: Operation): ValueError {
  return new ValueError(
    `No converter defined for ${op.type}\n  '${op.name}'${madeAt(op)}, is not made of all rows at once.` +
      '\n  fix: tf.mapFn of the same function goes row by row.',
  );
}
