/** A node of one row, and what stands for its inputs where all rows are worked on at once. */
import { ValueError } from '../base/errors';
import type { AttrValue } from '../format/attr';
import type { Operation, Tensor } from '../graph/graph';
import { concat, ints, reshape, shapeOf, tile } from '../ops/words';

/** What stands for a tensor of one row: the same for all rows, or rows of it. */
export interface Rowed {
  readonly t: Tensor;
  readonly isStacked: boolean;
}
/** A node of one row, and what stands for its inputs. */
export class RowNode {
  constructor(
    readonly op: Operation,
    readonly inputs: readonly Rowed[],
    /** How many rows there are, as a vector of one element. */
    readonly count: Tensor,
  ) {}
  /** An input with rows. */
  stacked(i: number): Tensor {
    const { t, isStacked } = this.inputs[i];
    return isStacked ? t : inRows(t, this.count);
  }
  /** An input that is the same for all rows. @throws ValueError  where it is not */
  same(i: number): Tensor {
    const { t, isStacked } = this.inputs[i];
    if (!isStacked) return t;
    const { name } = this.op.def.inputs[Math.min(i, this.op.def.inputs.length - 1)];
    throw new ValueError(
      `Input "${name}" of op "${this.op.type}" expected to be loop invariant.\nError while converting op ` +
        `'${this.op.name}'${madeAt(this.op)}\n  fix: let it not depend on the row, or use tf.mapFn.`,
    );
  }
  attr(name: string): AttrValue {
    return this.op.getAttr(name);
  }
  /** A node of the same type and attributes. @param attrs  that are others */
  again(inputs: readonly Tensor[], attrs: Readonly<Record<string, AttrValue>> = {}): readonly Tensor[] {
    return repeated(this.op, inputs, attrs);
  }
}
/** A node of the type and attributes of another one. */
export function repeated(
  op: Operation,
  inputs: readonly Tensor[],
  attrs: Readonly<Record<string, AttrValue>>,
): readonly Tensor[] {
  const graph = inputs[0]?.graph ?? op.graph;
  const types = op.outputs.map(({ dtype }) => dtype);
  return graph.createOp(op.type, inputs, types, { ...op.attrValues(), ...attrs }, op.type).outputs;
}
/** As many rows of a tensor as there are. */
export function inRows(t: Tensor, count: Tensor): Tensor {
  const shape = shapeOf(t);
  const times = concat([count, tile(ints([1]), shapeOf(shape))]);
  return tile(reshape(t, concat([ints([1]), shape])), times);
}
export function madeAt({ trace: { line } }: Operation): string {
  return line ? `, made at ${line}` : '';
}
