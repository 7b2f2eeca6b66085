/** When what a body changes has happened: its nodes may be left out of a run, or be in loops. */
import type { FunctionBody } from '../graph/function-body';
import type { Operation } from '../graph/graph';
import { findFrames } from './frames';
import { type PlanNode, ROOT, moves, outermost, roleOf } from './node';

/** Whether nodes behind it may be left out of a run. */
export function leavesOut(node: PlanNode): boolean {
  return roleOf(node) === 'switch' || moves(node);
}
/** What ends loops of a body. */
export function leavingLoops({ operations }: FunctionBody): readonly Operation[] {
  return operations.filter(({ def }) => def.row.control === 'exit');
}
/** What has run when nodes of a body have: the nodes, or what leaves the loops that they are in. */
export function endsOf(nodes: readonly PlanNode[], acting: readonly PlanNode[]): readonly PlanNode[] {
  if (!acting.length || !nodes.some(moves)) return acting;
  findFrames(nodes, []);
  const loops = new Set(acting.flatMap(({ frame }) => (frame === ROOT ? [] : [outermost(frame)])));
  const left = nodes.filter((node) => roleOf(node) === 'exit' && loops.has(node.frame));
  return [...acting.filter(({ frame }) => frame === ROOT), ...left];
}
