/** A node of one row, and what stands for its inputs where all rows are worked on at once. */
import { toNDArray } from '../base/to-ndarray';
import { int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { AttrValue } from '../format/attr';
import { type Attrs, apply } from '../graph/apply';
import type { Operation, Tensor } from '../graph/graph';
import { expandDims } from '../ops/reshape';
import { concat, onesLike, rankOf, reshape, shapeOf, sliced, tile } from '../ops/words';

/** What stands for a tensor of one row: the same for all rows, or rows of it. */
export interface Rowed {
  readonly t: Tensor;
  readonly isStacked: boolean;
  /** Whether it is a part of sparse tensors that are one already, not of one for each row. */
  readonly isSparse?: boolean;
}
export const rows = (...tensors: readonly Tensor[]): Rowed[] => tensors.map((t) => ({ t, isStacked: true }));
export const same = (...tensors: readonly Tensor[]): Rowed[] => tensors.map((t) => ({ t, isStacked: false }));

/** What is known of all rows together. */
export interface TogetherRows {
  /** How many rows there are, as a vector of one element. */
  readonly count: Tensor;
  /** Their numbers. */
  readonly indices: Tensor;
  /** Stands for a row's number in the nodes of one row. */
  readonly index: Tensor;
  /** Whether these are not all: others are through with their loop. */
  readonly isPart: boolean;
  /** Whether what is on a stack are rows, by the stack. */
  readonly stacks: Map<Operation, boolean>;
  isInside(op: Operation): boolean;
  /** What stands for a tensor of one row. */
  convert(tensor: Tensor): Rowed;
  /** The rows of a tensor, repeated where they are all the same. */
  rowsOf(tensor: Tensor): Tensor;
  /** The same of fewer rows, which knows of no node yet. */
  part(indices: Tensor, isPart: boolean): TogetherRows & { add(tensor: Tensor, stands: Rowed): void };
}
/** What makes a node of one row a node of all. An operation without results gives an operation. */
export type Converter = (node: RowNode) => readonly Rowed[] | Operation;
export type Converters = Readonly<Record<string, Converter>>;
export const each = (types: string, converter: Converter): Converters =>
  Object.fromEntries(types.split(' ').map((type) => [type, converter]));

/** A node of one row, and what stands for its inputs. */
export class RowNode {
  readonly inputs: Rowed[];
  constructor(
    readonly op: Operation,
    inputs: readonly Rowed[],
    readonly all: TogetherRows,
  ) {
    this.inputs = [...inputs];
  }
  get count(): Tensor {
    return this.all.count;
  }
  get tensors(): readonly Tensor[] {
    return this.inputs.map(({ t }) => t);
  }
  /** Makes inputs rows that are the same for all. */
  stack(at: readonly number[] = [...this.inputs.keys()]): void {
    for (const i of at)
      if (!this.inputs[i].isStacked) this.inputs[i] = { t: inRows(this.inputs[i].t, this.count), isStacked: true };
  }
  /** An input that is rows. @throws ValueError  where it is the same for all */
  stacked(i: number): Tensor {
    if (this.inputs[i].isStacked) return this.inputs[i].t;
    throw this.expected(i, 'not loop invariant');
  }
  /** An input that is the same for all rows. @throws ValueError  where it is not */
  same(i: number): Tensor {
    if (!this.inputs[i].isStacked) return this.inputs[i].t;
    throw this.expected(i, 'loop invariant', 'let it not depend on the row, or use tf.mapFn.');
  }
  private expected(i: number, what: string, fix = 'use tf.mapFn.'): ValueError {
    const { name } = this.op.def.inputs[Math.min(i, this.op.def.inputs.length - 1)];
    return new ValueError(
      `Input "${name}" of op "${this.op.type}" expected to be ${what}.\nError while converting op ` +
        `'${this.op.name}'${madeAt(this.op)}\n  fix: ${fix}`,
    );
  }
  /** Gives rows dimensions of 1 behind the one of the rows, as many as the inputs broadcast to. */
  expand(): readonly Tensor[] {
    const ranks = this.inputs.map(({ t, isStacked }) => (isStacked ? rankOf(t) : rankOf(t).add(1)));
    const most = ranks.slice(1).reduce((max, rank) => apply('Maximum', [rank, max]), ranks[0]);
    this.inputs.forEach(({ t, isStacked }, i) => {
      if (!isStacked) return;
      const shape = shapeOf(t);
      const between = dimensionsOfOne(reshape(most.sub(ranks[i]), [1]));
      const wide = concat([sliced(shape, null, 1), between, sliced(shape, 1, null)]);
      this.inputs[i] = { t: reshape(t, wide), isStacked: true };
    });
    return this.tensors;
  }
  attr(name: string): AttrValue {
    return this.op.getAttr(name);
  }
  /** A node of the same type and attributes. @param attrs  that are others */
  again(inputs: readonly Tensor[] = this.tensors, attrs: Readonly<Record<string, AttrValue>> = {}): readonly Tensor[] {
    return repeated(this.op, inputs, attrs).outputs;
  }
  /** A node of a type with some attributes of this one. */
  made(type: string, inputs: Parameters<typeof apply>[1], names: readonly string[] = [], name?: string): Tensor {
    const attrs: Attrs = Object.fromEntries(names.map((each) => [each, this.attr(each)]));
    return apply(type, inputs, attrs, name);
  }
}
/** A vector of so many 1s. */
export function dimensionsOfOne(count: Tensor): Tensor {
  return apply('Tile', [toNDArray([1], int32), count]);
}
/** A node of the type and attributes of another one. */
export function repeated(
  op: Operation,
  inputs: readonly Tensor[],
  attrs: Readonly<Record<string, AttrValue>> = {},
): Operation {
  const graph = inputs[0]?.graph ?? op.graph;
  const types = op.outputs.map(({ dtype }) => dtype);
  return graph.createOp(op.type, inputs, types, { ...op.attrValues(), ...attrs }, op.type);
}
/** As many rows of a tensor as there are. */
export function inRows(t: Tensor, count: Tensor | readonly Tensor[]): Tensor {
  const ones = onesLike(shapeOf(t));
  const multiples = concat([count, ones]);
  return tile(expandDims(t, 0), multiples);
}
/** Rows of batches as one batch. */
export function flattened(x: Tensor): Tensor {
  const shape = shapeOf(x);
  return reshape(x, concat([[-1], sliced(shape, 2, null)]));
}
/** One batch as rows of batches. */
export function unflattened(x: Tensor, count: Tensor | readonly Tensor[]): Tensor {
  const shape = shapeOf(x);
  return reshape(x, concat([count, [-1], sliced(shape, 1, null)]));
}
/** Dimensions of one row as those of all, which count from behind where they are negative. */
export const behind = (axis: Tensor): Tensor => axis.add(castPlain(axis.greaterEqual(0), axis));
const castPlain = (x: Tensor, like: Tensor): Tensor => apply('Cast', [x], { DstT: like.dtype.baseDtype });
export function madeAt({ trace: { line } }: Operation): string {
  return line ? `, made at ${line}` : '';
}
