/** A function that a kernel calls, as steps: its arguments are fed, its results fetched. */
import { NotFoundError } from '../base/errors';
import type { Func } from '../format/attr';
import { calledBy, makeBody } from '../graph/function-body';
import type { Operation } from '../graph/graph';
import { checkNesting } from '../graph/nesting';
import { nodeFrame } from '../graph/trace';
import { layOut } from './layout';
import { checkPlacement } from './placement';
import { prune } from './prune';
import { type Layout, type PlanHost, withKernel } from './step';
import { changesIn } from './uses';

/** The functions that a node is in, and one that it names. */
function chainTo(op: Operation, name: string): string[] {
  const chain = [name];
  for (let by = calledBy(op); by; by = calledBy(by.caller)) chain.unshift(by.name);
  return chain;
}
/**
 * Plans the function that a node names.
 *
 * @throws NotFoundError, InvalidArgumentError, UnimplementedError  where there is none, or its body cannot be run
 */
export function planFunction(op: Operation, func: Func, host: PlanHost): Layout {
  const { library } = op.graph;
  const found = library.get(func.name);
  if (!found?.body) throw new NotFoundError(op, `Function ${func.name} is not defined.\n${nodeFrame(op)}`);
  checkNesting(op, chainTo(op, func.name), undefined, `\n${nodeFrame(op)}`);
  const { def, body: fn } = found;
  const body = makeBody({ def, fn, library, caller: op, attrs: func.attrs, scope: '', sharesVariables: true });
  const feeds = body.args.map(({ outputs }) => outputs[0]);
  // What a function changes it changes whether a result needs it or not.
  const pruned = prune(body.results, [...changesIn(body), ...body.controls], feeds);
  checkPlacement(pruned.nodes.map((node) => node.op));
  return { ...layOut(pruned, feeds.length, host), givesHandles: true };
}
/** The same steps with random numbers of their own: what has drawn none yet. The constants stay the layout's. */
export function anew(layout: Layout): Layout {
  const steps = layout.steps.map((step) => (step.node.def.isStateful ? withKernel(step, step.again()) : step));
  return { ...layout, steps };
}
