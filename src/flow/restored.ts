/** Functions of a graph's library as graphs again, for their gradients: TensorFlow's function_def_to_graph. */
import { NotFoundError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import type { Func } from '../format/attr';
import { restoreBody } from '../graph/function-body';
import type { Operation } from '../graph/graph';
import { MOST_BUILT, checkNesting } from '../graph/nesting';
import { FuncGraph, bodyOf } from './func-graph';

/**
 * The function that a node calls.
 *
 * @param shapes  of its arguments
 * @throws NotFoundError         where the graph has none of the name
 * @throws InvalidArgumentError  where it calls itself, or is called too far inside of others
 */
export function restored(caller: Operation, func: Func, shapes: readonly TensorShape[]): FuncGraph {
  const { library } = caller.graph;
  const found = library.get(func.name);
  if (!found?.body) throw new NotFoundError(caller, `Function ${func.name} is not defined.`);
  const chain = [func.name];
  for (let at = bodyOf(caller.graph); at; at = bodyOf(at.outer)) chain.unshift(at.name);
  checkNesting(caller, chain, MOST_BUILT);
  const made = new FuncGraph(func.name, caller.graph);
  const call = { def: found.def, fn: found.body, library, caller, attrs: func.attrs };
  const body = restoreBody(made.graph, call, shapes);
  made.inputs = body.args.map(({ outputs }) => outputs[0]);
  made.outputs = [...body.results];
  return made;
}
