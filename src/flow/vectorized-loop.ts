/**
 * A loop of one row as a loop of all rows, after TensorFlow 1.15's pfor: it goes round while there is a row that is not
 * through, with those rows alone, and keeps what the others came to.
 */
import { ValueError } from '../base/errors';
import { float32, int32 } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { toNDArray } from '../base/to-ndarray';
import { apply, applyOp } from '../graph/apply';
import { constantNode, toTensor } from '../graph/constant';
import { type Graph, type Operation, Tensor } from '../graph/graph';
import { reduceAny } from '../ops/reduce';
import { castTo, element, reshape, scalar, scoped, sizeOf } from '../ops/words';
import { condList, condOf, condTensor } from './cond';
import { arrayLeaf } from './leaves';
import { loopVariables } from './loop';
import type { LoopOfRow } from './loop-of-row';
import { type Rowed, type TogetherRows, inRows, rows } from './row-node';
import { TensorArray } from './tensor-array';

type Part = ReturnType<TogetherRows['part']>;
/** Whether the rows leave the loop one by one, when that is known. */
interface Known {
  each: boolean | null;
}
/** What the rows that go on have, and what the others came to. */
interface Round {
  readonly more: Tensor;
  readonly indices: Tensor;
  readonly inputs: readonly Tensor[];
  readonly arrays: readonly TensorArray[];
}

