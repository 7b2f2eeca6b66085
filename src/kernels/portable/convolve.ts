/**
 * Convolutions over pictures that have their borders, and their gradients by the filter, by the functions of
 * conv-kernels.ts. Each element of a result is one sum in order; a gradient by the filter is added up in parts that
 * its shapes say, and not the threads.
 */
import { type Code, v128 } from '../../base/assembler';
import { convKernels } from './conv-kernels';
import { type Run, openFormula } from './formula';
import type { Convolution, Filter, FilterGradient, Places } from './conv-sizes';
import { type Frame, framed, inside } from './frames';
import { PACKING, ROWS, WIDTHS } from './gemm-kernels';
import { type Call, type Shared, type Team, runHere } from './team';
import { type Gemm, openGemm } from './gemm';
import { Scratch } from './scratch';
import type { Heap } from './wasm';
import { Winograd, isOfSquares } from './winograd';

/** Bytes of patches that are made at once. */
const BLOCK = 256 * 1024;
/** Nanoseconds for a product and its sum, and for an element that is moved. */
const EACH = 0.05;
const MOVE = 0.3;
const PACK = 0.5;
/** Parts in which a gradient by the filter is added up, where these are not too large together, in elements. */
const PARTS = 8;
const MOST = 1 << 20;
/** Products that are worth a part. */
const WORK = 1 << 19;
/** Columns that are worth to make the patches again. */
const LEAST_COLUMNS = 32;

/** Rows of places that a call goes through: how many, `group` at a time, and from which one on. */
interface Share {
  readonly from: number;
  readonly rows: number;
}

