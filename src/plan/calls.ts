/**
 * Functions in a plan: the nodes that call them give way to the bodies, as TensorFlow inlines calls and turns If, Case
 * and While into Switch, Merge and a frame. So everything that works on nodes works inside functions as well.
 */
import { Expander } from './expander';
import { LOWERINGS } from './lower';
import { type PrunedGraph, isCall } from './node';
import { usesOf } from './uses';

/** Puts bodies in the place of calls, until there are none. @throws OpError  for a call that cannot be */
export function expandCalls(pruned: PrunedGraph): void {
  if (!pruned.nodes.some(isCall)) return;
  const expander = new Expander(pruned, LOWERINGS);
  expander.addAll(pruned.nodes, usesOf(pruned.nodes, pruned), { chain: [], lowers: true, inlines: true }, []);
  pruned.nodes = expander.nodes;
  pruned.fetches = pruned.fetches.map((s) => expander.follow(s));
  pruned.targets = pruned.targets.flatMap((node) => expander.standIns(node));
}
