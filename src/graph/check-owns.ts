import { notAn } from './check-parts';
import { type Graph, Tensor } from './operation';
import { ofAnotherGraph } from './reset';

/** @throws ValueError  for a tensor of another graph, as `first` may be; TypeError  for what is none */
export function checkOwns(graph: Graph, input: Tensor, first: Tensor | null): void {
  if (input?.graph === graph) return;
  if (!(input instanceof Tensor)) throw notAn('Tensor', 'input', input);
  throw ofAnotherGraph(input, first && first.graph !== input.graph ? first : null);
}
