/** `Assert`: an operation that fails where a condition does not hold. */
import { checkList } from '../base/border';
import { int32, string } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { apply, applyOp, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { takeInto } from '../ops/way';
import { noOp } from '../ops/control';
import type { NameOption } from '../ops/options';
import { waitingFor } from './framework';
import { withDependencies } from './group';

/** What `Assert` takes by name. */
export interface AssertOptions extends NameOption {
  /** How many elements of each tensor the error shows. */
  readonly summarize?: number | null;
}

/** What an error is to show, where something is. @throws TypeError  for what is no list */
export function listed(data: readonly TensorLike[] | null | undefined): readonly TensorLike[] {
  if (data === null || data === undefined) return [];
  checkList(data, "Argument 'data'");
  return data;
}

/**
 * An operation that fails unless `condition` is true; what should wait for it goes into `tf.controlDependencies`.
 *
 *     const x = tf.constant(4);
 *     const check = tf.Assert(tf.less(x, 10), [x]);
 *     tf.controlDependencies([check], () => tf.sqrt(x))   // 2
 *
 * @param condition  a scalar of bool
 * @param data       tensors that the error shows
 * @param summarize  how many elements of each it shows; 3 where not given
 * @returns  an operation
 * @throws InvalidArgumentError  `assertion failed: …` when it runs and the condition is false
 */
export const Assert = boundOptions(
  'Assert',
  2,
  function Assert(
    condition: TensorLike,
    data: readonly TensorLike[],
    { summarize, name }: AssertOptions = {},
  ): Operation {
    checkList(data, "Argument 'data'");
    return inScope(name, 'Assert', [condition, ...data], () => {
      const tensors = data.map((x) => convertToTensor(x));
      if (tensors.every((t) => t.dtype.baseDtype === string || t.dtype.baseDtype === int32))
        return applyOp('Assert', [condition, [...data]], { summarize }, 'Assert');
      return guarded(convertToTensor(condition, null, 'Condition'), data, summarize);
    });
  },
);

/**
 * An Assert behind a Switch, so that what it would show is not computed while the condition holds: the nodes of
 * TensorFlow's `cond`.
 */
function guarded(condition: Tensor, data: readonly TensorLike[], summarize: number | null | undefined): Operation {
  const graph = getDefaultGraph();
  return graph.nameScope('AssertGuard', () => {
    const ways = applyOp('Switch', [condition, condition]).outputs;
    const holds = apply('Identity', [ways[1]], {}, 'switch_t');
    const fails = apply('Identity', [ways[0]], {}, 'switch_f');
    const pred = apply('Identity', [condition], {}, 'pred_id');
    const passed = withDependencies([waitingFor([holds], () => noOp())], holds);
    const check = graph.nameScope('Assert', (scope) => {
      const inside = new Set<Tensor>();
      const shown = data.map((x, i) => {
        if (isSymbolic(x)) return convertToTensor(x);
        const constant = waitingFor([fails], () => convertToTensor(x, null, `data_${i}`));
        inside.add(constant);
        return constant;
      });
      const made = applyOp('Assert', [condition, shown], { summarize }, scope);
      takeInto(made, pred, 0, inside);
      return made;
    });
    return apply('Merge', [[withDependencies([check], fails), passed]]).op;
  });
}
