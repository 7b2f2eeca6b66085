/**
 * Makes a random program node by node. Each node is run once on the plain host as it is made, with its inputs fed, so
 * that later ones can be given operands that fit (or, now and then, that do not: then the program ends there).
 */
import * as tf from '../../src';
import type { DType } from '../../src/base/dtype';
import { NDArray } from '../../src/base/ndarray';
import { toNDArray } from '../../src/base/to-ndarray';
import { type Built, type JsonAttr, type JsonDims, type Node, type Program, type Ref, build, toJson } from './program';
import { Choices } from './random';

/** An output that later nodes may take. */
export interface Piece {
  readonly ref: Ref;
  readonly array: NDArray;
  /** No rounding has been at it: what compares or cuts it gives the same everywhere. */
  readonly exact: boolean;
}
export interface Want {
  readonly dtypes?: readonly DType[];
  readonly ranks?: readonly [least: number, most: number];
  readonly exact?: boolean;
  /** Only with this many elements at least. */
  readonly filled?: boolean;
}
export const FLOATS: readonly DType[] = [tf.float32, tf.float32, tf.float32, tf.float64];
export const INTS: readonly DType[] = [tf.int32, tf.int32, tf.int64];
export const NUMBERS: readonly DType[] = [...FLOATS, ...FLOATS, ...INTS];
const ANY: readonly DType[] = [...NUMBERS, ...NUMBERS, tf.bool, tf.string];
const LARGEST = 4000;

/** The last node cannot be made, or not run: nothing may come after it. */
class Ended extends Error {}

export class Maker extends Choices {
  readonly nodes: Node[] = [];
  readonly pieces: Piece[] = [];
  private readonly graph = new tf.Graph();
  private readonly ops: tf.Operation[] = [];
  private readonly sess = new tf.Session('', {
    graph: this.graph,
    config: { device: 'portable', placement: 'host', graphOptions: false, advice: false },
  });
  constructor(
    seed: number,
    private readonly widest = 5,
  ) {
    super(seed);
  }

  program(rules: readonly ((m: Maker) => unknown)[]): Program {
    const steps = this.int(1, 12);
    let ended = false;
    try {
      for (let k = 0; k < steps; k++) this.of(rules)(this);
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
      ended = true;
    }
    this.sess.close();
    const last = this.nodes.length - 1;
    const differentiable =
      !ended && this.nodes[last].kind === 'op' && this.ops[last].outputs.some((t) => t.dtype.isFloating);
    return { nodes: this.nodes, gradientOf: differentiable && this.chance(0.7) ? last : null };
  }

