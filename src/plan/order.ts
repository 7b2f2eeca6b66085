/**
 * The order in which the steps of a plan run where none of them stands for a part that runs as one: what a run that
 * fails goes on in (session/in-order.ts).
 */
import { entryOf } from '../base/keys';
import { constantsAmong, findBranches } from './branches';
import { type Frame, type PlanNode, type PrunedGraph, ROOT, type Source, outermost } from './node';
import { scheduleOf } from './schedule';

/**
 * Notes the place of each node.
 *
 * @returns  false where only tokens can run the graph: then there is no order to go on in
 */
export function noteOrder(pruned: PrunedGraph): boolean {
  const { nodes } = pruned;
  const isNew = nodes.every(({ order }) => order === undefined);
  if (isNew && nodes.some(({ frame }) => frame !== ROOT)) return noteSchedule(pruned);
  // A node that comes in beside parts that run as one stands where the one before it does.
  let last = -1;
  for (const node of nodes) last = node.order ??= isNew ? last + 1 : last;
  return true;
}
function noteSchedule(pruned: PrunedGraph): boolean {
  const { nodes } = pruned;
  const base = new Map<PlanNode, number>();
  let slots = pruned.feeds.length;
  for (const node of nodes) {
    base.set(node, slots);
    slots += node.outputTypes.length;
  }
  const frames = [...new Set(nodes.map(({ frame }) => outermost(frame)))];
  const isConstant = constantsAmong(pruned);
  const steps = nodes.filter((node) => !isConstant(node));
  const schedule = scheduleOf(steps, findBranches(pruned), {
    stepOf: new Map(steps.map((node, i) => [node, i])),
    slotOf: (s: Source): number => ('feed' in s ? s.feed : entryOf(base, s.node) + s.index),
    isKept: () => false,
    frameOf: (frame) => frames.indexOf(frame),
  });
  if (!schedule) return false;
  const ranks = new Map<Frame, number>();
  schedule.items.forEach((item, rank) => {
    if (item < 0) ranks.set(frames[schedule.loops[-1 - item].frame], rank);
    else steps[item].order = rank;
  });
  // Constants are there before all else.
  for (const node of nodes) node.order ??= ranks.get(outermost(node.frame)) ?? 0;
  return true;
}
