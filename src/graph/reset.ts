/** Remembers by which line a graph stopped being the default one, for errors that mix it with what came after. */
import { ValueError } from '../base/errors';
import { Trace } from './trace';

/** A tensor, as these texts name it. */
interface Named {
  readonly name: string;
  readonly graph: object;
  readonly op: { readonly trace: Trace };
  toString(): string;
}

const RESETS = new WeakMap<object, Trace>();

/** `graph` is the default graph no more. @param skip  the function that the script called */
export function noteReset(graph: object, skip: (...args: never[]) => unknown): void {
  RESETS.set(graph, new Trace(skip));
}
/** A line for an error about something of that graph; empty where it was not reset. */
export function resetLine(name: string, graph: object): string {
  const trace = RESETS.get(graph);
  if (!trace) return '';
  return (
    `\n  ${name} is of the graph before tf.resetDefaultGraph()${trace.line ? ` at ${trace.line}` : ''}, ` +
    'which started an empty one'
  );
}
/** A tensor stands in a graph that is not its own. `other` is of that graph, where something is. */
export function ofAnotherGraph(input: Named, other: Named | null): ValueError {
  return new ValueError(
    `${input} must be from the same graph as ${other ?? "the default graph's tensors"}.` +
      (input.op.trace.line ? `\n  ${input.name} was made at ${input.op.trace.line}` : '') +
      resetLine(input.name, input.graph) +
      (other?.op.trace.line ? `\n  ${other.name} was made at ${other.op.trace.line}` : '') +
      '\n  fix: build both inside one graph.asDefault(() => …), or call tf.resetDefaultGraph() only before building.',
  );
}
