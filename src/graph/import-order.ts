/** The order in which nodes of a message are made: TensorFlow's GraphConstructor. */
import { popHeap, pushHeap } from '../base/heap';
import { addUnder } from '../base/room';
import { ValueError } from '../base/errors';
import type { NodeMessage } from '../format/node-def';

const isLater = (one: number, other: number): boolean => one > other;

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
  const ready: number[] = [];
  const missing = nodes.map((node, i) => {
    const before = new Set(needed(node));
    for (const other of before) addUnder(readers, other, i);
    if (!before.size) pushHeap(ready, i, isLater);
    return before.size;
  });
  const order: NodeMessage[] = [];
  while (ready.length) {
    const node = nodes[popHeap(ready, isLater)];
    order.push(node);
    for (const i of readers.get(node) ?? []) if (--missing[i] === 0) pushHeap(ready, i, isLater);
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
