/** Which nodes of a plan keep an order that edges do not tell: those that read or write what others write. */
import { type PlanNode, hasEffect, isOfStep, isRef, roleOf } from './node';

/** Whether it matters what runs before it and behind it, beside what edges say. */
export function isOrdered(node: PlanNode): boolean {
  if (isOfStep(node)) return false;
  return roleOf(node) === undefined && (hasEffect(node) || node.inputs.some(isRef) || node.def.effect !== 'pure');
}

/**
 * Places of nodes whose order matters. What only reads has the place between two others, whichever of those that are
 * there it is: nothing is written meanwhile.
 */
export function placesOf(nodes: readonly PlanNode[]): ReadonlyMap<PlanNode, number> {
  const places = new Map<PlanNode, number>();
  let last = 0;
  for (const node of nodes) {
    const { effect } = node.def;
    const onlyReads = !isOrdered(node) || effect === 'pure' || effect === 'reads';
    places.set(node, onlyReads ? last : last + 1);
    if (!onlyReads) last += 2;
  }
  return places;
}
