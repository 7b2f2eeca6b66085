/** `tf.pyFunction`: a function of the program that is made of ops, as a node with a gradient. */
import { isCallable, isList } from '../base/border';
import { type DTypeLike, asDtype } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { boundOverloads } from '../calls/bind';
import { type TensorLike, convertToTensor } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import type { NameOption } from '../ops/options';
import { type BodyFunction, Definition } from './definition';
import { parametersOf } from './parameters';

type PyFunctionCall = {
  (func: BodyFunction, inp: readonly TensorLike[], Tout: readonly DTypeLike[], options?: NameOption): Tensor[];
  (func: BodyFunction, inp: readonly TensorLike[], Tout: DTypeLike, options?: NameOption): Tensor;
};
/**
 * A function of the program that is made of ops, as a node: gradients go through it. TensorFlow calls it in each run,
 * with values of its eager mode; here it is called once, with tensors, and becomes a function of the graph, as
 * `tf.Defun` makes it. What has to see values is for `tf.pyFunc`.
 *
 *     const x = tf.constant(3);
 *     const y = tf.pyFunction((a, b) => a.mul(a).add(b), [x, 4], tf.float32);
 *     tf.gradients(y, [x])   // [6]
 *     y   // 13
 *
 * @param func  what builds the result of tensors
 * @param inp   tensors, a list
 * @param Tout  the dtype of the result, or a list of the dtypes of all results
 * @returns  a tensor, or a list of them; nothing is known of their shapes: `tensor.setShape` says what you know
 * @throws ValueError  for what is no function
 * @throws TypeError   for inputs that are no list, or results of other dtypes than `Tout` says
 */
export const pyFunction = boundOverloads('py_function', 3, ((
  func: BodyFunction,
  inp: readonly TensorLike[],
  Tout: unknown,
  { name }: NameOption = {},
) => {
  if (!isCallable(func)) throw new ValueError(`callable expected, got ${preview(func)}`);
  if (!isList(inp))
    throw new TypeError_(`Expected list for 'input' argument to 'EagerPyFunc' Op, not ${preview(inp)}.`);
  const inputs = Array.from(inp, (x) => convertToTensor(x));
  const types = inputs.map(({ dtype }) => dtype.baseDtype);
  const definition = new Definition(func, parametersOf(func).names, types, {});
  const wanted = (isList(Tout) ? Array.from(Tout) : [Tout]).map((type) => asDtype(type as DTypeLike).name);
  const made = definition.resultTypes.map((type) => type.name);
  if (String(made) !== String(wanted))
    throw new TypeError_(
      `The function gives ${made.length ? made.join(', ') : 'nothing'}, and Tout says ${wanted.join(', ')}.` +
        '\n  fix: Tout has the dtype of each result; tf.cast changes that of a result.',
    );
  const { outputs } = definition.call(inputs, { name: name ?? 'EagerPyFunc' });
  return isList(Tout) ? [...outputs] : outputs[0];
}) as PyFunctionCall);
