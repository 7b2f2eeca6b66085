import { ValueError } from '../base/errors';
import { notAn } from './check-parts';
import { type Graph, Tensor } from './operation';
import { ofAnotherGraph } from './reset';

/** @throws ValueError  for a tensor of another graph, as `first` may be, or of none; TypeError  for what is none */
export function checkOwns(graph: Graph, input: Tensor, first: Tensor | null): void {
  if (input?.graph === graph) {
    if (input.op.outputs[input.valueIndex]) return;
    throw new ValueError(`Tensor ${input} is not an element of this graph.`);
  }
  if (!(input instanceof Tensor)) throw notAn('Tensor', 'input', input);
  throw ofAnotherGraph(input, first && first.graph !== input.graph ? first : null);
}
/** Inputs of a node of the graph: what a function reads from outside is taken in. @throws as `checkOwns` */
export function ownInputs(graph: Graph, inputs: readonly Tensor[]): readonly Tensor[] {
  const { capturing } = graph;
  const own = capturing
    ? inputs.map((t) => (t instanceof Tensor && t.graph !== graph ? capturing.capture(t) : t))
    : inputs;
  for (const input of own) checkOwns(graph, input, own[0]);
  return own;
}