  // What goes in.
  dim(): number {
    return this.chance(0.04) ? 0 : this.int(1, this.widest);
  }
  shape(least = 0, most = 4): number[] {
    return Array.from({ length: this.int(least, most) }, () => this.dim());
  }
  /** What a placeholder may know of a shape. */
  known(shape: readonly number[]): JsonDims {
    if (this.chance(0.2)) return null;
    return this.chance(0.5) ? [...shape] : shape.map((d) => (this.chance(0.5) ? null : d));
  }
  /** A constant, or a placeholder that knows some of its shape. */
  given(array: NDArray, constant = this.chance(0.4)): Piece {
    const value = toJson(array);
    return this.add(
      constant ? { kind: 'const', value } : { kind: 'placeholder', shape: this.known(array.shape), value },
      true,
    )[0];
  }
  source(dtype: DType, shape: readonly number[]): Piece {
    const size = shape.reduce((a, b) => a * b, 1);
    const one = (): number | boolean | string =>
      dtype.isFloating
        ? this.int(-16, 16) / 8
        : dtype === tf.bool
          ? this.chance(0.5)
          : dtype === tf.string
            ? this.of(['', 'a', 'bc', 'a'])
            : this.int(-6, 9);
    return this.given(toNDArray(Array.from({ length: size }, one), dtype, shape));
  }
  /** Integers that are arguments: mostly constants. */
  ints(values: readonly number[], dtype = this.of(INTS), constant = this.chance(0.7)): Ref {
    return this.given(toNDArray([...values], dtype, [values.length]), constant).ref;
  }
  scalar(value: number, dtype = this.of(INTS), constant = this.chance(0.75)): Ref {
    return this.given(toNDArray(value, dtype, []), constant).ref;
  }
  any({ dtypes = ANY, ranks = [0, 4], exact = false, filled = false }: Want = {}): Piece {
    const fit = (p: Piece): boolean =>
      dtypes.includes(p.array.dtype) &&
      p.array.rank >= ranks[0] &&
      p.array.rank <= ranks[1] &&
      (!exact || p.exact) &&
      (!filled || p.array.size > 0);
    const fitting = this.pieces.slice(-14).filter(fit);
    if (fitting.length && this.chance(0.75)) return this.of(fitting);
    const shape = this.shape(ranks[0], Math.min(ranks[1], 4));
    return this.source(this.of(dtypes), filled ? shape.map((d) => Math.max(d, 1)) : shape);
  }
  /** Something whose shape broadcasts with that of x. */
  beside({ array }: Piece, exact = false): Piece {
    const { shape, dtype } = array;
    const fitting = this.pieces.filter(
      (p) => p.array.dtype === dtype && String(p.array.shape) === String(shape) && (!exact || p.exact),
    );
    if (fitting.length && this.chance(0.5)) return this.of(fitting);
    const form = this.int(0, 4);
    if (form === 0) return this.source(dtype, []);
    if (form === 1) return this.source(dtype, shape);
    if (form === 2) return this.source(dtype, shape.slice(this.int(0, shape.length)));
    if (form === 3)
      return this.source(
        dtype,
        shape.map((d) => (this.chance(0.5) ? 1 : d)),
      );
    return this.source(dtype, [this.int(1, 3), ...shape.map((d) => (this.chance(0.3) ? 1 : d))].slice(0, 5));
  }
  /** An axis of x; rarely one that it has not. */
  axis(x: Piece): number {
    const { rank } = x.array;
    return this.chance(0.02) ? this.of([rank, -rank - 1]) : this.int(-rank, Math.max(rank - 1, 0));
  }
  /** A shape as an operand: a constant, fed, the shape of another, or put together of parts. */
  shapeOperand(shape: readonly number[], dtype: DType = this.of([tf.int32, tf.int32, tf.int64])): Ref {
    const same = this.pieces.filter((p) => String(p.array.shape) === String(shape));
    if (same.length && this.chance(0.35))
      return this.op('Shape', [this.of(same).ref], { out_type: { type: dtype.name } }, true).ref;
    if (shape.length && this.chance(0.35)) {
      const parts = shape.map((d) => {
        const has = this.pieces.filter((p) => p.array.shape.includes(d));
        if (!has.length || this.chance(0.5)) return this.scalar(d, dtype);
        const piece = this.of(has);
        const all = this.op('Shape', [piece.ref], { out_type: { type: dtype.name } }, true);
        const at = piece.array.shape.indexOf(d);
        const [begin, end, strides] = [at, at + 1, 1].map((v) => this.ints([v], tf.int32, true));
        return this.op('StridedSlice', [all.ref, begin, end, strides], { shrink_axis_mask: 1 }, true).ref;
      });
      return this.op('Pack', [parts], {}, true).ref;
    }
    return this.ints(shape, dtype);
  }

  // Nodes.
  /**
   * Adds an op; its outputs may be taken by later ones. The program ends with one that cannot be made or run.
   *
   * @param exact  it rounds nothing
   */
  op(
    type: string,
    inputs: readonly (Ref | readonly Ref[])[],
    attrs: Readonly<Record<string, JsonAttr>> = {},
    exact = false,
  ): Piece {
    const isExact = exact && inputs.every((x) => refs(x).every(([n]) => !this.inexact.has(n)));
    return this.add({ kind: 'op', type, inputs, attrs }, isExact)[0];
  }
  private readonly inexact = new Set<number>();
  private readonly arrays: NDArray[][] = [];
  private add(node: Node, exact: boolean): Piece[] {
    const k = this.nodes.length;
    this.nodes.push(node);
    if (!exact) this.inexact.add(k);
    return this.graph.asDefault(() => {
      const made: Built = build({ nodes: [node], gradientOf: null }, k, this.ops);
      if (made.refused) {
        throw new Ended();
      }
      const op = made.ops[0];
      this.ops.push(op);
      let arrays: NDArray[];
      if (node.kind === 'op') {
        const feeds = new Map<tf.Tensor, NDArray>();
        op.inputs.forEach((t) => feeds.set(t, this.arrays[this.ops.indexOf(t.op)][t.valueIndex]));
        try {
          arrays = (this.sess.run([...op.outputs], [...feeds]) as unknown[]).map((v, i) => asArray(v, op.outputs[i]));
        } catch {
          throw new Ended();
        }
      } else arrays = made.feeds.length ? [made.feeds[0][1]] : [asArray(this.sess.run(op.outputs[0]), op.outputs[0])];
      this.arrays.push(arrays);
      const pieces = arrays.map((array, i): Piece => ({ ref: [k, i], array, exact }));
      this.pieces.push(...pieces.filter(({ array }) => isTame(array)));
      return pieces;
    });
  }
}
function refs(x: Ref | readonly Ref[]): readonly Ref[] {
  return typeof x[0] === 'number' ? [x as Ref] : (x as readonly Ref[]);
}
/** Small and without large numbers: what is made of it stays comparable. */
function isTame({ dtype, data, size, rank }: NDArray): boolean {
  if (size > LARGEST || rank > 6) return false;
  return !dtype.isFloating || (data as Float64Array).every((v) => Math.abs(v) < 1e3);
}
export function asArray(value: unknown, { dtype }: tf.Tensor): NDArray {
  return value instanceof NDArray ? value : toNDArray(value, dtype, []);
}
