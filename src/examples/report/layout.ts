/** Places boxes in layers, edges pointing down, with few crossings: Sugiyama's method in its simplest form. */
import { entryOf } from '../../base/keys';

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Placed {
  /** Centers, by box. */
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The points each edge goes through, from box to box. */
  readonly ways: readonly (readonly (readonly [x: number, y: number])[])[];
  readonly width: number;
  readonly height: number;
}

const GAP = 18;
const LAYER_GAP = 34;
const SWEEPS = 12;
const MARGIN = 12;
/** The room of an edge that passes through a layer. */
const PASSAGE = 6;

/** @param edges  pairs of box numbers; those that close a cycle are drawn upward */
export function layout(boxes: readonly Box[], edges: readonly (readonly [from: number, to: number])[]): Placed {
  const layers = layersOf(boxes.length, edges);
  const { layerOf, links, passages } = passagesOf(layers, edges);
  const widths = layerOf.map((_, node) => (node < boxes.length ? boxes[node].width : PASSAGE));
  const rows: number[][] = Array.from({ length: 1 + Math.max(0, ...layerOf) }, () => []);
  layerOf.forEach((layer, node) => rows[layer].push(node));
  const above: number[][] = layerOf.map(() => []);
  const below: number[][] = layerOf.map(() => []);
  for (const [a, b] of links) {
    if (layerOf[a] === layerOf[b]) continue;
    below[a].push(b);
    above[b].push(a);
  }
  order(rows, above, below);
  const x = positions(rows, widths, above, below);
  const left = Math.min(...x.map((center, node) => center - widths[node] / 2)) - MARGIN;
  const heights = rows.map((row) =>
    Math.max(PASSAGE, ...row.filter((node) => node < boxes.length).map((node) => boxes[node].height)),
  );
  const tops: number[] = [];
  heights.reduce((top, height, i) => {
    tops[i] = top;
    return top + height + LAYER_GAP;
  }, MARGIN);
  const centerX = x.map((value) => value - left);
  const centerY = layerOf.map((layer) => tops[layer] + heights[layer] / 2);
  return {
    x: centerX.slice(0, boxes.length),
    y: centerY.slice(0, boxes.length),
    ways: edges.map(([from, to], i) => {
      const down = layers[from] < layers[to] ? 1 : -1;
      const start = [centerX[from], centerY[from] + (down * boxes[from].height) / 2] as const;
      const end = [centerX[to], centerY[to] - (down * boxes[to].height) / 2] as const;
      return [start, ...passages[i].map((node) => [centerX[node], centerY[node]] as const), end];
    }),
    width: Math.max(0, ...centerX.map((center, node) => center + widths[node] / 2)) + MARGIN,
    height: (tops.at(-1) ?? 0) + (heights.at(-1) ?? 0) + MARGIN,
  };
}

interface Passages {
  /** The layer of each box, then of each passage. */
  readonly layerOf: readonly number[];
  /** What stands above what, from one layer to the next. */
  readonly links: readonly (readonly [number, number])[];
  /** For each edge, where it passes. */
  readonly passages: readonly (readonly number[])[];
}
/** An edge over several layers passes each of those between: there it needs room as a box does. */
function passagesOf(layers: readonly number[], edges: readonly (readonly [number, number])[]): Passages {
  const layerOf = [...layers];
  const links: [number, number][] = [];
  const passages: number[][] = [];
  for (const [from, to] of edges) {
    const step = layers[from] < layers[to] ? 1 : -1;
    const through: number[] = [];
    let last = from;
    for (let layer = layers[from] + step; layer !== layers[to] && layers[from] !== layers[to]; layer += step) {
      const passage = layerOf.push(layer) - 1;
      through.push(passage);
      links.push(step > 0 ? [last, passage] : [passage, last]);
      last = passage;
    }
    links.push(step > 0 ? [last, to] : [to, last]);
    passages.push(through);
  }
  return { layerOf, links, passages };
}

