/** The order in which nodes of a message are made: TensorFlow's GraphConstructor. */
import { addUnder } from '../base/room';
import { ValueError } from '../base/errors';
import type { NodeMessage } from '../format/node-def';

/** Numbers, of which the least comes out first: a heap. */
class Least {
  private readonly kept: number[] = [];
  get size(): number {
    return this.kept.length;
  }
  add(n: number): void {
    const { kept } = this;
    let at = kept.length;
    for (let up = (at - 1) >> 1; at > 0 && kept[up] > n; up = (at - 1) >> 1) {
      kept[at] = kept[up];
      at = up;
    }
    kept[at] = n;
  }
  take(): number {
    const { kept } = this;
    const [least] = kept;
    const last = kept.pop() ?? 0;
    let at = 0;
    for (let down = 1; down < kept.length; down = 2 * at + 1) {
      if (down + 1 < kept.length && kept[down + 1] < kept[down]) down++;
      if (kept[down] >= last) break;
      kept[at] = kept[down];
      at = down;
    }
    if (kept.length) kept[at] = last;
    return least;
  }
}

/**
 * Each node behind those that it needs: of those that may come next, always the first of the message.
 *
 * @throws ValueError  where a node comes before itself
 */
export function inOrder(
  nodes: readonly NodeMessage[],
  needed: (node: NodeMessage) => readonly NodeMessage[],
): NodeMessage[] {
  const readers = new Map<NodeMessage, number[]>();
  const ready = new Least();
  const missing = nodes.map((node, i) => {
    const before = new Set(needed(node));
    for (const other of before) addUnder(readers, other, i);
    if (!before.size) ready.add(i);
    return before.size;
  });
  const order: NodeMessage[] = [];
  while (ready.size) {
    const node = nodes[ready.take()];
    order.push(node);
    for (const i of readers.get(node) ?? []) if (--missing[i] === 0) ready.add(i);
  }
  if (order.length < nodes.length) throw ring(nodes, order, needed);
  return order;
}
/** What is said where a node comes before itself: how many there are of these, and behind them. */
function ring(
  nodes: readonly NodeMessage[],
  done: readonly NodeMessage[],
  needed: (node: NodeMessage) => readonly NodeMessage[],
): ValueError {
  const left = new Set(nodes);
  for (const node of done) left.delete(node);
  const seen = new Set<NodeMessage>();
  let [one] = left;
  while (!seen.has(one)) {
    seen.add(one);
    one = needed(one).find((other) => left.has(other)) ?? one;
  }
  return new ValueError(
    `${left.size} nodes in a cycle\n` +
      `  '${one.name}' is one of them: only a Merge that reads a NextIteration may read what comes behind it.`,
  );
}
