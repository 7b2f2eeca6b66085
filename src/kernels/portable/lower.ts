/** Words for ops as calls of our own kernels (program.ts): what their shapes settle once. */
import { broadcast, sameShape, sizeOf } from '../../base/shape';
import type { KernelNode } from '../kernel';
import { type Formula, type Lie, piecesOf } from './formula';
import { ADDRESSES, type Product, isPacked } from './gemm';
import { type Draft, type Place, type Spot, shifted } from './program';
import { WORTHWHILE } from './team';

/** What a node is lowered by. */
export interface Lowering {
  readonly node: Pick<KernelNode, 'type' | 'attrs' | 'outputTypes'>;
  readonly draft: Draft;
  /** The elements of a small integer input; null where only a run knows them. */
  numbers(input: number): readonly number[] | null;
}
/**
 * Lowers a node whose operands lie there: makes its results, and says what makes them. Null where its kernels do not
 * serve these shapes. It looks at nothing but shapes and numbers: for other elements it does the same.
 */
export type Lower = (inputs: readonly Spot[], to: Lowering) => readonly Spot[] | null;

/** Nanoseconds for an element that is read or written. */
const EACH = 0.2;

/** A formula of tensors that broadcast to rows and columns. */
export function applied(formula: Formula, inputs: readonly Spot[], draft: Draft): Spot | null {
  const laid = lying(inputs.map(({ shape }) => shape));
  return laid && applyTo(laid, formula, inputs, draft);
}
/** A tensor that is broadcast to a shape. */
export function spread(x: Spot, shape: readonly number[], draft: Draft): Spot | null {
  const laid = lying([x.shape, shape]);
  return laid && run({ ...laid, lies: laid.lies.slice(0, 1) }, SAME, [x], draft, draft.make(shape));
}
const SAME: Formula = { takes: 1, numbers: 0, gives: 1, results: ({ vectors }) => vectors };
/** A formula of tensors that lie so, as one item that makes `out`. */
export function applyTo(
  laid: Laid,
  formula: Formula,
  inputs: readonly Spot[],
  draft: Draft,
  out = draft.make(laid.shape),
): Spot {
  run(laid, formula, inputs, draft, out);
  draft.wasApplied({ formula, inputs, out });
  return out;
}
function run(laid: Laid, formula: Formula, inputs: readonly Spot[], draft: Draft, out: Spot): Spot {
  const { rows, columns, lies } = laid;
  const { kernels } = draft;
  const size = rows * columns;
  const ns = size * (inputs.length + 1) * EACH;
  if (ns < WORTHWHILE) draft.call(kernels.loop(formula, lies), ...inputs, out, rows, columns >> 2, columns & 3);
  else if (lies.every((lie) => lie === 'each'))
    draft.work([...inputs, out], (address) => kernels.run(formula)(size, inputs.map(address), [address(out)], []));
  else {
    const fn = kernels.loop(formula, lies);
    const { team } = kernels.heap;
    draft.work([...inputs, out], (address) => {
      const pointers = [...inputs, out].map(address);
      team.run(partsOf(laid, team.cuts(ns)).map((part) => ({ fn, args: argsOf(part, pointers, laid) })));
    });
  }
  return out;
}
/** A part of the rows, or of the columns where there is one row. */
interface PartOf {
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
}
function partsOf({ rows, columns }: Laid, cuts: number): PartOf[] {
  if (rows === 1) return piecesOf(columns, cuts).map(([at, n]) => ({ at, rows: 1, columns: n }));
  const each = Math.ceil(rows / cuts);
  return Array.from({ length: Math.ceil(rows / each) }, (_, i) => ({
    at: i * each,
    rows: Math.min(each, rows - i * each),
    columns,
  }));
}
/** What a loop over rows is told of a part. */
function argsOf({ at, rows, columns }: PartOf, pointers: readonly number[], laid: Laid): number[] {
  const moved = pointers.map((p, i) => p + 4 * at * stepOf(laid.lies[i] ?? 'each', laid));
  return [...moved, rows, columns >> 2, columns & 3];
}
/** Elements by which an operand moves from row to row, or from column to column where there is one row. */
function stepOf(lie: Lie, { rows, columns }: Laid): number {
  return lie === 'each' ? (rows === 1 ? 1 : columns) : lie === 'column' ? 1 : 0;
}
export interface Laid {
  readonly shape: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly lies: readonly Lie[];
}
function alike(shape: readonly number[], count: number): Laid {
  return { shape, rows: 1, columns: sizeOf(shape), lies: new Array<Lie>(count).fill('each') };
}
/** How operands of these shapes lie beside their result; null where that has more than rows and columns. */
export function lying(shapes: readonly (readonly number[])[]): Laid | null {
  if (shapes.every((shape) => sameShape(shape, shapes[0]))) return alike(shapes[0], shapes.length);
  const shape = shapes.reduce<readonly number[] | null>((all, next) => all && broadcast(all, next), []);
  if (!shape) return null;
  // Dimensions side by side in which the same operands have elements are one.
  const groups: { size: number; has: readonly boolean[] }[] = [];
  shape.forEach((size, i) => {
    if (size === 1) return;
    const has = shapes.map((s) => (s[s.length - shape.length + i] ?? 1) !== 1);
    const last = groups.at(-1);
    if (last && last.has.every((h, k) => h === has[k])) last.size *= size;
    else groups.push({ size, has });
  });
  if (groups.length > 2) return null;
  while (groups.length < 2) groups.unshift({ size: 1, has: shapes.map(() => false) });
  const [rows, columns] = groups;
  const isOne = rows.size === 1;
  const lies = shapes.map((_, i): Lie => {
    const [down, across] = [isOne || rows.has[i], columns.has[i]];
    return across ? (down ? 'each' : 'row') : down && !isOne ? 'column' : 'one';
  });
  return { shape, rows: rows.size, columns: columns.size, lies };
}

