/** Which nodes of a plan have results that are known to be small, so that their steps need not ask for room. */
import { FEW } from '../base/room';
import { FLUSHED_ALONE } from '../kernels/host/operands';
import { isFlushed } from '../kernels/values';
import type { Facts } from './facts';
import type { PlanNode } from './node';

/** Whether all results of a node are known to be small, or no larger than what it is given. */
export function isSmall(node: PlanNode, facts: Facts): boolean {
  if (!node.def.row.grows) return true;
  return node.outputTypes.every((_, index) => (facts.shape({ node, index }).numElements() ?? Infinity) <= FEW);
}
/** Notes it on the nodes; and which have so few elements that the host does not ask what a device would flush. */
export function noteSmall(nodes: readonly PlanNode[], facts: Facts): void {
  for (const node of nodes) {
    if (node.def.row.grows) node.isSmall = isSmall(node, facts);
    if (!isFlushed(node.type)) continue;
    node.isFew = (facts.shape({ node, index: 0 }).numElements() ?? Infinity) < FLUSHED_ALONE;
  }
}