/** The longest way from a source, and sources right above what reads them. Edges that close a cycle do not count. */
function layersOf(count: number, edges: readonly (readonly [number, number])[]): number[] {
  const { sorted, forward } = withoutCycles(count, edges);
  const layers = new Array<number>(count).fill(0);
  const read = new Uint8Array(count);
  for (const node of sorted) {
    for (const to of forward[node]) {
      layers[to] = Math.max(layers[to], layers[node] + 1);
      read[to] = 1;
    }
  }
  for (const node of sorted)
    if (!read[node] && forward[node].length) layers[node] = Math.min(...forward[node].map((to) => layers[to])) - 1;
  return layers;
}
/** The nodes, each behind those that lead to it, and the edges that close no cycle. */
function withoutCycles(
  count: number,
  edges: readonly (readonly [number, number])[],
): { sorted: readonly number[]; forward: readonly (readonly number[])[] } {
  const next: number[][] = Array.from({ length: count }, () => []);
  for (const [from, to] of edges) next[from].push(to);
  const state = new Uint8Array(count);
  const sorted: number[] = [];
  const forward: number[][] = Array.from({ length: count }, () => []);
  for (let root = 0; root < count; root++) {
    if (state[root]) continue;
    // A stack of its own: chains of thousands of nodes are usual in unrolled loops.
    const stack: [node: number, at: number][] = [[root, 0]];
    state[root] = 1;
    while (stack.length) {
      const top = stack[stack.length - 1];
      const [node, at] = top;
      if (at === next[node].length) {
        state[node] = 2;
        sorted.push(node);
        stack.pop();
        continue;
      }
      top[1]++;
      const to = next[node][at];
      if (state[to] === 1) continue;
      forward[node].push(to);
      if (state[to] === 0) {
        state[to] = 1;
        stack.push([to, 0]);
      }
    }
  }
  return { sorted: sorted.reverse(), forward };
}

/** Sorts each row by the mean place of its neighbors in the row before, downward and upward in turn. */
function order(rows: number[][], above: readonly number[][], below: readonly number[][]): void {
  const place: number[] = [];
  const note = (row: readonly number[]) => row.forEach((node, i) => (place[node] = i / Math.max(1, row.length - 1)));
  rows.forEach(note);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const downward = sweep % 2 === 0;
    for (const row of downward ? rows : [...rows].reverse()) {
      const near = downward ? above : below;
      const wish = new Map(
        row.map((node) => [node, near[node].length ? mean(near[node].map((other) => place[other])) : place[node]]),
      );
      row.sort((a, b) => entryOf(wish, a) - entryOf(wish, b));
      note(row);
    }
  }
}

/** Horizontal centers: near the mean of the neighbors, in the rows' order, without overlap. */
function positions(
  rows: readonly number[][],
  widths: readonly number[],
  above: readonly number[][],
  below: readonly number[][],
): number[] {
  const x: number[] = [];
  const distance = (a: number, b: number) =>
    (widths[a] + widths[b]) / 2 + (widths[a] === PASSAGE && widths[b] === PASSAGE ? PASSAGE : GAP);
  for (const row of rows)
    row.forEach((node, i) => (x[node] = i === 0 ? 0 : x[row[i - 1]] + distance(row[i - 1], node)));
  for (const row of rows) {
    const middle = (x[row[0]] + x[row[row.length - 1]]) / 2;
    for (const node of row) x[node] -= middle;
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) {
      const near = (node: number) =>
        sweep < SWEEPS - 2 ? (sweep % 2 === 0 ? above : below)[node] : [...above[node], ...below[node]];
      const wish = row.map((node) => (near(node).length ? mean(near(node).map((other) => x[other])) : x[node]));
      // Pushed to the right of what is left, and to the left of what is right: both keep the distances, and so does
      // their mean.
      const right = [...wish];
      for (let i = 1; i < row.length; i++) right[i] = Math.max(right[i], right[i - 1] + distance(row[i - 1], row[i]));
      const left = [...wish];
      for (let i = row.length - 2; i >= 0; i--) left[i] = Math.min(left[i], left[i + 1] - distance(row[i], row[i + 1]));
      row.forEach((node, i) => (x[node] = (right[i] + left[i]) / 2));
    }
  }
  return x;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
