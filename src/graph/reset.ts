/** Remembers by which line a graph stopped being the default one, for errors that mix it with what came after. */
import { ValueError } from '../base/errors';
import { Latest } from '../base/latest';
import { Trace } from './trace';

/** A tensor, as these texts name it. */
interface Named {
  readonly name: string;
  readonly graph: object;
  readonly op: { readonly trace: Trace };
  toString(): string;
}

/** A graph, as far as it is asked for names. */
interface Nodes {
  findOperation(name: string): { readonly trace: Trace } | undefined;
}

const RESETS = new WeakMap<object, Trace>();
const LAST = new Latest<Nodes>();

/** `graph` is the default graph no more. @param skip  the function that the script called */
export function noteReset(graph: Nodes, skip: (...args: never[]) => unknown): void {
  LAST.value = graph;
  RESETS.set(graph, new Trace(skip));
}
/** A line of where a name is that a session's graph lacks: in the default graph, or in the one before it. */
export function inAnotherGraph(name: string, graph: Nodes, byDefault: Nodes): string | null {
  // Its node is here, and it is an output of it that is not.
  if (graph.findOperation(name)) return null;
  const found = [byDefault, LAST.value].find((other) => other && other !== graph && other.findOperation(name));
  if (!found) return null;
  const { line } = found.findOperation(name)!.trace;
  return (
    `\n  '${name}' is in another graph than this session runs${line ? `, made at ${line}` : ''}` +
    (resetLine(`'${name}'`, found) || resetLine('the session', graph)) +
    '\n  fix: call tf.resetDefaultGraph() only before building, and open the session after it.'
  );
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
