/** A new node comes into the branch or loop that is being built, and what it reads must be readable there. */
import { ValueError } from '../base/errors';
import type { ControlContext, Operation } from './operation';

/** Takes a node into its context. @throws ValueError  where it reads what lies inside of another loop */
export function enterContext(op: Operation): void {
  for (const input of op.edges) if (input) checkReadable(op, input.op);
  op.context?.addOp(op);
}

/** Where the outputs of an operation are: those of an Exit are outside of its loop. */
export function outputContext(op: Operation): ControlContext | null {
  return op.context && op.def.row.control === 'exit' ? op.context.outer : op.context;
}
/** Whether a context is another one or lies inside of it. */
export function liesIn(context: ControlContext | null, around: ControlContext | null): boolean {
  let at = context;
  while (at !== around) {
    if (at === null) return false;
    at = at.outer;
  }
  return true;
}

/** TensorFlow's rule: a node reads from its own loop and the loops around it; gradients read from the loop forward. */
function checkReadable(op: Operation, input: Operation): void {
  const from = outputContext(input);
  if (from === null || op.context === from) return;
  const [loop, fromLoop] = [op.context?.loop ?? null, from.loop];
  if (fromLoop === null || (loop !== null && liesIn(loop, fromLoop))) return;
  // The builders of loops and branches make the nodes that lead in without a context, and set it later.
  if (loop === null && (op.def.row.control === 'enter' || op.def.row.control === 'switch')) return;
  const forward = loop?.forward ?? null;
  if (forward !== null && (liesIn(forward, fromLoop) || forward === fromLoop.outer)) return;
  if (loop !== null && (fromLoop.forward === loop || fromLoop.forward?.forward === loop)) return;
  const where = loop === null ? `'${input.name}' is in a while loop` : 'they are in different while loops';
  const made = (each: Operation): string => `\n  '${each.name}' was made at ${each.trace.line ?? 'an unknown line'}`;
  throw new ValueError(
    `Cannot use '${input.name}' as input to '${op.name}' because ${where}. See info log for more details.` +
      `${made(input)}${made(op)}` +
      '\n  fix: what a loop makes leaves it as a loop variable: let the body return it.',
  );
}
