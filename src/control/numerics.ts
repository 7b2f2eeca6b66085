/** Stopping a run where numbers go wrong. */
import { withDependencies } from '../ops/control';
import { float16, float32, float64 } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { inScope } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { checkNumerics } from '../ops/numerics';
import type { NameOption } from '../ops/options';
import { waitingFor } from './framework';
import { grouped } from './group';

/**
 * The tensor, there only where all its elements are numbers.
 *
 *     tf.verifyTensorAllFinite([1, 2], 'x')   // [1, 2]
 *     tf.verifyTensorAllFinite([NaN], 'x')    // throws InvalidArgumentError: x : Tensor had NaN
 *
 * @param t        floats, any shape
 * @param msg      stands before what the error says
 * @param x        `t`, by its newer name
 * @param message  `msg`, by its newer name
 * @returns  t's dtype and shape
 * @throws InvalidArgumentError  when it runs, if an element is NaN or infinite
 */
export const verifyTensorAllFinite = boundOptions(
  'verify_tensor_all_finite',
  2,
  function verifyTensorAllFinite(t: TensorLike, msg: string, { name }: NameOption = {}): Tensor {
    return inScope(name, 'VerifyFinite', [t], () => {
      const x = convertToTensor(t, null, 'x');
      return getDefaultGraph().colocateWith(x, () => withDependencies([checkNumerics(x, msg)], x));
    });
  },
);
/**
 * An operation that checks every float tensor of the graph, in order: it fails at the first that holds NaN or
 * infinity, with that tensor's name.
 *
 *     tf.log([-1], { name: 'bad' });
 *     sess.run(tf.addCheckNumericsOps())   // throws InvalidArgumentError: bad:0 : Tensor had NaN
 *
 * @returns  an operation
 * @throws InvalidArgumentError  when it runs, if an element is NaN or infinite
 * @throws ValueError  for a graph with loops
 */
export const addCheckNumericsOps = boundOptions('add_check_numerics_ops', 0, function addCheckNumericsOps(): Operation {
  let last: Tensor[] = [];
  for (const op of [...getDefaultGraph().getOperations()]) {
    for (const output of op.outputs) {
      if (![float16, float32, float64].includes(output.dtype)) continue;
      last = [waitingFor(last, () => checkNumerics(output, `${op.name}:${output.valueIndex}`))];
    }
  }
  return grouped(last);
});
