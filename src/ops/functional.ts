/** Nodes that call functions of their graph: once, one of several, or again and again. */
import type { TensorShape } from '../base/shape';
import type { CallRole } from '../graph/definition';
import type { OpRow, Rows, ShapeContext } from '../graph/opdef';

/** What the node says of its outputs. */
function stated(c: ShapeContext): readonly (TensorShape | null)[] {
  const shapes = c.attr('output_shapes', 'list(shape)');
  return Array.from({ length: c.outputs }, (_, i) => shapes[i] ?? null);
}
/** As stated; where nothing is, a loop's variables keep the shapes that they come with. */
function keptInLoop(c: ShapeContext): readonly (TensorShape | null)[] {
  if (c.attr('output_shapes', 'list(shape)').length > 0) return stated(c);
  return Array.from({ length: c.outputs }, (_, i) => c.shape(i));
}
function calling(calls: CallRole, shape?: OpRow['shape']): OpRow {
  return shape ? { calls, shape } : { calls };
}

export const FUNCTIONAL = {
  PartitionedCall: calling('call'),
  StatefulPartitionedCall: calling('call'),
  RemoteCall: calling('remoteCall'),
  If: calling('if', stated),
  StatelessIf: calling('if', stated),
  Case: calling('case', stated),
  StatelessCase: calling('case', stated),
  For: calling('for'),
  SymbolicGradient: calling('gradient', (c) => Array.from({ length: c.outputs }, (_, i) => c.shape(i))),
  While: calling('while', keptInLoop),
  StatelessWhile: calling('while', keptInLoop),
} satisfies Rows;
