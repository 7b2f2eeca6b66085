/** `tf.cond` as an If node, whose branches are functions. After TensorFlow 1.15's cond_v2. */
import { TypeError_ } from '../base/errors';
import { apply, inGraphOf } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { IF, branchBodies, branchNames, callBranch } from './branch-functions';

/** A predicate of any shape with one element, as a scalar. */
export function scalarOf(pred: Tensor): Tensor {
  return pred.shape.rank === 0 ? pred : apply('Squeeze', [pred]);
}
export function condOfFunctions(
  pred: TensorLike,
  trueFn: () => unknown,
  falseFn: () => unknown,
  name: string,
): unknown {
  if (typeof pred === 'boolean')
    throw new TypeError_(
      `('pred must not be a Python bool', ${pred ? 'True' : 'False'})` +
        '\n  fix: what is known while the graph is built is decided by the program: known ? a() : b().',
    );
  return inGraphOf([pred], (graph) =>
    graph.nameScope(name, (scope) => {
      const names = branchNames(scope, ['true', 'false']);
      const selector = scalarOf(convertToTensor(pred));
      const bodies = branchBodies(IF, names, [trueFn, falseFn], selector);
      const given = bodies.map((body) => body.externalCaptures);
      return callBranch(IF, selector, bodies, given, scope);
    }),
  );
}