export class Convolver {
  private readonly convolution: Shared;
  private readonly gradient: Shared;
  private readonly framing: Shared;
  private readonly packs: readonly Shared[];
  private readonly zeros: number;
  private readonly scratch: Scratch;
  private readonly sums = new Map<number, Run>();
  private squares_: Winograd | null = null;
  constructor(
    private readonly heap: Heap,
    private readonly gemm: () => Gemm = () => openGemm(heap),
  ) {
    this.scratch = new Scratch(heap);
    const kernel = heap.team.compileFused(convKernels);
    this.convolution = kernel('convolve');
    this.gradient = kernel('byFilter');
    this.framing = kernel('frame');
    this.zeros = heap.malloc(4 * WIDTHS[0]);
    heap.zero(this.zeros, 4 * WIDTHS[0]);
    this.packs = WIDTHS.map((width) => kernel(`strip${width}`));
  }
  private get squares(): Winograd {
    return (this.squares_ ??= new Winograd(this.heap, this.gemm(), this.zeros));
  }
  /** Puts `batch` pictures of so many channels into frames. */
  frame({ lines, pixels }: Frame, batch: number, channels: number, x: number, to: number): void {
    const { team, zero } = this.heap;
    const [height, width] = [framed(lines), framed(pixels)];
    const [bytes, line] = [4 * height * width * channels, 4 * pixels.input * channels];
    const [rows, columns] = [inside(lines), inside(pixels)];
    zero(to, batch * bytes);
    if (rows.count <= 0 || columns.count <= 0) return;
    const isDense = pixels.spread === 1;
    const floats = isDense ? columns.count * channels : channels;
    const first = x + rows.from * line + 4 * columns.from * channels;
    const target = to + 4 * (rows.to * width + columns.to) * channels;
    const cuts = team.cuts(MOVE * batch * height * width * channels);
    const each = Math.ceil(batch / cuts);
    const calls = Array.from({ length: Math.ceil(batch / each) }, (_, i) => {
      const [from, count] = [i * each, Math.min(each, batch - i * each)];
      const source = [first + from * lines.input * line, lines.input * line, line, 4 * channels];
      const goal = [target + from * bytes, bytes, 4 * lines.spread * width * channels, 4 * pixels.spread * channels];
      const moved = [count, rows.count, isDense ? 1 : columns.count, floats >> 2, floats & 3];
      return { fn: this.framing, args: [...source, ...goal, ...moved] };
    });
    run(team, calls, cuts);
  }
  /** y = x * filter + bias, cut off at the bounds. */
  convolve(sizes: Places, at: Convolution): void {
    if (isOfSquares(sizes) && this.squares.serves(sizes, at))
      this.squares.convolve(sizes, at, (n) => this.scratch.of(n));
    else this.byPatches(sizes, at);
  }
  private byPatches(sizes: Places, { x, filter, y, bias, floor, ceiling }: Convolution): void {
    const { team } = this.heap;
    const [k, n] = [depth(sizes), sizes.outputs];
    const group = groupOf(sizes);
    const rows = sizes.batch * sizes.rows;
    const cuts = team.cuts(EACH * rows * sizes.columns * k * n);
    const shares = sharesOf(rows, group, cuts);
    const scratch = 4 * group * sizes.columns * k;
    const panels = this.scratch.of(4 * k * n + shares.length * scratch);
    this.pack(filter, k, n, panels);
    const added = bias ? [bias, 4] : [this.zeros, 0];
    const calls = shares.map((share, i) => {
      const at = rowsOf(sizes, x, share, group, panels + 4 * k * n + i * scratch);
      at.push(panels, y + 4 * share.from * sizes.columns * n, ...added, ...columnsOf(n, n), floor, ceiling);
      return { fn: this.convolution, args: at };
    });
    run(team, calls, cuts);
  }
  /** dw, from x and dy. */
  byFilter(sizes: Places, { x, dy, dw }: FilterGradient): void {
    const { team, zero } = this.heap;
    const [k, n] = [depth(sizes), sizes.outputs];
    const rows = sizes.batch * sizes.rows;
    const work = rows * sizes.columns * k * n;
    const parts = Math.max(1, Math.min(PARTS, rows, Math.floor(MOST / (k * n)), Math.floor(work / WORK)));
    const group = groupOf(sizes);
    const cuts = team.cuts(EACH * work);
    const columns = columnShares(n, Math.ceil(cuts / parts));
    const shares = sharesOf(rows, 1, parts);
    const places = group * sizes.columns;
    const scratch = 4 * places * (k + n);
    const size = 4 * k * n;
    const place = this.scratch.of(parts * size + shares.length * columns.length * scratch);
    const sums = parts === 1 ? dw : place;
    zero(sums, shares.length * size);
    const calls = shares.flatMap((share, i) =>
      columns.map(([from, count], j) => {
        const patches = place + parts * size + (i * columns.length + j) * scratch;
        const at = rowsOf(sizes, x, share, group, patches);
        const target = sums + i * size + 4 * from;
        at.push(patches + 4 * places * k, dy + 4 * (share.from * sizes.columns * n + from), target);
        at.push(...columnsOf(n, count));
        return { fn: this.gradient, args: at };
      }),
    );
    run(team, calls, cuts);
    if (parts > 1) this.sum(shares.length, sums, k * n, dw);
  }
  /** Adds so many vectors up, one behind the other, in their order. */
  private sum(parts: number, from: number, size: number, to: number): void {
    let run = this.sums.get(parts);
    if (!run) {
      const results = ({ vectors }: { readonly vectors: readonly Code[] }): Code[] => [vectors.reduce(v128.add)];
      this.sums.set(parts, (run = openFormula(this.heap, { takes: parts, numbers: 0, gives: 1, results })));
    }
    const vectors = Array.from({ length: parts }, (_, i) => from + 4 * size * i);
    run(size, vectors, [to], []);
  }
  /** The filter in panels, as the strips of a product take them. */
  private pack({ at, blocks, step, row, column }: Filter, k: number, n: number, panels: number): void {
    const { team } = this.heap;
    const cuts = team.cuts(PACK * k * n);
    const [calls, rows]: [Call[], number] = [[], k / blocks];
    let from = 0;
    WIDTHS.forEach((width, i) => {
      const count = Math.floor((n - from) / width);
      const each = Math.max(1, Math.ceil(count / cuts));
      for (let done = 0; done < count; done += each) {
        const [many, first] = [Math.min(each, count - done), from + done * width];
        for (let b = 0; b < blocks; b++) {
          const source = [at + step * b + column * first, row, column, column === 4 ? PACKING.copy : PACKING.gather];
          const to = [panels + 4 * (first * k + width * rows * b), 4 * width, 4 * width * k, rows];
          calls.push({ fn: this.packs[i], args: [0, 0, 0, ...source, ...to, 0, 0, 0, 0, 0, many, 0, 0, 1, 0, 0] });
        }
      }
      from += count * width;
    });
    run(team, calls, cuts);
  }
}
function run(team: Team, calls: readonly Call[], cuts: number): void {
  if (cuts === 1) runHere(calls);
  else team.run(calls);
}
/** Elements of a patch. */
function depth({ taps, channels }: Places): number {
  return taps[0] * taps[1] * channels;
}
/** Rows of places whose patches are made at once: such that tiles come out even, where they may. */
function groupOf(sizes: Places): number {
  const most = Math.max(1, Math.floor(BLOCK / (4 * sizes.columns * depth(sizes))));
  const even = sizes.columns % ROWS === 0 ? 1 : sizes.columns % 2 === 0 ? 2 : ROWS;
  return most > even ? most - (most % even) : most;
}
function sharesOf(rows: number, group: number, cuts: number): Share[] {
  const each = group * Math.ceil(rows / group / cuts);
  return Array.from({ length: Math.ceil(rows / each) }, (_, i) => ({
    from: i * each,
    rows: Math.min(each, rows - i * each),
  }));
}
/** Columns in so many pieces, about, each of whole panels. */
function columnShares(n: number, cuts: number): [from: number, count: number][] {
  const each = Math.max(LEAST_COLUMNS, WIDTHS[0] * Math.ceil(n / WIDTHS[0] / cuts));
  return Array.from({ length: Math.ceil(n / each) }, (_, i) => [i * each, Math.min(each, n - i * each)]);
}
/** In the order of COLUMNS (conv-kernels.ts): of a result with `n` columns, the panels of so many. */
function columnsOf(n: number, count: number): number[] {
  return [n, count >> 3, (count >> 2) & 1, (count >> 1) & 1, count & 1];
}
/** What the functions are told of rows of places, and of the patches there, in the order of ROWS (conv-kernels.ts). */
function rowsOf(sizes: Places, x: number, { from, rows }: Share, group: number, scratch: number): number[] {
  const { channels, width, taps, stride, dilation } = sizes;
  const line = 4 * width * channels;
  const [picture, first] = [Math.floor(from / sizes.rows), from % sizes.rows];
  const isDense = dilation[1] === 1;
  const floats = isDense ? taps[1] * channels : channels;
  const src = x + picture * sizes.height * line + first * stride[0] * line;
  const jump = (sizes.height - sizes.rows * stride[0]) * line;
  return [
    ...[src, sizes.rows - first, sizes.rows, jump, stride[0] * line],
    ...[sizes.columns, 4 * stride[1] * channels, taps[0], dilation[0] * line],
    ...[isDense ? 1 : taps[1], 4 * dilation[1] * channels, floats >> 2, floats & 3],
    ...[scratch, rows, group, depth(sizes)],
  ];
}