/** Where a matrix begins, and its strides in bytes. */
export interface MatrixAt {
  readonly spot: Place;
  readonly row: number;
  readonly column: number;
}
export interface ProductAt extends Omit<Product, 'a' | 'b' | 'c' | 'bias'> {
  readonly a: MatrixAt;
  readonly b: MatrixAt;
  readonly c: Place;
  readonly bias: Place | null;
}
/** A product of matrices: a small one as the calls that it is made of. */
export function product(draft: Draft, at: ProductAt): void {
  const { gemm } = draft.kernels;
  const { a, b, c, bias } = at;
  if (gemm.cost(at) >= WORTHWHILE) {
    draft.work([a.spot, b.spot, c, ...(bias ? [bias] : [])], (address) => {
      const operands = { a: { ...a, at: address(a.spot) }, b: { ...b, at: address(b.spot) }, c: address(c) };
      gemm.multiply({ ...at, ...operands, bias: bias && address(bias) });
    });
    return;
  }
  const offsets: Product = { ...at, a: { ...a, at: 0 }, b: { ...b, at: 0 }, c: 0, bias: bias && 0 };
  const panels = isPacked(offsets) ? draft.make([at.k * at.n]) : null;
  for (const { fn, args } of gemm.calls(offsets, 0)) {
    const made: (number | Place)[] = [...args];
    const put = (index: number, place: Place | null): void => {
      if (place) made[index] = shifted(place, args[index]);
    };
    put(ADDRESSES.a, a.spot);
    put(ADDRESSES.b, b.spot);
    put(ADDRESSES.panels, panels ?? b.spot);
    put(ADDRESSES.c, c);
    put(ADDRESSES.bias, bias);
    draft.call(fn, ...made);
  }
}
/** The same elements under another shape. */
export function reshaped({ memory, at }: Spot, shape: readonly number[]): Spot {
  return { memory, at, shape };
}
