/** `Assert`: an operation that fails where a condition does not hold. */
import { checkList } from '../base/border';
import { int32, string } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { applyOp, inScope } from '../graph/apply';
import { condTensor } from './cond';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Operation } from '../graph/graph';
import { noOp } from '../ops/control';
import type { NameOption } from '../ops/options';

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
      // What it would show is not computed while the condition holds.
      const holds = convertToTensor(condition, null, 'Condition');
      const check = (): Operation => applyOp('Assert', [holds, [...data]], { summarize }, 'Assert');
      return condTensor(holds, () => noOp(), check, 'AssertGuard').op;
    });
  },
);