/** Makes a loop of one row one of all rows. */
export function loopOfAll(loop: LoopOfRow, all: TogetherRows): Rowed[] {
  return new LoopOfRows(loop).convert(all);
}
class LoopOfRows {
  constructor(private readonly loop: LoopOfRow) {}
  convert(all: TogetherRows): Rowed[] {
    const { inputs, isStacked, arrays } = this.first(all);
    const unknown = (list: readonly unknown[]): TensorShape[] => list.map(() => TensorShape.unknown());
    const known: Known = { each: null };
    const variables = [true, all.indices, ...inputs, ...arrays];
    const made = loopVariables(
      (more) => more,
      (_, indices, ...given) => {
        const values = given.slice(0, inputs.length).map((each) => toTensor(each));
        const kept = given.slice(inputs.length).map(arrayLeaf);
        return this.round(all, { indices: toTensor(indices), inputs: values, arrays: kept }, isStacked, known);
      },
      variables,
      { shapeInvariants: unknown(variables) },
    );
    const kept = made.slice(-this.loop.outputs.length).map(arrayLeaf);
    // Where all rows are through at once they lie in the first place, as one.
    return kept.map((array, i) =>
      known.each ? rows(array.stack())[0] : { t: array.read(0), isStacked: isStacked[i] },
    );
  }
  /** What comes in, and where the results go to. */
  private first(all: TogetherRows): { inputs: Tensor[]; isStacked: boolean[]; arrays: TensorArray[] } {
    return scoped('while_init', () => {
      const count = element(all.count, 0);
      const comes = this.loop.enters.map((enter) => entering(all, enter));
      const isStacked = this.loop.becomesRows(comes.map((each) => each.isStacked));
      const arrays: TensorArray[] = [];
      const inputs = comes.map((each, i) => {
        const input = isStacked[i] && !each.isStacked ? inRows(each.t, all.count) : each.t;
        if (i < this.loop.variables.length) arrays.push(new TensorArray(input.dtype, count));
        return input;
      });
      return { inputs, isStacked, arrays };
    });
  }
  private round(
    all: TogetherRows,
    { indices, inputs, arrays }: Omit<Round, 'more'>,
    isStacked: readonly boolean[],
    known: Known,
  ): unknown[] {
    const { t: conditions, isStacked: each } = scoped('while_cond', () =>
      this.within(all, indices, true, inputs, isStacked).convert(this.loop.condition),
    );
    known.each = each;
    const round = each
      ? this.someThrough(conditions, indices, inputs, isStacked, arrays)
      : this.allThrough(conditions, indices, inputs, arrays);
    const next = scoped('while_body', () => this.next(all, round, isStacked, each));
    const others = round.inputs.slice(this.loop.variables.length);
    return [round.more, round.indices, ...next, ...others, ...round.arrays];
  }
  /** Rows within a round, which know what came in. */
  private within(
    all: TogetherRows,
    indices: Tensor,
    isPart: boolean,
    inputs: readonly Tensor[],
    isStacked: readonly boolean[],
  ): Part {
    const part = all.part(indices, isPart);
    for (const handle of this.loop.handles) part.add(handle, all.convert(handle.op.inputs[0]));
    const stands = inputs.map((t, i) => ({ t, isStacked: isStacked[i] }));
    this.loop.enters.forEach((enter, i) => part.add(enter, stands[i]));
    this.loop.variables.forEach(({ merge, way }, i) => {
      part.add(merge.outputs[0], stands[i]);
      // Which input came is read by nothing; what waits for it has something to wait for.
      part.add(merge.outputs[1], { t: scalar(-1, float32), isStacked: false });
      part.add(way.outputs[1], stands[i]);
    });
    return part;
  }
  private allThrough(
    conditions: Tensor,
    indices: Tensor,
    inputs: readonly Tensor[],
    arrays: readonly TensorArray[],
  ): Round {
    const more = reshape(conditions, []);
    const kept = arrays.map((array, i) =>
      arrayLeaf(
        condOf(
          more,
          () => array,
          () => array.write(0, inputs[i]),
        ),
      ),
    );
    return { more, indices, inputs, arrays: kept };
  }
  private someThrough(
    conditions: Tensor,
    indices: Tensor,
    inputs: readonly Tensor[],
    isStacked: readonly boolean[],
    arrays: readonly TensorArray[],
  ): Round {
    const more = reduceAny(conditions);
    const which = castTo(conditions, int32);
    const apart = (t: Tensor): readonly Tensor[] =>
      applyOp('DynamicPartition', [t, which], { num_partitions: 2 }).outputs;
    const [through, others] = apart(indices);
    const kept: TensorArray[] = [];
    const next = inputs.map((input, i) => {
      const [done, left] = isStacked[i] ? apart(input) : [inRows(input, [sizeOf(through)]), input];
      if (i < arrays.length) kept.push(arrays[i].scatter(through, done));
      return left;
    });
    return { more, indices: others, inputs: next, arrays: kept };
  }
  /** The next values of the variables, where a row goes on. */
  private next(all: TogetherRows, round: Round, isStacked: readonly boolean[], each: boolean): readonly Tensor[] {
    const part = this.within(all, round.indices, each, round.inputs, isStacked);
    const value = (next: Operation, i: number): Tensor => this.valueAfter(part, next, isStacked[i]);
    const none = (next: Operation): Tensor => constantNode(toNDArray([], next.inputs[0].dtype.baseDtype));
    const nexts = this.loop.variables.map(({ next }) => next);
    // TensorFlow makes a branch for each variable. What two of them share would then be made in one of these and be
    // read in another, of which there is no gradient.
    if (this.loop.isShared)
      return condList(
        round.more,
        () => nexts.map(value),
        () => nexts.map(none),
      ).filter((t): t is Tensor => t instanceof Tensor);
    return nexts.map((next, i) =>
      condTensor(
        round.more,
        () => value(next, i),
        () => none(next),
      ),
    );
  }
  private valueAfter(part: Part, next: Operation, stacked: boolean): Tensor {
    const waits = next.controlInputs.flatMap((op) => op.outputs.map((t) => part.convert(t).t));
    const value = next.inputs[0];
    const found = stacked ? part.rowsOf(value) : this.sameAfter(part.convert(value), value);
    return graphOf(next).controlDependencies(waits, () => apply('Identity', [found]));
  }
  private sameAfter({ t, isStacked }: Rowed, value: Tensor): Tensor {
    if (!isStacked) return t;
    throw new ValueError(`${value.name} becomes rows, which was not to be seen when the loop began.`);
  }
}
const graphOf = (op: Operation): Graph => op.graph;
/** What stands for what comes in, behind what that waits for. */
function entering(all: TogetherRows, enter: Tensor): Rowed {
  const { t, isStacked } = all.convert(enter.op.inputs[0]);
  const waits = enter.op.controlInputs.flatMap((op) => op.outputs.slice(0, 1).map((each) => all.convert(each).t));
  if (!waits.length) return { t, isStacked };
  return { t: graphOf(enter.op).controlDependencies(waits, () => apply('Identity', [t])), isStacked };
}
