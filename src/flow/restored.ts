/** Functions of a graph's library as graphs again, for their gradients: TensorFlow's function_def_to_graph. */
import { NotFoundError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import type { Func } from '../format/attr';
import { restoreBody } from '../graph/function-body';
import type { Operation } from '../graph/graph';
import { FuncGraph } from './func-graph';

/**
 * The function that a node calls.
 *
 * @param shapes  of its arguments
 * @throws NotFoundError  where the graph has none of the name
 */
export function restored(caller: Operation, func: Func, shapes: readonly TensorShape[]): FuncGraph {
  const { library } = caller.graph;
  const found = library.get(func.name);
  if (!found?.body) throw new NotFoundError(caller, `Function ${func.name} is not defined.`);
  const made = new FuncGraph(func.name, caller.graph);
  const call = { def: found.def, fn: found.body, library, caller, attrs: func.attrs };
  const body = restoreBody(made.graph, call, shapes);
  made.inputs = body.args.map(({ outputs }) => outputs[0]);
  made.outputs = [...body.results];
  return made;
}
